import type { Episode } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { periods } from './readings/periods.ts';
import { compareDecimals, type Decimal, multiply, parseDecimal } from './value/decimal.ts';
import {
  isOfSeveral,
  isPowerOfTen,
  keepsQuantity,
  type Quantity,
  readQuantity,
  sameQuantity,
} from './value/quantities.ts';
import { Side } from './value/side.ts';
import { molarMassOf } from './value/substances.ts';

type Outcome = 'same' | 'rounded' | 'other';

/**
 * What a table of units says of numbers that change with the unit beside them: proven when each is converted exactly (or rounded to the digits
 * shown where the factor is no power of ten), a bug when one is another quantity. Undefined when the table does not know the units.
 */
export function convertedAll(parts: readonly Episode[], number: number, word: number): Judgement | undefined {
  const [numbers, words] = [parts[number], parts[word]];
  if (numbers === undefined || words === undefined) return undefined;
  const outcomes = new Set<Outcome>();
  let broken = '';
  let count = 0;
  for (const [at, { legacy, modern }] of numbers.observations.entries()) {
    const units = words.observations[at];
    // A number that stays where its unit does not is another quantity.
    if (legacy === modern && units?.legacy === units?.modern) continue;
    if (legacy === undefined || modern === undefined) return undefined;
    const told = [bare(legacy), bare(units?.legacy), bare(modern), bare(units?.modern)] as const;
    const found = /per|basis|base|unit|each/i.test(words.field.split('.').at(-1) ?? '')
      ? (forBasis(told) ?? convert(told, massBeside(parts, at)))
      : convert(told, massBeside(parts, at));
    if (found === undefined) return undefined;
    const isOpen = [told.slice(0, 2), told.slice(2)].some(([figures = '', unit = '']) => {
      const quantity = quantityOf(figures, unit);
      return quantity !== undefined && isOfSeveral(quantity, words.field);
    });
    // The right number of what may be meant is not proven, and no other quantity either.
    outcomes.add(found === 'same' && isOpen && told[1] !== told[3] ? 'rounded' : found);
    if (found === 'other') count += 1;
    if (found === 'other') broken ||= `${told[0]} ${told[1]} and ${told[2]} ${told[3]}`;
  }
  if (outcomes.size === 0) return undefined;
  if (outcomes.has('other'))
    return {
      verdict: 'bug',
      rule: 'quantity-changed',
      severity: 'critical',
      explanation: `${broken} are not the same quantity (${count} requests).`,
    };
  if (outcomes.has('rounded')) return undefined;
  return {
    verdict: 'harmless',
    rule: 'unit-conversion',
    severity: '',
    explanation: 'The number is converted to the unit beside it in every request.',
  };
}

function bare(raw: string | undefined): string {
  return (raw ?? '').replaceAll('"', '');
}

/** The mass of a mole of the one substance that is named beside the number. */
function massBeside(parts: readonly Episode[], at: number): number | undefined {
  const masses = parts.flatMap((part) => {
    const { legacy, modern } = part.observations[at] ?? {};
    return (legacy === modern ? molarMassOf(bare(legacy)) : undefined) ?? [];
  });
  return masses.length === 1 ? masses[0] : undefined;
}

function convert(
  [ours, from, theirs, to]: readonly [string, string, string, string],
  mass: number | undefined,
): Outcome | undefined {
  const [l, m] = [quantityOf(ours, from), quantityOf(theirs, to)];
  if (l !== undefined && m !== undefined && from !== to) {
    const same = sameQuantity(l, m);
    if (same === undefined) return mass === undefined ? undefined : inMoles(l, m, mass);
    if (!same) return 'other';
    if (keepsQuantity(l, m)) return 'same';
    return isPowerOfTen(l.unit, m.unit) ? 'other' : 'rounded';
  }
  return perPeriod(ours, from, theirs, to);
}

function quantityOf(number: string, unit: string): Quantity | undefined {
  return readQuantity(new Side(JSON.stringify(`${number} ${unit}`)));
}

/** A mass and an amount of substance in the same volume. */
function inMoles(l: Quantity, m: Quantity, mass: number): Outcome | undefined {
  const MASS = 'mass per volume';
  const AMOUNT = 'substance per volume';
  const dimensions = [l.unit.dimension, m.unit.dimension];
  if (!dimensions.includes(MASS) || !dimensions.includes(AMOUNT)) return undefined;
  const base = ({ number, unit }: Quantity) =>
    ((Number(number.units) / 10 ** number.scale) * Number(unit.top.units)) /
    10 ** unit.top.scale /
    (Number(unit.bottom.units) / 10 ** unit.bottom.scale);
  // The table has kilograms, the mass of a mole is in grams.
  const factor = l.unit.dimension === MASS ? 1000 / mass : mass / 1000;
  const expected = base(l) * factor;
  const step = (base(m) / Math.max(Number(m.number.units), 1)) * 1;
  // Laboratories use masses of three or four digits.
  return Math.abs(expected - base(m)) <= 0.51 * step + 0.002 * expected ? 'same' : 'other';
}

/** So much for 100 kWh and so much for one: by the names of the members the one is told for the other. */
function forBasis([ours, from, theirs, to]: readonly [string, string, string, string]): Outcome | undefined {
  const [a, b] = [basisOf(from), basisOf(to)];
  const [l, m] = [parseDecimal(ours), parseDecimal(theirs)];
  if (a === undefined || b === undefined || l === undefined || m === undefined || a.unit !== b.unit)
    return undefined;
  if (a.count === b.count) return undefined;
  return compareDecimals(multiply(l, countOf(b.count)), multiply(m, countOf(a.count))) === 0
    ? 'same'
    : 'other';
}

function countOf(count: number): Decimal {
  return { units: BigInt(count), scale: 0 };
}

function basisOf(text: string): { readonly count: number; readonly unit: string } | undefined {
  const [, count, unit = ''] = /^([0-9]{1,6})? ?(\D{0,12})$/.exec(text) ?? [];
  return text === '' || (count === undefined && unit === '') || count === '0'
    ? undefined
    : { count: Number(count ?? 1), unit: unit.toLowerCase() };
}

/** So much a year and so much a month. */
function perPeriod(ours: string, from: string, theirs: string, to: string): Outcome | undefined {
  const [a, b] = [monthsOf(from), monthsOf(to)];
  const [l, m] = [Number(ours), Number(theirs)];
  if (a === undefined || b === undefined || a === b || !Number.isFinite(l) || !Number.isFinite(m))
    return undefined;
  const digits = (text: string) => text.split('.')[1]?.length ?? 0;
  if (digits(theirs) === 0 && digits(ours) > 0) return undefined;
  const slack = 0.5 * 10 ** -Math.max(digits(theirs), digits(ours)) * 1.001;
  const far = Math.abs((l * b) / a - m);
  return far <= slack ? 'same' : far > 3 * slack ? 'other' : undefined;
}

function monthsOf(word: string): number | undefined {
  const [found] = periods.read(new Side(JSON.stringify(word)));
  const months = / months$/.test(found?.key ?? '') ? Number.parseInt(found?.key ?? '', 10) : 0;
  return months > 0 ? months : undefined;
}
