import { isBase64Url, isDigit, isWord, runEnd } from './chars.ts';

interface Shape {
  readonly prefix: string;
  readonly isPart: (code: number) => boolean;
  /** Characters after the prefix. */
  readonly min: number;
  readonly max?: number;
}

const isUpperWord = (code: number) => isDigit(code) || (code >= 0x41 && code <= 0x5a);
const isNameWord = (code: number) => isWord(code) || code === 0x5f;

/**
 * Keys whose issuers begin them so that scanners find them: GitHub, GitLab, Stripe, AWS (IAM's unique identifiers), Slack, Google. The lengths are
 * the issuers' own, or the least that was seen of them.
 */
const SHAPES: readonly Shape[] = [
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) => ({ prefix, isPart: isWord, min: 36 })),
  { prefix: 'github_pat_', isPart: isNameWord, min: 22 },
  { prefix: 'glpat-', isPart: isBase64Url, min: 20 },
  ...['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'].map((prefix) => ({ prefix, isPart: isWord, min: 16 })),
  ...['AKIA', 'ASIA'].map((prefix) => ({ prefix, isPart: isUpperWord, min: 16, max: 16 })),
  ...['a', 'b', 'e', 'o', 'p', 'r', 's'].map((kind) => ({
    prefix: `xox${kind}-`,
    isPart: isBase64Url,
    min: 10,
  })),
  { prefix: 'AIza', isPart: isBase64Url, min: 35, max: 35 },
];

const BY_FIRST = Map.groupBy(SHAPES, ({ prefix }) => prefix.charCodeAt(0));

/** Where the key that begins at `at` ends; undefined: none does. */
export function apiKeyEnd(text: string, at: number): number | undefined {
  for (const { prefix, isPart, min, max } of BY_FIRST.get(text.charCodeAt(at)) ?? []) {
    if (!text.startsWith(prefix, at)) continue;
    const from = at + prefix.length;
    const end = runEnd(text, from, isPart, max);
    if (end - from >= min && !(max !== undefined && isNameWord(text.charCodeAt(end)))) return end;
  }
  return undefined;
}

const BEGIN = '-----BEGIN ';
const TITLE_CHARS_MAX = 60;

/** Where the private key in PEM (RFC 7468) that begins at `at` ends: with its last line, or, cut, with the text. undefined: none begins. */
export function privateKeyEnd(text: string, at: number): number | undefined {
  if (!text.startsWith(BEGIN, at)) return undefined;
  const from = at + BEGIN.length;
  const title = text.slice(from, from + TITLE_CHARS_MAX);
  const dashes = title.indexOf('-----');
  if (dashes < 0 || !title.slice(0, dashes).includes('PRIVATE KEY')) return undefined;
  const last = `-----END ${title.slice(0, dashes)}-----`;
  const end = text.indexOf(last, from + dashes);
  return end < 0 ? text.length : end + last.length;
}
