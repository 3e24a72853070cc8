export type Parts = readonly [before: string, changed: string, after: string];

/** A character that stands inside a word or number: a mark that begins there would split it. */
const inWord = /[\p{L}\p{N}.]/u;

/**
 * Splits two texts into what they begin with alike, what differs, and what they end with alike. Words and numbers stay whole, so that 1,204.50
 * against 1,304.50 is marked as a number and not as a digit.
 */
export function changedPart(one: string, other: string): readonly [Parts, Parts] {
  const shortest = Math.min(one.length, other.length);
  let start = 0;
  while (start < shortest && one[start] === other[start]) start += 1;
  if (start === one.length && start === other.length)
    return [
      [one, '', ''],
      [other, '', ''],
    ];
  while (start > 0 && inWord.test(one[start - 1]!)) start -= 1;
  let end = 0;
  while (end < shortest - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  while (end > 0 && inWord.test(one.at(-end)!)) end -= 1;
  const split = (text: string): Parts => [
    text.slice(0, start),
    text.slice(start, text.length - end),
    text.slice(text.length - end),
  ];
  return [split(one), split(other)];
}
