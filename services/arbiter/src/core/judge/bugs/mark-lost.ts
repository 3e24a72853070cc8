import { NumberText } from '../../compare/value.ts';
import { type Decimal, parseDecimal, sameDecimal } from '../value/decimal.ts';
import type { Side } from '../value/side.ts';
import { isTruthUnknown } from '../value/truth.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const markLost: BugRule = {
  name: 'mark-lost',
  shows:
    'Legacy tells numbers with one of several marks beside them (debit or credit, pieces or kilograms, thousands), modern tells the same numbers without any: 57.96 for 57.96 D as for 57.96 C.',
  spares:
    'One mark for all numbers, marks with which modern’s number, sign or name is another, numbers that mostly stand alone.',
  find(context) {
    const told = context.all.flatMap((at) => {
      const ours = at.varies || at.proof !== undefined ? undefined : markedOf(at.legacy);
      const theirs = ours && plainOf(at.modern);
      if (ours === undefined || theirs === undefined || !sameDecimal(ours.number, theirs.number)) return [];
      return [{ at, mark: ours.mark, key: `${ours.around}\0${theirs.around}` }];
    });
    // All requests are of this kind: what is told otherwise in some may be where the mark is.
    if (told.length < context.unproven.length || told.length === 0) return undefined;
    const marks = new Set(told.map(({ mark }) => mark));
    if (marks.size < 2 || marks.size * 2 > told.length + 2 || new Set(told.map(({ key }) => key)).size > 1)
      return undefined;
    // A number that always has its own word beside it (409 Conflict) says all by itself.
    const numbersOf = Map.groupBy(told, ({ mark }) => mark);
    if (![...numbersOf.values()].some((same) => new Set(same.map(({ at }) => at.modern.raw)).size > 1))
      return undefined;
    const [first, second] = [told[0], told.find(({ mark }) => mark !== told[0]?.mark)];
    if (first === undefined || second === undefined) return undefined;
    const explanation = `Legacy tells ${shown(first.at.legacy)} and ${shown(second.at.legacy)}, modern ${shown(first.at.modern)} and ${shown(second.at.modern)}: what told them apart is lost`;
    return { severity: severityOf(context), explanation, shownBy: told.length };
  },
};

interface Marked {
  readonly number: Decimal;
  readonly mark: string;
  /** The names of the members, where it is an object. */
  readonly around: string;
}

/** A number and a word: 57.96D, 12 KG, {"amount":"57.96","dc":"D"}. */
function markedOf({ text, fields }: Side): Marked | undefined {
  if (text !== undefined) {
    const match = /^([0-9]{1,15}(?:\.[0-9]{1,9})?) ?([A-Za-z]{1,8})$/.exec(text);
    const number = parseDecimal(match?.[1]?.replace(/^0+(?=[0-9])/, '') ?? '');
    const mark = match?.[2]?.toUpperCase();
    return number === undefined || mark === undefined ? undefined : { number, mark, around: '' };
  }
  if (fields?.size !== 2) return undefined;
  const [[key, word] = ['', null], [name, value] = ['', null]] = [...fields].sort(
    ([, a], [, b]) => Number(decimalOf(a) !== undefined) - Number(decimalOf(b) !== undefined),
  );
  const number = decimalOf(value);
  if (number === undefined || typeof word !== 'string' || !/^[A-Za-z]{1,12}$/.test(word)) return undefined;
  return isTruthUnknown(word) ? undefined : { number, mark: word.toUpperCase(), around: `${key} ${name}` };
}

/** A number that stands alone, or under one name. */
function plainOf({ value, fields }: Side): Omit<Marked, 'mark'> | undefined {
  const [[key, only] = ['', null]] = fields ?? [];
  if (fields !== undefined && fields.size !== 1) return undefined;
  const number = decimalOf(fields === undefined ? value : only);
  return number === undefined ? undefined : { number, around: key };
}

function decimalOf(value: unknown): Decimal | undefined {
  if (value instanceof NumberText) return parseDecimal(value.text);
  return typeof value === 'string' && /^-?[0-9]{1,15}(?:\.[0-9]{1,9})?$/.test(value)
    ? parseDecimal(value.replace(/^0+(?=[0-9])/, ''))
    : undefined;
}
