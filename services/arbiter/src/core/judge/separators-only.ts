import type { Context } from './bugs/rule.ts';
import type { Judgement } from './judgement.ts';
import { areNumbers } from './value/codes.ts';
import { readInstants } from './value/instants.ts';
import { readNumber } from './value/numbers.ts';

/** Different identifiers that must show the same before their form is called one. */
const TEXTS_MIN = 3;
const CHARS_MAX = 128;

/**
 * Identifiers of one form that modern writes without their separators, or with others: every separator stands at the same place in all of them,
 * or between a letter and a figure, so that each can be put back. Amounts and dates are no such texts.
 */
export function separatorsOnly({ all, unproven }: Context): Judgement | undefined {
  const forms = new Set<string>();
  for (const { legacy, modern, varies } of all) {
    const [l, m] = [legacy.text, modern.text];
    if (varies || l === undefined || m === undefined || l.length > CHARS_MAX || !/[0-9]/.test(l))
      return undefined;
    if (/[^A-Za-z0-9 ./:_-]/.test(l + m) || bare(l) !== bare(m)) return undefined;
    if (isFigures(l, m)) return undefined;
    if (readNumber(legacy) !== undefined || readInstants(legacy).length > 0) return undefined;
    if (areCutElsewhere(l, m)) return undefined;
    forms.add(`${placesOf(l)}>${placesOf(m)}`);
  }
  const texts = new Set(all.map(({ legacy }) => legacy.raw));
  const images = new Set(all.map(({ modern }) => modern.raw));
  if (forms.size !== 1 || texts.size < TEXTS_MIN || images.size !== texts.size) return undefined;
  const [first] = unproven;
  return {
    verdict: 'harmless',
    rule: 'separators-only',
    severity: '',
    explanation: `${first?.legacy.raw} and ${first?.modern.raw}: the letters and figures are the same, and separators stand at the same places in all ${texts.size} texts; ${unproven.length} of ${all.length} requests.`,
  };
}

/** A point within figures, or a minus before them, that modern does not have: then they may be another number. */
function isFigures(legacy: string, modern: string): boolean {
  const count = (text: string, mark: RegExp) => (text.match(mark) ?? []).length;
  if (/^\//.test(legacy) || (/[0-9]:[0-9]/.test(legacy) && !modern.includes(':'))) return true;
  const marks = [
    /(?<=[0-9])\.(?=[0-9])/g,
    /(?<![A-Za-z0-9])-(?=[0-9])/g,
    /(?<=^[A-Za-z]{1,3})-(?=[0-9]{1,3}$)/g,
  ];
  if (areNumbers(legacy)) return true;
  // Two numbers of three figures or fewer: 205/55R16.
  if (/^[^/]*(?<![0-9])[0-9]{1,3}\/[0-9]{1,3}(?![0-9])[^/]*$/.test(legacy) && !modern.includes('/'))
    return true;
  // Twenty degrees below zero.
  if (/^[A-Za-z]{1,3}-[1-9][0-9]? ?[CFK%°]$/.test(legacy) && !modern.includes('-')) return true;
  return marks.some((mark) => count(legacy, mark) === 1 && count(modern, mark) === 0);
}

/** Letters and figures; the case of hexadecimal figures says nothing. */
function bare(text: string): string {
  const letters = text.replaceAll(/[^A-Za-z0-9]/g, '');
  return /^[0-9A-F]{16,}$|^[0-9a-f]{16,}$/.test(letters) ? letters.toLowerCase() : letters;
}

/** Both are divided between letters, or between figures, and at other places: S KT 9539 is not SK-T 9539. */
function areCutElsewhere(legacy: string, modern: string): boolean {
  const cuts = (text: string) => new Set(placesOf(text).match(/[0-9]+/g));
  const [ours, theirs] = [cuts(legacy), cuts(modern)];
  return ours.size > 0 && theirs.size > 0 && [...theirs].some((place) => !ours.has(place));
}

/** Each separator by the number of letters and figures before it; those between a letter and a figure need no place. */
function placesOf(text: string): string {
  let count = 0;
  const places: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? '';
    if (/[A-Za-z0-9]/.test(letter)) {
      count += 1;
      continue;
    }
    const [before, after] = [text[i - 1] ?? '', text[i + 1] ?? ''];
    const isBetween =
      (/[A-Za-z]/.test(before) && /[0-9]/.test(after)) || (/[0-9]/.test(before) && /[A-Za-z]/.test(after));
    places.push(isBetween ? letter : `${letter}${count}`);
  }
  return places.join(' ');
}
