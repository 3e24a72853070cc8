/** Parts of a date or time as they may stand in a notation. */
const PARTS = { YYYY: 4, MM: 2, DD: 2, hh: 2, mm: 2, ss: 2 } as const;
type Part = keyof typeof PARTS;

/** A notation such as `DD.MM.YYYY` or `YYYYMMDDhhmmss`, in pieces: a part, or text between parts. */
export type Notation = readonly (Part | { readonly text: string })[];

const PIECE = /YYYY|MM|DD|hh|mm|ss|[^A-Za-z]+|[TZ]/y;

/** Undefined when it holds letters that stand for nothing, or names a part twice. */
export function parseNotation(text: string): Notation | undefined {
  const pieces: (Part | { text: string })[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const piece = PIECE.exec(text)?.[0];
    if (piece === undefined) return undefined;
    if (isPart(piece)) {
      if (pieces.includes(piece)) return undefined;
      pieces.push(piece);
    } else {
      pieces.push({ text: piece });
    }
  }
  return pieces.some((piece) => typeof piece === 'string') ? pieces : undefined;
}

/** Parts that a notation names; two notations of one field must name the same ones. */
export function partsOf(notation: Notation): string {
  return notation
    .filter((piece) => typeof piece === 'string')
    .sort()
    .join(' ');
}

/** The same date in another notation; undefined when `text` is none in the first. */
export function renotate(text: string, from: Notation, to: Notation): string | undefined {
  const values = new Map<Part, string>();
  let at = 0;
  for (const piece of from) {
    if (typeof piece !== 'string') {
      if (!text.startsWith(piece.text, at)) return undefined;
      at += piece.text.length;
      continue;
    }
    const digits = text.slice(at, at + PARTS[piece]);
    if (digits.length !== PARTS[piece] || !/^[0-9]+$/.test(digits)) return undefined;
    values.set(piece, digits);
    at += digits.length;
  }
  if (at !== text.length || !isPossible(values)) return undefined;
  return to.map((piece) => (typeof piece === 'string' ? (values.get(piece) ?? '') : piece.text)).join('');
}

function isPossible(values: ReadonlyMap<Part, string>): boolean {
  const value = (part: Part, otherwise: number) => Number(values.get(part) ?? otherwise);
  const [month, day] = [value('MM', 1), value('DD', 1)];
  const daysInMonth = new Date(Date.UTC(value('YYYY', 2000), month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth &&
    value('hh', 0) <= 24 &&
    value('mm', 0) <= 59 &&
    value('ss', 0) <= 60
  );
}

function isPart(piece: string): piece is Part {
  return Object.hasOwn(PARTS, piece);
}
