import { create } from '@bufbuild/protobuf';
import { decimalText, instantDistance, numberDistance } from '@chronos/arbiter/core/judge/distance.ts';
import { compileFieldRule, scalarText } from '@chronos/arbiter/core/judge/field-rule.ts';
import { compareDecimals, type Decimal, subtract } from '@chronos/arbiter/core/judge/value/decimal.ts';
import { sameElements } from '@chronos/arbiter/core/judge/value/lists.ts';
import { Side } from '@chronos/arbiter/core/judge/value/side.ts';
import { type FieldRule, FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { Observation } from './observed.ts';
import { shapeOf, varyingChars } from './shape.ts';

/** What a person may answer, as a rule that has neither id nor author yet. */
export interface Possible {
  readonly id: string;
  readonly rule: FieldRule;
}

/** What a clock may be apart: the next of these above what was seen. */
const lagsMs = [100, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;
/** Fewer characters that vary make a code, whose value means something, and no token. */
const tokenCharsMin = 6;
/** Values that came again with the same partner, before "renamed one to one" is more than a word for "never the same twice". */
const repeatsMin = 2;
/** Second runs that differ from the first, to say how far legacy is apart from itself. */
const secondRunsMin = 5;

type Fit = (observations: readonly Observation[], field: string) => Possible | undefined;

/**
 * The closed set of answers to a question about a field, narrowest first: each is fitted to the differences seen, accepts all of them, and
 * verifies each later one; `bug` is always there, and `ignore` but where {@link whyCompared} says why not.
 */
export function possibleAnswers(field: string, observations: readonly Observation[]): Possible[] {
  const whole = observations.filter(({ cut }) => !cut);
  const fitted = whole.length === 0 ? [] : fits.map((fit) => fit(whole, field));
  return [
    ...fitted.filter((item) => item !== undefined).filter(({ rule }) => acceptsAll(rule, whole)),
    ...(whyCompared(field, observations) === undefined
      ? [possible('ignore', `${field} is not compared`, { case: 'ignore', value: {} })]
      : []),
    possible('bug', `any difference in ${field} is a bug`, { case: 'bug', value: {} }),
  ];
}

/**
 * Why no answer may switch off comparing this field, and what does it instead: a row, as who leaves it out compares none of its values either,
 * and a number of an entity, as a balance that nobody compares any more is the books. Undefined where `ignore` may be answered.
 */
export function whyCompared(
  field: string,
  observations: readonly Pick<Observation, 'legacy' | 'modern'>[],
): string | undefined {
  const [, entity, column] = /^state\.([^.]+)(?:\.(.+))?$/.exec(field) ?? [];
  if (entity === undefined) return undefined;
  if (column === undefined)
    return `whether a row of ${entity} is there is compared because the migration file declares the entity; to compare none of its rows, take it out of the file`;
  if (!observations.some(({ legacy, modern }) => isNumber(legacy) || isNumber(modern))) return undefined;
  return `${field} is a number, and compared because the migration file declares it; to compare it no more, give the field ignore: true there (it is still copied and repaired), or take it out`;
}

/** Raw JSON of a number; null and what is absent are none. */
function isNumber(raw: string | undefined): boolean {
  return raw !== undefined && /^-?[0-9]/.test(raw);
}

/** How far apart legacy is from itself, twice as wide: a rule for what varies by nature. Its distribution is watched beside it. */
export const noise: Fit = (observations, field) => {
  const kind = [instantDistance, numberDistance].find((distance) =>
    observations.every(({ legacy, modern }) => distance(legacy, modern) !== undefined),
  );
  if (kind === undefined) return undefined;
  const own = observations.flatMap(({ hasSecond, legacy, second }) => {
    const apart = hasSecond && legacy !== second ? kind(legacy, second) : undefined;
    return apart === undefined ? [] : [apart];
  });
  if (own.length < secondRunsMin) return undefined;
  const sorted = [...own].sort(compareDecimals);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const range = subtract(most, least);
  const low = decimalText(subtract(least, range));
  const high = decimalText(add(most, range));
  const instants = kind === instantDistance;
  const unit = instants ? ' ms' : '';
  const sentence = `modern's ${field} is between ${low} and ${high}${unit} from legacy's, as legacy's second runs are`;
  return possible('noise', sentence, { case: 'noise', value: { low, high, instants } });
};

/** Opaque tokens of one shape on both sides. */
export const sameShape: Fit = (observations, field) => {
  const legacy = texts(observations, 'legacy');
  const modern = texts(observations, 'modern');
  if (legacy === undefined || modern === undefined) return undefined;
  const pattern = tokenShape([...legacy, ...modern]);
  if (pattern === undefined) return undefined;
  return possible(
    'same-shape',
    `${field} is an opaque token of the shape ${pattern}, another one each time`,
    {
      case: 'shape',
      value: { pattern },
    },
  );
};

const unordered: Fit = (observations, field) => {
  const reordered = observations.every(({ legacy, modern }) => {
    const [a, b] = [legacy, modern].map((raw) => new Side(raw).items);
    return a !== undefined && b !== undefined && sameElements(a, b);
  });
  if (!reordered) return undefined;
  return possible('unordered', `the elements of ${field} have no order`, { case: 'unordered', value: {} });
};

const clock: Fit = (observations, field) => {
  const apart = observations.map(({ legacy, modern }) => instantDistance(legacy, modern));
  if (!apart.every((distance) => distance !== undefined)) return undefined;
  const ahead = lagAbove(apart);
  const behind = lagAbove(apart.map(({ units, scale }) => ({ units: -units, scale })));
  if (ahead === undefined || behind === undefined) return undefined;
  const sentence = `${field} is the time of the call: modern's is at most ${ahead} ms after legacy's, ${behind} ms before it`;
  const value = { aheadMsMax: BigInt(ahead), behindMsMax: BigInt(behind) };
  return possible('clock', sentence, { case: 'clock', value });
};

const renamed: Fit = (observations, field) => {
  const legacy = texts(observations, 'legacy');
  const modern = texts(observations, 'modern');
  if (legacy === undefined || modern === undefined || !isOneToOne(legacy, modern)) return undefined;
  if (legacy.length - new Set(legacy).size < repeatsMin) return undefined;
  const legacyPattern = shapeOf(legacy);
  const modernPattern = shapeOf(modern);
  if (legacyPattern === undefined || modernPattern === undefined) return undefined;
  const sentence = `${field} is an id that modern renamed one to one: ${legacyPattern} to ${modernPattern}`;
  return possible('renamed', sentence, { case: 'renaming', value: { legacyPattern, modernPattern } });
};

const fits: readonly Fit[] = [unordered, clock, noise, renamed, sameShape];

/** `0` where nothing is above nothing. */
function lagAbove(distances: readonly Decimal[]): number | undefined {
  const most = distances.reduce((a, b) => (compareDecimals(a, b) < 0 ? b : a), { units: 0n, scale: 0 });
  if (most.units === 0n) return 0;
  return lagsMs.find((ms) => compareDecimals(most, { units: BigInt(ms), scale: 0 }) <= 0);
}

function tokenShape(all: readonly string[]): string | undefined {
  return new Set(all).size > 1 && varyingChars(all) < tokenCharsMin ? undefined : shapeOf(all);
}

/** A value that comes again must go with the same partner again; values that come once only show nothing against it. */
function isOneToOne(legacy: readonly string[], modern: readonly string[]): boolean {
  const to = new Map<string, string>();
  const from = new Map<string, string>();
  return legacy.every((a, index) => {
    const b = modern[index] ?? '';
    const isSame = (to.get(a) ?? b) === b && (from.get(b) ?? a) === a;
    to.set(a, b);
    from.set(b, a);
    return isSame;
  });
}

function texts(observations: readonly Observation[], side: 'legacy' | 'modern'): string[] | undefined {
  const all = observations.map((observation) => scalarText(observation[side]));
  return all.every((text) => text !== undefined) ? all : undefined;
}

function acceptsAll(rule: FieldRule, observations: readonly Observation[]): boolean {
  const compiled = compileFieldRule(rule);
  return observations.every(({ legacy, modern }) =>
    compiled.accepts({ text: legacy, cut: false }, { text: modern, cut: false }),
  );
}

function possible(
  id: string,
  sentence: string,
  accepts: Exclude<Parameters<typeof create<typeof FieldRuleSchema>>[1], undefined>['accepts'],
): Possible {
  return { id, rule: create(FieldRuleSchema, { sentence, accepts }) };
}

function add(a: Decimal, b: Decimal): Decimal {
  return subtract(a, { units: -b.units, scale: b.scale });
}
