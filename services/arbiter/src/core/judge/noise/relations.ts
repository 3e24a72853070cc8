import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import type { Episode } from '../episode.ts';
import type { Judgement } from '../judgement.ts';
import {
  compareDecimals,
  type Decimal,
  formatDecimal,
  multiply,
  parseDecimal,
  roundTo,
  sameDecimal,
  subtract,
  unitsAt,
} from '../value/decimal.ts';
import { readInstantText } from '../value/instants.ts';
import { rawOf, Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';

/** Parts of one answer that are related with each other; more are not looked at. */
const PARTS_MAX = 16;
/** Answers of legacy in which a relation must hold before it is one. */
const ANSWERS_MIN = 4;

/** The parts of one answer by their path, as raw JSON texts. */
type Parts = ReadonlyMap<string, string>;

export interface BrokenRelation {
  /** In words: `bid < ask`. */
  readonly relation: string;
  /** Answers of legacy, both runs, in which it holds. */
  readonly answers: number;
  /** Requests in which modern breaks it. */
  readonly broken: number;
  /** How likely legacy’s answers keep it by chance; 0 where modern’s numbers alone are none of legacy’s. */
  readonly chance: number;
}

/**
 * A relation between parts of the same answer that all of legacy's answers keep, though the parts vary, and modern breaks: the order of two
 * numbers, two values that are the same, one within the other, a distance, a sum, a rounded product. Parts that are judged one by one cannot show it.
 */
export function brokenRelation({ observations }: Episode): BrokenRelation | undefined {
  const ours = observations
    .flatMap(({ legacy, legacy2 }) => [partsOf(legacy), partsOf(legacy2)])
    .filter(isSome);
  if (ours.length < ANSWERS_MIN) return undefined;
  const names = [...(ours[0] ?? new Map<string, string>()).keys()].filter((name) =>
    ours.every((parts) => parts.has(name)),
  );
  if (names.length < 2) return undefined;
  const theirs = observations
    .map(({ modern }) => partsOf(modern))
    .filter(isSome)
    .filter((parts) => names.every((name) => parts.has(name)));
  for (const [relation, holds] of [...relationsOf(names), ...constantsOf(names, ours)]) {
    if (!ours.every(holds)) continue;
    const wrong = theirs.filter((parts) => !holds(parts));
    const broken = wrong.length;
    if (broken === 0) continue;
    const chance = wrong.every((parts) => isWithin(parts, names, ours)) ? chanceOf(holds, names, ours) : 0;
    if (chance < CHANCE_MAX) return { relation, answers: ours.length, broken, chance };
  }
  return undefined;
}

/** How likely all of legacy's answers would keep the relation by chance: as often as values of different answers do. */
function chanceOf(holds: Holds, names: readonly string[], ours: readonly Parts[]): number {
  let held = 0;
  let tried = 0;
  for (const shift of [1, 2, 3]) {
    for (const [i] of ours.entries()) {
      const crossed = names.map(
        (name, j) => [name, ours[(i + j * shift) % ours.length]?.get(name) ?? ''] as const,
      );
      tried += 1;
      if (holds(new Map(crossed))) held += 1;
    }
  }
  return (held / tried) ** ours.length;
}

/** Each number is one that legacy has at that place as well, or one between them. */
function isWithin(parts: Parts, names: readonly string[], ours: readonly Parts[]): boolean {
  return names.every((name) => {
    const own = numberAt(parts, name);
    const all = ours.flatMap((answer) => numberAt(answer, name) ?? []);
    if (own === undefined || all.length < ours.length) return true;
    return (
      all.some((other) => compareDecimals(other, own) <= 0) &&
      all.some((other) => compareDecimals(own, other) <= 0)
    );
  });
}

/** Answers of legacy from which an order that chance alone would keep once in 500 cases is one. */
const ANSWERS_SURE = 10;

/** A relation that chance alone would keep so often is none; above the second it is asked. */
const CHANCE_MAX = 0.2;
const CHANCE_SURE = 0.002;

/** What is to be thought of a broken relation in an answer whose parts are each legacy’s own noise. */
export function relationJudgement(episode: Episode): Judgement | undefined {
  const found = brokenRelation(episode);
  if (found === undefined) return undefined;
  const { relation, answers, broken, chance } = found;
  const explanation = `All ${answers} answers of legacy keep ${relation}, modern breaks it in ${broken} of ${episode.observations.length} requests.`;
  if (answers >= ANSWERS_SURE && chance < CHANCE_SURE)
    return { verdict: 'bug', rule: 'relation-broken', severity: 'critical', explanation };
  const question = `May ${relation} fail at ${episode.field || 'this field'}?`;
  return { verdict: 'ask', rule: 'relation-broken', severity: '', explanation, question };
}

type Holds = (parts: Parts) => boolean;

function* relationsOf(names: readonly string[]): Generator<readonly [string, Holds]> {
  const elements = names.filter((name) => /^(?:.*[^\]])?\[[0-9]+\]$/.test(name));
  if (elements.length > 1 && elements.length === names.length)
    yield [
      'elements that all differ',
      (parts) => new Set(elements.map((name) => parts.get(name))).size === elements.length,
    ];
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      yield [`${a} within ${b}`, contains(b, a)];
      yield [`${b} within ${a}`, contains(a, b)];
      yield [`${a} = ${b}`, (parts) => parts.get(a) === parts.get(b)];
      yield [`${a} ≤ ${b}`, ordered(a, b)];
      yield [`${b} ≤ ${a}`, ordered(b, a)];
      for (const c of names) {
        if (c === a || c === b) continue;
        yield [`${a} + ${b} = ${c}`, computed(a, b, c, sum)];
        yield [`${a} × ${b} = ${c}`, computed(a, b, c, multiply)];
      }
    }
  }
}

/** Two parts whose distance or sum is one number in all of legacy's answers: a time to live, shares of a hundred. */
function* constantsOf(names: readonly string[], ours: readonly Parts[]): Generator<readonly [string, Holds]> {
  const [first] = ours;
  if (first === undefined) return;
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      for (const [word, by] of [
        ['−', subtract],
        ['+', sum],
      ] as const) {
        const of = (parts: Parts) => {
          const [x, y] = [numberAt(parts, b), numberAt(parts, a)];
          return x === undefined || y === undefined ? undefined : by(x, y);
        };
        const value = of(first);
        if (value === undefined) continue;
        yield [
          `${b} ${word} ${a} = ${formatDecimal(value)}`,
          (parts) => {
            const other = of(parts);
            return other !== undefined && sameDecimal(other, value);
          },
        ];
      }
    }
  }
}

/** Shorter texts stand within others by chance. */
const WITHIN_CHARS = 6;

function contains(whole: string, part: string): Holds {
  return (parts) => {
    const inner = parts.get(part)?.replaceAll('"', '') ?? '';
    return inner.length >= WITHIN_CHARS && (parts.get(whole)?.includes(inner) ?? false);
  };
}

function ordered(a: string, b: string): Holds {
  return (parts) => {
    const [x, y] = [numberAt(parts, a), numberAt(parts, b)];
    return x !== undefined && y !== undefined && compareDecimals(x, y) <= 0;
  };
}

function computed(a: string, b: string, c: string, by: (x: Decimal, y: Decimal) => Decimal): Holds {
  return (parts) => {
    const [x, y, z] = [numberAt(parts, a), numberAt(parts, b), numberAt(parts, c)];
    if (x === undefined || y === undefined || z === undefined || x.units === 0n || y.units === 0n)
      return false;
    const exact = by(x, y);
    if (exact.scale < z.scale) return sameDecimal(exact, z);
    return (
      sameDecimal(roundTo(exact, z.scale, 'half-up'), z) ||
      sameDecimal(roundTo(exact, z.scale, 'half-even'), z)
    );
  };
}

function sum(x: Decimal, y: Decimal): Decimal {
  const scale = Math.max(x.scale, y.scale);
  return { units: unitsAt(x, scale) + unitsAt(y, scale), scale };
}

/** Points in time are compared in seconds. */
const NS_SCALE = 9;

function numberAt(parts: Parts, name: string): Decimal | undefined {
  const raw = parts.get(name);
  if (raw === undefined) return undefined;
  const text = raw.startsWith('"') ? raw.slice(1, -1) : raw;
  const number = parseDecimal(text);
  if (number !== undefined || raw === text) return number;
  const [instant] = readInstantText(text);
  return instant === undefined ? undefined : { units: instant.ns, scale: NS_SCALE };
}

function partsOf(raw: string | undefined): Parts | undefined {
  const { value } = new Side(raw);
  const parts = new Map<string, string>();
  // A sentence is related by its numbers.
  if (typeof value === 'string') {
    for (const [i, word] of value.split(/[\s/|;,]+/).entries())
      if (/^[0-9]+(?:\.[0-9]+)?$/.test(word)) parts.set(`word ${i + 1}`, word);
  } else collect(value, '', parts);
  return parts.size < 2 || parts.size > PARTS_MAX ? undefined : parts;
}

function collect(value: Value | undefined, path: string, parts: Map<string, string>): void {
  if (value === undefined || value === null || parts.size > PARTS_MAX) return;
  if (typeof value === 'string' || value instanceof NumberText) parts.set(path, rawOf(value));
  else if (isArray(value)) for (const [i, item] of value.entries()) collect(item, `${path}[${i}]`, parts);
  else if (isObject(value))
    for (const [key, item] of value)
      collect(item, path === '' ? wordsOf(key) : `${path}.${wordsOf(key)}`, parts);
}

function isSome(parts: Parts | undefined): parts is Parts {
  return parts !== undefined;
}
