import { create, toBinary } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { SHADOW_REQUESTS } from '@chronos/arbiter/shell/topics.ts';
import type { BusProducer } from '@chronos/bus/bus.ts';
import { headerText } from '@chronos/capture/core/identifiers/header-values.ts';
import {
  ExchangeSchema,
  type Header,
  Outcome,
  Role,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';
import type { Side } from './pair-table.ts';
import type { NotSent } from './translation.ts';

export interface UnsentCopy {
  readonly headers: readonly Header[];
  readonly target: Side;
  readonly reason: NotSent;
  readonly startedAtMs: number;
  readonly nowMs: number;
}

/**
 * Tells the arbiter of a copy that was not sent, in place of the exchange that capture would have seen: its request is lost for this reason
 * at once, and not when the other side's deadline has passed. What the request says is left out: the other exchange has it, masked.
 */
export async function reportNotSent(producer: BusProducer, copy: UnsentCopy): Promise<void> {
  const header = (name: string) => {
    const found = copy.headers.find((one) => one.name === name);
    return found === undefined ? '' : headerText(found.value);
  };
  const requestId = header('x-chronos-request-id');
  const [migration = '', group = ''] = header('x-chronos-route').split('/');
  if (requestId === '' || migration === '') return;
  const exchange = create(ExchangeSchema, {
    requestId,
    migration,
    group,
    role: Role.SHADOW,
    universe: copy.target === 'legacy' ? Universe.LEGACY : Universe.MODERN,
    attempt: 1,
    traceparent: header('traceparent'),
    startedAt: timestampFromMs(copy.startedAtMs),
    duration: durationFromMs(copy.nowMs - copy.startedAtMs),
    outcome: Outcome.RESET,
    notSent: copy.reason,
  });
  await producer.send(SHADOW_REQUESTS, [{ key: requestId, value: toBinary(ExchangeSchema, exchange) }]);
}
