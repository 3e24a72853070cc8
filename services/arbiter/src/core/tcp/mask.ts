import { RE2JS } from 're2js';

/** A part of frames that the migration file says to ignore. */
export interface Mask {
  readonly rule: string;
  readonly blank: (text: string) => string;
}

/** No byte is this character. */
const BLANK = '\u{fffd}';

/**
 * Patterns as ready masks, and what could not be used. RE2 runs in linear time: the frames are what services sent, and nobody vouches for
 * them.
 */
export function compileMasks(patterns: readonly string[]): { masks: Mask[]; problems: string[] } {
  const masks: Mask[] = [];
  const problems: string[] = [];
  for (const pattern of patterns) {
    try {
      const compiled = RE2JS.compile(pattern);
      masks.push({
        rule: `ignore:${pattern}`,
        blank: (text) => compiled.matcher(text).replaceAll(BLANK),
      });
    } catch (error) {
      problems.push(`tcp ignore "${pattern}": ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { masks, problems };
}

/** The first rule by which two different contents are the same: all masks up to it are applied together. */
export function maskedBy(masks: readonly Mask[], a: Uint8Array, b: Uint8Array): string | undefined {
  if (masks.length === 0) return undefined;
  let [left, right] = [latin1(a), latin1(b)];
  for (const { rule, blank } of masks) {
    left = blank(left);
    right = blank(right);
    if (left === right) return rule;
  }
  return undefined;
}

const CHUNK = 8_192;

/** Each byte the character of that number. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return text;
}
