import { setTimeout } from 'node:timers/promises';
import {
  ClientStatusDiscoveryService,
  type ClientStatusRequest,
} from '@chronos/envoy/api/envoy/service/status/v3/csds_pb.js';
import { serve } from '@chronos/rpc-server/serve.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { TotalsReport } from '../../core/totals.ts';
import type { RolloutOptions } from '../../core/xds/rollout-state.ts';
import type { AckResult } from './ack-waiter.ts';
import type { SnapshotTarget } from './audiences.ts';
import { clientStatus } from './client-status.ts';
import type { XdsEvent } from './events.ts';
import { Fleet } from './fleet.ts';
import { METRICS_PATH, metricsCollector } from './metrics-service.ts';
import type { ProxyStatus } from './proxy-status.ts';
import { rawStreams } from './raw-streams.ts';

export interface XdsServerOptions {
  /** `host:port`; port 0 takes a free one. There is no authentication: loopback unless the network is trusted. */
  readonly listen: string;
  readonly onEvent?: (event: XdsEvent) => void;
  /** Counters of requests as a proxy reports them, once a second; accumulate them with `Totals`. */
  readonly onTotals?: (report: TotalsReport) => void;
  /** Default 10,000. */
  readonly streamsMax?: number;
  /** Streams with one `node.id`; default 1,000. A proxy that aggregates needs one. */
  readonly streamsPerNodeMax?: number;
  /** After this time without an ACK or NACK of a response, or with unread ones, a stream is ended. Default 30 s. */
  readonly answerTimeoutMs?: number;
  /**
   * A changed structure (all but the runtime layer) goes to one proxy of the group first, and to the rest once that one ACKed it; a NACK takes
   * it back. A proxy that says nothing within `deadlineMs` (default 2 s) is passed over for another, `triesMax` times (default 3); 0 publishes
   * to all at once.
   */
  readonly canary?: Partial<RolloutOptions>;
}

export interface XdsServer {
  readonly port: number;
  /**
   * Replaces what a group of proxies (`node.cluster`), or one proxy (`node.id`), shall run, and sends them what changed. A proxy's own snapshot
   * goes before its group's. The same version does nothing. `undefined` takes it back: a proxy turns to its group's snapshot; proxies of a
   * group keep what they run.
   */
  setSnapshot(target: SnapshotTarget, snapshot: Snapshot | undefined): void;
  /**
   * Resolves as soon as every proxy of the target that is connected now, or connects meanwhile, has answered what was published last (these
   * types, or all that it subscribes to), when a canary rejected it, or when the time is over. Never rejects. Proxies of a group that have a
   * snapshot of their own are not waited for.
   */
  waitForAcks(
    wait: SnapshotTarget & { readonly typeUrls?: readonly string[]; readonly timeoutMs: number },
  ): Promise<AckResult>;
  /** Open streams first, then those that ended last. */
  proxies(): ProxyStatus[];
  /**
   * Sends GOAWAY and ends the streams evenly over `drainMs` (default 0), so that proxies turn to another replica, not all at once; then closes
   * the port. Proxies keep what they run.
   */
  close(options?: { readonly drainMs?: number }): Promise<void>;
}

const SWEEP_INTERVAL_MS = 1_000;
const TICK_INTERVAL_MS = 100;
/** The discovery streams are ended by then; a metrics stream never ends by itself. */
const CLOSE_GRACE_MS = 250;

/**
 * Serves the aggregated discovery service (state of the world and delta), the client status of its proxies and Envoy's metrics sink.
 * @throws Error when the address cannot be bound.
 */
export async function createXdsServer(options: XdsServerOptions): Promise<XdsServer> {
  const streamsMax = options.streamsMax ?? 10_000;
  const fleet = new Fleet({
    onEvent: options.onEvent ?? (() => undefined),
    // Whole milliseconds of a clock that never jumps.
    now: () => Math.round(performance.timeOrigin + performance.now()),
    streamsMax,
    streamsPerNodeMax: options.streamsPerNodeMax ?? 1_000,
    answerTimeoutMs: options.answerTimeoutMs ?? 30_000,
    rollout: { deadlineMs: 2_000, triesMax: 3, ...options.canary },
  });
  const onTotals = options.onTotals ?? (() => undefined);
  const status = (request: ClientStatusRequest) => clientStatus(request, fleet.clients());
  const server = await serve({
    listen: options.listen,
    // One connection a stream, and one for the stream of metrics, is what proxies use at most.
    connectionsMax: 2 * streamsMax,
    raw: rawStreams({
      discovery: (stream) => fleet.accept(stream),
      collectors: new Map([[METRICS_PATH, () => metricsCollector(onTotals)]]),
    }),
    files: [ClientStatusDiscoveryService.file],
    routes: (router) =>
      router.service(ClientStatusDiscoveryService, {
        fetchClientStatus: status,
        async *streamClientStatus(requests) {
          for await (const request of requests) yield status(request);
        },
      }),
  });
  const sweep = setInterval(() => fleet.sweep(), SWEEP_INTERVAL_MS);
  sweep.unref();
  const ticks = setInterval(() => fleet.tick(), TICK_INTERVAL_MS);
  ticks.unref();
  return {
    port: server.port,
    setSnapshot: (target, snapshot) => fleet.setSnapshot(target, snapshot),
    waitForAcks: ({ typeUrls, timeoutMs, ...target }) => fleet.waitForAcks(target, typeUrls, timeoutMs),
    proxies: () => fleet.proxies(),
    close: async ({ drainMs = 0 } = {}) => {
      clearInterval(sweep);
      clearInterval(ticks);
      // GOAWAY and a closed port first: a proxy whose stream ends then turns to another replica.
      const closed = server.close({ graceMs: drainMs + CLOSE_GRACE_MS });
      await fleet.drain(drainMs, setTimeout);
      await closed;
    },
  };
}
