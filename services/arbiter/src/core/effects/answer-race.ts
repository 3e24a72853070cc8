import type { Difference } from '@chronos/proto/events/v1/verdict_pb.js';
import { decimalsEqual } from '../compare/decimal.ts';
import { race, stands } from '../judge/ruling.ts';
import { namesAll } from './attribute.ts';
import { type Cell, numberOf, type State } from './cell.ts';
import { chainOf } from './chain.ts';
import type { EntityRules } from './entities.ts';
import type { Flights, Span } from './in-flight.ts';
import type { RowPartners } from './row-partners.ts';
import type { StateWindow } from './state-window.ts';
import { stateAfter, stateBefore, type Timeline, type Version } from './timeline.ts';
import { rowId, UNIVERSES } from './transaction.ts';

export interface Answered {
  readonly migration: string;
  readonly requestId: string;
  readonly flights: Flights;
  readonly partners: RowPartners;
  /** Texts of the scalars of the request. */
  readonly names: () => ReadonlySet<string>;
}

export type AnswerRace =
  | { readonly type: 'explained'; readonly differences: Difference[]; readonly explanation: string }
  /** `missing`: what a request that is still under way commits may explain it. */
  | { readonly type: 'unexplained'; readonly missing: boolean };

/** Rows in motion that are looked at for one answer. */
const ROWS_MAX = 64;

/**
 * Answers that differ because of a race: what each universe answered stood in its own database while it was asked, in one and the same field of
 * one row that the request changed or names, other requests changed that row meanwhile, and those did the same in both universes
 * ({@link chainOf}). All of an answer's differences that stand must be explained, those of one row by one state of it, so that a torn read
 * stays a mismatch.
 */
export function explainAnswer(
  differences: readonly Difference[],
  answered: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): AnswerRace {
  const open = differences.filter(stands);
  if (open.length === 0 || open.some((difference) => !isScalar(difference)))
    return { type: 'unexplained', missing: false };
  let missing = false;
  for (const { entity, key, timeline } of inMotion(answered, window, entities)) {
    const pairs = statePairs(timeline, answered, entity);
    if (pairs === 'missing') missing = true;
    else if (pairs.some(([legacy, modern]) => open.every((d) => shows(d, legacy, modern, entity)))) {
      const explanation = `${entity.name} ${key} was being changed by other requests: each universe answered what its own database held just then.`;
      const judged = race(explanation);
      const settled = differences.map((d) => (stands(d) ? { ...d, ...judged } : d));
      return { type: 'explained', differences: settled, explanation };
    }
  }
  return { type: 'unexplained', missing };
}

function isScalar({ path, cut, legacyJson, modernJson }: Difference): boolean {
  const scalar = (text: string | undefined) => text !== undefined && !/^\s*[[{]/.test(text);
  return path.startsWith('body') && !cut && scalar(legacyJson) && scalar(modernJson);
}

interface Moving {
  readonly entity: EntityRules;
  readonly key: string;
  readonly timeline: Timeline;
}

/** Rows that others changed while the request was in flight, and that it names or changes itself. */
function inMotion(
  { migration, requestId, flights, names, partners }: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): Moving[] {
  const found = new Map<string, Moving>();
  const universes = window.of(migration);
  for (const universe of UNIVERSES) {
    const flight = flights[universe];
    if (flight === undefined) return [];
    for (const transaction of universes[universe].committed(flight.fromMs, flight.toMs)) {
      for (const { entity: name, key: ownKey } of transaction.changes) {
        const entity = entities.get(name);
        if (entity === undefined || ownKey === '' || found.size >= ROWS_MAX) continue;
        const across = partners.keyAcross(entity, universe, ownKey);
        const [key, modernKey] = universe === 'legacy' ? [ownKey, across] : [across, ownKey];
        const id = rowId(name, key ?? ownKey);
        if (key === undefined || modernKey === undefined || found.has(id)) continue;
        const timeline = window.timeline(migration, name, key, modernKey);
        const own = timeline.legacy.some((v) => v.transaction.requestId === requestId);
        if (own || namesAll(key, names())) found.set(id, { entity, key, timeline });
      }
    }
  }
  return [...found.values()];
}

/** States of the row in which both could have seen it; none unless every change on the way is explained. */
function statePairs(
  timeline: Timeline,
  { requestId, flights }: Answered,
  entity: EntityRules,
): (readonly [State | undefined, State | undefined])[] | 'missing' {
  const meanwhile = [...within(timeline.legacy, flights.legacy), ...within(timeline.modern, flights.modern)];
  const requests = new Set(meanwhile.map(({ transaction }) => transaction.requestId));
  const own = (versions: readonly Version[]) =>
    versions.filter(({ transaction }) => transaction.requestId === requestId);
  const [legacyOwn, modernOwn] = [own(timeline.legacy), own(timeline.modern)];
  if (![...requests].some((id) => id !== requestId)) return [];
  if (legacyOwn.length + modernOwn.length > 0) requests.add(requestId);
  for (const id of requests) {
    const chain = id === '' ? undefined : chainOf(timeline, id, entity);
    if (chain === undefined) return 'missing';
    if (chain.type === 'unexplained') return chain.missing ? 'missing' : [];
  }
  if (requests.has(requestId)) {
    // What changes a row itself has seen it right before or right after its own change.
    return [
      [stateBefore(legacyOwn[0]), stateBefore(modernOwn[0])],
      [stateAfter(legacyOwn.at(-1)), stateAfter(modernOwn.at(-1))],
    ];
  }
  const left = statesWithin(timeline.legacy, flights.legacy);
  const right = statesWithin(timeline.modern, flights.modern);
  return left.flatMap((legacy) => right.map((modern) => [legacy, modern] as const));
}

function within(versions: readonly Version[], flight: Span | undefined): readonly Version[] {
  if (flight === undefined) return [];
  return versions.filter(
    ({ transaction: { committedMs } }) => committedMs >= flight.fromMs && committedMs <= flight.toMs,
  );
}

/** What the row was when the flight began, and after each change in it. */
function statesWithin(versions: readonly Version[], flight: Span | undefined): (State | undefined)[] {
  const changed = within(versions, flight);
  const first = changed[0];
  if (first !== undefined) return [stateBefore(first), ...changed.map(stateAfter)];
  // It changed in the other universe only: here it stood still.
  const last = versions.findLast(({ transaction }) => transaction.committedMs < (flight?.fromMs ?? 0));
  const next = versions.find(({ transaction }) => transaction.committedMs > (flight?.toMs ?? 0));
  return last !== undefined ? [stateAfter(last)] : next !== undefined ? [stateBefore(next)] : [];
}

/** One field of the row is, in both universes, what that universe answered. */
function shows(
  { legacyJson = '', modernJson = '' }: Difference,
  legacy: State | undefined,
  modern: State | undefined,
  { compared }: EntityRules,
): boolean {
  return compared.some(
    (field) => isAnswer(legacyJson, legacy?.get(field)) && isAnswer(modernJson, modern?.get(field)),
  );
}

function isAnswer(raw: string, cell: Cell | undefined): boolean {
  if (cell?.is !== 'value') return false;
  const parsed: unknown = raw.startsWith('"') ? JSON.parse(raw) : raw;
  if (typeof parsed !== 'string') return false;
  const number = numberOf(cell);
  return number === undefined ? parsed === cell.text : decimalsEqual(number, parsed);
}
