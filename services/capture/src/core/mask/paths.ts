import { parseSteps, type Step } from '@chronos/arbiter/core/compare/field-path.ts';

export type Half = 'request' | 'response';

/** Declared paths, merged into a tree that is walked along with a message. */
interface Node {
  readonly fields: Map<string, Node>;
  readonly indices: Map<number, Node>;
  anyField?: Node;
  anyIndex?: Node;
  /** A declared path ends here: this and all below is secret. */
  isSecret: boolean;
}

/** The declared paths that may still lead to a secret from one place. Empty: none does. */
export type Cursor = readonly Node[];

export const NOWHERE: Cursor = [];

/** What a path can begin with, in each half. */
const ROOTS: Readonly<Record<Half, readonly string[]>> = {
  request: ['body', 'header', 'trailer', 'query', 'path'],
  response: ['body', 'header', 'trailer'],
};

export type SensitivePath =
  | { readonly ok: true; readonly halves: readonly Half[]; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly reason: string };

/** `request.body.pin`, `body.accounts[*].iban`, `header.x-token`, `query.token`, `path.2`. */
export function parseSensitive(text: string): SensitivePath {
  const parsed = parseSteps(text);
  if (!parsed.ok) return parsed;
  const [first, ...rest] = parsed.steps;
  const half = halfOf(first);
  const steps = half === undefined ? parsed.steps : rest;
  const root = steps[0]?.kind === 'field' ? steps[0].name : '';
  const named: readonly Half[] = half === undefined ? ['request', 'response'] : [half];
  const halves = named.filter((each) => ROOTS[each].includes(root));
  if (halves.length === 0) {
    const accepted = half === undefined ? ROOTS.request : ROOTS[half];
    return {
      ok: false,
      reason: `${half === undefined ? 'must begin' : `after ${half} comes`} one of ${accepted.join(', ')}`,
    };
  }
  if (root !== 'body' && steps.length < 2) return { ok: false, reason: `names no ${root}: like ${root}.x` };
  return { ok: true, halves, steps };
}

function halfOf(step: Step | undefined): Half | undefined {
  const name = step?.kind === 'field' ? step.name : undefined;
  return name === 'request' || name === 'response' ? name : undefined;
}

/** The tree of one half. Paths that cannot be read are told by {@link parseSensitive} when the migration is applied; here they say nothing. */
export function sensitiveTree(paths: readonly string[], half: Half): Cursor {
  const root = node();
  for (const path of paths) {
    const parsed = parseSensitive(path);
    if (parsed.ok && parsed.halves.includes(half)) insert(root, parsed.steps).isSecret = true;
  }
  return root.fields.size === 0 ? NOWHERE : [root];
}

export function enterField(cursor: Cursor, name: string): Cursor {
  if (cursor.length === 0) return NOWHERE;
  const key = plainName(name);
  return below(cursor, (at) => [at.fields.get(key), at.anyField]);
}

export function enterIndex(cursor: Cursor, index: number): Cursor {
  if (cursor.length === 0) return NOWHERE;
  return below(cursor, (at) => [at.indices.get(index), at.anyIndex]);
}

/** What may or may not be an element of a list: a form's value, an XML element. */
export function enterElement(cursor: Cursor, index: number): Cursor {
  return cursor.length === 0 ? NOWHERE : [...cursor, ...enterIndex(cursor, index)];
}

export function isSecret(cursor: Cursor): boolean {
  return cursor.some((at) => at.isSecret);
}

/** Whether any declared path leads below this place. */
export function leadsOn(cursor: Cursor): boolean {
  return cursor.some(
    (at) => at.isSecret || at.anyField || at.anyIndex || at.fields.size > 0 || at.indices.size > 0,
  );
}

/** The last name of each declared path that leads on from here, as {@link plainName} writes it; empty: a path names none (`body`, `body.*`). */
export function lastNames(cursor: Cursor): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (at: Node, name: string): void => {
    if (at.isSecret) names.add(name);
    for (const [field, next] of at.fields) walk(next, field);
    for (const next of at.indices.values()) walk(next, name);
    if (at.anyIndex) walk(at.anyIndex, name);
    if (at.anyField) walk(at.anyField, '');
  };
  for (const at of cursor) walk(at, '');
  return names;
}

/** A protobuf field is `card_number` in its file and `cardNumber` in JSON; header names have no case. */
function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function below(cursor: Cursor, of: (at: Node) => (Node | undefined)[]): Cursor {
  const found = cursor.flatMap(of).filter((next) => next !== undefined);
  return found.length === 0 ? NOWHERE : found;
}

function insert(root: Node, steps: readonly Step[]): Node {
  let at = root;
  for (const step of steps) {
    switch (step.kind) {
      case 'field':
        at = getOrAdd(at.fields, plainName(step.name));
        break;
      case 'index':
        at = getOrAdd(at.indices, step.index);
        break;
      case 'any-field':
        at = at.anyField ??= node();
        break;
      case 'any-index':
        at = at.anyIndex ??= node();
    }
  }
  return at;
}

function getOrAdd<K>(map: Map<K, Node>, key: K): Node {
  const known = map.get(key) ?? node();
  map.set(key, known);
  return known;
}

function node(): Node {
  return { fields: new Map(), indices: new Map(), isSecret: false };
}
