import { AggregatedDiscoveryService } from '@chronos/envoy/api/envoy/service/discovery/v3/ads_pb.js';
import type {
  DeltaDiscoveryRequest,
  DiscoveryRequest,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import {
  ClientStatusDiscoveryService,
  type ClientStatusRequest,
  type ClientStatusResponse,
} from '@chronos/envoy/api/envoy/service/status/v3/csds_pb.js';
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import type { Snapshot } from '../../core/snapshot.ts';
import type { TotalsReport } from '../../core/totals.ts';
import type { AckResult } from './ack-waiter.ts';
import { clientStatus } from './client-status.ts';
import type { XdsEvent } from './events.ts';
import { Fleet } from './fleet.ts';
import { grpcService } from './grpc-service.ts';
import { metricsHandler, metricsService } from './metrics-service.ts';
import type { ProxyStatus } from './proxy-status.ts';

export interface XdsServerOptions {
  /** `host:port`; port 0 takes a free one. There is no authentication: loopback unless the network is trusted. */
  readonly listen: string;
  readonly onEvent?: (event: XdsEvent) => void;
  /** Counters of requests as a proxy reports them, once a second; accumulate them with `Totals`. */
  readonly onTotals?: (report: TotalsReport) => void;
  /** Default 10,000. */
  readonly streamsMax?: number;
  /** After this time without an ACK or NACK of a response its stream is ended. Default 30 s. */
  readonly answerTimeoutMs?: number;
}

export interface XdsServer {
  readonly port: number;
  /** Replaces what the proxies of a group (`node.cluster`) shall run, and sends them what changed. The same version does nothing. */
  setSnapshot(nodeGroup: string, snapshot: Snapshot): void;
  /**
   * Resolves as soon as every proxy of the group that is connected now, or connects meanwhile, has answered the group's present snapshot
   * (of these types, or of all that it subscribes to), or when the time is over. Never rejects.
   */
  waitForAcks(wait: {
    nodeGroup: string;
    typeUrls?: readonly string[];
    timeoutMs: number;
  }): Promise<AckResult>;
  /** Open streams first, then those that ended last. */
  proxies(): ProxyStatus[];
  /** Adds another gRPC service on the same port. */
  addService: Server['addService'];
  /** Ends all streams, so that proxies turn to another replica, and closes the port within a second. */
  close(): Promise<void>;
}

const SWEEP_INTERVAL_MS = 1_000;
/** The discovery streams are ended by then; a metrics stream never ends by itself. */
const CLOSE_GRACE_MS = 250;

/**
 * Serves the aggregated discovery service (state of the world and delta), the client status of its proxies and Envoy's metrics sink.
 * @throws Error when the address cannot be bound.
 */
export async function createXdsServer(options: XdsServerOptions): Promise<XdsServer> {
  const fleet = new Fleet({
    onEvent: options.onEvent ?? (() => undefined),
    // Whole milliseconds of a clock that never jumps.
    now: () => Math.round(performance.timeOrigin + performance.now()),
    streamsMax: options.streamsMax ?? 10_000,
    answerTimeoutMs: options.answerTimeoutMs ?? 30_000,
  });
  const server = new Server({
    'grpc.max_receive_message_length': 4 * 1024 * 1024,
    // A half-open connection would keep a kill waiting: found within 15 s.
    'grpc.keepalive_time_ms': 10_000,
    'grpc.keepalive_timeout_ms': 5_000,
  });
  server.addService(grpcService(AggregatedDiscoveryService, { rawResponses: true }), {
    StreamAggregatedResources: (stream: ServerDuplexStream<DiscoveryRequest, Buffer>) =>
      fleet.accept({ variant: 'sotw', stream }),
    DeltaAggregatedResources: (stream: ServerDuplexStream<DeltaDiscoveryRequest, Buffer>) =>
      fleet.accept({ variant: 'delta', stream }),
  });
  server.addService(grpcService(ClientStatusDiscoveryService), {
    FetchClientStatus: (
      call: ServerUnaryCall<ClientStatusRequest, ClientStatusResponse>,
      answer: sendUnaryData<ClientStatusResponse>,
    ) => answer(null, clientStatus(call.request, fleet.proxies())),
    StreamClientStatus: (call: ServerDuplexStream<ClientStatusRequest, ClientStatusResponse>) => {
      call.on('data', (request: ClientStatusRequest) => call.write(clientStatus(request, fleet.proxies())));
      call.on('end', () => call.end());
      call.on('error', () => undefined);
    },
  });
  server.addService(metricsService, { StreamMetrics: metricsHandler(options.onTotals ?? (() => undefined)) });

  const port = await bind(server, options.listen);
  const sweep = setInterval(() => fleet.sweep(), SWEEP_INTERVAL_MS);
  sweep.unref();
  return {
    port,
    setSnapshot: (nodeGroup, snapshot) => fleet.setSnapshot(nodeGroup, snapshot),
    waitForAcks: ({ nodeGroup, typeUrls, timeoutMs }) => fleet.waitForAcks(nodeGroup, typeUrls, timeoutMs),
    proxies: () => fleet.proxies(),
    addService: (definition, implementation) => server.addService(definition, implementation),
    close: async () => {
      clearInterval(sweep);
      fleet.closeAll();
      await shutDown(server);
    },
  };
}

function bind(server: Server, listen: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(listen, ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(new Error(`cannot serve xDS on ${listen}: ${error.message}`, { cause: error }));
    });
  });
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), CLOSE_GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
