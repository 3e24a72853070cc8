import { H2Connection } from './h2-connection.ts';
import { field, scanResponse, text } from './wire.ts';

/** A resource type that a proxy asks for. */
export interface Wanted {
  readonly typeUrl: string;
  readonly names: readonly string[];
}

/** What is the same in every request of a type: shared by all proxies that name the same resources. */
export interface PreparedType {
  readonly typeUrl: string;
  readonly names: Buffer;
  readonly count: number;
}

export function prepare({ typeUrl, names }: Wanted): PreparedType {
  // resource_names and resource_names_subscribe are field 3 of their requests alike.
  return { typeUrl, names: Buffer.concat(names.map((name) => text(3, name))), count: names.length };
}

export interface ProxyOptions {
  readonly port: number;
  readonly variant: 'sotw' | 'delta';
  readonly nodeId: string;
  readonly group: string;
  readonly types: readonly PreparedType[];
  /** `never-acks` reads and says nothing; `never-reads` stops reading after its first requests. */
  readonly behaviour: 'correct' | 'never-acks' | 'never-reads';
}

export interface ProxyEvents {
  /** Every resource of every type was received and ACKed. */
  complete(): void;
  ended(reason: string): void;
}

const paths = {
  sotw: '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources',
  delta: '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources',
} as const;

/** A proxy that asks for its resources, reads of an answer what an ACK needs, and ACKs everything. */
export class SyntheticProxy {
  readonly #options: ProxyOptions;
  readonly #events: ProxyEvents;
  readonly #connection: H2Connection;
  readonly #missing = new Map<string, number>();

  constructor(options: ProxyOptions, events: ProxyEvents) {
    this.#options = options;
    this.#events = events;
    this.#connection = new H2Connection(options.port, paths[options.variant], {
      message: (bytes) => this.#receive(bytes),
      ended: (reason) => events.ended(reason),
    });
    const node = Buffer.concat([text(1, options.nodeId), text(2, options.group)]);
    const nodeField = options.variant === 'sotw' ? 2 : 1;
    options.types.forEach((type, index) => {
      this.#missing.set(type.typeUrl, type.count);
      const nodeBytes = index === 0 ? field(nodeField, node) : Buffer.alloc(0);
      const url = text(options.variant === 'sotw' ? 4 : 2, type.typeUrl);
      this.#connection.send(
        nodeBytes,
        ...(options.variant === 'sotw' ? [type.names, url] : [url, type.names]),
      );
    });
    if (options.behaviour === 'never-reads') this.#connection.stopReading();
  }

  destroy(): void {
    this.#connection.destroy();
  }

  #receive(bytes: Buffer): void {
    if (this.#options.behaviour !== 'correct') return;
    const { version, nonce, typeUrl, resources } = scanResponse(bytes);
    const type = this.#options.types.find((wanted) => wanted.typeUrl === typeUrl);
    if (type === undefined) throw new Error(`a response of a type that nobody asked for: ${typeUrl}`);
    if (this.#options.variant === 'sotw') {
      this.#connection.send(text(1, version), type.names, text(4, typeUrl), text(5, nonce));
    } else {
      this.#connection.send(text(2, typeUrl), text(6, nonce));
    }
    const missing = this.#missing.get(typeUrl);
    if (missing === undefined) return;
    if (resources < missing) this.#missing.set(typeUrl, missing - resources);
    else this.#missing.delete(typeUrl);
    if (this.#missing.size === 0) this.#events.complete();
  }
}
