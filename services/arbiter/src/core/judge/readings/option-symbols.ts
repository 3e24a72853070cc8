import type { Value } from '../../compare/value.ts';
import { plainNumber } from '../value/atoms.ts';
import { rawOf, type Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** Options Clearing Corporation: root of six places, YYMMDD, C or P, strike in thousandths of eight digits. */
const SYMBOL = /^([A-Z0-9]{1,6}) *([0-9]{2})([0-9]{2})([0-9]{2})([CP])([0-9]{5})([0-9]{3})$/;

export const optionSymbols: Domain = {
  name: 'option-symbol',
  reads:
    'The symbol of a listed option (OCC) and what it is made of: "KO    251229C00241500" and {"root":"KO","expiry":"2025-12-29","type":"call","strike":241.5}.',
  read: (side) => [...ofText(side), ...ofMembers(side)],
};

function ofText({ text }: Side): readonly Reading[] {
  const match = text === undefined || text.length > 24 ? null : SYMBOL.exec(text);
  if (match === null) return [];
  const [, root, year, month, day, right, whole = '', thousandths = ''] = match;
  return reading(
    'symbol',
    `${root} 20${year}-${month}-${day} ${right} ${plainNumber(`${whole}.${thousandths}`)}`,
    true,
  );
}

function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 4) return [];
  const at = (names: RegExp) => textOf([...fields].find(([key]) => names.test(wordsOf(key)))?.[1]);
  const root = at(/root|underlying|symbol|ticker/);
  const expiry = at(/expir|maturity|^date$/);
  const right = /^(?:c|call)$/i.test(at(/type|right|kind|side|call/))
    ? 'C'
    : /^(?:p|put)$/i.test(at(/type|right|kind|side|put/))
      ? 'P'
      : '';
  const strike = at(/strike|^price$/);
  if (
    root === '' ||
    right === '' ||
    !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(expiry) ||
    !/^[0-9.]+$/.test(strike)
  )
    return [];
  return reading('members', `${root} ${expiry} ${right} ${plainNumber(strike)}`, true);
}

function textOf(value: Value | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : rawOf(value);
}
