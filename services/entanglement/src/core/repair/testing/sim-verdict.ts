import { create } from '@bufbuild/protobuf';
import { Universe as Side } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  EffectsState,
  type EntityEffect,
  EntityEffectSchema,
  Kind,
  Ruling,
  type Verdict,
  VerdictSchema,
} from '@chronos/proto/events/v1/verdict_pb.js';
import type { Values } from '../../mapping/entity.ts';
import { difference } from '../../mapping/numbers.ts';
import type { SimRequest } from './sim-bank.ts';
import { type SimChange, type SimDatabase, type SimTransaction, vector } from './sim-database.ts';

interface Effect extends SimChange {
  readonly lsn: bigint;
}

/** As the arbiter judges: effects row by row, changes of numbers against each other, the order of commits told apart from bugs. */
export function judge(request: SimRequest, legacy: SimDatabase, modern: SimDatabase): Verdict {
  const left = effectsOf(legacy.log, request.id);
  const right = request.unread ? [] : effectsOf(modern.log, request.id);
  const effects: EntityEffect[] = [];
  const taken = new Set<Effect>();
  for (const own of left) {
    const match =
      right.find((each) => each.entity === own.entity && each.key === own.key && same(own, each)) ??
      right.find((each) => each.entity === own.entity && alike(own, each) && !taken.has(each)) ??
      right.find((each) => each.entity === own.entity && each.key === own.key && !taken.has(each));
    if (match !== undefined) taken.add(match);
    effects.push(message(own, match, legacy, modern, request.id));
  }
  for (const each of right)
    if (!taken.has(each)) effects.push(message(undefined, each, legacy, modern, request.id));
  const rulings = new Set(effects.map(({ ruling }) => ruling));
  const kind =
    request.fault === 'lost' || request.unread
      ? Kind.LOST
      : rulings.has(Ruling.BUG)
        ? Kind.MISMATCH
        : rulings.has(Ruling.RACE)
          ? Kind.RACE
          : Kind.IDENTICAL;
  return create(VerdictSchema, {
    requestId: request.id,
    migration: 'sim',
    kind,
    answeredBy: request.authority === 'legacy' ? Side.LEGACY : Side.MODERN,
    effects,
    ...(request.unread && { effectsState: EffectsState.UNKNOWN }),
  });
}

export function effectsOf(log: readonly SimTransaction[], requestId: string): Effect[] {
  const rows = new Map<string, Effect>();
  for (const { changes, lsn } of log.filter((each) => each.requestId === requestId)) {
    for (const change of changes) {
      const id = `${change.entity}\n${change.key}`;
      rows.set(id, { ...change, before: rows.has(id) ? rows.get(id)?.before : change.before, lsn });
    }
  }
  return [...rows.values()];
}

function message(
  left: Effect | undefined,
  right: Effect | undefined,
  legacy: SimDatabase,
  modern: SimDatabase,
  id: string,
): EntityEffect {
  const row = left ?? right;
  if (row === undefined) throw new RangeError('an effect of nobody');
  const equal = left !== undefined && right !== undefined && left.key === right.key && same(left, right);
  const reordered = [left, right].some((each) => each !== undefined && swapped(each, legacy, modern, id));
  const counted = left !== undefined && right !== undefined && left.key !== right.key;
  return create(EntityEffectSchema, {
    entity: row.entity,
    key: row.key,
    modernKey: counted ? right.key : '',
    ...(left && { legacy: side(left) }),
    ...(right && { modern: side(right) }),
    ruling: equal
      ? reordered
        ? Ruling.RACE
        : Ruling.UNSPECIFIED
      : counted && reordered
        ? Ruling.RACE
        : Ruling.BUG,
  });
}

function side({ before, after, lsn }: Effect) {
  const [from, to] = [vector(before), vector(after)];
  return { commitLsn: lsn, ...(from && { before: from }), ...(to && { after: to }) };
}

/** The same change of each number, the same value of everything else. */
function same(a: Effect, b: Effect): boolean {
  if ((a.before === undefined) !== (b.before === undefined)) return false;
  return [...(a.after?.keys() ?? [])].every((field) => deed(a, field) === deed(b, field));
}

function alike(a: Effect, b: Effect): boolean {
  const account = (key: string) => key.split('/')[0];
  const text = (values: Values | undefined) => `${values?.get('amount')} ${values?.get('reference')}`;
  return a.entity === 'entry' && account(a.key) === account(b.key) && text(a.after) === text(b.after);
}

function deed({ before, after }: Effect, field: string): string {
  const to = after?.get(field) ?? '';
  if (!['balance', 'count'].includes(field) || before === undefined) return to;
  return `Δ${difference(to, before.get(field) ?? '0')}`;
}

/** Another request stands before this one on the row in one universe, and after it in the other. */
function swapped({ entity, key }: Effect, legacy: SimDatabase, modern: SimDatabase, id: string): boolean {
  const [a, b] = [legacy, modern].map(({ log }) =>
    log
      .filter(
        ({ requestId, changes }) =>
          requestId !== '' && changes.some((c) => c.entity === entity && c.key === key),
      )
      .map(({ requestId }) => requestId),
  );
  return (a ?? []).some((each) => {
    const other = b?.indexOf(each) ?? -1;
    const own = b?.indexOf(id) ?? -1;
    return other >= 0 && own >= 0 && (a ?? []).indexOf(each) < (a ?? []).indexOf(id) !== other < own;
  });
}
