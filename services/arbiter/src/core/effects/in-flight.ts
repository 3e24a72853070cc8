import { durationMs, timestampMs } from '@bufbuild/protobuf/wkt';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import type { EffectRules } from './entities.ts';
import type { Transaction, UniverseName } from './transaction.ts';

/** A time on the clocks of the proxy and the databases, milliseconds since the epoch, both ends included. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * When a request could change a universe's rows: from its beginning there to its end and what may follow, clocks apart as far as declared. It begins
 * when the proxy began with it: capture sees it later, on a busy machine by more than any clock is off, and a request that seems to begin too late
 * seems to read what nothing had written yet. That capture sees the end late, too, only makes the time longer.
 */
export function flightOf(exchange: Exchange | undefined, rules: EffectRules): Span | undefined {
  if (exchange?.startedAt === undefined) return undefined;
  const startMs = timestampMs(exchange.startedAt);
  const begunMs = exchange.begunAt === undefined ? startMs : timestampMs(exchange.begunAt);
  const endMs = startMs + (exchange.duration === undefined ? 0 : durationMs(exchange.duration));
  return {
    fromMs: Math.min(begunMs, startMs) - rules.clockSkewMs,
    toMs: endMs + rules.effectsWithinMs + rules.clockSkewMs,
  };
}

export function isWithin(
  { committedMs }: Pick<Transaction, 'committedMs'>,
  flight: Span | undefined,
): boolean {
  return flight !== undefined && committedMs >= flight.fromMs && committedMs <= flight.toMs;
}

export type Flights = Readonly<Record<UniverseName, Span | undefined>>;

/** All of it. */
export function wholeFlight({ legacy, modern }: Flights): Span | undefined {
  const [one, other] = [legacy ?? modern, modern ?? legacy];
  if (one === undefined || other === undefined) return undefined;
  return { fromMs: Math.min(one.fromMs, other.fromMs), toMs: Math.max(one.toMs, other.toMs) };
}
