import { normalDecimal } from '@chronos/arbiter/core/compare/decimal.ts';
import { toBinaryText } from './binary.ts';
import { type Around, findSecrets } from './find-secrets.ts';
import { fittedMask, type KeyedHash, maskOf } from './mask.ts';
import type { IntegerKind } from './protobuf-integer.ts';
import type { Secret } from './secret.ts';
import { secretName } from './secret-names.ts';

/** Why a value is masked whatever it is: what its mask is called. `undefined`: only if it gives itself away. */
export type Reason = string | undefined;

/** Of a declared field whose key does not say what it is. */
export const DECLARED = 'value';

export interface MaskerOptions {
  readonly hash: KeyedHash;
  /** Recognise secrets that nobody declared. */
  readonly recognise: boolean;
}

/** Masks single values, and remembers what it masked. Whatever it is given, it returns undefined where nothing is to be masked. */
export class Masker {
  readonly #hash: KeyedHash;
  readonly recognise: boolean;
  readonly #notes = new Set<string>();

  constructor({ hash, recognise }: MaskerOptions) {
    this.#hash = hash;
    this.recognise = recognise;
  }

  /** What was masked so far, one line a kind and place. */
  get notes(): string[] {
    return [...this.#notes];
  }

  note(place: string, what: string): void {
    this.#notes.add(`${place}: ${what}`);
  }

  /** What a value becomes, as JSON: a mask is a text, whatever it stands for. */
  json(masked: string): string {
    return JSON.stringify(masked);
  }

  /** Why a field is masked: declared, or because of its key. What is masked above it stays so. */
  reasonOf(key: string, isDeclared: boolean, above: Reason): Reason {
    if (isDeclared) return secretName(key) ?? above ?? DECLARED;
    return (this.recognise ? secretName(key) : undefined) ?? above;
  }

  /** A text value: whole when there is a reason, else the secrets within it. Nothing is nothing: an empty text stays. */
  text(value: string, reason: Reason, place: string): string | undefined {
    if (value === '') return undefined;
    if (reason === undefined) return this.within(value, place);
    const whole = wholeSecret(value);
    this.#noteSecret(place, whole?.label ?? reason, whole, value);
    return maskOf(whole?.label ?? reason, 'text', whole?.canonical ?? value, this.#hash);
  }

  /** A text value in a place of its own length. */
  fitted(value: string, reason: string, place: string): string {
    const whole = wholeSecret(value);
    this.#noteSecret(place, whole?.label ?? reason, whole, value);
    return fittedMask(value.length, whole?.canonical ?? value, this.#hash);
  }

  /** A number by its text; of an integer the digits may give it away. */
  number(text: string, reason: Reason, place: string): string | undefined {
    const whole = this.recognise || reason !== undefined ? wholeSecret(plainInteger(text)) : undefined;
    const label = whole?.label ?? reason;
    if (label === undefined) return undefined;
    this.note(place, label);
    return maskOf(label, 'number', normalDecimal(text), this.#hash);
  }

  boolean(value: boolean, reason: string, place: string): string {
    this.note(place, reason);
    return maskOf(reason, 'boolean', String(value), this.#hash);
  }

  /** Bytes as a text of one character a byte. */
  bytes(binary: string, reason: string, place: string): string {
    this.note(place, reason);
    return maskOf(reason, 'bytes', binary, this.#hash);
  }

  /** A field of bytes; undefined: it stays. */
  wireBytes(content: Uint8Array, reason: string, place: string): Uint8Array | undefined {
    return utf8.encode(this.bytes(toBinaryText(content), reason, place));
  }

  /** An integer of a schema as it is meant, and what stands for it; undefined: a {@link pseudonym} of what is on the wire. */
  integer(_value: bigint, _kind: IntegerKind, _reason: string): bigint | undefined {
    return undefined;
  }

  /** A boolean or a value of an enumeration in a schema: it has too few values for a pseudonym, and is left out. */
  choice(reason: string, place: string): void {
    this.note(place, `${reason} (left out, not compared)`);
  }

  /** A number of `bits` bits that stands for another where only a number can stand. Zero, which is nothing, stays. */
  pseudonym(value: bigint, bits: number, reason: string, place: string): bigint {
    if (value === 0n) return value;
    this.note(place, `${reason} (another number stands for it)`);
    return BigInt.asUintN(bits, BigInt(`0x${this.#hash(`number\0${value}`).slice(0, 16)}`)) | 1n;
  }

  /** A text with the secrets that it holds masked. */
  within(text: string, place: string): string | undefined {
    return this.#replaced(text, place, 'words', ({ label, canonical }) =>
      maskOf(label, 'text', canonical, this.#hash),
    );
  }

  /** Of a text in which columns may stand: long secrets keep their length; of short ones that would make different ones equal. */
  withinColumns(text: string, place: string): string | undefined {
    return this.#replaced(text, place, 'words', ({ label, start, end, canonical }) =>
      end - start >= FITTED_CHARS_MIN
        ? fittedMask(end - start, canonical, this.#hash)
        : maskOf(label, 'text', canonical, this.#hash),
    );
  }

  /** The same, no character longer or shorter. */
  withinFitted(text: string, place: string, around: Around): string | undefined {
    return this.#replaced(text, place, around, ({ start, end, canonical }) =>
      fittedMask(end - start, canonical, this.#hash),
    );
  }

  #replaced(
    text: string,
    place: string,
    around: Around,
    maskFor: (secret: Secret) => string,
  ): string | undefined {
    if (!this.recognise) return undefined;
    const secrets = findSecrets(text, around);
    if (secrets.length === 0) return undefined;
    let masked = '';
    let at = 0;
    for (const secret of secrets) {
      this.#noteSecret(place, secret.label, secret, text.slice(secret.start, secret.end));
      masked += text.slice(at, secret.start) + maskFor(secret);
      at = secret.end;
    }
    return masked + text.slice(at);
  }

  #noteSecret(place: string, label: string, secret: Secret | undefined, spelt: string): void {
    const isCanonical = secret === undefined || secret.canonical === spelt;
    this.note(place, isCanonical ? label : `${label} (separators left out)`);
  }
}

/** The shortest card number: 40 bits. */
const FITTED_CHARS_MIN = 12;

const utf8 = new TextEncoder();

/** `4.1e2` and `410.0` are 410, as long as a card number can be; what is no such integer stays. */
function plainInteger(text: string): string {
  if (!/[.eE]/.test(text)) return text;
  const [, digits = '', zeros = ''] = /^(\d{1,19})e(\d{1,2})$/.exec(normalDecimal(text)) ?? [];
  return digits === '' ? text : digits.padEnd(digits.length + Number(zeros), '0');
}

/** The secret that a text is as a whole. */
function wholeSecret(text: string): Secret | undefined {
  const [first] = findSecrets(text);
  return first?.start === 0 && first.end === text.length ? first : undefined;
}
