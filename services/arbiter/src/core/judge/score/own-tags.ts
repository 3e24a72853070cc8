import type { Observed } from '../bugs/rule.ts';
import { readEncodedText } from '../unfold/printed.ts';

/** RFC 9110, section 8.8.3: opaque to everybody but the server that made it. */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]{4,80}"$/;

/** Tags that each system makes for itself: entity tags, and cursors, which say in base64 what only their own system reads. */
export function areOwnTags({ legacy, modern }: Observed): boolean {
  const [ours, theirs] = [legacy.text, modern.text];
  if (ours === undefined || theirs === undefined) return false;
  if (ENTITY_TAG.test(ours) && ENTITY_TAG.test(theirs)) return true;
  return isCursor(ours) && isCursor(theirs);
}

/** Members and values, encoded: offset=320;limit=20 and {"after":3550402}. */
function isCursor(text: string): boolean {
  const told = readEncodedText(text);
  return told !== undefined && /^[\x20-\x7e]+$/.test(told) && /[A-Za-z]\w*["']?\s?[=:]/.test(told);
}
