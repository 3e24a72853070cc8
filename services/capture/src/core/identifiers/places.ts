import { parseSteps, type Step } from '@chronos/arbiter/core/compare/field-path.ts';
import { type Cursor, enterField, sensitiveTree } from '../mask/paths.ts';

/** Where an identifier can stand in an answer. */
export const MADE_ROOTS = ['body', 'header', 'trailer', 'cookie'] as const;
/** Where one can stand in a request. */
export const USED_ROOTS = ['path', 'query', 'header', 'cookie', 'body'] as const;

export type PlaceRoot = (typeof MADE_ROOTS)[number] | (typeof USED_ROOTS)[number];

/** One declared place. `name`: of the header (lower case), cookie or query parameter, or the number of the path's part. */
export type Place =
  | { readonly root: 'body'; readonly cursor: Cursor }
  | { readonly root: Exclude<PlaceRoot, 'body'>; readonly name: string };

export type ParsedPlace =
  | { readonly ok: true; readonly place: Place }
  | { readonly ok: false; readonly reason: string };

export function parsePlace(text: string, accepted: readonly PlaceRoot[]): ParsedPlace {
  const parsed = parseSteps(text);
  if (!parsed.ok) return parsed;
  const [first, second, ...more] = parsed.steps;
  const root = accepted.find((known) => first?.kind === 'field' && first.name === known);
  if (root === undefined) return refused(`must begin with one of ${accepted.join(', ')}`);
  if (root === 'body') {
    if (second === undefined) return refused('names no field: like body.id');
    return { ok: true, place: { root, cursor: enterField(sensitiveTree([text], 'response'), 'body') } };
  }
  const name = nameOf(second);
  if (name === undefined || more.length > 0) return refused(`must name one ${root}: like ${root}.x`);
  if (root === 'path' && !/^[1-9][0-9]{0,2}$/.test(name)) {
    return refused('must say which part of the path, counted from 1: like path.2');
  }
  return {
    ok: true,
    place: { root, name: root === 'header' || root === 'trailer' ? name.toLowerCase() : name },
  };
}

function refused(reason: string): ParsedPlace {
  return { ok: false, reason };
}

function nameOf(step: Step | undefined): string | undefined {
  return step?.kind === 'field' ? step.name : undefined;
}
