import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import type { Judgement } from '../judgement.ts';
import type { Side } from '../value/side.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

const MEMBERS_MAX = 12;
/** Half a cent: totals are rounded. */
const SLACK = 0.0051;

/** How one number of an object is made of its others. */
const RELATIONS: readonly ((total: number, others: readonly number[]) => boolean)[] = [
  (total, others) => others.length >= 2 && near(sum(others), total),
  (total, others) => pairsOf(others).some(([amount, percent]) => near(amount * (1 + percent / 100), total)),
];

/**
 * A total that is none any more: all numbers of legacy’s object but one are found again in modern’s, and that one, which in each of these requests is the sum
 * of the others (or one of them with a percentage of it), is another number there. Whatever the names are, nothing but the total can be meant.
 */
export function totalBroken(unproven: readonly Observed[]): Judgement | undefined {
  const found: { readonly at: Observed; readonly total: number; readonly other: number }[] = [];
  for (const at of unproven) {
    const [ours, theirs] = [numbersOf(at.legacy), numbersOf(at.modern)];
    if (at.varies || ours === undefined || ours.length < 3 || theirs?.length !== ours.length)
      return undefined;
    const places = ours.flatMap((number, i) => (near(number, theirs[i] ?? Number.NaN) ? [] : [i]));
    const [place] = places;
    if (place === undefined) continue;
    if (places.length > 1 || !isBroken(ours, theirs, place)) return undefined;
    found.push({ at, total: ours[place] ?? 0, other: theirs[place] ?? 0 });
  }
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'total-broken',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${first.total} follows from the other numbers, ${first.other} does not (${found.length} requests).`,
  };
}

function isBroken(ours: readonly number[], theirs: readonly number[], place: number): boolean {
  const [total = 0, other = 0] = [ours[place], theirs[place]];
  const others = ours.filter((_, i) => i !== place);
  // Cents, a share for percent: the same total in another unit.
  if (other === 0 || total <= 0 || isPowerOfTen(other / total)) return false;
  const kept = RELATIONS.filter((holds) => holds(total, others));
  return kept.length > 0 && !kept.some((holds) => holds(other, others));
}

/** The numbers of an object in their order, all members of which are numbers; undefined for any other value. */
function numbersOf({ fields }: Side): readonly number[] | undefined {
  if (fields === undefined || fields.size > MEMBERS_MAX) return undefined;
  const numbers = [...fields.values()].map(numberOf);
  return numbers.some((number) => number === undefined) ? undefined : (numbers as number[]);
}

/** Also as a text: 1.464,90 and 1,464.90, which of the two by its last sign. */
function numberOf(value: Value): number | undefined {
  if (value === null || isArray(value) || isObject(value) || typeof value === 'boolean') return undefined;
  const text = (value instanceof NumberText ? value.text : String(value)).trim();
  if (!/^-?[0-9]{1,3}(?:[.,' ]?[0-9]{3})*(?:[.,][0-9]{1,4})?$/.test(text)) return undefined;
  const [, whole = '', decimals = ''] = /^(.*?)(?:[.,]([0-9]{1,2}|[0-9]{4}))?$/.exec(text) ?? [];
  return Number(`${whole.replaceAll(/[^0-9-]/g, '')}.${decimals}`);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < SLACK;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function pairsOf(numbers: readonly number[]): readonly (readonly [number, number])[] {
  return numbers.flatMap((a, i) => numbers.flatMap((b, j) => (i === j || b === 0 ? [] : [[a, b] as const])));
}

function isPowerOfTen(factor: number): boolean {
  const places = Math.log10(Math.abs(factor));
  return Math.abs(places - Math.round(places)) < 1e-6;
}
