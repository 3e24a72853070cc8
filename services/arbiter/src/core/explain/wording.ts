const SHOWN_CHARS_MAX = 40;

/** A raw value in a sentence: texts in their quotes, long ones cut. */
export function shown(raw: string): string {
  if (raw.length <= SHOWN_CHARS_MAX) return raw;
  return `${raw.slice(0, SHOWN_CHARS_MAX - 2).toWellFormed()}…${raw.startsWith('"') ? '"' : ''}`;
}

/** `4,100`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

/** A decimal with its thousands marked: `10,000`, `-1,234.5`. */
export function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const marked = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
  return fraction === undefined ? marked : `${marked}.${fraction}`;
}
