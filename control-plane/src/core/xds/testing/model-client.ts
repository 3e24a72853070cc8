import { fromBinary } from '@bufbuild/protobuf';
import {
  DeltaDiscoveryResponseSchema,
  DiscoveryResponseSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import type { XdsRequest } from '../request.ts';
import {
  CLUSTER_TYPE,
  ENDPOINT_TYPE,
  isFullStateType,
  LISTENER_TYPE,
  ROUTE_TYPE,
  RUNTIME_TYPE,
} from '../resource-types.ts';
import type { FakeContent } from './fake-snapshot.ts';

interface Kind {
  readonly cache: Map<string, FakeContent>;
  subscribed: Set<string>;
  nonce: string;
  version: string;
  /** Names that the server may state again although unchanged: asked for anew, in doubt after a NACK, or to warm a cluster. */
  readonly mayRepeat: Set<string>;
  readonly excused: Set<string>;
  opened: boolean;
}

/**
 * A correct client in the manner of Envoy: wildcards for clusters and listeners, endpoints of its clusters and routes of its listeners by name,
 * good resources of a rejected response sometimes applied. It checks the server as it goes; `faults` lists what it saw go wrong.
 */
export class ModelClient {
  readonly faults: string[] = [];
  readonly outbox: XdsRequest[] = [];
  readonly #variant: 'sotw' | 'delta';
  readonly #kinds = new Map<string, Kind>();

  constructor(variant: 'sotw' | 'delta') {
    this.#variant = variant;
    for (const typeUrl of [CLUSTER_TYPE, ENDPOINT_TYPE, LISTENER_TYPE, ROUTE_TYPE, RUNTIME_TYPE]) {
      this.#kinds.set(typeUrl, {
        cache: new Map(),
        subscribed: new Set(),
        nonce: '',
        version: '',
        mayRepeat: new Set(),
        excused: new Set(),
        opened: false,
      });
    }
    this.#kind(RUNTIME_TYPE).subscribed.add('rt');
    this.connect();
  }

  /** A new stream: nonces are forgotten, what is held is told. */
  connect(): void {
    this.outbox.length = 0;
    for (const [typeUrl, kind] of this.#kinds) {
      kind.nonce = '';
      kind.opened = false;
      if (this.#variant === 'sotw' || !isFullStateType(typeUrl))
        for (const name of kind.cache.keys()) kind.mayRepeat.add(name);
      if (isFullStateType(typeUrl) || kind.subscribed.size > 0) this.#request(typeUrl, [], []);
    }
  }

  /** What the client runs: `type name` → version. */
  view(): Map<string, string> {
    const all = new Map<string, string>();
    for (const [typeUrl, kind] of this.#kinds)
      for (const [name, content] of kind.cache)
        if (isFullStateType(typeUrl) || kind.subscribed.has(name))
          all.set(`${typeUrl} ${name}`, content.version);
    return all;
  }

  /** Subscribes again to a route configuration that it has, as a client may that dropped it. */
  forget(typeUrl: string): void {
    const kind = this.#kind(typeUrl);
    const name = [...kind.subscribed][0];
    if (name === undefined || this.#variant === 'sotw') return;
    kind.cache.delete(name);
    // The answer to an earlier request may still be on its way, so that it comes twice.
    kind.excused.add(name);
    this.#request(typeUrl, [name], []);
  }

  receive(bytes: Uint8Array): void {
    const { typeUrl, nonce, version, stated, removed } = this.#decode(bytes);
    const kind = this.#kind(typeUrl);
    if (nonce === kind.nonce) this.faults.push(`nonce ${nonce} of ${typeUrl} came twice`);
    kind.nonce = nonce;
    const bad = stated.filter((content) => content.version.startsWith('bad'));
    const news = this.#checkRepeats(typeUrl, kind, stated);
    // A cluster that was updated, or is stated again after a NACK, warms by its endpoints.
    if (typeUrl === CLUSTER_TYPE)
      for (const content of news) this.#kind(ENDPOINT_TYPE).mayRepeat.add(content.name);
    // Envoy applies the good part of some rejected responses and nothing of others.
    const partly = Number(nonce) % 2 === 0;
    if (bad.length === 0 || partly) {
      for (const content of stated) if (!bad.includes(content)) this.#apply(typeUrl, kind, content);
      this.#remove(typeUrl, kind, stated, removed);
    }
    if (bad.length === 0) kind.version = version;
    if (bad.length > 0) for (const content of stated) kind.mayRepeat.add(content.name);
    const error = bad.length > 0 ? { error: `bad ${bad.map((content) => content.name).join(',')}` } : {};
    // The endpoints of new clusters and the routes of new listeners are asked for before or after the ACK; both occur.
    const followFirst = nonce.endsWith('1');
    if (followFirst) this.#follow(typeUrl);
    this.#send(typeUrl, kind, { nonce, ...error }, [], []);
    if (!followFirst) this.#follow(typeUrl);
  }

  #checkRepeats(typeUrl: string, kind: Kind, stated: readonly FakeContent[]): readonly FakeContent[] {
    const wholeState = this.#variant === 'sotw' && isFullStateType(typeUrl);
    const news = stated.filter((content) => {
      const permitted = kind.mayRepeat.delete(content.name);
      return (
        permitted ||
        kind.excused.has(content.name) ||
        kind.cache.get(content.name)?.version !== content.version
      );
    });
    if (!wholeState && news.length < stated.length)
      this.faults.push(`${typeUrl}: unchanged resources sent again`);
    return news;
  }

  #apply(typeUrl: string, kind: Kind, content: FakeContent): void {
    if (typeUrl === ROUTE_TYPE) {
      for (const name of content.to)
        if (!this.#kind(CLUSTER_TYPE).cache.has(name))
          this.faults.push(`route ${content.name} before cluster ${name}`);
    }
    kind.cache.set(content.name, content);
  }

  #remove(
    typeUrl: string,
    kind: Kind,
    stated: readonly FakeContent[],
    removed: readonly string[] | undefined,
  ): void {
    const names = new Set(stated.map((content) => content.name));
    const gone =
      removed ?? (isFullStateType(typeUrl) ? [...kind.cache.keys()].filter((name) => !names.has(name)) : []);
    for (const name of gone) {
      kind.cache.delete(name);
      if (typeUrl === CLUSTER_TYPE) this.#checkUnused(name);
    }
  }

  /** Make before break: a cluster goes only when no route that the client runs names it. */
  #checkUnused(cluster: string): void {
    const routes = this.#kind(ROUTE_TYPE);
    for (const [name, content] of routes.cache)
      if (routes.subscribed.has(name) && content.to.includes(cluster))
        this.faults.push(`cluster ${cluster} removed under route ${name}`);
  }

  /** Clusters lead to endpoints, listeners to routes. */
  #follow(typeUrl: string): void {
    if (typeUrl !== CLUSTER_TYPE && typeUrl !== LISTENER_TYPE) return;
    const child = typeUrl === CLUSTER_TYPE ? ENDPOINT_TYPE : ROUTE_TYPE;
    const wanted = new Set([...this.#kind(typeUrl).cache.values()].flatMap((content) => content.to));
    const kind = this.#kind(child);
    const added = [...wanted].filter((name) => !kind.subscribed.has(name));
    const dropped = [...kind.subscribed].filter((name) => !wanted.has(name));
    if (added.length === 0 && dropped.length === 0) return;
    kind.subscribed = wanted;
    for (const name of dropped) kind.cache.delete(name);
    for (const name of added) kind.mayRepeat.add(name);
    this.#request(child, added, dropped);
  }

  #request(typeUrl: string, added: readonly string[], dropped: readonly string[]): void {
    const kind = this.#kind(typeUrl);
    const nonce = this.#variant === 'sotw' ? kind.nonce : '';
    this.#send(typeUrl, kind, { nonce }, kind.opened ? added : [...kind.subscribed], dropped);
  }

  #send(
    typeUrl: string,
    kind: Kind,
    answer: { nonce: string; error?: string },
    subscribe: readonly string[],
    unsubscribe: readonly string[],
  ): void {
    if (this.#variant === 'sotw') {
      this.outbox.push({
        variant: 'sotw',
        typeUrl,
        version: kind.version,
        names: [...kind.subscribed],
        ...answer,
      });
    } else {
      const held = kind.opened
        ? []
        : [...kind.cache].map(([name, content]) => [name, content.version] as const);
      this.outbox.push({
        variant: 'delta',
        typeUrl,
        subscribe,
        unsubscribe,
        initialVersions: new Map(held),
        ...answer,
      });
    }
    kind.opened = true;
  }

  #decode(bytes: Uint8Array) {
    const content = (value: Uint8Array | undefined): FakeContent =>
      JSON.parse(new TextDecoder().decode(value));
    if (this.#variant === 'sotw') {
      const message = fromBinary(DiscoveryResponseSchema, bytes);
      const stated = message.resources.map((any) => content(any.value));
      const { typeUrl, nonce, versionInfo } = message;
      return { typeUrl, nonce, version: versionInfo, stated, removed: undefined };
    }
    const message = fromBinary(DeltaDiscoveryResponseSchema, bytes);
    const stated = message.resources.map((resource) => content(resource.resource?.value));
    const { typeUrl, nonce, systemVersionInfo, removedResources } = message;
    return { typeUrl, nonce, version: systemVersionInfo, stated, removed: removedResources };
  }

  #kind(typeUrl: string): Kind {
    const kind = this.#kinds.get(typeUrl);
    if (kind === undefined) throw new Error(`the model client knows no ${typeUrl}`);
    return kind;
  }
}
