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

export interface ModelClientOptions {
  /** Rejects versions that begin with `bad`; with a name also those that begin with `bad-<name>`, which others accept. */
  readonly name?: string;
  /** Each type has a stream of its own, and nothing orders them. */
  readonly separate?: boolean;
}

/**
 * A correct client in the manner of Envoy: wildcards for clusters and listeners, endpoints of its clusters and routes of its listeners by name,
 * good resources of a rejected response sometimes applied. It checks the server as it goes; `faults` lists what it saw go wrong.
 */
export class ModelClient {
  readonly faults: string[] = [];
  readonly outbox: XdsRequest[] = [];
  readonly #variant: 'sotw' | 'delta';
  readonly #options: ModelClientOptions;
  readonly #kinds = new Map<string, Kind>();

  constructor(variant: 'sotw' | 'delta', options: ModelClientOptions = {}) {
    this.#variant = variant;
    this.#options = options;
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

  /** A new stream, of all types or of one: nonces are forgotten, what is held is told. */
  connect(only?: string): void {
    const others = this.outbox.filter((request) => only !== undefined && request.typeUrl !== only);
    this.outbox.splice(0, this.outbox.length, ...others);
    for (const [typeUrl, kind] of this.#kinds) {
      if (only !== undefined && typeUrl !== only) continue;
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

  /** What a client may send that is of no use: its last word of a type again, or an answer to something never sent. */
  babble(typeUrl: string, nonce: string | undefined): void {
    const kind = this.#kinds.get(typeUrl);
    if (kind?.opened !== true || (kind.subscribed.size === 0 && !isFullStateType(typeUrl))) return;
    this.#send(typeUrl, kind, { nonce: nonce ?? kind.nonce }, [], []);
  }

  /** Nothing is under way any more: from now on no answer can cross a request. */
  calm(): void {
    for (const kind of this.#kinds.values()) kind.excused.clear();
  }

  get wantsRuntime(): boolean {
    return this.#kind(RUNTIME_TYPE).subscribed.size > 0;
  }

  /** Gives a runtime layer up, or wants it again. */
  toggleRuntime(): void {
    const kind = this.#kind(RUNTIME_TYPE);
    const has = kind.subscribed.delete('rt');
    if (has) kind.cache.delete('rt');
    else {
      kind.subscribed.add('rt');
      kind.mayRepeat.add('rt');
    }
    // The answer to an earlier request may still be on its way, so that it comes twice.
    kind.excused.add('rt');
    this.#request(RUNTIME_TYPE, has ? [] : ['rt'], has ? ['rt'] : []);
  }

  receive(bytes: Uint8Array): void {
    const { typeUrl, nonce, version, stated, removed } = this.#decode(bytes);
    const kind = this.#kind(typeUrl);
    if (nonce === kind.nonce) this.faults.push(`nonce ${nonce} of ${typeUrl} came twice`);
    kind.nonce = nonce;
    const bad = stated.filter((content) => this.#rejects(content.version));
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
    // What was rejected is in doubt, its removals as well.
    if (bad.length > 0)
      for (const name of [...stated.map((content) => content.name), ...(removed ?? [])])
        kind.mayRepeat.add(name);
    const error = bad.length > 0 ? { error: `bad ${bad.map((content) => content.name).join(',')}` } : {};
    // The endpoints of new clusters and the routes of new listeners are asked for before or after the ACK; both occur.
    const followFirst = nonce.endsWith('1');
    if (followFirst) this.#follow(typeUrl);
    this.#send(typeUrl, kind, { nonce, ...error }, [], []);
    if (!followFirst) this.#follow(typeUrl);
  }

  #rejects(version: string): boolean {
    if (version.startsWith('bad-')) return version.startsWith(`bad-${this.#options.name}`);
    return version.startsWith('bad');
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
    if (typeUrl === ROUTE_TYPE && this.#options.separate !== true) {
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
    if (this.#options.separate === true) return;
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
    for (const name of dropped) {
      kind.cache.delete(name);
      // Asked for again, it may come twice: the answer to the first request may still be under way.
      kind.excused.add(name);
    }
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
