import { looksLikeTable, maskCsv } from './mask-csv.ts';
import { maskJson } from './mask-json.ts';
import { maskXml } from './mask-xml.ts';
import type { Masker } from './masker.ts';
import { NOWHERE } from './paths.ts';

/** A text may hold a text that holds a text; deeper ones have no structure. */
const NESTED_MAX = 4;
const BLANKS_MAX = 64;

/**
 * A text that is JSON, XML or a table itself, masked like what is around it; declared paths end at the text. undefined: it is none, or nothing in it is
 * masked by its place. `nested`: texts around it.
 */
export function maskInside(value: string, masker: Masker, place: string, nested: number): string | undefined {
  if (nested === NESTED_MAX || !masker.recognise) return undefined;
  let at = 0;
  while (at < BLANKS_MAX && value.charCodeAt(at) <= 0x20) at += 1;
  const first = value[at];
  if (first === '<') {
    const xml = maskXml(value, NOWHERE, masker, place, nested + 1);
    return xml.ok ? xml.text : undefined;
  }
  if (first === '{' || first === '[') {
    const json = maskJson(value, NOWHERE, masker, place, nested + 1);
    return json.ok ? json.text : undefined;
  }
  return looksLikeTable(value) ? maskCsv(value, masker, place) : undefined;
}
