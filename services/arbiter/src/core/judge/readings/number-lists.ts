import { type Domain, reading } from './reading.ts';

const NUMBERS_MAX = 2000;

/** Lists of whole numbers; the key is every number in the order in which it is told. */
export const numberLists: Domain = {
  name: 'number-list',
  reads: 'Three or more whole numbers between commas, each by itself or as ranges: 1,2,3,4,7 and 1-4,7.',
  read({ text }) {
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
