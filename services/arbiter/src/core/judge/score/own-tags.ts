import type { Value } from '../../compare/value.ts';
import type { Observed } from '../bugs/rule.ts';
import { readEncodedText } from '../unfold/printed.ts';
import { rawOf } from '../value/side.ts';

/** Larger objects are no page of a list. */
const MEMBERS_MAX = 12;

/** RFC 9110, section 8.8.3: opaque to everybody but the server that made it. */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]{4,80}"$/;

/** Tags that each system makes for itself: entity tags, and cursors, which say in base64 what only their own system reads. */
export function areOwnTags({ legacy, modern }: Observed): boolean {
  const [ours, theirs] = [legacy.text, modern.text];
  if (legacy.fields !== undefined && modern.fields !== undefined)
    return haveOwnTags(legacy.fields, modern.fields);
  if (ours === undefined || theirs === undefined || ours === theirs) return false;
  return isOwnTag(ours) && isOwnTag(theirs);
}

/** Entity tags, cursors, versions of rows (eight bytes of a counter, as SQL Server has them), and figures of a hash behind a short prefix. */
function isOwnTag(text: string): boolean {
  return (
    ENTITY_TAG.test(text) ||
    isCursor(text) ||
    /^AAAA[A-Za-z0-9+/]{7}=$|^[a-z]{1,4}_[0-9a-f]{16,64}$/.test(text)
  );
}

/** All that differs are such members, under the same names. */
function haveOwnTags(ours: ReadonlyMap<string, Value>, theirs: ReadonlyMap<string, Value>): boolean {
  if (ours.size !== theirs.size || ours.size > MEMBERS_MAX) return false;
  const changed = [...ours].filter(([key, value]) => rawOf(theirs.get(key) ?? null) !== rawOf(value));
  return changed.every(([key, value]) => {
    const other = theirs.get(key);
    return typeof value === 'string' && typeof other === 'string' && isOwnTag(value) && isOwnTag(other);
  });
}

/** Members and values, encoded: offset=320;limit=20 and {"after":3550402}. */
function isCursor(text: string): boolean {
  const told = readEncodedText(text) ?? shortText(text);
  return told !== undefined && /^[\x20-\x7e]+$/.test(told) && /[A-Za-z]\w*["']?\s?[=:]/.test(told);
}

/** Of fewer letters than are told apart from words: o:580. */
function shortText(text: string): string | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4}){0,2}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/.test(text))
    return undefined;
  return atob(text);
}
