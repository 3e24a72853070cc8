import { monthOf } from '../value/instants.ts';
import { type Domain, reading } from './reading.ts';

/** Months of a year, as twelve places or by their names; the key has twelve places. */
export const monthSets: Domain = {
  name: 'months-of-the-year',
  reads:
    'Months of a year by their places, January first, or as a list: 000011110101, ["MAY","JUN","JUL","AUG","OCT","DEC"].',
  read({ text, items }) {
    if (text !== undefined) return /^[01]{12}$/.test(text) ? reading('places', text, false) : [];
    if (items === undefined || items.length === 0 || items.length > 12) return [];
    const months = items.map((item) => (typeof item === 'string' ? monthOf(item) : undefined));
    if (months.includes(undefined) || new Set(months).size < months.length) return [];
    return reading(
      'names',
      Array.from({ length: 12 }, (_, i) => (months.includes(i + 1) ? '1' : '0')).join(''),
      true,
    );
  },
  // One that is missing, or all moved by one.
  near(legacy, modern) {
    const others = [...legacy].filter((place, i) => place !== modern[i]).length;
    return others === 1 || legacy.slice(0, -1) === modern.slice(1) || legacy.slice(1) === modern.slice(0, -1);
  },
};
