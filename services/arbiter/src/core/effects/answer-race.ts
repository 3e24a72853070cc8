import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import type { Difference } from '@chronos/proto/events/v1/verdict_pb.js';
import { race, stands } from '../judge/ruling.ts';
import { explainRows } from './answered-rows.ts';
import type { Place } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { lagAt } from './lag.ts';
import {
  type Explained,
  isRace,
  lackedUnknown,
  placesWithin,
  shows,
  whyOf,
  whyUnknown,
} from './row-answers.ts';
import { type Answered, type AskedRow, rowsAsked } from './rows-asked.ts';
import type { StateWindow } from './state-window.ts';
import { deedOf, type RowHistory, type Version } from './timeline.ts';
import { UNIVERSES } from './transaction.ts';

export type AnswerRace =
  | {
      readonly type: 'explained';
      readonly differences: Difference[];
      readonly explanation: string;
      /** Not by what is known: nobody knows enough to hold it against either universe. */
      readonly isUnknown: boolean;
    }
  /** `missing`: what a request that is still under way commits may explain it. */
  | { readonly type: 'unexplained'; readonly missing: boolean };

/** Moments at which a row held just what was answered, that are looked into. */
const FITTING_MAX = 16;

/**
 * Answers that differ because of a race: what each universe answered stood in its own database while it was asked, in one and the same field of
 * one row that the request changed or names, and both databases came to it by the same requests, each with the same effect ({@link lagAt}): one
 * universe had done a request when it was asked that the other one did only later, or requests were committed in another order meanwhile. A value that
 * its own database no longer held is none, however near in time. All of an answer's differences that stand must be explained, those of one row by
 * one state of it, so that a torn read stays a mismatch. Lists, and rows that one of them does not have: {@link explainRows}.
 */
export function explainAnswer(
  differences: readonly Difference[],
  answered: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): AnswerRace {
  const open = differences.filter(stands);
  if (open.length === 0) return { type: 'unexplained', missing: false };
  const settledBy = (explanation: string, isUnknown = false): AnswerRace => {
    const judged = race(explanation);
    const settled = differences.map((d) => (stands(d) ? { ...d, ...judged } : d));
    return { type: 'explained', differences: settled, explanation, isUnknown };
  };
  const rows = explainRows(open, answered, window, entities);
  if (rows.explanation !== undefined && !rows.isUnknown) return settledBy(rows.explanation);
  let { missing, explanation: unknown } = rows;
  if (open.every(isScalar)) {
    for (const row of rowsAsked(answered, window, entities)) {
      const explained = explainRow(open, row, answered);
      if (explained.lacked !== undefined) {
        const sentence = `${row.entity.name} ${row.key} ${explained.isUnknown ? whyUnknown(explained.lacked) : whyOf(explained.lacked)}`;
        if (!explained.isUnknown) return settledBy(sentence);
        unknown ??= sentence;
      }
      missing ||= explained.missing;
    }
  }
  return unknown === undefined || missing ? { type: 'unexplained', missing } : settledBy(unknown, true);
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
): Explained {
  let missing = false;
  let fitting = 0;
  let unknown: readonly string[] | undefined;
  for (const at of placesAsked(timeline, answered)) {
    unknown ??= lackedUnknown(open, timeline, at, entity);
    if (!open.every((difference) => shows(difference, timeline, at, entity))) continue;
    fitting += 1;
    if (fitting > FITTING_MAX) break;
    const lag = lagAt(timeline, at, entity);
    if (lag.type === 'explained' && isRace(lag, answered))
      return { lacked: lag.span.lacked, isUnknown: false, missing: false };
    if (lag.type === 'unexplained' && lag.missing) missing = true;
  }
  return { lacked: unknown, isUnknown: unknown !== undefined, missing };
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
