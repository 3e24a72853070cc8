import { remembered } from './remembered.ts';

/** Notations of identifiers: each gives the one spelling that all notations of the same identifier share. */
export interface Identifier {
  readonly kind:
    | 'UUID'
    | 'account number'
    | 'digits in groups'
    | 'MAC address'
    | 'IPv6 address'
    | 'locale'
    | 'bank code'
    | 'article number'
    | 'code';
  readonly key: string;
  /** Written without any separator: then two such texts differ only in letter case, which another rule decides. */
  readonly bare: boolean;
}

const UUID =
  /^(?:urn:uuid:)?\{?([0-9a-fA-F]{8})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{12})\}?$/;
const ACCOUNT = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;
/** Letters first (no version), parts of letters and digits; a point only where ICD-10 and its like have it, after three places. */
const CODE = /^(?:[A-Za-uw-z][A-Za-z0-9]*(?:[ /-][A-Za-z0-9]+)*|[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)$/;
/** Of capitals and figures, beginning with a figure, ten of them or more in groups: 1Z 914 3A3 64 5811 9529. */
const LONG_CODE = /^(?=(?:[^A-Z]*[A-Z]){2})(?=(?: ?[A-Z0-9]){10,34}$)[0-9][A-Z0-9]*(?: [A-Z0-9]+)*$/;
const MAC =
  /^[0-9a-fA-F]{2}([:-])(?:[0-9a-fA-F]{2}\1){4}[0-9a-fA-F]{2}$|^(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}$/;
const LOCALE = /^[a-z]{2,3}[-_][A-Z]{2}$/;

/** The identifiers that a text can be, in whatever notation. */
export const readIdentifiers: (text: string) => readonly Identifier[] = remembered((text) => {
  if (text.length < 4 || text.length > 64) return [];
  const found: Identifier[] = [];
  const uuid = UUID.exec(text);
  if (uuid !== null)
    found.push({ kind: 'UUID', key: uuid.slice(1).join('').toLowerCase(), bare: text.length === 32 });
  const compact = text.replaceAll(/[ -]/g, '');
  if (ACCOUNT.test(compact) && /^[A-Z].*[A-Z0-9]$/.test(text) && !/[ -]{2}/.test(text))
    found.push({ kind: 'account number', key: compact, bare: compact === text });
  if (/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(text))
    found.push({ kind: 'bank code', key: text.padEnd(11, 'X'), bare: false });
  const article = articleNumber(text);
  if (article !== undefined) found.push(article);
  const digits = groupedDigits(text);
  if (digits !== undefined) found.push(digits);
  if (MAC.test(text) || /^[0-9a-fA-F]{12}$/.test(text))
    found.push({
      kind: 'MAC address',
      key: text.replaceAll(/[:.-]/g, '').toLowerCase(),
      bare: text.length === 12,
    });
  const ip = text.includes(':') ? ipv6(text) : undefined;
  if (ip !== undefined) found.push({ kind: 'IPv6 address', key: ip, bare: false });
  if ((CODE.test(text) && /[0-9]/.test(text) && !/^(?:UTC|GMT)/.test(text)) || LONG_CODE.test(text)) {
    const bare = !/[ ./-]/.test(text);
    found.push({ kind: 'code', key: text.replaceAll(/[ ./-]/g, ''), bare });
  }
  if (LOCALE.test(text)) found.push({ kind: 'locale', key: localeKey(text), bare: false });
  return found;
});

/** Languages whose codes ISO 639 withdrew and Java kept until release 17. */
const FORMER_LANGUAGES: Readonly<Record<string, string>> = { iw: 'he', in: 'id', ji: 'yi' };

function localeKey(text: string): string {
  const [language = '', country = ''] = text.split(/[-_]/);
  return `${FORMER_LANGUAGES[language] ?? language}-${country}`;
}

/**
 * Telephone, card and social security numbers: at least seven digits, with separators only between digits (so that neither `-1234567` nor
 * `(1234567)`, which are negative amounts, is one) and never a point or comma (so that no amount is one).
 */
const GROUPS = /^(\+|00)?(\([0-9]{1,5}\)(?: [/-] |[ -])?)?([0-9]+(?:(?: [/-] |[ /-])[0-9]+)*)$/;

const INTERNATIONAL_MIN = 10;

function groupedDigits(text: string): Identifier | undefined {
  const match = GROUPS.exec(withoutTrunk(text));
  if (match === null) return undefined;
  const [, international = '', area = '', rest = ''] = match;
  const digits = (area + rest).replaceAll(/[^0-9]/g, '');
  if (digits.length < 7 || digits.length > 34) return undefined;
  const separators = (text.match(/ [/-] |[ /()-]/g) ?? []).length;
  if (separators === 1 && !splitsNumber(rest)) return undefined;
  // 00 in front of ten digits and more is the way out of a country; of fewer they are zeros.
  if (international === '00' && (digits.length < INTERNATIONAL_MIN || separators === 0)) return undefined;
  return {
    kind: 'digits in groups',
    key: international === '' ? digits : `+${digits}`,
    bare: separators === 0 && international !== '00' && text === withoutTrunk(text),
  };
}

/** GTIN-8, -12, -13 and -14 are one number with zeros in front; the last digit checks the others (GS1 general specifications). */
function articleNumber(source: string): Identifier | undefined {
  const compact = source.replaceAll(/[ -]/g, '');
  const text = isbn13(compact) ?? compact;
  if (!/^(?:[0-9]{8}|[0-9]{12,14})$/.test(text)) return undefined;
  const key = text.padStart(14, '0');
  let sum = 0;
  for (let i = 0; i < 14; i++) sum += Number(key[i]) * (i % 2 === 0 ? 3 : 1);
  return sum % 10 === 0 ? { kind: 'article number', key, bare: false } : undefined;
}

/** ISBN-10 (ISO 2108) as the ISBN-13 of the same book; undefined when the check digit, modulo 11, does not fit. */
function isbn13(text: string): string | undefined {
  if (!/^[0-9]{9}[0-9X]$/.test(text)) return undefined;
  const digitAt = (i: number) => (text[i] === 'X' ? 10 : Number(text[i]));
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (10 - i) * digitAt(i);
  if (sum % 11 !== 0) return undefined;
  const body = `978${text.slice(0, 9)}`;
  let check = 0;
  for (let i = 0; i < 12; i++) check += Number(body[i]) * (i % 2 === 0 ? 1 : 3);
  return `${body}${(10 - (check % 10)) % 10}`;
}

/** +44 (0)20: the zero in brackets is dialled only without the country's code (E.123). */
function withoutTrunk(text: string): string {
  return text.startsWith('+') ? text.replace(/ ?\(0\) ?/, ' ') : text;
}

/** One separator between two long runs may as well be a range or a fraction: 1000-2000, 12/34567. */
function splitsNumber(text: string): boolean {
  const [left = '', right = ''] = text.split(/[ /-]/);
  return (
    left.length <= 5 &&
    right.length >= 4 &&
    left.length !== right.length &&
    (text.includes(' ') || left.startsWith('0') || /^[0-9]{5}-[0-9]{4}$/.test(text))
  );
}

/** RFC 4291 text forms, to eight groups of hexadecimal. */
function ipv6(text: string): string | undefined {
  if (!/^[0-9a-fA-F:]{2,39}$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined) => (half === undefined || half === '' ? [] : half.split(':'));
  const head = groups(halves[0]);
  const tail = groups(halves[1]);
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
