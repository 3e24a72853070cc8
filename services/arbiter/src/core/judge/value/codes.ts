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
