import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** GS1: weights 3 and 1 from the left of twelve digits, the last one is the check digit. */
function isArticle(digits: string): boolean {
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 3 : 1), 0) % 10 === 0;
}

/** A UPC-E stands for twelve digits: its sixth says where the zeros were (GS1 general specifications, 5.2.2.4). */
function expanded(text: string): string {
  const [, system = '', code = '', last = '', check = ''] =
    /^([01])([0-9]{5})([0-9])([0-9])$/.exec(text) ?? [];
  if (last === '') return '';
  const head = code.slice(0, 2);
  if (last <= '2') return `${system}${head}${last}0000${code.slice(2)}${check}`;
  if (last === '3') return `${system}${code.slice(0, 3)}00000${code.slice(3)}${check}`;
  if (last === '4') return `${system}${code.slice(0, 4)}00000${code.slice(4)}${check}`;
  return `${system}${code}0000${last}${check}`;
}

export const shortArticles: Domain = {
  name: 'short-article-number',
  reads: 'A UPC-E of eight digits and the twelve that it stands for: 02938217 and 029100003827.',
  read({ text = '' }: Side): readonly Reading[] {
    const full = expanded(text);
    if (full !== '' && isArticle(full)) return reading('UPC-E', full, false);
    return /^[01][0-9]{11}$/.test(text) && isArticle(text) ? reading('UPC-A', text, true) : [];
  },
};

/** The remainder by 97 of any count of digits. */
function modulo97(digits: string): number {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

/** A national reference within an RF reference (ISO 11649), and the structured communication of Belgium in its marks. */
export const paymentReferences: Domain = {
  name: 'payment-reference',
  reads:
    'A reference of figures and the creditor reference made of it (ISO 11649): 256 40017 37227 and RF512564001737227; the structured communication of Belgium with and without its marks: +++156/0980/52066+++ and 156098052066.',
  read({ text = '' }: Side): readonly Reading[] {
    if (text.length > 40) return [];
    const bare = text.replaceAll(' ', '');
    const [, check = '', inside = ''] = /^RF([0-9]{2})([0-9]{3,21})$/.exec(bare) ?? [];
    if (inside !== '')
      return modulo97(`${inside}2715${check}`) === 1
        ? reading('creditor reference', inside.replace(/^0+/, ''), true)
        : [];
    const marked = /^(\+{3}|\*{3})([0-9]{3})\/([0-9]{4})\/([0-9]{5})\1$/.exec(text)?.slice(2).join('');
    if (marked !== undefined) return isBelgian(marked) ? reading('in its marks', `BE${marked}`, true) : [];
    if (!/^[0-9]+(?: [0-9]+)*$/.test(text) || bare.length < 4 || bare.length > 21) return [];
    return [
      ...reading('figures', bare.replace(/^0+/, ''), false),
      ...(bare.length === 12 && isBelgian(bare) ? reading('figures', `BE${bare}`, false) : []),
    ];
  },
  // A digit that was lost, or two that changed places.
  near: (legacy, modern) =>
    legacy.slice(0, 4) === modern.slice(0, 4) && Math.abs(legacy.length - modern.length) <= 2,
};

function isBelgian(digits: string): boolean {
  return (Number(digits.slice(0, 10)) % 97 || 97) === Number(digits.slice(10));
}

/** The tenth digit checks the nine before it (Luhn). */
function isPerson(digits: string): boolean {
  const sum = [...digits].reduce((so, digit, i) => {
    const twice = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return so + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0 && /^[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])/.test(digits);
}

/**
 * In the short form of Sweden a plus is of those who are a hundred or turn it this year. Who is born in the years from here on may have either
 * mark by the time of the answer, and nobody is born later than this.
 */
const [HUNDRED_FROM, HUNDRED_TO, BORN_TO] = [1926, 1936, 2026];

export const personalNumbers: Domain = {
  name: 'personal-number',
  reads:
    'A Swedish personal number with its century, and short with the mark of those over a hundred: 191603031442 and 160303+1442.',
  read({ text = '' }: Side): readonly Reading[] {
    const [, born = '', mark = '', rest = ''] = /^([0-9]{6})([-+])([0-9]{4})$/.exec(text) ?? [];
    if (mark !== '')
      return isPerson(born + rest) ? reading('short', `${born}${rest} ${mark}`, mark === '+') : [];
    const [, told = '', number = ''] = /^((?:18|19|20)[0-9]{2})-?([0-9]{4}-?[0-9]{4})$/.exec(text) ?? [];
    const digits = told.slice(2) + number.replace('-', '');
    const year = Number(told);
    if (told === '' || !isPerson(digits) || year > BORN_TO) return [];
    return [
      ...(year < HUNDRED_TO ? reading('with its century', `${digits} +`, true) : []),
      ...(year >= HUNDRED_FROM ? reading('with its century', `${digits} -`, true) : []),
    ];
  },
  near: (legacy, modern) => legacy.slice(0, 10) === modern.slice(0, 10),
};
