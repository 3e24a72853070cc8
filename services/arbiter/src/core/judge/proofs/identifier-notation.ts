import { relateNumbers } from '../meaning/numbers.ts';
import type { FieldProfile } from '../profile.ts';
import { areNumbers } from '../value/codes.ts';
import { readIdentifiers } from '../value/identifiers.ts';
import { isBook } from '../value/roles.ts';
import type { ProofRule } from './rule.ts';

export const identifierNotation: ProofRule = {
  name: 'identifier-notation',
  ofField: true,
  accepts:
    'The same identifier with other separators or in the other case where its notation has none: UUID, IBAN-like account, telephone and card numbers, MAC and IPv6 addresses, language tags (en_US, en-US); the host of an e-mail address in the other case; a shipping unit with and without its (00).',
  refuses:
    'Any other letter or digit, zeros that are lost, letter case of anything else, signs and decimal separators (amounts), two spellings without separators, ten digits as a book’s thirteen where neither a name nor other values say that they are one’s.',
  prove({ legacy, modern, profile, field }) {
    if (legacy.text === undefined || modern.text === undefined) return undefined;
    if (isSameMail(legacy.text, modern.text))
      return 'Both are the same e-mail address: the case of its host says nothing.';
    if (isSameUnit(legacy.text, modern.text) || isSameUnit(modern.text, legacy.text))
      return 'Both are the same shipping unit: (00) in front only says that it is one.';
    if (relateNumbers(legacy, modern, profile)?.is === 'different') return undefined;
    // A day, as other rules may prove.
    if (/^[0-9]{4}-[01][0-9]-[0-3][0-9]$/.test(modern.text)) return undefined;
    const ours = readIdentifiers(legacy.text);
    if (ours.length === 0) return undefined;
    const theirs = readIdentifiers(modern.text);
    for (const l of ours) {
      const m = theirs.find(({ kind, key, bare }) => kind === l.kind && key === l.key && !(bare && l.bare));
      // A code is cut at the same places, or at none: A1-23 is not A12-3.
      if (m?.kind === 'article number' && isByChance(legacy.text, modern.text, profile, field)) continue;
      if (m !== undefined && mayMerge(m.kind, legacy.text, modern.text, profile, field)) continue;
      if (m !== undefined && isSignedNumber(legacy.text, modern.text)) continue;
      if (m?.kind === 'code' && !m.bare && !l.bare && !sameCuts(legacy.text, modern.text)) continue;
      if (m !== undefined) return `Both are the same ${l.kind}, only its separators or case differ.`;
    }
    return undefined;
  },
};

/** The 18 digits of a serial shipping container code behind their application identifier (GS1 general specifications). */
function isSameUnit(told: string, bare: string): boolean {
  return /^[0-9]{18}$/.test(bare) && told === `(00)${bare}`;
}

/** The host of an e-mail address has no letter case (RFC 5321 2.4); what stands before the sign may have. */
function isSameMail(legacy: string, modern: string): boolean {
  const [l, m] = [legacy, modern].map((text) =>
    /^([^\s@"<>]{1,64})@([A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,24})$/.exec(text),
  );
  return l?.[1] !== undefined && l[1] === m?.[1] && l[2]?.toLowerCase() === m?.[2]?.toLowerCase();
}

/** Values of a field that must all have a right check digit before zeros in front are taken for a longer notation. */
const CHECKED_MIN = 3;

/**
 * Whether what the separators (or zeros in front) tell apart would be lost: A1-23 and A12-3 without them are one, and a number passes a check
 * digit by chance once in ten times. The field's other values decide.
 */
function mayMerge(
  kind: string,
  legacy: string,
  modern: string,
  { data }: FieldProfile,
  field: string,
): boolean {
  const { vocabulary, vocabularyOpen } = data.legacy;
  const texts = vocabulary.map((raw) => raw.slice(1, -1));
  if (kind === 'article number' && withoutSeparators(modern).length !== withoutSeparators(legacy).length)
    return !isBook(field) && (texts.length < CHECKED_MIN || !texts.every(isArticleNumber));
  if (kind === 'digits in groups') return areRegrouped(legacy, modern);
  if (kind !== 'code' || !/[0-9][ ./-]+[0-9]/.test(legacy) || /[ ./-]/.test(modern)) return false;
  if (areNumbers(legacy)) return true;
  return vocabularyOpen || texts.length < 2 || !texts.every((text) => sameCuts(text, legacy));
}

/** Both have separators, and at other places: 12-345-67 is not 123-45-67, but of a telephone number, which has no places of its own. */
function areRegrouped(legacy: string, modern: string): boolean {
  const isDialled = /^(?:\+|00|\()/.test(legacy) || /^(?:\+|00|\()/.test(modern);
  const groups = modern.split(/[ /-]/).map(({ length }) => length);
  // Groups of one width are a way to print it.
  if (groups.slice(0, -1).every((width) => width === 4)) return false;
  return (
    !isDialled &&
    /[0-9][ /-][0-9]/.test(legacy) &&
    /[0-9][ /-][0-9]/.test(modern) &&
    !sameCuts(legacy, modern)
  );
}

/** Ten digits without separators pass the check digit of a book by chance once in eleven times. */
function isByChance(legacy: string, modern: string, { data }: FieldProfile, field: string): boolean {
  if (!/^[0-9]{9}[0-9X]$/.test(legacy) && !/^[0-9]{9}[0-9X]$/.test(modern)) return false;
  if (isBook(field)) return false;
  const { vocabulary } = legacy.length === 10 ? data.legacy : data.modern;
  return vocabulary.length < CHECKED_MIN || !vocabulary.every((raw) => isArticleNumber(raw.slice(1, -1)));
}

function isArticleNumber(text: string): boolean {
  return readIdentifiers(text).some(({ kind }) => kind === 'article number');
}

function withoutSeparators(text: string): string {
  return text.replaceAll(/[ -]/g, '');
}

function sameCuts(a: string, b: string): boolean {
  const parts = (text: string) =>
    text
      .split(/[ ./-]/)
      .map((part) => part.length)
      .join(',');
  return parts(a) === parts(b);
}

/** TEMP-12 is twelve below zero as well as the twelfth: a joint before a few figures that begin with no zero is kept. */
function isSignedNumber(legacy: string, modern: string): boolean {
  return /^[A-Za-z]+-[1-9][0-9]{0,2} ?[A-Za-z°%]{0,2}$/.test(legacy) && !modern.includes('-');
}
