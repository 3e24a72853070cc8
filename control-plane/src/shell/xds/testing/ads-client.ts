import { create, type DescMessage, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import { AggregatedDiscoveryService } from '@chronos/envoy/api/envoy/service/discovery/v3/ads_pb.js';
import {
  DeltaDiscoveryRequestSchema,
  type DeltaDiscoveryResponseSchema,
  DiscoveryRequestSchema,
  type DiscoveryResponseSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import { Client, type ClientDuplexStream, credentials, type ServiceError } from '@grpc/grpc-js';
import { grpcService } from './grpc-service.ts';

const methods = grpcService(AggregatedDiscoveryService);

/** A hand-driven ADS client: tests say what is sent and read what comes, in order. */
export class AdsClient<Req extends DescMessage, Res extends DescMessage> {
  readonly ended: Promise<ServiceError | undefined>;
  readonly #client: Client;
  readonly #stream: ClientDuplexStream<MessageShape<Req>, MessageShape<Res>>;
  readonly #schema: Req;
  readonly #received: MessageShape<Res>[] = [];
  readonly #waiting: ((message: MessageShape<Res>) => void)[] = [];

  constructor(port: number, method: string, schema: Req) {
    this.#schema = schema;
    this.#client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const definition = methods[method];
    if (definition === undefined) throw new Error(`no method ${method}`);
    this.#stream = this.#client.makeBidiStreamRequest(
      definition.path,
      definition.requestSerialize,
      definition.responseDeserialize,
    );
    this.#stream.on('data', (message: MessageShape<Res>) => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#received.push(message);
      else next(message);
    });
    this.ended = new Promise((resolve) => {
      this.#stream.on('error', resolve);
      this.#stream.on('end', () => resolve(undefined));
    });
  }

  send(request: MessageInitShape<Req>): void {
    this.#stream.write(create(this.#schema, request));
  }

  next(): Promise<MessageShape<Res>> {
    const message = this.#received.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Messages that came and were not read. */
  get unread(): number {
    return this.#received.length;
  }

  async close(): Promise<void> {
    this.#stream.cancel();
    await this.ended;
    this.#client.close();
  }
}

export const node = { id: 'n1', cluster: 'g' };

export function sotwClient(port: number) {
  return new AdsClient<typeof DiscoveryRequestSchema, typeof DiscoveryResponseSchema>(
    port,
    'StreamAggregatedResources',
    DiscoveryRequestSchema,
  );
}

export function deltaClient(port: number) {
  return new AdsClient<typeof DeltaDiscoveryRequestSchema, typeof DeltaDiscoveryResponseSchema>(
    port,
    'DeltaAggregatedResources',
    DeltaDiscoveryRequestSchema,
  );
}
