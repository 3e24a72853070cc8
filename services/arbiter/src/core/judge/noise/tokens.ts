import type { Context, Observed } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';
import { readIdentifiers } from '../value/identifiers.ts';
import { commonEnds, differingPlaces, isToken, shapeOf } from '../value/tokens.ts';
import { changedClaim } from './claims.ts';
import { noiseAsk, noiseBug, noiseHarmless } from './outcome.ts';
import {
  hasCheckDigit,
  holdsText,
  isFigures,
  type TokenRow,
  unlikeLegacy,
  writesText,
} from './randomness.ts';

/** Judges tokens and identifiers that legacy makes anew in each run: of the same shape, length and variety, and never the same twice. */
export function judgeTokenNoise(context: Context): Judgement | undefined {
  const seen = context.all.filter(({ differs, varies }) => differs || varies);
  // Of some requests there may be no second run.
  const ours = seen.flatMap(({ legacy, legacy2 }) =>
    legacy2 === undefined ? [legacy.text] : [legacy.text, legacy2.text],
  );
  const theirs = seen.map(({ modern }) => modern.text);
  if (!ours.every(isTokenText) || !theirs.every(isTextual)) return undefined;
  const fresh = new Set(ours).size === ours.length;
  const reused = seen.length - new Set(theirs).size;
  if (fresh && reused > 0)
    return noiseBug(
      context,
      'token-reused',
      `Legacy never gives the same token twice, modern does in ${reused} of ${seen.length} requests.`,
    );
  const given = new Set(ours);
  const foreign = theirs.filter((text, i) => given.has(text) && !ownText(seen[i], text)).length;
  if (fresh && foreign > 0 && !(foreign === 1 && meetByChance(ours, theirs)))
    return noiseBug(
      context,
      'token-of-another-request',
      `In ${foreign} requests modern gives a token that legacy gave for another.`,
    );
  const lengths = ours.map((text) => text.length);
  const [low, high] = [Math.min(...lengths), Math.max(...lengths)];
  const shapes = new Set(ours.map(shapeOf));
  const told = low * bitsOf(ours);
  const bits = bitsOf(theirs);
  // In a wider alphabet fewer characters tell as much.
  const short = theirs.filter((text) => text.length < low * 0.75 && text.length * bits < told * 0.75).length;
  // What writes a text (a position, a query) is long for what it says; a token of another kind says it elsewhere.
  const isOfText = ours.every(holdsText) && !theirs.some(holdsText);
  if (short > 0 && !isOfText)
    return noiseBug(
      context,
      'token-shorter',
      `Legacy’s tokens have ${low} characters or more, modern’s are shorter by a quarter in ${short} of ${seen.length} requests.`,
    );
  if (losesZeros(ours, theirs))
    return noiseBug(
      context,
      'token-zeros-lost',
      `Legacy’s figures always have ${low} digits; modern’s have fewer in some requests.`,
    );
  const claim = changedClaim(seen);
  if (claim !== undefined)
    return noiseBug(context, 'token-claim-changed', `Legacy makes a new token in each run; ${claim}.`);
  if (!theirs.every(isTokenText))
    return noiseAsk(context, 'token-other', 'Legacy’s values are tokens, modern’s are not.');
  if (!ours.some(isFilledUp) && theirs.every(isFilledUp))
    return noiseBug(
      context,
      'token-filled-up',
      'Modern’s tokens are one character again and again but for seven or fewer, so that they can be guessed; legacy’s are not.',
    );
  // Tokens of one length are made of so many characters; others may be longer or shorter than those seen.
  const slack = low === high && ours.length >= LENGTHS_MIN ? 0 : 1;
  const variety = Math.min(...ours.map(varietyOf));
  const alike = theirs.every(
    (text) =>
      text.length >= low - slack &&
      text.length <= high + slack &&
      shapes.has(shapeOf(text)) &&
      varietyOf(text) * 2 >= variety,
  );
  const uuids = areUuids(ours) && areUuids(theirs);
  const said = `Legacy makes a new token in each run (${seen.length} requests, ${low === high ? low : `${low} to ${high}`} characters)`;
  const part = changedPart(seen);
  if (part !== undefined) return noiseBug(context, 'token-part', `${said}; ${part}.`);
  // Digits alone are none of the figures of a UUID.
  const isNarrow =
    theirs.every((text) => /^[0-9-]+$/.test(text) || varietyOf(text) < 5) &&
    !ours.some((text) => /^[0-9-]+$/.test(text));
  if (isNarrow || (!uuids && (!alike || !sameAlphabet(ours, theirs) || !samePrefix(ours, theirs))))
    return noiseAsk(context, 'token-other', `${said}; modern’s are of another shape.`);
  // What a token says in plain text (claims of a JWT) can be wrong.
  if (theirs.some((text) => text.startsWith('eyJ')))
    return noiseAsk(context, 'token-claims', `${said}; it holds claims that are not compared.`);
  if (writesText([...ours, ...theirs]))
    return noiseAsk(context, 'token-claims', `${said}; it writes a text or document that is not compared.`);
  if (ours.every(isFigures))
    return noiseAsk(
      context,
      'token-figures',
      `${said}; they are figures, and what they may be is not known.`,
    );
  const kept = seen.filter(
    ({ differs, varies, legacy2 }) => differs && !varies && legacy2 !== undefined,
  ).length;
  if (kept > 0)
    return noiseAsk(context, 'token-kept', `${said}, but repeats ${kept} in which modern has another.`);
  const rows = seen.flatMap(rowOf);
  if (rows.length >= 2 && ours.every(hasCheckDigit) && !theirs.every(hasCheckDigit))
    return noiseBug(context, 'token-check-digit', `${said}, all with a check digit that modern’s lack.`);
  const unlike = unlikeLegacy(uuids ? rows.map(bareRow) : rows);
  if (unlike !== undefined && rows.length >= 2)
    return noiseAsk(context, 'token-guessable', `${said}; ${unlike}.`);
  // One token tells nothing of whether the next will be another one.
  if (rows.length < 2 || rows.length * 2 < seen.length)
    return noiseAsk(
      context,
      'token-once',
      `${said}; of most requests there is no second run, or there is one request alone.`,
    );
  return noiseHarmless('token', `${said}, and modern’s are of the same shape and alphabet, each different.`);
}

/** Figures so short that one of modern's is one of legacy's in a thousand cases or fewer. */
function meetByChance(ours: readonly string[], theirs: readonly string[]): boolean {
  const width = Math.min(...ours.map((text) => text.length));
  if (![...ours, ...theirs].every((text) => /^[0-9]+$/.test(text))) return false;
  return (ours.length * theirs.length) / 10 ** width > 1e-4;
}

/** Legacy's tokens, all of one length, from which on that is their length. */
const LENGTHS_MIN = 6;

/** Legacy's figures from which on one length is their form, also when none of them begins with a zero. */
const FIGURES_MIN = 20;

/** Figures of one length with zeros at the start became numbers, of which some are shorter. */
function losesZeros(ours: readonly (string | undefined)[], theirs: readonly string[]): boolean {
  const width = ours[0]?.length ?? 0;
  if (!ours.every((text) => text?.length === width && /^[0-9]+$/.test(text))) return false;
  if (!theirs.every((text) => /^[0-9]+$/.test(text) && text.length <= width)) return false;
  const isRead = ours.some((text) => text?.startsWith('0')) && !theirs.some((text) => text.startsWith('0'));
  return theirs.some((text) => text.length < width) && (isRead || ours.length >= FIGURES_MIN);
}

function rowOf({ legacy, modern, legacy2 }: Observed): readonly TokenRow[] {
  const again = legacy2?.text;
  return again === undefined ? [] : [{ legacy: legacy.text ?? '', modern: modern.text ?? '', again }];
}

/** UUIDs by their digits alone. */
function bareRow({ legacy, modern, again }: TokenRow): TokenRow {
  const bare = (text: string) =>
    text
      .replaceAll(/[^0-9a-fA-F]/g, '')
      .slice(-32)
      .toLowerCase();
  return { legacy: bare(legacy), modern: bare(modern), again: bare(again) };
}

function isTextual(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function isTokenText(text: string | undefined): text is string {
  return text !== undefined && text.length >= 6 && isToken(text);
}

/** One character eight times or more, and seven others or fewer: at most 28 bits in hexadecimal digits (a trace id of 64 bits has 16). */
function isFilledUp(text: string): boolean {
  const run = /([0-9A-Za-z])\1{7,}/.exec(text.replaceAll('-', ''))?.[0] ?? '';
  return run !== '' && text.replaceAll('-', '').length - run.length <= 7;
}

function ownText(observed: Observed | undefined, text: string): boolean {
  return observed?.legacy.text === text || observed?.legacy2?.text === text;
}

/** UUIDs are of one shape, with or without dashes. */
function areUuids(texts: readonly string[]): boolean {
  return texts.every((text) => readIdentifiers(text).some(({ kind }) => kind === 'UUID'));
}

function varietyOf(text: string): number {
  return new Set(text).size;
}

const ALPHABETS = [
  /^[0-9._:-]+$/,
  /^[0-9a-f._:-]+$/,
  /^[0-9A-F._:-]+$/,
  /^[0-9a-z._:-]+$/,
  /^[0-9A-Z._:-]+$/,
];

/** What one character of the texts can tell at most, in bits, by the narrowest usual alphabet that holds them all. */
function bitsOf(texts: readonly string[]): number {
  const all = texts.join('');
  if (/^[0-9._:-]*$/.test(all)) return Math.log2(10);
  if (/^[0-9a-f._:-]*$|^[0-9A-F._:-]*$/.test(all)) return 4;
  return /^[0-9a-z._:-]*$|^[0-9A-Z._:-]*$/.test(all) ? 5 : 6;
}

/** A narrower alphabet than legacy's tells less with as many characters. */
function sameAlphabet(ours: readonly string[], theirs: readonly string[]): boolean {
  const levelOf = (texts: readonly string[]) =>
    ALPHABETS.findIndex((alphabet) => texts.every((text) => alphabet.test(text)));
  const [l, m] = [levelOf(ours), levelOf(theirs)];
  return l === m;
}

/**
 * What all of legacy's tokens begin with (the kind of token, the stage, the region) modern's begin with as well. Two characters may differ: a
 * version of the token; three are another word.
 */
function samePrefix(ours: readonly string[], theirs: readonly string[]): boolean {
  const first = ours[0] ?? '';
  let length = first.length;
  for (const text of ours) length = Math.min(length, commonEnds(first, text).start);
  const prefix = first.slice(0, length);
  // A letter of a word is no version: ro_ and rw_, eu- and us-; one alone may be (L1. and M2.).
  const isWord = (i: number) =>
    /[A-Za-z]{2}/.test(`${prefix.slice(Math.max(0, i - 1), i + 1)} ${prefix.slice(i, i + 2)}`);
  const isVersion = (text: string) => [...prefix].every((sign, i) => sign === text[i] || !isWord(i));
  const isLabel = /[_.:-]/.test(prefix);
  return theirs.every(
    (text) => differingPlaces(prefix, text.slice(0, length)) <= 2 && (!isLabel || isVersion(text)),
  );
}

/**
 * Parts of the token that legacy repeats in both runs of each request but that are not the same in all requests (a day, a customer): modern
 * must have them too. Says which is another one.
 */
function changedPart(seen: readonly Observed[]): string | undefined {
  if (seen.length < 2) return undefined;
  const rows = seen.map(({ legacy, modern, legacy2 }) =>
    [legacy, modern, legacy2 ?? legacy].map(({ text }) => (text ?? '').split(/[-_.:/~|?=&;,\s]/)),
  );
  const count = rows[0]?.[0]?.length ?? 0;
  if (count < 2 || !rows.every((row) => row.every((parts) => parts.length === count))) return undefined;
  for (let place = 0; place < count; place++) {
    if (!rows.every(([l, , r]) => l?.[place] === r?.[place])) continue;
    if (new Set(rows.map(([l]) => l?.[place])).size < 2) continue;
    const changed = rows.find(([l, m]) => l?.[place] !== m?.[place]);
    if (changed !== undefined)
      return `part ${place + 1} belongs to the request (${changed[0]?.[place]}), and modern’s is another (${changed[1]?.[place]})`;
  }
  return undefined;
}
