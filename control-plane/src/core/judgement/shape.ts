/**
 * The narrowest pattern of a simple kind that all texts fit: parts between separators, each a constant or so many characters of one class.
 * Without alternatives or nested repeats, so that matching is linear and a person can read it.
 */
export function shapeOf(texts: readonly string[]): string | undefined {
  const distinct = [...new Set(texts)];
  if (distinct.length === 0 || distinct.some((text) => text === '' || text.length > charsMax))
    return undefined;
  const split = distinct.map((text) => text.split(separators));
  const frame = split.map((parts) => parts.filter((_, i) => i % 2 === 1).join('\n'));
  const isFramed = frame.every((own) => own === frame[0]);
  const rows = isFramed ? split : distinct.map((text) => [text]);
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ''));
  // One class for all that varies: the four digits of one part of two UUIDs are hexadecimal by their neighbours.
  const varying = columns.filter((texts) => !isConstant(texts)).flat();
  const chars = classes.find((_, index) => varying.every((text) => wholeOf[index]?.test(text)));
  if (chars === undefined) return undefined;
  return columns.map((texts) => (isConstant(texts) ? literal(texts[0]) : counted(chars, texts))).join('');
}

/** Characters that vary in the shortest text of a pattern: a shape of few of them is no token but a code, whose value means something. */
export function varyingChars(texts: readonly string[]): number {
  const shortest = Math.min(...texts.map((text) => text.length));
  let varying = 0;
  for (let at = 0; at < shortest; at++) {
    if (texts.some((text) => text[at] !== texts[0]?.[at])) varying += 1;
  }
  return varying;
}

const charsMax = 512;
const separators = /([-_.:/|~])/;
/** From narrow to wide. */
const classes = [
  '[0-9]',
  '[0-9a-f]',
  '[0-9A-F]',
  '[a-z]',
  '[A-Z]',
  '[0-9a-z]',
  '[0-9A-Z]',
  '[A-Za-z]',
  '[0-9A-Za-z]',
  '[0-9A-Za-z_-]',
  '[0-9A-Za-z+/=]',
] as const;
const wholeOf = classes.map((chars) => new RegExp(`^${chars}*$`));

/** One text alone does not tell what is constant in it, but separators are. */
function isConstant(texts: readonly string[]): boolean {
  const [first = ''] = texts;
  return (texts.length > 1 || first.length <= 1) && texts.every((text) => text === first);
}

function literal(text = ''): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function counted(chars: string, texts: readonly string[]): string {
  const lengths = texts.map((text) => text.length);
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  return `${chars}{${least === most ? least : `${least},${most}`}}`;
}
