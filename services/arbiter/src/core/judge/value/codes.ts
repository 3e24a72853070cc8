/** A word or words of letters, as enumerations use them. */
export function isCode(text: string): boolean {
  if (text.length < 2 || text.length > 40 || !/^[A-Za-z]+(?:[_. -][A-Za-z]+){0,4}$/.test(text)) return false;
  return !text.includes(' ') || text === text.toUpperCase() || text === text.toLowerCase();
}

/**
 * Whether a code is made of words and not of random letters: each word has a vowel, no long run of consonants, and no changes of case
 * within but camelCase. Acronyms of up to four letters pass.
 */
export function isPronounceable(code: string): boolean {
  const words = code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').split(/[_. -]+/);
  const joints = words.length;
  if (joints > 6 || joints * 3 > code.length + 3) return false;
  return words.every((word) => {
    if (word.length <= 4) return true;
    const lower = word.toLowerCase();
    const vowels = lower.match(/[aeiouy]/g)?.length ?? 0;
    return (
      vowels * 5 >= lower.length &&
      !/[^aeiouy]{5}/.test(lower) &&
      !/[aeiou]{4}/.test(lower) &&
      !/[A-Z]{2}[a-z]/.test(word)
    );
  });
}

/**
 * Figures alone, or with letters before or behind them, may be several numbers: a score, a range, an address, a version. A number that was cut has a group of four figures or more (and not
 * two of one width, which may be the ends of a range), or three groups of two.
 */
export function areNumbers(told: string): boolean {
  const text = told.replaceAll(/^[A-Za-z]+[ -]?(?=[0-9])|(?<=[0-9])[ -]?[A-Za-z]+$/g, '');
  if (!/^[0-9]+(?:[^A-Za-z0-9]+[0-9]+)+$/.test(text)) return false;
  // Of two kinds of signs no list of numbers is made.
  if (new Set(text.replaceAll(/[0-9]/g, '')).size > 1) return false;
  const widths = text.split(/[^0-9]+/).map(({ length }) => length);
  if (widths.length > 2 && widths.every((width) => width === 2)) return !/^[0-9]+(?:[ -][0-9]+)+$/.test(text);
  return Math.max(...widths) < 4 || (widths.length === 2 && widths[0] === widths[1]);
}
