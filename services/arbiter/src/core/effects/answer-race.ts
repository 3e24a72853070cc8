import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import type { Difference } from '@chronos/proto/events/v1/verdict_pb.js';
import { decimalsEqual } from '../compare/decimal.ts';
import { race, stands } from '../judge/ruling.ts';
import { type Cell, numberOf, type State } from './cell.ts';
import type { Place } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { isWithin, type Span } from './in-flight.ts';
import { type Lag, lagAt } from './lag.ts';
import { type Answered, type AskedRow, rowsAsked } from './rows-asked.ts';
import type { StateWindow } from './state-window.ts';
import { deedOf, lacks, type RowHistory, stateAfter, stateBefore, type Version } from './timeline.ts';
import { UNIVERSES } from './transaction.ts';

export type AnswerRace =
  | { readonly type: 'explained'; readonly differences: Difference[]; readonly explanation: string }
  /** `missing`: what a request that is still under way commits may explain it. */
  | { readonly type: 'unexplained'; readonly missing: boolean };

/** Moments at which a row held just what was answered, that are looked into. */
const FITTING_MAX = 16;

/**
 * Answers that differ because of a race: what each universe answered stood in its own database while it was asked, in one and the same field of
 * one row that the request changed or names, and both databases came to it by the same requests, each with the same effect ({@link lagAt}): one
 * universe had done a request when it was asked that the other one did only later, or requests were committed in another order meanwhile. A value that
 * its own database no longer held is none, however near in time. All of an answer's differences that stand must be explained, those of one row by
 * one state of it, so that a torn read stays a mismatch.
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
  for (const row of rowsAsked(answered, window, entities)) {
    const explained = explainRow(open, row, answered);
    if (explained === 'missing') missing = true;
    else if (explained) {
      const explanation = `${row.entity.name} ${row.key} ${whyOf(explained.span.lacked)}`;
      const judged = race(explanation);
      const settled = differences.map((d) => (stands(d) ? { ...d, ...judged } : d));
      return { type: 'explained', differences: settled, explanation };
    }
  }
  return { type: 'unexplained', missing };
}

function whyOf([first, ...others]: readonly string[]): string {
  if (first === undefined)
    return 'was being changed by other requests: each universe answered what its own database held just then.';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `lacks in legacy what it failed to do for request ${first}${more}, and was not repaired yet: each universe answered what its own database held just then.`;
}

function isScalar({ path, cut, legacyJson, modernJson }: Difference): boolean {
  const scalar = (text: string | undefined) => text !== undefined && !/^\s*[[{]/.test(text);
  return path.startsWith('body') && !cut && scalar(legacyJson) && scalar(modernJson);
}

/** Whether the answers are the row's own states, each in its universe, and the same requests have led to both. */
function explainRow(
  open: readonly Difference[],
  { timeline, entity }: AskedRow,
  answered: Answered,
): (Lag & { readonly type: 'explained' }) | 'missing' | undefined {
  let missing = false;
  let fitting = 0;
  for (const at of placesAsked(timeline, answered)) {
    if (!open.every((difference) => shows(difference, timeline, at, entity))) continue;
    fitting += 1;
    if (fitting > FITTING_MAX) break;
    const lag = lagAt(timeline, at, entity);
    if (lag.type === 'explained' && isRace(lag, answered)) return lag;
    if (lag.type === 'unexplained' && lag.missing) missing = true;
  }
  return missing ? 'missing' : undefined;
}

/** Where nobody was behind, an order that differs explains an answer only while it came about: afterwards both are as they are. */
function isRace({ isBehind, span }: Lag & { readonly type: 'explained' }, answered: Answered): boolean {
  if (isBehind) return true;
  const order = UNIVERSES.map((universe) => JSON.stringify(span[universe].map(deedOf)));
  if (order[0] === order[1]) return false;
  return UNIVERSES.some((universe) =>
    span[universe].some(
      (version) =>
        deedOf(version) !== answered.requestId && isWithin(version.transaction, answered.flights[universe]),
    ),
  );
}

/** How far the universes may have been with the row when they were asked. */
function* placesAsked(timeline: RowHistory, { requestId, flights }: Answered): Generator<Place> {
  const isOwn = (version: Version) => deedOf(version) === requestId;
  const first = { legacy: timeline.legacy.findIndex(isOwn), modern: timeline.modern.findIndex(isOwn) };
  if (first.legacy >= 0 || first.modern >= 0) {
    // What changes a row itself has seen it right before or right after its own change.
    if (first.legacy >= 0 && first.modern >= 0) {
      yield { legacy: first.legacy - 1, modern: first.modern - 1 };
      yield { legacy: timeline.legacy.findLastIndex(isOwn), modern: timeline.modern.findLastIndex(isOwn) };
    }
    // Of what is only inferred it may have made nothing.
    const isGuess = UNIVERSES.some((universe) =>
      timeline[universe].some((v) => isOwn(v) && v.transaction.attribution === Attribution.INFERRED),
    );
    if (!isGuess) return;
  }
  const modern = placesWithin(timeline.modern, flights.modern);
  for (const left of placesWithin(timeline.legacy, flights.legacy))
    for (const right of modern) yield { legacy: left, modern: right };
}

/** The last version before the flight, and each in it. */
function placesWithin(versions: readonly Version[], flight: Span | undefined): readonly number[] {
  const inFlight = versions.flatMap((version, at) => (isWithin(version.transaction, flight) ? [at] : []));
  const first = inFlight[0];
  if (first !== undefined) return [first - 1, ...inFlight];
  return [versions.findLastIndex(({ transaction }) => transaction.committedMs < (flight?.fromMs ?? 0))];
}

/** One field of the row is, in both universes, what that universe answered; of a row that one has not changed so far, nothing is known there. */
function shows(
  { legacyJson = '', modernJson = '' }: Difference,
  timeline: RowHistory,
  at: Place,
  { compared }: EntityRules,
): boolean {
  const { legacy, modern } = timeline;
  // What legacy never did, and nothing else has changed: there the row is what it was in modern before.
  const untouched = lacks(timeline, modern[0]) ? stateBefore(modern[0]) : undefined;
  return compared.some((field) => {
    const isLegacys =
      legacy.length === 0 && untouched !== undefined
        ? isAnswer(legacyJson, untouched.get(field))
        : isHeld(legacyJson, legacy, at.legacy, field);
    return isLegacys && isHeld(modernJson, modern, at.modern, field);
  });
}

function isHeld(raw: string, versions: readonly Version[], at: number, field: string): boolean {
  const state: State | undefined = at < 0 ? stateBefore(versions[0]) : stateAfter(versions[at]);
  return versions.length === 0 || isAnswer(raw, state?.get(field));
}

function isAnswer(raw: string, cell: Cell | undefined): boolean {
  if (cell?.is !== 'value') return false;
  const parsed: unknown = raw.startsWith('"') ? JSON.parse(raw) : raw;
  if (typeof parsed !== 'string') return false;
  const number = numberOf(cell);
  return number === undefined ? parsed === cell.text : decimalsEqual(number, parsed);
}
