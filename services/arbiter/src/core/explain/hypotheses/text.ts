import { unescapeEntities } from '../../judge/value/text.ts';
import type { Field, Pair } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { decodedAsLatin1 } from '../text-forms.ts';

/** Transformations of a text that need no parameter; `apply` gives what modern then says. */
const FORMS: readonly {
  readonly name: string;
  readonly formula: string;
  apply(legacy: string): string | undefined;
}[] = [
  { name: 'lower-case', formula: 'modern is in lower case', apply: (text) => text.toLowerCase() },
  { name: 'upper-case', formula: 'modern is in upper case', apply: (text) => text.toUpperCase() },
  {
    name: 'mojibake',
    formula: 'modern reads UTF-8 as Latin-1 (ü becomes Ã¼)',
    apply: (text) => decodedAsLatin1(text, 'latin1'),
  },
  {
    name: 'mojibake',
    formula: 'modern reads UTF-8 as Windows-1252 (€ becomes â‚¬)',
    apply: (text) => decodedAsLatin1(text, 'cp1252'),
  },
  {
    name: 'not-encodable',
    formula: 'modern has "?" for every letter that is not ASCII',
    apply: (text) => text.replace(/\P{ASCII}/gu, '?'),
  },
  {
    name: 'not-encodable',
    formula: 'modern has U+FFFD for every letter that is not ASCII',
    apply: (text) => text.replace(/\P{ASCII}/gu, '\ufffd'),
  },
  { name: 'letters-lost', formula: 'modern lacks every letter that is not ASCII', apply: ascii },
  {
    name: 'accents-lost',
    formula: 'modern has lost the accents',
    apply: (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
  },
  { name: 'trimmed', formula: 'modern has no space around the text', apply: (text) => text.trim() },
  {
    name: 'spaces-collapsed',
    formula: 'modern has single spaces only',
    apply: (text) => text.trim().replace(/\s+/gu, ' '),
  },
  { name: 'normal-form', formula: 'modern is in Unicode NFC', apply: (text) => text.normalize('NFC') },
  { name: 'normal-form', formula: 'modern is in Unicode NFD', apply: (text) => text.normalize('NFD') },
  { name: 'html-unescaped', formula: 'modern has HTML entities resolved', apply: unescapeEntities },
  {
    name: 'leading-zeros-lost',
    formula: 'modern has lost the leading zeros',
    apply: (text) => text.replace(/^0+(?=.)/, ''),
  },
  {
    name: 'separators-removed',
    formula: 'modern keeps letters and digits only',
    apply: (text) => text.replace(/[^\p{L}\p{N}]/gu, ''),
  },
  { name: 'digits-only', formula: 'modern keeps digits only', apply: (text) => text.replace(/[^0-9]/g, '') },
  {
    name: 'reversed',
    formula: 'modern is legacy read backwards',
    apply: (text) => Array.from(text).reverse().join(''),
  },
  {
    name: 'url-encoded',
    formula: 'modern is percent-encoded',
    apply: (text) => encodeURIComponent(text.toWellFormed()),
  },
];

/** The same transformation, asked backwards: what legacy does and modern does not. */
const BACKWARDS: Readonly<Record<string, string>> = {
  'html-unescaped': 'modern has characters as HTML entities',
  trimmed: 'modern has space around the text',
  'separators-removed': 'modern adds separators',
  'leading-zeros-lost': 'modern adds leading zeros',
  mojibake: 'legacy has broken letters (Ã¼ for ü), modern has them right',
  'url-encoded': 'modern is percent-decoded',
};

const SAME_LETTERS: Hypothesis = {
  ...transformed(
    'same-letters',
    'modern writes the same letters and digits with other separators or in another case',
    (legacy, modern) => lettersOf(legacy) === lettersOf(modern),
  ),
  // Whatever says more exactly what is done stands before it.
  bits: 12,
};

export const textForm: Family = (field) => {
  const texts = textsOf(field);
  if (texts.length === 0) return [];
  return [
    SAME_LETTERS,
    ...FORMS.flatMap(({ name, formula, apply }) => {
      const found: Hypothesis[] = [];
      if (texts.some(([legacy, modern]) => apply(legacy) === modern))
        found.push(transformed(name, formula, (legacy, modern) => apply(legacy) === modern));
      const backwards = BACKWARDS[name];
      if (backwards !== undefined && texts.some(([legacy, modern]) => apply(modern) === legacy))
        found.push(transformed(`${name}-backwards`, backwards, (legacy, modern) => apply(modern) === legacy));
      return found;
    }),
  ];
};

function transformed(
  name: string,
  formula: string,
  holds: (legacy: string, modern: string) => boolean,
): Hypothesis {
  return {
    name,
    formula,
    parameters: {},
    bits: Math.log2(FORMS.length),
    plain: true,
    check: (pair): Check => {
      const texts = pairOfTexts(pair);
      if (!texts) return 'silent';
      return holds(...texts) ? 0 : 'wrong';
    },
  };
}

export type Texts = readonly [legacy: string, modern: string];

/** The differing samples whose sides are both texts (or numbers, by their digits). */
export function textsOf(field: Field): Texts[] {
  return field.differing.map(pairOfTexts).filter((texts) => texts !== undefined);
}

export function pairOfTexts({ legacy, modern }: Pair): Texts | undefined {
  const [a, b] = [scalarText(legacy), scalarText(modern)];
  if (a === undefined || b === undefined) return undefined;
  // A number that changed is more than its characters.
  const numbers = legacy.decimal !== undefined && modern.decimal !== undefined;
  return numbers ? undefined : [a, b];
}

/** A number that was text before (or becomes it) is still the text of its digits. */
function scalarText({ text, raw, isNumber }: Pair['legacy']): string | undefined {
  return text ?? (isNumber ? raw : undefined);
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

function ascii(text: string): string {
  return text.replace(/\P{ASCII}/gu, '');
}
