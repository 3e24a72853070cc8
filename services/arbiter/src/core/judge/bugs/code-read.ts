import { isArticle } from '../value/renotations.ts';
import type { Context } from './rule.ts';
import { textRule } from './text-pairs.ts';

/** Customers, orders and materials as SAP stores them; its ALPHA conversion takes the zeros away wherever people read them. */
const ALPHA = /^000(?:[0-9]{7}|[0-9]{9}|[0-9]{15})$/;
/** Different numbers before their common zeros are how a record keeps them. */
const FILLED_MIN = 4;

export const zerosLost = textRule({
  name: 'leading-zeros-lost',
  shows: 'Zeros at the start of an identifier are lost or added.',
  spares:
    'Amounts with a point, or of which some get one, whose leading zeros are padding; a number of two digits or three with one letter behind it (a seat, a house; asked); running numbers that are all filled up with three zeros at least to the ten, twelve or eighteen digits of SAP’s records, and lose all of them everywhere (asked).',
  how: ({ legacy, modern }, context) =>
    legacy !== modern &&
    (legacy.startsWith('0') || modern.startsWith('0')) &&
    /^0*[0-9A-Za-z-]+$/.test(legacy) &&
    !/^0[0-9]{1,2}[A-Za-z]$/.test(legacy) &&
    legacy.replace(/^0+/, '') === modern.replace(/^0+/, '') &&
    !isArticle(legacy, modern) &&
    !isPadded(context) &&
    !isFilledUp(context)
      ? 'zeros at the start are not the same'
      : groupedWithoutZeros(legacy, modern)
        ? 'the groups begin after the zeros at the start'
        : undefined,
});

/** Amounts in the minor unit, filled up to one length: others of the field get their point (000000003552 and 35.52). */
function isPadded({ unproven }: Context): boolean {
  const told = unproven.map(
    ({ legacy, modern }) => [legacy.text ?? '', modern.text ?? modern.raw ?? ''] as const,
  );
  return (
    new Set(told.map(([l]) => l.length)).size === 1 &&
    told.some(([l, m]) => /^0[0-9]{5,}$/.test(l) && isPointed(l, m)) &&
    told.every(([l, m]) => isPointed(l, m) || l.replace(/^0+/, '') === m)
  );
}

/** 0001346064 as 1346064, in every request: the field of a record is wider than any of its numbers. */
function isFilledUp({ all }: Context): boolean {
  const told = all.filter(
    ({ legacy }) => legacy.text?.trim() !== '' && !legacy.absent && legacy.value !== null,
  );
  const widths = new Set(told.map(({ legacy }) => legacy.text?.length));
  return (
    widths.size === 1 &&
    new Set(told.map(({ legacy }) => legacy.raw)).size >= FILLED_MIN &&
    told.every(({ legacy: { text = '' }, modern }) => {
      const bare = text.replace(/^0+/, '');
      return ALPHA.test(text) && bare !== '' && (modern.text ?? modern.raw) === bare;
    })
  );
}

function isPointed(legacy: string, modern: string): boolean {
  return (
    /^[0-9]+\.[0-9]{2,3}$/.test(modern) &&
    legacy.replace(/^0+/, '') === modern.replace('.', '').replace(/^0+/, '')
  );
}

/** 050442778 as 5044-2778: grouped, but of fewer digits. Two or three behind one point may be those of an amount (000000532790 fils as 532.790). */
function groupedWithoutZeros(legacy: string, modern: string): boolean {
  return (
    /^0[0-9]{5,}$/.test(legacy) &&
    /^[0-9]+(?:[- ./][0-9]+)+$/.test(modern) &&
    !/^[0-9]+\.[0-9]{2,3}$/.test(modern) &&
    modern.replaceAll(/[^0-9]/g, '') === legacy.replace(/^0+/, '')
  );
}

export const codeRead = textRule({
  name: 'code-read-as-number',
  shows:
    'A code of digits (and letters) that went through a number: read as octal, hexadecimal or with an exponent (0456 as 302, 12E2 as 1200).',
  spares: 'Codes of which only zeros at the start are lost (leading-zeros-lost).',
  how({ legacy, modern }) {
    if (!/^[0-9.+E]{2,20}$/.test(modern)) return undefined;
    const value = Number(modern);
    if (/^[0-9]{1,4}[eE][0-9]{1,3}$/.test(legacy) && Number(legacy) === value)
      return 'it was read as a number with an exponent';
    if (/^0[0-7]{1,12}$/.test(legacy) && Number.parseInt(legacy, 8) === value)
      return 'it was read as an octal number';
    return undefined;
  },
});
