import { NumberText, type Value } from '../../compare/value.ts';
import { plainNumber } from '../value/atoms.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const NUMBERS_MAX = 2000;

/** Lists of whole numbers; the key is every number in the order in which it is told. */
export const numberLists: Domain = {
  name: 'number-list',
  reads:
    'Three or more whole numbers between commas, each by itself or as ranges: 1,2,3,4,7 and 1-4,7; counts of numbers beside a list: 2*3.9 1*4 and [3.9,3.9,4].',
  read({ text, items }) {
    if (items !== undefined) return ofItems(items);
    const repeated = text === undefined ? undefined : unrolled(text);
    if (repeated !== undefined) return reading('counts', repeated, true);
    if (text === undefined || !/^[0-9]{1,6}(?:[-, ]+[0-9]{1,6})+$/.test(text)) return [];
    const numbers: number[] = [];
    let ranges = 0;
    for (const part of text.split(/, ?/)) {
      const match = /^([1-9][0-9]{0,5}|0)(?:-([1-9][0-9]{0,5}))?$/.exec(part);
      if (match === null) return [];
      const from = Number(match[1]);
      const to = Number(match[2] ?? from);
      if (to < from || to - from > NUMBERS_MAX) return [];
      if (match[2] !== undefined) ranges += 1;
      for (let number = from; number <= to; number++) numbers.push(number);
      if (numbers.length > NUMBERS_MAX) return [];
    }
    if (numbers.length < 3 || numbers.some((number, i) => i > 0 && number <= (numbers[i - 1] ?? 0)))
      return [];
    return reading(ranges > 0 ? 'ranges' : 'numbers', numbers.join(' '), text.includes(','), ranges === 0);
  },
};

function ofItems(items: readonly Value[]): readonly Reading[] {
  if (items.length < 3 || items.length > NUMBERS_MAX) return [];
  const numbers = items.flatMap((item) => (item instanceof NumberText ? [plainNumber(item.text)] : []));
  return numbers.length === items.length ? reading('list', numbers.join(' '), true, true) : [];
}

/** 4*3.90 2*3.51: how often, and what. */
function unrolled(text: string): string | undefined {
  if (!/^[0-9]{1,3}[*x][0-9.]{1,12}(?:[ ,;]+[0-9]{1,3}[*x][0-9.]{1,12})+$/.test(text)) return undefined;
  const numbers = text.split(/[ ,;]+/).flatMap((part) => {
    const [count, number = ''] = part.split(/[*x]/);
    return Array.from({ length: Number(count) }, () => plainNumber(number));
  });
  return numbers.length > NUMBERS_MAX ? undefined : numbers.join(' ');
}
