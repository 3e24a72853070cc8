import { rawOf, type Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';

/** A list of several elements that became its first element. */
export const listCollapsed: BugRule = {
  name: 'list-collapsed',
  needs: ['tree'],
  shows: 'A list of several elements becomes one value, or a text of fewer parts.',
  spares: 'A list of one element that becomes the element, and a text of the same parts (asked).',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      const count = legacy.items?.length ?? 0;
      if (
        varies ||
        count < 2 ||
        modern.items !== undefined ||
        modern.fields !== undefined ||
        modern.value === null
      )
        return false;
      const whole = (legacy.items ?? []).every(
        (item) => modern.raw?.includes(rawOf(item).replaceAll('"', '')) === true,
      );
      return (
        modern.raw !== undefined &&
        modern.text !== '' &&
        (!whole || areGlued(legacy, modern)) &&
        !areJoinedLines(legacy, modern)
      );
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has a list of ${first.legacy.items?.length} elements, modern ${first.modern.raw?.slice(0, 60)}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Lines as the text that they make: with blanks between them, or cut at a fixed width and put together again. */
function areJoinedLines(legacy: Side, { text }: Side): boolean {
  const lines = linesOf(legacy);
  if (lines === undefined || text === undefined) return false;
  return (
    spaced(lines.join(' ')) === spaced(text) || (areCut(lines) && spaced(lines.join('')) === spaced(text))
  );
}

/** Lines of several words that are put together without a blank between them. */
function areGlued(legacy: Side, { text }: Side): boolean {
  const lines = linesOf(legacy);
  if (lines === undefined || text === undefined || areCut(lines)) return false;
  return lines.some((line) => /\p{L} \p{L}/u.test(line)) && spaced(lines.join('')) === spaced(text);
}

function linesOf({ items = [] }: Side): readonly string[] | undefined {
  const lines = items.flatMap((item) => (typeof item === 'string' ? [item] : []));
  return lines.length === items.length ? lines : undefined;
}

function areCut(lines: readonly string[]): boolean {
  return lines.every((line) => line.length === lines[0]?.length);
}

function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
