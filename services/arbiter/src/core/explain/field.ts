import { type Instant, readInstants } from '../judge/value/instants.ts';
import { Side } from '../judge/value/side.ts';
import { type DecimalText, readDecimal } from './decimal-text.ts';
import { equal, type Rational } from './rational.ts';
import { CHARS_MAX, FACTS_MAX, SAMPLES_MAX, type Sample, VALUE_CHARS_MAX } from './sample.ts';

const NO_FACTS: ReadonlyMap<string, string> = new Map();

/** One side's value with the meanings that hypotheses ask for, each read once and only when asked for. */
export class Reading extends Side {
  #decimal: DecimalText | undefined | null = null;
  #instant: Instant | undefined | null = null;

  /** As a number, also when it is a text that is one. */
  get decimal(): DecimalText | undefined {
    if (this.#decimal === null) this.#decimal = this.raw === undefined ? undefined : readDecimal(this);
    return this.#decimal;
  }

  /** As a point in time; a local date that may be two is taken with its day first. */
  get instant(): Instant | undefined {
    if (this.#instant === null) this.#instant = this.raw === undefined ? undefined : readInstants(this)[0];
    return this.#instant;
  }
}

/** A sample read: whether it differs, and its sides. */
export interface Pair {
  readonly index: number;
  readonly sample: Sample;
  readonly differs: boolean;
  readonly legacy: Reading;
  readonly modern: Reading;
  readonly legacy2: Reading | undefined;
  readonly facts: ReadonlyMap<string, string>;
  /** Those facts that are numbers, as far as they were asked for. */
  readonly numbers: Map<string, FactNumber | undefined>;
}

/** A fact that is a number: exact, and as a binary float for ordering. */
export interface FactNumber {
  readonly value: Rational;
  readonly float: number;
}

/** All samples of one route and field, in the order in which they came. */
export interface Field {
  readonly pairs: readonly Pair[];
  readonly differing: readonly Pair[];
  readonly equal: readonly Pair[];
  /** Decimal places in which each side states its numbers (JSON drops trailing zeros, so the longest counts). */
  readonly legacyScale: number;
  readonly modernScale: number;
  /** The different values that legacy gives. */
  readonly legacyValues: ReadonlySet<string | undefined>;
}

/** More decimals than these are the tail of a binary float, not a scale that somebody chose. */
export const SCALE_MAX = 9;

/** Reads at most {@link SAMPLES_MAX} samples. Where all that differs is how the same numbers are written, that is what differs. */
export function fieldOf(samples: readonly Sample[]): Field {
  const field = fieldBy(samples, same);
  return field.differing.length > 0 ? field : fieldBy(samples, (a, b) => a.raw === b.raw);
}

function fieldBy(samples: readonly Sample[], same: (legacy: Reading, modern: Reading) => boolean): Field {
  const pairs = bounded(samples).map((sample, index): Pair => {
    const legacy = new Reading(sample.legacy);
    const modern = new Reading(sample.modern);
    return {
      index,
      sample,
      differs: !same(legacy, modern),
      legacy,
      modern,
      legacy2: sample.legacy2 === undefined ? undefined : new Reading(sample.legacy2),
      facts: factsOf(sample.request),
      numbers: new Map(),
    };
  });
  return {
    pairs,
    differing: pairs.filter((pair) => pair.differs),
    equal: pairs.filter((pair) => !pair.differs),
    legacyScale: scaleOf(pairs.map((pair) => pair.legacy)),
    modernScale: scaleOf(pairs.map((pair) => pair.modern)),
    legacyValues: new Set(pairs.map((pair) => pair.legacy.raw)),
  };
}

/** As many samples as are looked at: their number, the length of a value and of all values are bounded. */
function bounded(samples: readonly Sample[]): Sample[] {
  const left = { differing: CHARS_MAX, equal: CHARS_MAX };
  const kept: Sample[] = [];
  for (const sample of samples) {
    const { legacy = '', modern = '' } = sample;
    const chars = legacy.length + modern.length;
    const kind = legacy === modern ? 'equal' : 'differing';
    if (chars > VALUE_CHARS_MAX || chars > left[kind] || kept.length >= SAMPLES_MAX) continue;
    left[kind] -= chars;
    kept.push(sample);
  }
  return kept;
}

/** The same text, or the same number in another spelling. */
function same(legacy: Reading, modern: Reading): boolean {
  if (legacy.raw === modern.raw) return true;
  const a = legacy.decimal;
  const b = modern.decimal;
  return a !== undefined && b !== undefined && a.quoted === b.quoted && sameQuantity(a, b);
}

/** The same number, and not of two currencies. */
export function sameQuantity(a: DecimalText, b: DecimalText): boolean {
  return equal(a.value, b.value) && (a.currency === b.currency || a.currency === '' || b.currency === '');
}

/** Of the scales that somebody chose; where there are only binary floats, theirs. */
function scaleOf(sides: readonly Reading[]): number {
  const scales = sides.flatMap(({ decimal }) => decimal?.scale ?? []);
  const chosen = scales.filter((scale) => scale <= SCALE_MAX);
  return Math.max(0, ...(chosen.length > 0 ? chosen : scales));
}

function factsOf(facts: ReadonlyMap<string, string> | undefined): ReadonlyMap<string, string> {
  if (facts === undefined) return NO_FACTS;
  return facts.size <= FACTS_MAX ? facts : new Map([...facts].slice(0, FACTS_MAX));
}
