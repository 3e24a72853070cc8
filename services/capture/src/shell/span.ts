import { recordSpan } from '@chronos/observability/tracing.ts';
import { type Exchange, Outcome, Role } from '@chronos/proto/events/v1/exchange_pb.js';

const sides: Readonly<Record<Role, string>> = {
  [Role.UNSPECIFIED]: 'unknown',
  [Role.AUTHORITY]: 'authority',
  [Role.SHADOW]: 'shadow',
  [Role.SECOND]: 'second',
};

/**
 * The span `capture` of an exchange, under the request's own trace and as long as the exchange took. Returns the traceparent that travels on
 * with the record: the span's, or the request's own where nothing is recorded.
 */
export function captureSpan(exchange: Exchange, endTimeMs: number): string {
  const { traceparent, startedAt } = exchange;
  return recordSpan('capture', {
    traceparent,
    startTimeMs: startedAt ? Number(startedAt.seconds) * 1000 + startedAt.nanos / 1e6 : endTimeMs,
    endTimeMs,
    attributes: {
      'chronos.request_id': exchange.requestId,
      'chronos.migration': exchange.migration,
      'chronos.group': exchange.group,
      'chronos.deployment': exchange.deployment,
      'chronos.side': sides[exchange.role],
      'chronos.complete': exchange.outcome === Outcome.COMPLETE,
    },
  });
}
