import { isArray, isObject, type Value } from '../../compare/value.ts';
import { rawOf, type Side } from './side.ts';
import { isAscii, plainText, unescapeEntities } from './text.ts';

/** The words and numbers of a value, in the order in which they are written; those of its keys apart. */
export interface Atoms {
  /** Numbers without the zeros that say nothing (007.50 as 7.5). */
  readonly numbers: readonly string[];
  /** The same numbers as they are written. */
  readonly raw: readonly string[];
  /** In lower case; camelCase is two words. */
  readonly words: readonly string[];
  readonly keyNumbers: readonly string[];
  readonly keyWords: readonly string[];
  /** Truth values. */
  readonly flags: number;
}

type Growing = { -readonly [K in keyof Atoms]: Atoms[K] extends readonly string[] ? string[] : number };

const ATOMS_MAX = 256;

/** Undefined for a value that holds more than can be held against another one. */
export function atomsOf(side: Side): Atoms | undefined {
  return side.read(read);
}

function read({ value }: Side): Atoms | undefined {
  const atoms: Growing = { numbers: [], raw: [], words: [], keyNumbers: [], keyWords: [], flags: 0 };
  collect(value, atoms);
  return isFull(atoms) ? undefined : atoms;
}

function isFull({ numbers, words }: Atoms): boolean {
  return numbers.length + words.length > ATOMS_MAX;
}

function collect(value: Value | undefined, atoms: Growing): void {
  if (value === undefined || value === null || isFull(atoms)) return;
  if (typeof value === 'boolean') atoms.flags += 1;
  else if (isArray(value)) for (const item of value) collect(item, atoms);
  else if (isObject(value)) {
    for (const [key, item] of value) {
      for (const part of partsOf(key)) {
        if (isNumber(part)) atoms.keyNumbers.push(plainNumber(part));
        else atoms.keyWords.push(part.toLowerCase());
      }
      collect(item, atoms);
    }
  } else {
    for (const part of partsOf(typeof value === 'string' ? value : rawOf(value))) {
      if (isNumber(part)) {
        atoms.numbers.push(plainNumber(part));
        atoms.raw.push(part);
      } else atoms.words.push(part.toLowerCase());
      if (isFull(atoms)) return;
    }
  }
}

/** Figures with more than one point are no fraction: 30.08.84 is three numbers. */
const PART = /(?<![0-9]\.)[0-9]+\.[0-9]+(?!\.?[0-9])|[0-9]+|\p{L}+/gu;

/** The words and numbers of one text, as {@link Atoms} has them. */
export function atomsIn(text: string): readonly string[] {
  return partsOf(text).map((part) => (isNumber(part) ? plainNumber(part) : part.toLowerCase()));
}

/** Character references resolved, tags left out, letters of full width as ours. */
function partsOf(text: string): readonly string[] {
  const resolved = plainText(unescapeEntities(text) ?? text).replaceAll(/<[a-z/][^>]{0,200}>/gi, ' ');
  const plain = isAscii(resolved) ? resolved : resolved.normalize('NFKC');
  return plain.replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').match(PART) ?? [];
}

function isNumber(part: string): boolean {
  return part.charCodeAt(0) < 58;
}

/** Without zeros at the start, and without those behind the point. */
export function plainNumber(text: string): string {
  const bare = text.replace(/^([+-]?)0+(?=[0-9])/, '$1');
  return bare.includes('.') ? bare.replace(/\.?0+$/, '') : bare;
}

/** Without the point and the zeros around: what stays when the unit of an amount is another power of ten (cents). */
export function significant(number: string): string {
  return number
    .replace('.', '')
    .replace(/^([+-]?)0+/, '$1')
    .replace(/0+$/, '');
}

/** Letters and figures alone, in lower case and in the order in which they stand: what stays when only signs, blanks and case differ. */
export function compactOf(side: Side): string {
  const text = side.text ?? side.raw ?? '';
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** What is left of the one list when each entry of the other is taken away once. */
export function without(
  all: readonly string[],
  gone: readonly string[],
  isSame: (ours: string, theirs: string) => boolean = Object.is,
): readonly string[] {
  const left = [...gone];
  return all.filter((atom) => {
    const at = left.findIndex((other) => isSame(atom, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
