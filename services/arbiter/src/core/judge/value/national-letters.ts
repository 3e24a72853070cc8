/**
 * The letters that national variants of seven bits have in the places of signs (ISO/IEC 646: DIN 66003, SEN 850200, NS 4551, DS 2089, NF Z 62-010,
 * UNE, UNI): Gr}nwald is Grünwald. A sign that stands before a letter and has its partner behind it is a bracket.
 */
const NATIONAL: readonly Readonly<Record<string, string>>[] = [
  { '@': '§', '[': 'Ä', '\\': 'Ö', ']': 'Ü', '{': 'ä', '|': 'ö', '}': 'ü', '~': 'ß' },
  { '@': 'É', '[': 'Ä', '\\': 'Ö', ']': 'Å', '^': 'Ü', '`': 'é', '{': 'ä', '|': 'ö', '}': 'å', '~': 'ü' },
  { '[': 'Æ', '\\': 'Ø', ']': 'Å', '{': 'æ', '|': 'ø', '}': 'å' },
  { '@': 'à', '[': '°', '\\': 'ç', ']': '§', '{': 'é', '|': 'ù', '}': 'è', '~': '¨' },
  { '@': '§', '[': '¡', '\\': 'Ñ', ']': '¿', '{': '°', '|': 'ñ', '}': 'ç' },
  { '@': '§', '[': '°', '\\': 'ç', ']': 'é', '`': 'ù', '{': 'à', '|': 'ò', '}': 'è', '~': 'ì' },
];

/** Every sign within a word is the letter that one national variant has in its place, and none is half of a pair. */
export function isNational(legacy: string, modern: string): boolean {
  if (
    /\[[^\]]*\]|\{[^}]*\}|[|\\~@]{2}/.test(legacy) ||
    !/\p{L}[@[\]\\^`{|}~]|[@[\]\\^`{|}~]\p{L}/u.test(legacy)
  )
    return false;
  return NATIONAL.some((letters) =>
    [...legacy].every((sign, i) => sign === modern[i] || letters[sign] === modern[i]),
  );
}
