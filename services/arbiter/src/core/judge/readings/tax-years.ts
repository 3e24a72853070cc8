import { type Domain, reading } from './reading.ts';

/** A year that begins in one calendar year and ends in the next; the key is the first. */
export const taxYears: Domain = {
  name: 'tax-year',
  reads: 'A tax or school year by the two years that it lies in: 2017/18, 2017-18, 2017-2018, 2017/2018.',
  read({ text = '' }) {
    const [, first, second = ''] = /^((?:19|20)[0-9]{2})[/-]([0-9]{4}|[0-9]{2})$/.exec(text) ?? [];
    if (first === undefined) return [];
    const next = String(Number(first) + 1);
    return second === next || second === next.slice(2)
      ? reading(
          second.length === 2 ? 'two digits' : 'four digits',
          first,
          second.length === 4 || text.includes('/'),
        )
      : [];
  },
  near: (legacy, modern) => Math.abs(Number(legacy) - Number(modern)) <= 1,
};
