import { wordsOf } from '../judge/value/text.ts';
import type { CauseRow } from './causes.ts';
import { restyled } from './key-style.ts';
import { hypothesisOf, leafOf, signatureOf } from './signature.ts';

/** A change of structure that several fields of a route show together. */
export interface Shared {
  readonly signature: string;
  readonly formula: string;
}

/** Fields that one side alone has, of one route, that are compared with each other. */
const COMPARED_MAX = 64;
/** So much of a long value's text must stand again within the other one's. */
const TEXT_CHARS = 100;
/** Shorter values are the same by chance. */
const MOVED_CHARS_MIN = 4;

/**
 * Rows that show one change of structure: a field that legacy alone has and one that modern alone has are the same field under another
 * name or in another place, or one is an object that wraps the others. Values are read as they are shown, which may be cut.
 */
export function structuresOf<Row extends CauseRow>(rows: readonly Row[]): ReadonlyMap<Row, Shared> {
  const found = new Map<Row, Shared>();
  const routes = Map.groupBy(rows, ({ modernDeployment, group, route }) =>
    JSON.stringify([modernDeployment, group, route]),
  );
  for (const ofRoute of routes.values()) {
    for (const row of ofRoute) {
      const shared = hypothesisOf(row.signature) === 'own' ? wrappedWhole(row) : undefined;
      if (shared) found.set(row, shared);
    }
    const alone = (hypothesis: string): Row[] =>
      ofRoute.filter(({ signature }) => hypothesisOf(signature) === hypothesis).slice(0, COMPARED_MAX);
    const [missing, added] = [alone('missing'), alone('added')];
    wrapUp(missing, added, 'wrapped', found);
    wrapUp(added, missing, 'unwrapped', found);
    pairUp(missing, added, found);
  }
  return found;
}

/** A list that became an object which holds it, or the other way round. */
function wrappedWhole(row: CauseRow): Shared | undefined {
  const into = keyHolding(row.modern, row.legacy);
  if (into !== undefined) return wrapping(row, 'wrapped', into);
  const outOf = keyHolding(row.legacy, row.modern);
  return outOf === undefined ? undefined : wrapping(row, 'unwrapped', outOf);
}

function keyHolding(outer: string, inner: string): string | undefined {
  const match = /^\{"([^"\\]{1,64})":/.exec(outer);
  const begin = inner.slice(0, TEXT_CHARS).replace(/…$/, '');
  if (match === null || !/^[[{]/.test(inner)) return undefined;
  return outer.slice(match[0].length).startsWith(begin) ? match[1] : undefined;
}

/** Fields that went into an object which the other side alone has (`body.a` and `body.b` into `body.data`). */
function wrapUp<Row extends CauseRow>(
  gone: readonly Row[],
  come: readonly Row[],
  kind: 'wrapped' | 'unwrapped',
  found: Map<Row, Shared>,
): void {
  for (const wrapper of come) {
    const text = kind === 'wrapped' ? wrapper.modern : wrapper.legacy;
    if (!text.startsWith('{')) continue;
    const inside = gone.filter(
      ({ field }) =>
        parentOf(field) === parentOf(wrapper.field) && text.includes(`${JSON.stringify(leafOf(field))}:`),
    );
    if (inside.length === 0) continue;
    const shared = wrapping(wrapper, kind, leafOf(wrapper.field));
    for (const row of [wrapper, ...inside]) found.set(row, shared);
  }
}

function wrapping(row: CauseRow, kind: 'wrapped' | 'unwrapped', key: string): Shared {
  const name = JSON.stringify(key);
  const formula =
    kind === 'wrapped'
      ? `modern wraps the value in an object, as ${name}`
      : `modern gives only what legacy has as ${name}`;
  return { signature: signatureOf(row, { hypothesis: kind, parameters: { key }, formula }), formula };
}

function pairUp<Row extends CauseRow>(
  missing: readonly Row[],
  added: readonly Row[],
  found: Map<Row, Shared>,
): void {
  const free = new Set(added.filter((row) => !found.has(row)));
  for (const row of missing) {
    if (found.has(row)) continue;
    for (const other of free) {
      const shared = styleOf(row, other) ?? moveOf(row, other);
      if (shared === undefined) continue;
      found.set(row, shared).set(other, shared);
      free.delete(other);
      break;
    }
  }
}

function styleOf(row: CauseRow, { field: modern }: CauseRow): Shared | undefined {
  const [from, to] = [row.field.split('.'), modern.split('.')];
  if (wordsOf(row.field) === '' || from.length !== to.length) return undefined;
  let parameters: { from: string; to: string } | undefined;
  for (const [at, key] of from.entries()) {
    if (key === to[at]) continue;
    parameters = restyled(bare(key), bare(to[at]!));
    if (parameters === undefined) return undefined;
  }
  if (parameters === undefined) return undefined;
  const formula = `modern names keys in ${parameters.to}, legacy in ${parameters.from}`;
  return { signature: signatureOf(row, { hypothesis: 'keys-restyled', parameters, formula }), formula };
}

/** The same value under another name. */
function moveOf(row: CauseRow, { field: to, modern }: CauseRow): Shared | undefined {
  if (row.legacy !== modern || modern.length < MOVED_CHARS_MIN) return undefined;
  const formula = `modern has ${row.field} as ${to}`;
  const parameters = { from: row.field, to };
  return { signature: signatureOf(row, { hypothesis: 'moved', parameters, formula }), formula };
}

function parentOf(field: string): string {
  return field.slice(0, Math.max(0, field.lastIndexOf('.')));
}

function bare(key: string): string {
  return key.replace(/(?:\[\*\])+$/, '');
}
