import { relateNumbers } from '../meaning/numbers.ts';
import {
  absolute,
  type Decimal,
  formatDecimal,
  negate,
  power,
  roundTo,
  sameDecimal,
  strip,
  toFloat,
} from '../value/decimal.ts';
import { isSinglePrecision, roundsTo } from '../value/floats.ts';
import { type NumberPair, numberPairs } from './number-pairs.ts';
import type { BugRule, Context } from './rule.ts';
import { isGraveName, severityOf } from './severity.ts';
import { shown } from './shown.ts';

type Shape = Pick<BugRule, 'name' | 'shows' | 'spares'> & {
  /** Says how the numbers of one observation show the bug; undefined when they do not. */
  how(pair: NumberPair, context: Context): string | undefined;
};

/** A bug rule that one observation is enough to show. */
function shapeRule({ how, ...rest }: Shape): BugRule {
  return {
    ...rest,
    find(context) {
      let shownBy = 0;
      let explanation = '';
      for (const pair of numberPairs(context)) {
        const found = how(pair, context);
        if (found === undefined) continue;
        shownBy += 1;
        explanation ||= `Legacy has ${formatDecimal(pair.legacy)}, modern ${formatDecimal(pair.modern)}: ${found}`;
      }
      return shownBy === 0 ? undefined : { severity: severityOf(context), explanation, shownBy };
    },
  };
}

export const signFlipped = shapeRule({
  name: 'sign-flipped',
  shows: 'The same amount with the opposite sign.',
  spares: 'Zero; another notation of the same sign (accounting brackets, trailing minus).',
  how: ({ legacy, modern }) => (sameDecimal(negate(legacy), modern) ? 'the sign is the opposite' : undefined),
});

export const scaleChanged = shapeRule({
  name: 'scale-changed',
  shows:
    'A number that is a power of ten times legacy’s (cents for units, a share for percent), exactly or rounded to the digits that modern shows.',
  spares:
    'A share that is written with its mark (2.5% and 0.025); an amount and the same in the minor unit that the name says (asked); whole numbers that all become texts of exactly a hundredth with two digits after the point (asked).',
  how({ legacy, modern }) {
    if (legacy.units === 0n || modern.units === 0n || !isNearPowerOfTen(legacy, modern)) return undefined;
    for (const places of [2, -2, 3, -3, 1, -1, 4, -4, 6, -6, 5, -5, 8, -8, 9, -9]) {
      const moved = {
        units: legacy.units * power(Math.max(places, 0)),
        scale: legacy.scale + Math.max(-places, 0),
      };
      if (sameDecimal(moved, modern)) return `modern is legacy × ${timesOf(places)}`;
      const digits = absolute(modern).units.toString().length;
      if (digits >= 3 && sameDecimal(roundTo(moved, modern.scale, 'half-up'), modern))
        return `modern is legacy × ${timesOf(places)}, rounded`;
    }
    return undefined;
  },
});

/** Three digits rounded are at most half a hundredth off; what is too large or too small for a float is looked at. */
function isNearPowerOfTen(legacy: Decimal, modern: Decimal): boolean {
  const places = Math.log10(toFloat(modern) / toFloat(legacy));
  return Math.abs(places - Math.round(places)) < 0.003 || !Number.isFinite(places);
}

function timesOf(places: number): string {
  return places > 0 ? power(places).toString() : `1/${power(-places)}`;
}

export const integerOverflow = shapeRule({
  name: 'integer-overflow',
  shows:
    'An integer that has been cut to 8, 15, 16, 31, 32 or 63 bits: wrapped around or held at the largest value.',
  spares: 'Numbers with a fraction.',
  how({ legacy, modern }) {
    const l = strip(legacy);
    const m = strip(modern);
    if (l.scale !== 0 || m.scale !== 0) return undefined;
    for (const bits of [8n, 16n, 32n, 64n]) {
      const size = 1n << bits;
      const unsigned = ((l.units % size) + size) % size;
      const signed = unsigned >= size / 2n ? unsigned - size : unsigned;
      const fits = l.units < size && l.units >= -size / 2n;
      if ((m.units === unsigned || m.units === signed) && (!fits || (l.units >= size / 2n && m.units < 0n)))
        return `it does not fit into ${bits} bits`;
      if (l.units >= size / 2n && m.units === size / 2n - 1n)
        return `it is held at the largest of ${bits} bits`;
    }
    return undefined;
  },
});

export const integerRounded = shapeRule({
  name: 'integer-rounded',
  shows: 'An integer beyond 2⁵³ (or 2²⁴) of which a binary float has kept only the leading digits.',
  spares: 'Integers that a float holds exactly.',
  how({ legacy, modern }) {
    const l = strip(legacy);
    const m = strip(modern);
    if (l.scale !== 0 || m.scale !== 0) return undefined;
    const float = Number(l.units);
    if (BigInt(float) !== l.units && (BigInt(float) === m.units || Number(m.units) === float))
      return 'the last digits are lost in a 64-bit float';
    const single = Math.fround(float);
    return Number.isFinite(single) && l.units !== BigInt(single) && BigInt(single) === m.units
      ? 'the last digits are lost in a 32-bit float'
      : undefined;
  },
});

export const moneyFloat32 = shapeRule({
  name: 'money-float32',
  shows: 'An amount (at most two digits after the point) after a stay in a 32-bit float.',
  spares: 'Fields with more digits after the point, which a 32-bit float may hold (float32).',
  how({ legacy, modern }, { profile, episode }) {
    const scale = profile.data.legacy.scaleMax;
    if (scale > 2 || !isSinglePrecision(legacy, modern)) return undefined;
    // What rounds back may be a float of legacy that modern shows in full; with the name of an amount it may not.
    if (roundsTo(modern, legacy, scale) && !isGraveName(episode.field)) return undefined;
    return 'the amount was held in a 32-bit float';
  },
});

export const inverted = shapeRule({
  name: 'reciprocal',
  shows: 'One divided by legacy’s number: a rate in the other direction.',
  spares: 'Numbers with fewer than three significant digits.',
  how({ legacy, modern }) {
    if (digitsOf(legacy) < 3 || digitsOf(modern) < 3) return undefined;
    const expected = 1 / toFloat(legacy);
    return Math.abs(toFloat(modern) / expected - 1) < toleranceOf(legacy, modern)
      ? 'modern is 1 / legacy'
      : undefined;
  },
});

/** What half a unit in the last digits of both does to their ratio. */
function toleranceOf(legacy: Decimal, modern: Decimal): number {
  return 1 / Number(absolute(strip(legacy)).units) + 1 / Number(absolute(strip(modern)).units);
}

function digitsOf(value: Decimal): number {
  return absolute(strip(value)).units.toString().length;
}

export const digitsCut = shapeRule({
  name: 'digits-cut',
  shows: 'Digits after the point are cut off instead of rounded.',
  spares: 'Correct rounding (asked unless it takes a visible part of the value), digits that were zero.',
  how({ legacy, modern }, { clockLike, keyLike }) {
    if (clockLike || keyLike || modern.scale >= legacy.scale || modern.units === 0n) return undefined;
    const cut = roundTo(legacy, modern.scale, 'down');
    return sameDecimal(cut, modern) && !sameDecimal(roundTo(legacy, modern.scale, 'half-up'), modern)
      ? `digits are cut after ${modern.scale} places`
      : undefined;
  },
});

export const currencyChanged: BugRule = {
  name: 'currency-changed',
  shows: 'An amount in another currency than legacy’s.',
  spares: 'A sign and a code of the same currency.',
  find(context) {
    const found = context.unproven.filter(
      ({ legacy, modern, varies }) =>
        !varies && relateNumbers(legacy, modern, context.profile)?.currency === true,
    );
    const first = found[0];
    if (first === undefined) return undefined;
    return {
      severity: 'critical',
      explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}`,
      shownBy: found.length,
    };
  },
};
