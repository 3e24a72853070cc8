import { Histogram, type Registry } from 'prom-client';

/** Often enough to meet what delays requests, seldom enough to cost nothing (20 timers a second). */
const sampleEveryMs = 50;

/**
 * Adds `chronos_event_loop_delay_seconds`: how much later than asked for a timer ran, sampled. A histogram of samples rather than
 * `perf_hooks.monitorEventLoopDelay`, whose percentiles must be reset by whoever reads them and cannot be added up over replicas.
 */
export function observeEventLoopDelay(registry: Registry): void {
  const delay = new Histogram({
    name: 'chronos_event_loop_delay_seconds',
    help: 'How much later than asked for a timer ran, sampled 20 times a second',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  let dueMs = performance.now() + sampleEveryMs;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    delay.observe(Math.max(0, nowMs - dueMs) / 1_000);
    dueMs = nowMs + sampleEveryMs;
  }, sampleEveryMs);
  timer.unref();
}
