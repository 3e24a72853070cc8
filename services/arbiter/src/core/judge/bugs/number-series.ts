import {
  absolute,
  compareDecimals,
  formatDecimal,
  sameDecimal,
  strip,
  subtract,
  toFloat,
  unitsAt,
} from '../value/decimal.ts';
import { readNumber } from '../value/numbers.ts';
import { changedNumbers, type NumberPair } from './number-pairs.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';

export const clamped: BugRule = {
  name: 'clamped',
  shows:
    'Modern holds a number at a bound that legacy passes: one value for at least three different ones of legacy, all on the same side of it.',
  spares: 'Fewer than three different values.',
  find(context) {
    const pairs = changedNumbers(context);
    const first = pairs[0];
    if (first === undefined || new Set(pairs.map(({ at }) => at.legacy.raw)).size < 3) return undefined;
    const bound = first.modern;
    const side = compareDecimals(first.legacy, bound);
    if (
      !pairs.every(
        ({ legacy, modern }) => sameDecimal(modern, bound) && compareDecimals(legacy, bound) === side,
      )
    )
      return undefined;
    const explanation = `Modern is held at ${formatDecimal(bound)} where legacy is ${side > 0 ? 'greater' : 'less'}, as ${formatDecimal(first.legacy)}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

export const ratio: BugRule = {
  name: 'ratio',
  shows: 'Modern is legacy times one factor in every differing request, to the last digit shown.',
  spares: 'Fewer than two different values.',
  find(context) {
    const pairs = changedNumbers(context);
    if (new Set(pairs.map(({ at }) => at.legacy.raw)).size < 2) return undefined;
    let low = -Infinity;
    let high = Infinity;
    for (const { legacy, modern } of pairs) {
      const l = toFloat(legacy);
      if (l === 0) return undefined;
      // Each side may have been rounded by half a unit of its last digit.
      const slack = (0.5 * 10 ** -modern.scale + 1e-12 * Math.abs(toFloat(modern))) / Math.abs(l);
      const at = toFloat(modern) / l;
      const own = (0.5 * 10 ** -legacy.scale * Math.abs(at)) / Math.abs(l);
      low = Math.max(low, at - slack - own);
      high = Math.min(high, at + slack + own);
    }
    if (low > high || (low <= 1 && high >= 1)) return undefined;
    const factor = niceBetween(low, high);
    return {
      severity: severityOf(context),
      explanation: `Modern = legacy × ${factor} in all ${pairs.length} differing requests`,
      shownBy: pairs.length,
    };
  },
};

/** The shortest decimal between two bounds. */
function niceBetween(low: number, high: number): string {
  for (let digits = 1; digits < 12; digits++) {
    const text = ((low + high) / 2).toPrecision(digits);
    if (Number(text) >= low && Number(text) <= high) return String(Number(text));
  }
  return String((low + high) / 2);
}

export const offset: BugRule = {
  name: 'offset',
  shows: 'Modern is legacy plus one amount in every differing request.',
  spares: 'Fewer than two different values; keys handed out in sequence (asked).',
  find(context) {
    const pairs = changedNumbers(context);
    const first = pairs[0];
    if (first === undefined || new Set(pairs.map(({ at }) => at.legacy.raw)).size < 2) return undefined;
    const step = strip(subtract(first.modern, first.legacy));
    if (!pairs.every(({ legacy, modern }) => sameDecimal(subtract(modern, legacy), step))) return undefined;
    const words = step.units > 0n ? `+ ${formatDecimal(step)}` : `− ${formatDecimal(absolute(step))}`;
    const explanation = `Modern = legacy ${words} in all ${pairs.length} differing requests`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

export const otherRequestsNumber: BugRule = {
  name: 'value-of-another-request',
  shows:
    'Modern gives the number that legacy gives for another request seen here: stale, swapped or mixed up.',
  spares: 'Numbers of fewer than three digits and values that several requests share, which meet by chance.',
  find(context) {
    const owners = new Map<string, number>();
    for (const { legacy, index } of context.all) {
      const key = keyOf(legacy.raw, readNumber(legacy) !== undefined);
      if (key !== undefined) owners.set(key, owners.has(key) ? -1 : index);
    }
    const found = changedNumbers(context).filter(({ at, modern }) => {
      if (absolute(strip(modern)).units < 100n) return false;
      const owner = owners.get(keyOf(at.modern.raw, true) ?? '');
      return owner !== undefined && owner !== at.index && owner >= 0;
    });
    const first = found[0];
    // One meeting among many numbers of few digits is chance.
    if (first === undefined || !isRare(found, context)) return undefined;
    const explanation = `Modern gives ${formatDecimal(first.modern)} for legacy’s ${formatDecimal(first.legacy)}, which is legacy’s value for another request`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function keyOf(raw: string | undefined, isNumber: boolean): string | undefined {
  return isNumber ? raw : undefined;
}

function isRare(found: readonly NumberPair[], { all }: Context): boolean {
  return (
    found.length >= 2 || found.some(({ modern }) => absolute(strip(modern)).units > 100n * BigInt(all.length))
  );
}

export const numberChanged: BugRule = {
  name: 'number-changed',
  shows: 'Two exact numbers that are not equal while legacy repeats its own: no pattern is needed.',
  spares:
    'Keys handed out in sequence, a clock that has just moved on, correct rounding that takes no visible part, and single units of the last digit to both sides (all asked).',
  find(context) {
    const pairs = changedNumbers(context);
    const first = pairs[0];
    if (first === undefined) return undefined;
    const scale = Math.max(first.legacy.scale, first.modern.scale);
    const distance = { units: unitsAt(first.modern, scale) - unitsAt(first.legacy, scale), scale };
    const explanation = `Legacy has ${formatDecimal(first.legacy)}, modern ${formatDecimal(first.modern)}, a difference of ${formatDecimal(distance)}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};
