import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const DAY = String.raw`(\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4}|\d{8})`;
/** As databases write them: a bracket takes the day in, a parenthesis leaves it out. */
const INTERVAL = new RegExp(`^([[(])"?${DAY}"?, ?"?${DAY}"?([\\])])$`);
const WORDED = new RegExp(
  `^(?:from |vom )?${DAY} ?(?:to|until|till|through|thru|bis|-|–) ?${DAY},? \\(?(inclusive|incl\\.?|inkl\\.?|einschlie(?:ß|ss)lich|exclusive|excl\\.?)\\)?$`,
  'i',
);
const DAY_MS = 86_400_000;

/** Days from one to another; the key is the first and the last day that are part of them. */
export const dayRanges: Domain = {
  name: 'range-of-days',
  reads:
    'A range of days that says whether its ends are part of it: [2024-01-01,2024-02-01), 2024-01-01 to 2024-01-31 inclusive, 01.01.2024 bis 31.01.2024 einschließlich.',
  read: ofText,
  near: () => true,
};

function ofText({ text }: Side): readonly Reading[] {
  if (text === undefined || text.length < 19 || text.length > 60) return [];
  const interval = INTERVAL.exec(text);
  if (interval !== null) {
    const [, open, from, to, close] = interval;
    return range('interval', from, open === '(' ? 1 : 0, to, close === ')' ? -1 : 0);
  }
  const [, from, to, word] = WORDED.exec(text) ?? [];
  return range('words', from, 0, to, /^ex/i.test(word ?? '') ? -1 : 0);
}

function range(
  reader: string,
  from: string | undefined,
  afterFrom: number,
  to: string | undefined,
  afterTo: number,
): readonly Reading[] {
  const [first, last] = [dayOf(from, afterFrom), dayOf(to, afterTo)];
  return first === undefined || last === undefined || last < first
    ? []
    : reading(reader, `${first} to ${last}`, true);
}

/** Days since 1970. */
function dayOf(text: string | undefined, after: number): number | undefined {
  const iso = text
    ?.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1')
    .replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const at = iso === undefined ? Number.NaN : Date.parse(`${iso}T00:00:00Z`);
  // 2024-02-30 is no day of March.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== iso
    ? undefined
    : at / DAY_MS + after;
}
