/** Every process that serves metrics, with what it declares. Nothing is started: the factories do no I/O. */
import { ArbiterMetrics } from '@chronos/arbiter/shell/metrics.ts';
import { captureMetrics } from '@chronos/capture/shell/metrics.ts';
import { World } from '@chronos/control-plane/shell/engine/world.ts';
import { controlPlaneMetrics } from '@chronos/control-plane/shell/metrics.ts';
import { entanglementMetrics } from '@chronos/entanglement/shell/metrics.ts';
import { identifierMetrics } from '@chronos/identifiers/shell/metrics.ts';
import { described, type MetricDescription } from '../src/metrics-page.ts';
import { relayMetrics } from '../src/relay/metrics.ts';

const none = () => 0;

/** Name of the process to its metrics; its job in Prometheus is `chronos-<name>`. */
export function processes(): Readonly<Record<string, readonly MetricDescription[]>> {
  return {
    arbiter: described(new ArbiterMetrics({ pending: none, ignored: none, lag: none }).registry),
    capture: described(
      captureMetrics(() => ({ openExchanges: 0, bodyBytes: 0, queuedRecords: 0, queuedBytes: 0 })).registry,
    ),
    'control-plane': described(
      controlPlaneMetrics({
        world: new World(),
        proxies: () => [],
        isLeading: () => false,
        nowMs: none,
        openQuestions: async () => new Map(),
      }).registry,
    ),
    entanglement: described(
      entanglementMetrics(
        () => [],
        () => [],
        async () => [],
      ).registry,
    ),
    identifiers: described(
      identifierMetrics({ waiting: none, halves: none, uneven: none, cached: none }).registry,
    ),
    traces: described(relayMetrics(() => ({ traces: 0, chars: 0 })).registry),
  };
}
