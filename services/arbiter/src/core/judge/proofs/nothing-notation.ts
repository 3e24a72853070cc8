import type { ProfileData, SideProfile } from '../profile.ts';
import { readNothing, sentinelEnd } from '../value/nothing.ts';
import { isBarred, isBirth, isEnd, isFound, isPatch, isRights, isScope, isStart } from '../value/roles.ts';
import type { Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const nothingNotation: ProofRule = {
  name: 'nothing-notation',
  ofField: true,
  accepts:
    'Nothing said in another way: a missing field, null, "" and blanks; null or a missing field beside [] or {}; a sentinel date (0001-01-01, 0000-00-00, 1753-01-01, 1900-01-01, 2999-12-31, 9999-12-31) or N/A of legacy beside null, "" or a missing field.',
  refuses:
    'Zero, false or 1970-01-01 beside null (a default that nobody entered), the words "null" and "undefined" as text, a sentinel that modern puts where legacy says null, "" beside []; by the name of the field: the first of days as the end of something (it was over, and now never is), the last of days as a start, a day of birth in 1900, [] or {} of who may do what (nobody, and now anybody), the last of days as the end of a ban, or of nobody knows what (until), a member of a patch or filter, an empty prefix or pattern; by the other values of the field: a sentinel among days of its years, a blank among single signs, N/A among codes, [] or {} where legacy has others that are not empty.',
  prove({ legacy, modern, field, profile }) {
    const l = readNothing(legacy) ?? (isZeroDay(legacy, profile.data.legacy) ? 'sentinel date' : undefined);
    const m = readNothing(modern);
    if (l === undefined || m === undefined) return undefined;
    if (!mayStandFor(l, m) || isSomething(legacy, field) || isValue(legacy, l, m, profile.data))
      return undefined;
    // No prefix is one before everything; a prefix that is not told may be any.
    if (TEXT.has(l) !== TEXT.has(m) && isScope(field)) return undefined;
    if (isPatch(field) && (l === 'absent') !== (m === 'absent')) return undefined;
    if ((EMPTY.has(l) || EMPTY.has(m)) && (isRights(field) || isFound(field))) return undefined;
    return `Legacy says nothing by ${l}, modern by ${m}.`;
  },
};

/** A sentinel is open only at the end at which nothing is: never to have begun, or to be over since ever, is something. */
function isSomething(legacy: Side, field: string): boolean {
  const end = sentinelEnd(legacy);
  if (end === undefined) return false;
  if (isBirth(field) && legacy.text?.startsWith('1900') === true) return true;
  if (end === 'last' && isBarred(field)) return true;
  return end === 'first' ? isEnd(field) : isStart(field) && !isEnd(field);
}

/** Eight zeros among days of eight figures. */
function isZeroDay({ text }: Side, { vocabulary }: SideProfile): boolean {
  return (
    text === '00000000' &&
    vocabulary.length > 1 &&
    vocabulary.every((raw) => /^"(?:0{8}|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9])"$/.test(raw))
  );
}

/**
 * What says nothing in most fields is something beside the field's other values: a day among days of its years, one blank among single signs, N/A
 * among the results of a test, an empty list where others are not.
 */
function isValue(
  { text = '', raw: own }: Side,
  nothing: string,
  modern: string,
  { observed, legacy: { vocabulary } }: ProfileData,
): boolean {
  // What is known of nothing but the value at hand is open.
  if (observed === 0)
    return (
      (nothing === 'sentinel date' && OLD_DAY.test(text)) ||
      nothing === 'a word for none' ||
      (nothing === 'blank text' && text.length === 1) ||
      (EMPTY.has(nothing) && modern === 'null')
    );
  const others = vocabulary.filter((raw) => raw !== own);
  if (nothing === 'sentinel date') {
    // Of a day that there was, other values tell that it is none.
    if (OLD_DAY.test(text) && others.length === 0) return true;
    const year = Number(/[0-9]{4}/.exec(text)?.[0]);
    return others.some((raw) => Math.abs(Number(/[0-9]{4}/.exec(raw)?.[0]) - year) <= NEAR_YEARS);
  }
  if (nothing === 'blank text')
    return (
      text.length === 1 &&
      others.some((raw) => /^"(?:\\.|[^"\\])"$/.test(raw)) &&
      others.every((raw) => /^"(?:\\.|[^"\\])?"$/.test(raw))
    );
  if (nothing === 'a word for none')
    return /^n\/a$/i.test(text) && others.length > 0 && others.every((raw) => /^"[A-Z]{2,8}"$/.test(raw));
  // Formats leave an empty list out by rule; null says something of its own.
  return EMPTY.has(nothing) && modern === 'null' && others.some((raw) => /^[[{].*[^\s[\]{}]/.test(raw));
}

const NEAR_YEARS = 5;
const OLD_DAY = /^(?:1753|1900)/;

function mayStandFor(legacy: string, modern: string): boolean {
  if (PLAIN.has(legacy))
    return PLAIN.has(modern) || (legacy !== 'empty text' && legacy !== 'blank text' && EMPTY.has(modern));
  if (EMPTY.has(legacy)) return modern === 'absent' || modern === 'null';
  return PLAIN.has(modern);
}

const TEXT: ReadonlySet<string> = new Set(['empty text', 'blank text']);
const PLAIN: ReadonlySet<string> = new Set(['absent', 'null', 'empty text', 'blank text']);
const EMPTY: ReadonlySet<string> = new Set(['empty list', 'empty object']);
