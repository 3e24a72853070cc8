/** A keyed hash: at least 48 lower-case hexadecimal digits, the same for the same text and key, and of no use without the key. */
export type KeyedHash = (text: string) => string;

/** 64 bits: that two given values share a mask has a chance of one in 1.8e19. */
const HASH_DIGITS = 16;

/** What every mask begins with; the arbiter knows a masked part of a path by it. */
export const MASK_START = '⟨masked:';

/** What kind of value is masked: a number and a text of the same spelling are different values. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'bytes';

/**
 * `⟨masked:iban:3f9c0a1b2c3d4e5f⟩`, of a number `⟨masked:pin:number:3f9c0a1b2c3d4e5f⟩`. Equal values have equal masks in all of a migration.
 * `canonical` is the spelling that all harmless notations of the value share.
 */
export function maskOf(label: string, kind: ValueKind, canonical: string, hash: KeyedHash): string {
  const shown = kind === 'text' ? label : `${label}:${kind}`;
  return `${MASK_START}${shown}:${hash(`${kind}\0${canonical}`).slice(0, HASH_DIGITS)}⟩`;
}

/**
 * A mask of exactly `length` characters, for text in which places count (columns, length prefixes): `[3f9c0a1b2c3d4e]`. Of a value of less
 * than 16 characters it holds as many bits as fit: four a character, so that different values of one character may well share a mask.
 */
export function fittedMask(length: number, canonical: string, hash: KeyedHash): string {
  const digits = hash(`text\0${canonical}`);
  if (length < 4) return digits.slice(0, length);
  return `[${digits.repeat(Math.ceil(length / digits.length)).slice(0, length - 2)}]`;
}
