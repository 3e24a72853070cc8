import { NumberText, type Value } from '../../compare/value.ts';
import { formatDecimal, negate, parseDecimal, strip } from '../value/decimal.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** Value date, entry date, mark (R reverses it), amount, N, S or F with the type, reference. */
const LINE =
  /^(?::61:)?([0-9]{2})([0-9]{4})([0-9]{4})?(R?[CD])([0-9]{1,12},[0-9]{0,2})([NFS][A-Z0-9]{3})([^\s]{1,40})$/;
const MARKS: readonly (readonly [RegExp, sign: number])[] = [
  [/^(?:CRDT|CR|C|CREDIT)$/i, 1],
  [/^(?:DBIT|DR|D|DEBIT)$/i, -1],
];

/** A booking as SWIFT tells it (MT940, field 61); the key is the day, the amount with its sign, whether it reverses another, the type and the reference. */
export const statementLines: Domain = {
  name: 'statement-line',
  long: true,
  reads:
    'A booking of a statement (MT940, field 61), in which C and RD (a reversed debit) raise the balance, D and RC lower it: 240208RC7,31NMSCABU784 and {"valueDate":"2024-02-08","amount":-7.31,"reversal":true,"type":"MSC","reference":"ABU784"}, or with CRDT or DBIT in place of the sign.',
  read: (side) => [...ofText(side.text ?? ''), ...ofMembers(side)],
};

function ofText(text: string): readonly Reading[] {
  const [, year, day = '', entry = day, mark = '', amount = '', type, reference] = LINE.exec(text) ?? [];
  // Another day of entry is said nowhere else.
  if (year === undefined || entry !== day) return [];
  const sign = mark === 'C' || mark === 'RD' ? 1 : -1;
  const date = `20${year}-${day.slice(0, 2)}-${day.slice(2)}`;
  return booking('field 61', date, sign, amount.replace(',', '.'), mark.length > 1, type, reference);
}

function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields === undefined || fields.size < 4 || fields.size > 6) return [];
  const left = new Map([...fields].map(([name, value]) => [wordsOf(name), value]));
  const take = (test: (name: string, value: Value) => boolean) => {
    const found = [...left].find(([name, value]) => test(name, value));
    left.delete(found?.[0] ?? '');
    return found?.[1];
  };
  const amount = take((name) => /\b(?:amount|betrag)$/.test(name));
  const date = take((_, value) => /^20\d\d-\d\d-\d\d$/.test(textOf(value)));
  const reversal = take((name, value) => typeof value === 'boolean' && /revers|storno/.test(name)) ?? false;
  const mark = take((_, value) => MARKS.some(([form]) => form.test(textOf(value))));
  const type = take(
    (name, value) => /\btype\b|\bcode\b/.test(name) && /^[NFS]?[A-Z0-9]{3}$/.test(textOf(value)),
  );
  const reference = take((name) => /\breference$|\bref$/.test(name));
  if (left.size > 0 || typeof reversal !== 'boolean') return [];
  const sign = mark === undefined ? 1 : (MARKS.find(([form]) => form.test(textOf(mark)))?.[1] ?? 1);
  return booking('members', textOf(date), sign, textOf(amount), reversal, textOf(type), textOf(reference));
}

function booking(
  reader: string,
  date: string,
  sign: number,
  amount: string,
  reversal: boolean,
  type = '',
  reference = '',
): readonly Reading[] {
  const number = parseDecimal(amount.replace(/\.$/, ''));
  if (number === undefined || date === '' || type === '' || reference === '') return [];
  const signed = formatDecimal(strip(sign < 0 ? negate(number) : number));
  return reading(reader, [date, signed, reversal, type.slice(-3), reference].join(' '), true);
}

function textOf(value: Value | undefined): string {
  if (value instanceof NumberText) return value.text;
  return typeof value === 'string' ? value : '';
}
