import { relateNumbers } from '../meaning/numbers.ts';
import { once } from '../observe.ts';
import { isMinorName } from '../value/currency-digits.ts';
import { absolute, type Decimal, sameDecimal, unitsAt } from '../value/decimal.ts';
import { isSinglePrecision, isWithin, roundsTo } from '../value/floats.ts';
import { isArticle } from '../value/renotations.ts';
import type { Context, Observed } from './rule.ts';

export interface NumberPair {
  readonly at: Observed;
  readonly legacy: Decimal;
  readonly modern: Decimal;
}

/** The unproven observations in which both sides are numbers and not the same, while legacy repeats itself. */
export function numberPairs(context: Context): readonly NumberPair[] {
  return once(context, readPairs);
}

function readPairs(context: Context): NumberPair[] {
  const pairs: NumberPair[] = [];
  if (areCentsSpelled(context)) return pairs;
  for (const at of context.unproven) {
    if (at.varies || isArticle(at.legacy.text ?? '', at.modern.text ?? '')) continue;
    const found = relateNumbers(at.legacy, at.modern, context.profile);
    if (found?.is !== 'different' || found.currency) continue;
    if (!isInMinorUnit(found.legacy, found.modern, context.episode.field))
      pairs.push({ at, legacy: found.legacy, modern: found.modern });
  }
  return pairs;
}

/** An amount with its decimals, and the same in the minor unit that the name of the field says: £1.13 and 113 at chargePence. */
function isInMinorUnit(legacy: Decimal, modern: Decimal, field: string): boolean {
  const [major, minor] = legacy.scale > 0 ? [legacy, modern] : [modern, legacy];
  if (major.scale <= 0 || minor.scale !== 0 || !isMinorName(field.split('.').at(-1) ?? '')) return false;
  return sameDecimal({ units: major.units * 100n, scale: major.scale }, minor);
}

/** JSON integers that become texts with two digits after the point, each exactly a hundredth: cents that are written as an amount. */
function areCentsSpelled({ all }: Context): boolean {
  const pairs = all.filter(({ legacy, modern }) => legacy.raw !== 'null' || modern.raw !== 'null');
  return pairs.every(({ legacy, modern, varies }) => {
    const cents = legacy.isNumber ? legacy.raw : undefined;
    const text = modern.text;
    if (varies || cents === undefined || text === undefined) return false;
    return /^-?[0-9]{1,20}$/.test(cents) && /^-?(?:0|[1-9][0-9]*)\.[0-9]{2}$/.test(text)
      ? BigInt(text.replace('.', '')) === BigInt(cents)
      : false;
  });
}

/** As {@link numberPairs}, without those that may be a rounding which only a person can judge, and none of keys and clocks. */
export function changedNumbers(context: Context): readonly NumberPair[] {
  return once(context, readChanged);
}

function readChanged(context: Context): readonly NumberPair[] {
  if (context.keyLike || context.clockLike) return [];
  const found = numberPairs(context).filter((pair) => !isLengthened(pair));
  // One value that becomes another by more than two parts in a hundred is another rate, not the same with more digits.
  const constant = distinctValues(found) === 1 && found.every((pair) => !isWithin(pair, 50n));
  const pairs = constant ? found : found.filter((pair) => !isRoundingDoubt(pair, context));
  const many = distinctValues(pairs) > 1 || pairs.length === 1;
  return many ? pairs.filter((pair) => !isLastDigit(pair, context)) : pairs;
}

/** A text of eight digits or more that modern continues: a check digit or a country's prefix on an identifier, as likely as a number. */
function isLengthened({ at: { legacy, modern } }: NumberPair): boolean {
  const [l, m] = [legacy.text, modern.text];
  if (l === undefined || m === undefined || !/^[0-9]{8,}$/.test(l) || !/^[0-9]+$/.test(m)) return false;
  return m.length > l.length && m.includes(l);
}

function distinctValues(pairs: readonly NumberPair[]): number {
  return new Set(pairs.map(({ at }) => at.legacy.raw)).size;
}

/** A difference of one unit in the last digit that the field has; never of an integer, of which each unit counts. */
export function isLastDigit({ legacy, modern }: NumberPair, { profile }: Context): boolean {
  const scale = Math.max(profile.data.legacy.scaleMax, legacy.scale);
  if (scale === 0 || modern.scale > scale) return false;
  const distance = unitsAt(modern, scale) - unitsAt(legacy, scale);
  const size = unitsAt(absolute(legacy), scale);
  return (distance === 1n || distance === -1n) && size >= 10n;
}

/** Modern rounds what legacy tells in full, or tells in full what legacy rounds, and nothing but a person knows whether it may. */
function isRoundingDoubt(pair: NumberPair, context: Context): boolean {
  const { legacy, modern } = pair;
  if (legacy.units === 0n || modern.units === 0n) return false;
  const scale = context.profile.data.legacy.scaleMax;
  // A 32-bit float in full, of which legacy shows digits that no rounding gives: cut or computed otherwise.
  if (scale > 2 && modern.scale > legacy.scale && isSinglePrecision(legacy, modern)) return true;
  if (modern.scale > scale) return modern.scale > legacy.scale && roundsTo(modern, legacy, scale);
  if (modern.scale >= legacy.scale || !roundsTo(legacy, modern, modern.scale)) return false;
  if (keepsScale(context) && modern.scale >= 2) return false;
  if (legacy.scale >= 2 && modern.scale === 0) return false;
  return legacy.scale < 3 || modern.scale < 2 || isWithin(pair, 1000n);
}

/**
 * Numbers of five decimals or more each, of which every digit is told on purpose: zeros at the end are written out (a decimal type), or modern
 * itself keeps all digits in other requests.
 */
function keepsScale({ all, profile }: Context): boolean {
  const { numbers, scaleMin, scaleMax } = profile.data.legacy;
  if (numbers < 3 || scaleMin !== scaleMax || scaleMin < 5) return false;
  return all.some(
    ({ legacy, modern: { raw, text } }) =>
      /\.[0-9]+0$/.test(legacy.raw ?? '') || (text ?? raw) === legacy.raw,
  );
}
