import { type InstantRelation, relateInstants } from '../meaning/instants.ts';
import { readDuration } from '../value/durations.ts';
import { DAY_NS, isWithinSecond } from '../value/instants.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const SECOND_NS = 1_000_000_000n;
const MINUTE_NS = 60n * SECOND_NS;

interface InstantPair {
  readonly at: Observed;
  readonly relation: InstantRelation;
  readonly distance: bigint;
}

function movedInstants(context: Context): InstantPair[] {
  if (context.clockLike) return [];
  const pairs: InstantPair[] = [];
  for (const at of context.unproven) {
    if (at.varies) continue;
    const relation = relateInstants(at.legacy, at.modern, context.profile);
    if (relation?.is === 'different')
      pairs.push({ at, relation, distance: relation.modern.ns - relation.legacy.ns });
  }
  return pairs;
}

export const instantMoved: BugRule = {
  name: 'instant-moved',
  shows:
    'Another instant or another day than legacy’s, while legacy repeats its own; also a time of day that is lost.',
  spares:
    'The same instant in another notation; a zone that one side does not tell, numbers counted from another known day (asked); less than a second, told in parts of one (asked); a clock read at the time of the answer (asked).',
  find(context) {
    // Clocks read by two processes; that legacy's two runs fell into one millisecond shows no more.
    const pairs = movedInstants(context).filter(
      ({ relation: { legacy, modern } }) => !isWithinSecond(legacy, modern),
    );
    const first = pairs[0];
    if (first === undefined) return undefined;
    const constant = pairs.every(({ distance }) => distance === first.distance);
    if (constant && isOtherEpoch(pairs)) return undefined;
    const by = constant && first.distance !== 0n ? ` by ${lengthOf(first.distance)}` : '';
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${first.relation.because}${by}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

/** Days from 1970 to 1601 (Windows), 1900 (NTP), 1904 (HFS), 6 January 1980 (GPS), 2000 and 2001 (Cocoa). */
const EPOCHS: readonly bigint[] = [-134_774n, -25_567n, -24_107n, 3657n, 10_957n, 11_323n];

/** Bare numbers of legacy that are the dates of modern when they are counted from another known day (asked). */
function isOtherEpoch(pairs: readonly InstantPair[]): boolean {
  const distinct = new Set(pairs.map(({ at }) => at.legacy.raw)).size;
  if (distinct < 2 || !pairs.every(({ at }) => at.legacy.isNumber || /^[0-9]+$/.test(at.legacy.text ?? '')))
    return false;
  return EPOCHS.some((days) => pairs.every(({ distance }) => distance === days * DAY_NS));
}

/** A length of time in the largest unit that it is a whole number of. */
export function lengthOf(ns: bigint): string {
  const sign = ns < 0n ? '−' : '+';
  const size = ns < 0n ? -ns : ns;
  if (size % DAY_NS === 0n) return `${sign}${size / DAY_NS} d`;
  if (size % (60n * MINUTE_NS) === 0n) return `${sign}${size / (60n * MINUTE_NS)} h`;
  if (size % MINUTE_NS === 0n) return `${sign}${size / MINUTE_NS} min`;
  return `${sign}${Number(size) / 1e9} s`;
}

export const durationChanged: BugRule = {
  name: 'duration-changed',
  shows: 'Another length of time, or time of day, than legacy’s, both told with their unit.',
  spares: 'The same length in another notation.',
  find(context) {
    const pairs = context.unproven.filter(({ legacy, modern, varies }) => {
      const l = varies ? undefined : readDuration(legacy);
      const m = l === undefined ? undefined : readDuration(modern);
      return l !== undefined && m !== undefined && l.ns !== m.ns;
    });
    const first = pairs[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};
