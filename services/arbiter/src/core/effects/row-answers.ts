import type { Difference } from '@chronos/proto/events/v1/verdict_pb.js';
import { decimalsEqual } from '../compare/decimal.ts';
import { type Cell, numberOf, type State } from './cell.ts';
import type { Place } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { isWithin, type Span } from './in-flight.ts';
import type { Lag } from './lag.ts';
import type { Answered } from './rows-asked.ts';
import { deedOf, lacks, type RowHistory, stateAfter, stateBefore, type Version } from './timeline.ts';
import { UNIVERSES } from './transaction.ts';

/** What is found out of one row in both answers. */
export interface Explained {
  /** Requests that legacy lacks there, perhaps none; undefined: it is not explained. */
  readonly lacked: readonly string[] | undefined;
  /** By nothing that is known: {@link lackedUnknown}. */
  readonly isUnknown: boolean;
  /** What a request that is still under way commits may explain it. */
  readonly missing: boolean;
}

export function whyOf([first, ...others]: readonly string[]): string {
  if (first === undefined)
    return 'was being changed by other requests: each universe answered what its own database held just then.';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `lacks in legacy what it failed to do for request ${first}${more}, and was not repaired yet: each universe answered what its own database held just then.`;
}

export function whyUnknown([first, ...others]: readonly string[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `lacks in legacy what it failed to do for request ${first}${more}, and was not repaired yet; what it was before is not known, for the database does not tell it (replica identity): nothing is held against either universe.`;
}

/** Where nobody was behind, an order that differs explains an answer only while it came about: afterwards both are as they are. */
export function isRace(
  { isBehind, span }: Lag & { readonly type: 'explained' },
  answered: Answered,
): boolean {
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

/** The last version before the flight, and each in it. */
export function placesWithin(versions: readonly Version[], flight: Span | undefined): readonly number[] {
  const inFlight = versions.flatMap((version, at) => (isWithin(version.transaction, flight) ? [at] : []));
  const first = inFlight[0];
  if (first !== undefined) return [first - 1, ...inFlight];
  return [versions.findLastIndex(({ transaction }) => transaction.committedMs < (flight?.fromMs ?? 0))];
}

/** One field of the row is, in both universes, what that universe answered; of a row that one has not changed so far, nothing is known there. */
export function shows(
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

/**
 * Requests that legacy lacks on the row where nobody knows what legacy had there before: modern's answer is what modern held, and all that legacy has
 * done of the row modern has done, too. undefined: there are none, or it is known.
 */
export function lackedUnknown(
  differences: readonly Difference[],
  timeline: RowHistory,
  at: Place,
  { compared }: EntityRules,
): readonly string[] | undefined {
  const { legacy, modern } = timeline;
  const base = stateBefore(legacy[0] ?? modern[0]);
  if (base === undefined || at.modern < 0 || !lacks(timeline, modern[0])) return undefined;
  const isUnknown = differences.every((difference) =>
    compared.some((field) => base.get(field)?.is === 'unknown' && mayHold(difference, timeline, at, field)),
  );
  const deeds = new Set(modern.map(deedOf));
  const done = legacy.slice(0, at.legacy + 1);
  if (
    !isUnknown ||
    !done.every((version) => version.transaction.requestId !== '' && deeds.has(deedOf(version)))
  )
    return undefined;
  const lacked = modern.slice(0, at.modern + 1).filter((version) => lacks(timeline, version));
  return [...new Set(lacked.map(({ transaction }) => transaction.requestId))];
}

/** What modern answered stood there; what legacy did, as far as is known. */
function mayHold(
  { legacyJson = '', modernJson = '' }: Difference,
  { legacy, modern }: RowHistory,
  at: Place,
  field: string,
): boolean {
  const there = legacy.length === 0 ? undefined : stateAt(legacy, at.legacy)?.get(field);
  const isLegacys = there === undefined || there.is === 'unknown' || isAnswer(legacyJson, there);
  return isLegacys && isAnswer(modernJson, stateAt(modern, at.modern)?.get(field));
}

function stateAt(versions: readonly Version[], at: number): State | undefined {
  return at < 0 ? stateBefore(versions[0]) : stateAfter(versions[at]);
}

function isHeld(raw: string, versions: readonly Version[], at: number, field: string): boolean {
  return versions.length === 0 || isAnswer(raw, stateAt(versions, at)?.get(field));
}

export function isAnswer(raw: string, cell: Cell | undefined): boolean {
  if (cell?.is !== 'value') return false;
  const parsed: unknown = raw.startsWith('"') ? JSON.parse(raw) : raw;
  if (typeof parsed !== 'string') return false;
  const number = numberOf(cell);
  return number === undefined ? parsed === cell.text : decimalsEqual(number, parsed);
}
