import { normalDecimal } from './decimal.ts';
import {
  approvedHere,
  enterField,
  enterIndex,
  ignoredBy,
  type RuleCursor,
  unorderedBy,
} from './path-rules.ts';
import { hex } from './show.ts';
import { isArray, NumberText, type Value } from './value.ts';

/**
 * A text that two values share exactly when they mean the same: keys sorted, numbers in one spelling, what the rules ignore left out,
 * arrays without order sorted. Elements of arrays are matched by it.
 */
export function canonical(value: Value, rules: RuleCursor): string {
  // What an approved correction changes does not tell elements apart; the pairs are then compared in full.
  if (ignoredBy(rules) !== undefined || approvedHere(rules).length > 0) return '_';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof NumberText) return normalDecimal(value.text);
  if (value instanceof Uint8Array) return `0x${hex(value, value.length)}`;
  if (isArray(value)) {
    const items = value.map((item, i) => canonical(item, enterIndex(rules, i)));
    if (unorderedBy(rules) !== undefined) items.sort();
    return `[${items.join(',')}]`;
  }
  const fields: string[] = [];
  for (const [key, item] of value) {
    const below = enterField(rules, key);
    if (ignoredBy(below) === undefined) fields.push(`${JSON.stringify(key)}:${canonical(item, below)}`);
  }
  return `{${fields.sort().join(',')}}`;
}
