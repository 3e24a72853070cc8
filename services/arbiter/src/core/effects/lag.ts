import { sameState } from './cell.ts';
import { equalStarts, type Place, SPAN_MAX, Spans } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { type SoundSpan, soundSpan } from './sound-span.ts';
import {
  deedOf,
  lacks,
  type RowHistory,
  stateAfter,
  stateBefore,
  type Timeline,
  type Version,
} from './timeline.ts';
import { UNIVERSES } from './transaction.ts';

/**
 * How far each universe had come with one row at two given places. `explained`: from an equal state on, all that led to either place has the same
 * effect in both universes, before or after the place there, so that each held exactly what it should have held by then.
 */
export type Lag =
  | {
      readonly type: 'explained';
      /** One universe had done a request that the other one did only later. */
      readonly isBehind: boolean;
      /** All that led to the places, in the order of either universe. */
      readonly span: SoundSpan;
    }
  | {
      readonly type: 'unexplained';
      /** A request that one universe has committed and the other has not yet. */
      readonly missing: boolean;
    };

/** Beginnings that are tried. */
const STARTS_MAX = 64;

/** @param at the last version that stood in each universe; -1: what was there before the first known one */
export function lagAt(timeline: RowHistory, at: Place, entity: EntityRules): Lag {
  const before = {
    legacy: Math.min(at.legacy + 1, timeline.legacy.length - 1),
    modern: Math.min(at.modern + 1, timeline.modern.length - 1),
  };
  const spans = new Spans(timeline);
  const starts = equalStarts(timeline, before, entity.compared).slice(0, STARTS_MAX);
  // What a universe has not done at all so far, it may still do.
  let missing = UNIVERSES.some((universe) => timeline[universe].length === 0);
  for (const from of [...starts, ...behindLegacy(timeline, at, entity.compared)]) {
    const whole = spans.between(from, at);
    if (whole === 'missing') missing = true;
    const span = whole === 'missing' || whole === undefined ? undefined : soundSpan(whole, entity);
    if (span !== undefined && leads(timeline, from, at, entity))
      return { type: 'explained', isBehind: isBehind(span), span };
  }
  return { type: 'unexplained', missing };
}

/**
 * Beginnings behind all that legacy is known to have done, a repair's work included, where nothing but what it lacks led modern on from an equal state.
 * A row that legacy has not changed at all is there what it was in modern before the first.
 */
function* behindLegacy(timeline: RowHistory, at: Place, fields: readonly string[]): Generator<Place> {
  const { legacy, modern } = timeline;
  if (at.legacy !== legacy.length - 1) return;
  for (let from = at.modern; from > at.modern - SPAN_MAX && lacks(timeline, modern[from]); from -= 1) {
    const state = stateBefore(modern[from]);
    const isEqual =
      legacy.length === 0
        ? from === 0 && state !== undefined
        : sameState(stateAfter(legacy.at(-1)), state, fields);
    if (isEqual) yield { legacy: legacy.length, modern: from };
  }
}

/** Where nothing has happened since the beginning, what stood there is the beginning itself: nothing that is not known lies between. */
function leads(timeline: Timeline, from: Place, at: Place, { compared }: EntityRules): boolean {
  return UNIVERSES.every((universe) => {
    const last = timeline[universe][at[universe]];
    if (last === undefined || from[universe] <= at[universe]) return true;
    if (from[universe] >= timeline[universe].length) return true;
    return sameState(stateAfter(last), stateBefore(timeline[universe][from[universe]]), compared);
  });
}

/** A request stands more often on one side than on the other. */
function isBehind({ legacy, modern }: Timeline): boolean {
  const sorted = (versions: readonly Version[]) => versions.map(deedOf).sort();
  return JSON.stringify(sorted(legacy)) !== JSON.stringify(sorted(modern));
}
