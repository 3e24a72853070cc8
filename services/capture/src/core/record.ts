import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';

export const topic = 'shadow-requests';

/** What one exchange becomes on the topic: keyed by its request id, so that both sides meet in one partition. */
export interface ExchangeRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** `traceparent` is the context under which the exchange's further story belongs; empty when there is none. */
export function recordOf(exchange: Exchange, traceparent: string): ExchangeRecord {
  return {
    key: exchange.requestId,
    value: toBinary(ExchangeSchema, exchange),
    headers: traceparent === '' ? {} : { traceparent },
  };
}

/**
 * The same exchange without its bodies, said to be cut, so that it still ends as a verdict (lost, for its size) when the broker does not take it
 * whole. Undefined when there is nothing left to leave out.
 */
export function withoutBodies(record: ExchangeRecord): ExchangeRecord | undefined {
  const exchange = fromBinary(ExchangeSchema, record.value);
  const halves = [exchange.request, exchange.response].filter((half) => half !== undefined);
  if (halves.every((half) => half.body.length === 0)) return undefined;
  for (const half of halves) {
    half.bodyTruncated ||= half.body.length > 0;
    half.body = new Uint8Array(0);
  }
  return { ...record, value: toBinary(ExchangeSchema, exchange) };
}
