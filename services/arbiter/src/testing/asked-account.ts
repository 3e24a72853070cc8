import type { StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { StateWindow } from '../core/effects/state-window.ts';
import { outcomeOf } from '../core/join/settle.ts';
import { RouteLabels } from '../core/verdict/route.ts';
import { judgeRequest } from '../core/verdict/verdict.ts';
import { codecs } from '../shell/codecs.ts';
import { exchange } from './exchanges.ts';
import { change, databaseRules, type Row, transaction } from './two-databases.ts';

/** What a request booked on account A, and when that was committed. */
export type Booking = readonly [request: string, committedMs: number, amount: number];

/** What modern answers, what legacy answers, and what both committed when. The read is under way from 1,000 to 1,003 ms, clocks 50 ms apart. */
export interface Told {
  readonly legacy: readonly Booking[];
  readonly modern: readonly Booking[];
  readonly answers: readonly [legacy: string, modern: string];
}

export const BEFORE = 800;
export const LONG_BEFORE = 200;
export const AFTER = 1_400;

/** Account A. */
export const row = (balance: number): Row => ({ id: 'A', balance, bookings: 1, status: 'open' });

/** Bookings on account A, which had 100; `wrong` is what stands there after a booking instead. */
export function committed(
  universe: 'legacy' | 'modern',
  bookings: readonly Booking[],
  wrong: Readonly<Record<string, number>> = {},
): StateUpdate[] {
  let now = 100;
  return bookings.map(([request, committedMs, amount], at) => {
    const after = wrong[request] ?? now + amount;
    const changes = [change('account', ['A'], row(now), row(after))];
    now = after;
    return transaction({ universe, lsn: at + 1, changes, request, committedMs });
  });
}

/** The verdict on a request that was answered so. */
export function judged(
  updates: readonly StateUpdate[],
  [legacy, modern]: Told['answers'],
  id = 'read',
  request = '{"id":"A"}',
  begunAtMs?: number,
  known: (window: StateWindow) => void = () => {},
) {
  const window = new StateWindow(1);
  for (const update of updates) window.observe(update, 0);
  known(window);
  const told = (value: string) => ({
    id,
    body: `{"value":"${value}"}`,
    requestHeaders: [['content-type', 'application/json']] as const,
    requestBody: request,
    ...(begunAtMs !== undefined && { begunAtMs }),
  });
  const halves = [
    exchange({ ...told(legacy), role: 'shadow' }),
    exchange({ ...told(modern), universe: 'modern' }),
  ];
  const databases = { window, passed: true };
  const context = { rules: databaseRules, routes: new RouteLabels(), codecs, nowMs: 9, databases };
  return judgeRequest({ requestId: id, outcome: outcomeOf(halves) }, context);
}

export const kindOf = ({ legacy, modern, answers }: Told, wrong?: Readonly<Record<string, number>>) =>
  Kind[judged([...committed('legacy', legacy), ...committed('modern', modern, wrong)], answers).verdict.kind];
