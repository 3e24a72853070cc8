import { numbersIn } from '../value/text.ts';
import { isToken } from '../value/tokens.ts';
import { textRule } from './text-pairs.ts';

export const numberInText = textRule({
  name: 'number-in-text',
  shows:
    'A number within a text is another one, or stands in another place, whether or not the words around it are the same.',
  spares: 'Other words around the same numbers (asked); identifiers and versions.',
  how({ legacy, modern }, { clockLike }) {
    if (numberInPath(legacy, modern)) return 'a number in the path is another';
    if (clockLike || ((isToken(legacy) || !/\s/.test(legacy)) && !/^-?[0-9.]+[,;] ?-?[0-9.]+$/.test(legacy)))
      return undefined;
    const ours = numbersIn(legacy);
    const theirs = numbersIn(modern);
    if (ours.length === 0 || ours.length !== theirs.length) return undefined;
    const same = (a: readonly string[], b: readonly string[]) =>
      a.every((text, i) => digitsOf(text) === digitsOf(b[i] ?? ''));
    if (same(ours, theirs)) return undefined;
    const template = (text: string) => text.replaceAll(/[0-9]+(?:[.,'][0-9]+)*/g, '#');
    if (template(legacy) === template(modern)) return `${ours.join(', ')} became ${theirs.join(', ')}`;
    // Other words around other numbers: only in sentences; in short texts the words may be units.
    if (legacy.split(/\s+/).length < 4 || modern.split(/\s+/).length < 4) return undefined;
    return same([...ours].sort(), [...theirs].sort())
      ? undefined
      : `${ours.join(', ')} became ${theirs.join(', ')} among other words`;
  },
});

/** items[4].iban and /items/5/iban: the same names in another notation of paths, and other places. */
function numberInPath(legacy: string, modern: string): boolean {
  if (!/[[\]./]/.test(legacy) || !/[[\]./]/.test(modern) || /\s/.test(legacy + modern)) return false;
  const [ours, theirs] = [legacy, modern].map((text) => text.match(/[A-Za-z_]+|[0-9]+/g) ?? []);
  const template = (parts: readonly string[] = []) =>
    parts.map((part) => (/^[0-9]/.test(part) ? '#' : part)).join(' ');
  const numbers = ours?.filter((part) => /^[0-9]{1,4}$/.test(part)).length ?? 0;
  const marks = (text: string) => text.replaceAll(/[A-Za-z0-9_]/g, '');
  return (
    numbers === 1 &&
    (ours?.length ?? 0) >= 3 &&
    marks(legacy) !== marks(modern) &&
    template(ours) === template(theirs) &&
    ours?.join(' ') !== theirs?.join(' ')
  );
}

function digitsOf(number: string): string {
  return number
    .replaceAll(/[.,'](?=[0-9]{3}\b)/g, '')
    .replace(',', '.')
    .replace(/(\.[0-9]*?)0+$/, '$1')
    .replace(/\.$/, '');
}
