/** Shorter ones may be codes that mean something; longer ones hold data. Characters of the raw texts, quotes included. */
const CHARS_MIN = 12;
const CHARS_MAX = 66;

/** Of a text's steps from character to character, and of a pair's places: at least this share changes. */
const SHARE_MIN = 0.35;

/**
 * Two raw JSON texts of one length in which there is nothing to be read: digits and letters that change too often for words, numbers or times, at most
 * places another, and not the same characters in another order. Ids, cursors and tokens that each system makes by itself are what answers differ in
 * most: of one such pair alone no proof holds and no rule finds anything (opaque-pair.test.ts holds it against all of them).
 */
export function areOpaque(legacy: string | undefined, modern: string | undefined): boolean {
  if (legacy === undefined || modern === undefined || legacy.length !== modern.length) return false;
  if (legacy.length < CHARS_MIN || legacy.length > CHARS_MAX) return false;
  return isMixed(legacy) && isMixed(modern) && isAnother(legacy, modern);
}

const DIGIT = 1;
const UPPER = 2;
const LOWER = 3;
const JOINT = 4;

function kindOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if (code >= 0x61 && code <= 0x7a) return LOWER;
  if (code >= 0x41 && code <= 0x5a) return UPPER;
  return code === 0x2d ? JOINT : 0;
}

/** Which say what they are by their form (MAC and account numbers): another one is another device or account. */
const TELLING = /^"(?:[0-9a-fA-F]{12}|[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})"$/;
const UUID = /^"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"$/;

/** A string of letters and digits that change often. */
function isMixed(raw: string): boolean {
  const end = raw.length - 1;
  if (raw.charCodeAt(0) !== 0x22 || raw.charCodeAt(end) !== 0x22) return false;
  let changes = 0;
  let seen = 0;
  let last = 0;
  for (let i = 1; i < end; i += 1) {
    const kind = kindOf(raw.charCodeAt(i));
    if (kind === 0) return false;
    if (kind !== last) changes += 1;
    seen |= 1 << kind;
    last = kind;
  }
  if ((seen & (1 << JOINT)) !== 0 ? !UUID.test(raw) : TELLING.test(raw)) return false;
  return (seen & (1 << DIGIT)) !== 0 && seen !== 1 << DIGIT && changes >= (end - 1) * SHARE_MIN;
}

/** At most places another character, whatever its case, and not only moved. */
function isAnother(a: string, b: string): boolean {
  let places = 0;
  let balance = 0;
  for (let i = 1; i < a.length - 1; i += 1) {
    const [l, m] = [a.charCodeAt(i) | 0x20, b.charCodeAt(i) | 0x20];
    if (l !== m) places += 1;
    balance += l * l * l - m * m * m;
  }
  // Sums of cubes: the same characters in another order always have the same.
  return balance !== 0 && places >= (a.length - 2) * (1 - SHARE_MIN);
}
