import type { Value } from '../../compare/value.ts';
import type { Side } from './side.ts';

/** The ways to say that there is nothing. */
export type Nothing =
  | 'absent'
  | 'null'
  | 'empty text'
  | 'blank text'
  | 'empty list'
  | 'empty object'
  | 'sentinel date'
  | 'a word for none';

/** Dates that programs write for "never" or "unknown": DateTime.MinValue, zero dates of SQL, open ends. */
const SENTINEL =
  /^(?:0001-01-01|0000-00-00|1753-01-01|1900-01-01|2999-12-31|4712-12-31|9999-12-31)(?:[T ](?:00:00:00|23:59:59)(?:\.[09]{1,9})?(?:Z|[+-]00:?00)?)?$|^31\.12\.9999$|^12\/31\/9999$/;
/** Also NOTPROVIDED of the SEPA rulebooks and NONREF of SWIFT, where a field must be filled. */
const NONE = /^(?:n\/a|N\/A|n\.a\.|#N\/A|NOTPROVIDED|NONREF)$/;

export function readNothing(side: Side): Nothing | undefined {
  if (side.absent) return 'absent';
  const value = side.value;
  if (value === null) return 'null';
  if (typeof value === 'string') {
    if (value === '') return 'empty text';
    if (value.length > 64) return undefined;
    if (value.trim() === '') return 'blank text';
    if (SENTINEL.test(value)) return 'sentinel date';
    return NONE.test(value) ? 'a word for none' : undefined;
  }
  if (side.items !== undefined) return side.items.length === 0 ? 'empty list' : undefined;
  if (side.fields !== undefined)
    return side.fields.size === 0 || isNil(side.fields) ? 'empty object' : undefined;
  return undefined;
}

/** An element of XML with xsi:nil, as converters to JSON write it. */
function isNil(fields: ReadonlyMap<string, Value>): boolean {
  const [[key, value] = ['', null]] = fields;
  return fields.size === 1 && /^@?(?:xsi:)?nil$/.test(key) && (value === true || value === 'true');
}

/** Whether a sentinel date stands before all times or behind them; undefined for any other value, and for 0000-00-00, which is no day. */
export function sentinelEnd(side: Side): 'first' | 'last' | undefined {
  if (readNothing(side) !== 'sentinel date' || side.text?.startsWith('0000') === true) return undefined;
  return /^(?:2999|4712|9999)|9999$/.test(side.text ?? '') ? 'last' : 'first';
}

/** Nothing, without any reading of text: what a lost value leaves behind. */
export function isEmpty(side: Side): boolean {
  const nothing = readNothing(side);
  return nothing !== undefined && nothing !== 'sentinel date' && nothing !== 'a word for none';
}

/** What programs put where they have no value: zero, false, the first instant, names of nothing. */
export function isDefault(side: Side): boolean {
  const raw = side.raw;
  if (raw === undefined) return false;
  if (raw === 'false') return true;
  const number = side.number;
  if (number !== undefined) return number.units === 0n || number.units === -1n;
  const text = side.text;
  return text !== undefined && text.length <= 40 && DEFAULT_TEXT.test(text);
}

const DEFAULT_TEXT =
  /^(?:0+(?:[.,]0+)?|null|undefined|none|nil|nan|unknown|default|other|unspecified|not set|\?+|-+|\[object object\]|0001-01-01.*|0000-00-00.*|1970-01-01.*|1900-01-01.*|00000000-0000-0000-0000-000000000000)$/i;
