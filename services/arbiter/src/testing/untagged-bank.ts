import { durationFromMs } from '@bufbuild/protobuf/wkt';
import type { EntityChange, StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { StateWindow } from '../core/effects/state-window.ts';
import { outcomeOf } from '../core/join/settle.ts';
import { RouteLabels } from '../core/verdict/route.ts';
import { judgeRequest } from '../core/verdict/verdict.ts';
import { codecs } from '../shell/codecs.ts';
import { exchange } from './exchanges.ts';
import { change, databaseRules, transaction } from './two-databases.ts';

/** What the services keep beside a balance: nothing; bookings with ids that the request brings; bookings numbered and with the balance after. */
export const BOOKS = ['bare', 'ids', 'running'] as const;
export type Books = (typeof BOOKS)[number];

/** Of modern, with one request. */
export const WRONGS = ['a cent off', 'lost update', 'doubled', 'not booked', 'to another account'] as const;
export type Wrong = (typeof WRONGS)[number];

/** One request, and when it is at work in each universe: from, committed, to. */
export interface Asked {
  readonly what: 'pay' | 'transfer' | 'read';
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly legacy: readonly [number, number, number];
  readonly modern: readonly [number, number, number];
}

interface Account {
  balance: number;
  bookings: number;
}

const OTHER_LOOK_MS = 250;
const DEADLINE_MS = 10_000;
const SKEW_MS = 50;

/**
 * Two services that do not tag, asked by several clients at once on few accounts, and the arbiter that judges as time goes by: it looks at a request
 * once both databases have passed it, and again until nothing may be its own any more.
 *
 * @returns undefined: what is wrong with request `wrongAt` does nothing in this place
 */
export function verdictsOf(
  asked: readonly Asked[],
  books: Books,
  wrong?: { readonly at: number; readonly what: Wrong },
): Verdict[] | undefined {
  const updates = [...committed(asked, 'legacy', books), ...(committed(asked, 'modern', books, wrong) ?? [])];
  if (wrong !== undefined && committed(asked, 'modern', books, wrong) === undefined) return undefined;
  const window = new StateWindow(1);
  const waiting = updates.toSorted((a, b) => a.atMs - b.atMs);
  const looks = asked.map((one, at) => {
    const firstMs = Math.max(one.legacy[2], one.modern[2]) + SKEW_MS + 5;
    return { at, firstMs, nextMs: firstMs };
  });
  const verdicts: Verdict[] = [];
  while (looks.length > 0) {
    const [look] = looks.sort((a, b) => a.nextMs - b.nextMs || a.at - b.at);
    if (look === undefined) break;
    const nowMs = look.nextMs;
    while (waiting[0] !== undefined && waiting[0].atMs <= nowMs) {
      const [next] = waiting.splice(0, 1);
      if (next !== undefined) window.observe(next.update, 0);
    }
    const isFinal = nowMs - look.firstMs >= DEADLINE_MS;
    const waitedMs = isFinal ? undefined : nowMs - look.firstMs;
    const one = asked[look.at] as Asked;
    const settled = { requestId: `r${look.at}`, outcome: outcomeOf(exchangesOf(one, look.at)) };
    const databases = { window, passed: true, waitedMs };
    const context = { rules: databaseRules, routes: new RouteLabels(), codecs, nowMs, databases };
    const { verdict, mayBeOwn, maySettle } = judgeRequest(settled, context);
    if (!isFinal && (mayBeOwn || maySettle)) look.nextMs += OTHER_LOOK_MS;
    else {
      verdicts[look.at] = verdict;
      looks.shift();
    }
  }
  return verdicts;
}

function exchangesOf({ what, from, to, amount, ...times }: Asked, at: number) {
  const parts = {
    id: `r${at}`,
    method: what === 'read' ? 'GET' : 'POST',
    path: what === 'read' ? `/accounts/${from}` : `/${what}`,
    requestHeaders: [['content-type', 'application/json']] as const,
    requestBody: JSON.stringify(what === 'read' ? { of: from } : { id: idOf(at), from, to, amount }),
  };
  return (['legacy', 'modern'] as const).map((universe) => {
    const [startedAtMs, , toMs] = times[universe];
    const role = universe === 'legacy' ? ('authority' as const) : ('shadow' as const);
    return {
      ...exchange({ ...parts, universe, role, startedAtMs }),
      duration: durationFromMs(toMs - startedAtMs),
    };
  });
}

const idOf = (at: number) => 70_000 + at;

/** In the order of the commits; undefined: the wrong does nothing here. */
function committed(
  asked: readonly Asked[],
  universe: 'legacy' | 'modern',
  books: Books,
  wrong?: { readonly at: number; readonly what: Wrong },
): { atMs: number; update: StateUpdate }[] {
  const accounts = new Map<string, Account>();
  const stale = new Map<string, number>();
  const of = (id: string) => {
    const known = accounts.get(id) ?? { balance: 1_000, bookings: 0 };
    accounts.set(id, known);
    return known;
  };
  const rowOf = (id: string) => ({ id, ...of(id), status: 'open' });
  const order = [...asked.entries()]
    .filter(([, { what }]) => what !== 'read')
    .sort(([, a], [, b]) => a[universe][1] - b[universe][1]);
  let bitten = wrong === undefined;
  const updates = order.map(([at, one], nth) => {
    const own = wrong?.at === at ? wrong.what : undefined;
    const book = (id: string, amount: number): EntityChange[] => {
      const before = rowOf(id);
      const account = of(id);
      const base = own === 'lost update' ? (stale.get(id) ?? account.balance) : account.balance;
      bitten ||= own === 'lost update' && base !== account.balance;
      stale.set(id, account.balance);
      account.balance = base + amount;
      if (books !== 'bare') account.bookings += 1;
      const moved = change('account', [id], before, rowOf(id));
      if (books === 'bare') return [moved];
      const number = books === 'ids' ? idOf(at) : account.bookings;
      const balanceAfter = books === 'ids' ? 0 : account.balance;
      const row = {
        account: id,
        number,
        amount,
        balance_after: balanceAfter,
        text: amount < 0 ? 'out' : 'in',
      };
      return [moved, change('booking', [id, number], undefined, row)];
    };
    const amount = own === 'a cent off' ? one.amount + 1 : one.amount;
    const to = own === 'to another account' ? (one.to === 'C' ? 'A' : 'C') : one.to;
    bitten ||= own !== undefined && own !== 'lost update';
    const once = () =>
      one.what === 'pay' ? book(to, amount) : [...book(one.from, -amount), ...book(to, amount)];
    if (own === 'not booked') return [];
    const changes = own === 'doubled' ? [...once(), ...once()] : once();
    const atMs = one[universe][1];
    return [{ atMs, update: transaction({ universe, lsn: nth + 1, changes, committedMs: atMs }) }];
  });
  return bitten ? updates.flat() : (undefined as never);
}
