import type { SqlValue } from './sql.ts';

/**
 * One step between how a database writes a value and its canonical text. `read` and `sql` yield the same text byte for byte; `write` undoes
 * `read`. What `read` cannot make sense of becomes {@link unreadable}: shown, equal to nothing, and refused by `write`. Null passes by.
 */
export interface Conversion {
  readonly read: (text: string) => string | null;
  /** @throws Error with the reason, for people, when no text of this side stands for the value. */
  readonly write: (text: string) => string | null;
  readonly sql: (value: SqlValue) => SqlValue;
  /** Whether a canonical text is no text, but what `read`, or who reads the rows, could make no sense of. Absent: only other types than text are marked. */
  readonly marks?: (text: string) => boolean;
  /** What null becomes on reading; default: null. */
  readonly absent?: string;
  /** What null is written as; default: null. */
  readonly writtenAbsent?: string;
}

/** What stands for a text that declared conversions cannot read. */
export function unreadable(text: string): string {
  return `?${text}`;
}

/** What stands for a text that is none in its database's encoding, or has a NUL, by its bytes: Postgres takes neither. */
export function noText(hex: string): string {
  return unreadable(`x'${hex.toLowerCase()}'`);
}

/** {@link noText}, and texts that look like it, or like one of those, and so on. */
const likeNoText = /^\?+x'(?:[0-9a-f]{2})*'$/;
/** The same for Postgres. */
export const likeNoTextSql = "^\\?+x'([0-9a-f]{2})*'$";

/** A text as it stands beside {@link noText}: one that looks like it has a `?` more. */
export function besideNoText(text: string): string {
  return likeNoText.test(text) ? `?${text}` : text;
}

/** Undoes {@link besideNoText}. @throws Error for what is no text */
export function withoutNoText(text: string): string {
  if (isNoText(text)) throw new Error(`${text} is no text`);
  return likeNoText.test(text) ? text.slice(1) : text;
}

export function isNoText(value: string): boolean {
  return /^\?x'(?:[0-9a-f]{2})*'$/.test(value);
}

export function readThrough(steps: readonly Conversion[], text: string | null): string | null {
  let value = text;
  for (const step of steps) {
    value = value === null ? (step.absent ?? null) : step.read(value);
  }
  return value;
}

/** @throws Error with the reason when a step cannot write it. */
export function writeThrough(steps: readonly Conversion[], text: string | null): string | null {
  let value = text;
  for (const step of steps.toReversed()) {
    value = value === null ? (step.writtenAbsent ?? null) : step.write(value);
  }
  return value;
}

export function sqlThrough(steps: readonly Conversion[], value: SqlValue): SqlValue {
  return steps.reduce((inner, step) => step.sql(inner), value);
}
