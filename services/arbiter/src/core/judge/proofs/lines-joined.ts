import type { ProofRule } from './rule.ts';

const LINES_MAX = 200;

export const linesJoined: ProofRule = {
  name: 'lines-joined',
  accepts:
    'The lines of a text, two or more, as one text: joined by a blank, or by nothing where a line ends or begins with the blank, or within a word that lines of one full width cut.',
  refuses: 'A line that is missing, moved or changed, two words that become one, a list of codes or numbers.',
  prove({ legacy, modern }) {
    const [lines, text] = [legacy.items ?? modern.items, modern.text ?? legacy.text];
    if (lines === undefined || text === undefined || lines.length < 2 || lines.length > LINES_MAX)
      return undefined;
    const parts = lines.flatMap((line) => (typeof line === 'string' ? [line] : []));
    if (parts.length < lines.length || !parts.some((line) => /\p{L}{2} \p{L}{2}/u.test(line.trim())))
      return undefined;
    if (!areOfOneWidth(parts)) return undefined;
    const told = blanksOnce(text);
    // Lines that are filled to one width go on without a blank of their own.
    const joined = [parts.map((line) => line.trim()).join(' '), isFull(parts) ? parts.join('') : ''];
    return joined.some((whole) => whole !== '' && blanksOnce(whole) === told)
      ? 'The lines are the same, joined to one text.'
      : undefined;
  },
};

/** Lines of one sentence are broken near one width; short ones of any length are elements (allergens, passengers). */
function areOfOneWidth(lines: readonly string[]): boolean {
  const widths = lines.map((line) => line.trim().length);
  const most = Math.max(...widths);
  return most >= LINE_MIN && widths.slice(0, -1).every((width) => 2 * width >= most);
}

/** Fewer letters are a phrase. */
const LINE_MIN = 16;

/** All lines are of one width, with the blanks that fill them up. */
function isFull(lines: readonly string[]): boolean {
  const width = lines[0]?.length ?? 0;
  return width >= 16 && lines.every((line) => line.length === width);
}

function blanksOnce(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
