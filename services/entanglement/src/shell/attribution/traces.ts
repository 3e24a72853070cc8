import { setTimeout as delay } from 'node:timers/promises';
import { SHADOW_REQUESTS } from '@chronos/arbiter/shell/topics.ts';
import type { Bus, BusConsumer } from '@chronos/bus/bus.ts';
import { traceIdOf } from '../../core/change/tags.ts';

/** Traces that are remembered: some minutes' worth at a thousand requests a second. */
const tracesMax = 200_000;
/** A client may send many requests under one trace; more than these cannot be told apart anyway. */
const requestsMax = 8;

export interface Traces {
  /** The only request of this trace, as soon as its exchange is told; undefined when there is none until then, or more than one. */
  requestOf(traceparent: string, untilMs: number): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Which request belongs to which trace, by the exchanges' keys and headers; their bodies are not looked at. Both universes' SQL comments carry
 * the trace's id, for the copy has the trace of the original.
 */
export async function followTraces(bus: Bus, groupId: string): Promise<Traces> {
  const requests = new Map<string, string[]>();
  let told = Promise.withResolvers<void>();
  let consumer: BusConsumer | undefined;
  consumer = await bus.consume({
    topic: SHADOW_REQUESTS,
    groupId,
    onBatch: async ({ partition, records }) => {
      for (const { key, headers } of records) {
        const trace = traceIdOf(headers.traceparent ?? '');
        if (trace === undefined) continue;
        const known = requests.get(trace) ?? [];
        if (!known.includes(key) && known.length < requestsMax) requests.set(trace, [...known, key]);
        if (requests.size > tracesMax) requests.delete(requests.keys().next().value ?? '');
      }
      const last = records.at(-1);
      if (last !== undefined) await consumer?.commit(partition, last.offset + 1n);
      told.resolve();
      told = Promise.withResolvers<void>();
    },
  });
  return {
    async requestOf(traceparent, untilMs) {
      const trace = traceIdOf(traceparent);
      if (trace === undefined) return undefined;
      for (;;) {
        const known = requests.get(trace);
        if (known !== undefined) return known.length === 1 ? known[0] : undefined;
        const leftMs = untilMs - performance.now();
        if (leftMs <= 0) return undefined;
        await Promise.race([told.promise, delay(leftMs, undefined, { ref: false })]);
      }
    },
    close: async () => consumer?.close(),
  };
}
