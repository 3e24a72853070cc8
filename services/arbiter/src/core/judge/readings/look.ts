import type { Side } from '../value/side.ts';

/**
 * What a value looks like: a kind of JSON, or which signs a text has: figures (F), letters (L) and marks (M, blanks too). Texts of marks alone and
 * with letters beyond ASCII are `any`: every domain is tried on them.
 */
export type Look = 'number' | 'object' | 'list' | 'F' | 'L' | 'FL' | 'FM' | 'LM' | 'FLM' | 'any';

export const LOOKS: readonly Look[] = ['number', 'object', 'list', 'F', 'L', 'FL', 'FM', 'LM', 'FLM', 'any'];

const FIGURES = 1;
const LETTERS = 2;
const MARKS = 4;
const BY_SIGNS: readonly Look[] = ['any', 'F', 'L', 'FL', 'any', 'FM', 'LM', 'FLM'];

/** One pass over the text; domains are asked of every value, and nearly all of them are about others. */
export function lookOf({ text, isNumber, fields, items }: Side): Look {
  if (text !== undefined) return lookOfText(text);
  if (isNumber) return 'number';
  if (fields !== undefined) return 'object';
  return items === undefined ? 'any' : 'list';
}

function lookOfText(text: string): Look {
  let signs = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return 'any';
    // Letters of both cases differ in one bit.
    const letter = code | 0x20;
    if (code >= 0x30 && code <= 0x39) signs |= FIGURES;
    else signs |= letter >= 0x61 && letter <= 0x7a ? LETTERS : MARKS;
  }
  return BY_SIGNS[signs] ?? 'any';
}
