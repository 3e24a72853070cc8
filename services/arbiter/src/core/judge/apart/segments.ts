const DELIMITERS: readonly RegExp[] = [/;/, /\|/, /~/, /\n/, /,(?![0-9])/, /\//, / /];
const SEGMENTS_MAX = 60;

export interface Divided {
  readonly text: string;
  /** Undefined for a text that is one thing. */
  readonly count: number | undefined;
}

/** The segments of each text, as many as asked for, by one delimiter for all of them; undefined when there is no such delimiter. */
export function segmentsOf(texts: readonly Divided[]): readonly (readonly string[])[] | undefined {
  if (texts.every(({ count }) => count === undefined)) return texts.map(({ text }) => [text]);
  if (texts.some(({ count = 0 }) => count === 0 || count > SEGMENTS_MAX)) return undefined;
  for (const delimiter of DELIMITERS) {
    const found = texts.map(({ text }) =>
      text
        .split(delimiter)
        .map((segment) => segment.trim())
        .filter((segment) => segment !== ''),
    );
    const fits = found.every((segments, i) => segments.length === texts[i]?.count);
    if (fits && found.some((segments) => segments.length > 1)) return found;
  }
  return texts.every(({ count }) => count === 1) ? texts.map(({ text }) => [text]) : undefined;
}
