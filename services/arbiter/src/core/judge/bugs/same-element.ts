import { relateNumbers } from '../meaning/numbers.ts';
import { provePair } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { rawOf, Side } from '../value/side.ts';

/** Whether two elements, as raw JSON, can be one though nothing proves it: whichever may be asked, the list has lost none and gained none. */
export function isSameElement(legacy: string, modern: string): boolean {
  return isSameNumber(legacy, modern) || isTurnedName(legacy, modern) || isNamedTuple(legacy, modern);
}

/** Nothing but the notation of one number, which may be a version (3.10): no other element, in any case. */
function isSameNumber(legacy: string, modern: string): boolean {
  return relateNumbers(new Side(legacy), new Side(modern), UNKNOWN_FIELD)?.is === 'same';
}

/** A row of values as an object of them, in their order: ["2026-07-29","12.34"] and {"day":"2026-07-29","balance":12.34} (asked). */
function isNamedTuple(legacy: string, modern: string): boolean {
  if (!legacy.startsWith('[') || !modern.startsWith('{')) return false;
  const [ours, theirs] = [new Side(legacy).items, [...(new Side(modern).fields?.values() ?? [])]];
  return (
    ours !== undefined &&
    ours.length === theirs.length &&
    ours.every((item, i) => {
      const [l, m] = [rawOf(item), rawOf(theirs[i] ?? null)];
      return l === m || provePair(l, m, UNKNOWN_FIELD) !== undefined;
    })
  );
}

/** The same words of letters in another order or case: JENSEN, PAUL and Paul Jensen (asked). */
function isTurnedName(legacy: string, modern: string): boolean {
  const words = (raw: string) => raw.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (/[0-9]/.test(legacy + modern) || !/^".*"$/.test(legacy)) return false;
  const [l, m] = [words(legacy), words(modern)];
  return l.length > 1 && l.toSorted().join(' ') === m.toSorted().join(' ');
}
