/**
 * Field paths as a migration file writes them: `body.items[*].id`, `header.etag`, `header.set-cookie.sid.expires`, `body.meta.*`,
 * `body["a.b"]`, `state.account.balance` (a field of an entity in the databases). `[*]` stands for any element, `*` for any field of one object; a path covers everything below it.
 */
export type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'any-field' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any-index' };

export type FieldPathResult =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly reason: string };

/** What a path can begin with. */
export const ROOTS = ['status', 'header', 'trailer', 'grpc', 'body', 'state'] as const;

const TOKEN = /\.?(\*|[^.[\]"*]+)|\[(\*|[0-9]{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

export function parseFieldPath(text: string): FieldPathResult {
  const parsed = parseSteps(text);
  if (!parsed.ok) return parsed;
  const { steps } = parsed;
  const root = steps[0];
  if (root?.kind !== 'field' || !ROOTS.some((known) => known === root.name)) {
    return { ok: false, reason: `must begin with one of ${ROOTS.join(', ')}` };
  }
  return { ok: true, steps: withLowerCaseHeader(root.name, steps) };
}

/** The steps of a path, whatever it begins with. */
export function parseSteps(text: string): FieldPathResult {
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    const dotted = text[at] === '.';
    const name = match?.[1];
    // Between names stands exactly one dot: none at the beginning, always one after that.
    if (!match || (name !== undefined && dotted === (at === 0))) {
      return { ok: false, reason: `cannot be read from column ${at + 1}; like body.items[*].id` };
    }
    const step = stepOf(name, match[2], match[3]);
    if (step === undefined)
      return { ok: false, reason: `the quoted name at column ${at + 1} is no JSON string` };
    steps.push(step);
  }
  return { ok: true, steps };
}

function stepOf(
  name: string | undefined,
  index: string | undefined,
  quoted: string | undefined,
): Step | undefined {
  if (name !== undefined) return name === '*' ? { kind: 'any-field' } : { kind: 'field', name };
  if (index !== undefined)
    return index === '*' ? { kind: 'any-index' } : { kind: 'index', index: Number(index) };
  try {
    return { kind: 'field', name: String(JSON.parse(quoted ?? '')) };
  } catch {
    return undefined;
  }
}

function withLowerCaseHeader(root: string, steps: readonly Step[]): readonly Step[] {
  const name = steps[1];
  if ((root !== 'header' && root !== 'trailer') || name?.kind !== 'field') return steps;
  return [...steps.slice(0, 1), { kind: 'field', name: name.name.toLowerCase() }, ...steps.slice(2)];
}

/** Where a value stands. Linked upwards, so that going down an answer costs nothing until something differs. */
export interface Location {
  readonly parent?: Location;
  /** A number is an array's index. */
  readonly step: string | number;
}

/** The path that all elements of an array share: `body.items[*].id`. */
export function pathOf(location: Location): string {
  if (lastPath?.location !== location) lastPath = { location, path: format(location, anyIndex) };
  return lastPath.path;
}

/** One place is asked for its path several times in a row. */
let lastPath: { readonly location: Location; readonly path: string } | undefined;

function anyIndex(): string {
  return '[*]';
}

/** The path of one element: `body.items[3].id`. */
export function pointerOf(location: Location): string {
  return format(location, (index) => `[${index}]`);
}

function format(location: Location, index: (i: number) => string): string {
  const { parent, step } = location;
  const before = parent === undefined ? '' : format(parent, index);
  if (typeof step === 'number') return before + index(step);
  if (!/^[^.[\]"*]+$/.test(step)) return `${before}[${JSON.stringify(step)}]`;
  return parent === undefined ? step : `${before}.${step}`;
}
