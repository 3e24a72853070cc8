/**
 * How long new configurations take: from the publication of a snapshot until each response of it was sent to each proxy (waiting for the
 * canary, and for the types before it in make-before-break order, included), and from there to the proxy's answer.
 *
 * Only proxies that were connected when the snapshot was published count as pushed to: what a newcomer gets first was published long ago.
 */
export interface PushTime {
  readonly what: 'push' | 'answer';
  readonly typeUrl: string;
  readonly ms: number;
}

/** What it needs to hear; the events of shell/xds/events.ts are of this shape. */
export type PushEvent =
  | (OfNode & { readonly kind: 'connected' | 'disconnected' | 'rollout' })
  | (OfType & { readonly kind: 'sent' | 'ack' | 'nack' });

interface OfNode {
  readonly nodeId: string;
  readonly nodeGroup: string;
  readonly atMs: number;
}

interface OfType extends OfNode {
  readonly typeUrl: string;
  readonly version: string;
}

interface SentType {
  readonly version: string;
  /** Undefined: it was answered. */
  readonly sentAtMs: number | undefined;
}

interface Node {
  readonly connectedAtMs: number;
  readonly types: Map<string, SentType>;
}

interface Published {
  readonly version: string;
  readonly atMs: number;
}

/** Keeps one entry a connected node and type, so it is as bounded as the streams are. */
export class PushTimes {
  readonly #nodes = new Map<string, Node>();
  /** Node group → type URL → what was published last and differed from what was before. */
  readonly #published = new Map<string, Map<string, Published>>();

  published(nodeGroup: string, versions: ReadonlyMap<string, string>, atMs: number): void {
    const known = this.#published.get(nodeGroup) ?? new Map<string, Published>();
    this.#published.set(nodeGroup, known);
    for (const [typeUrl, version] of versions) {
      if (known.get(typeUrl)?.version !== version) known.set(typeUrl, { version, atMs });
    }
  }

  /** What the event ends, if anything. */
  take(event: PushEvent): PushTime | undefined {
    switch (event.kind) {
      case 'connected':
        this.#nodes.set(event.nodeId, { connectedAtMs: event.atMs, types: new Map() });
        return undefined;
      case 'disconnected':
        this.#nodes.delete(event.nodeId);
        return undefined;
      case 'sent':
        return this.#sent(event);
      case 'ack':
      case 'nack':
        return this.#answered(event);
      case 'rollout':
        return undefined;
    }
  }

  #sent({ nodeId, nodeGroup, typeUrl, version, atMs }: OfType): PushTime | undefined {
    const node = this.#nodes.get(nodeId);
    if (node === undefined) return undefined;
    const isNew = node.types.get(typeUrl)?.version !== version;
    node.types.set(typeUrl, { version, sentAtMs: atMs });
    const published = this.#published.get(nodeGroup)?.get(typeUrl);
    if (!isNew || published?.version !== version || published.atMs < node.connectedAtMs) return undefined;
    return { what: 'push', typeUrl, ms: Math.max(0, atMs - published.atMs) };
  }

  #answered({ nodeId, typeUrl, atMs }: OfType): PushTime | undefined {
    const node = this.#nodes.get(nodeId);
    const sent = node?.types.get(typeUrl);
    if (node === undefined || sent?.sentAtMs === undefined) return undefined;
    node.types.set(typeUrl, { version: sent.version, sentAtMs: undefined });
    return { what: 'answer', typeUrl, ms: Math.max(0, atMs - sent.sentAtMs) };
  }
}
