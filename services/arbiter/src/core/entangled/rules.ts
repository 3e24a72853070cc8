import {
  type Bijection,
  IdentifierKind,
  type Identifiers,
} from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { parseSteps, type Step } from '../compare/field-path.ts';
import { parseRoute, type RoutePattern } from './route-pattern.ts';

/** What a migration declares of identifiers in answers, ready for use. */
export interface EntangledRules {
  readonly bijections: readonly EntangledBijection[];
}

export interface EntangledBijection {
  readonly name: string;
  /** Secret: the arbiter sees only masks of it, of which nothing can be said but that they are there. */
  readonly isToken: boolean;
  readonly made: readonly EntangledPlace[];
  readonly used: readonly { readonly matches: RoutePattern; readonly place: UsedPlace }[];
}

/** One declared place in requests. `name`: of the header or parameter, or the number of the path's part. */
export type UsedPlace =
  | { readonly root: 'body'; readonly steps: readonly Step[] }
  | { readonly root: 'path' | 'query' | 'header'; readonly name: string };

/** One declared place in answers, on either side. */
export interface EntangledPlace {
  readonly matches: RoutePattern;
  readonly legacy: AnswerPlace;
  readonly modern: AnswerPlace;
}

export interface AnswerPlace {
  /** As differences name it, without case and underscores: a protobuf field has two spellings. */
  readonly path: string;
  /** Below the body; undefined: it stands elsewhere. */
  readonly body: readonly Step[] | undefined;
  /** Name of the header that holds it. */
  readonly header: string | undefined;
}

/** undefined: nothing is declared. What cannot be read was refused when the migration was applied. */
export function compileEntangled(declared: Identifiers | undefined): EntangledRules | undefined {
  if (declared === undefined || declared.bijections.length === 0) return undefined;
  return { bijections: declared.bijections.map(entangledBijection) };
}

function entangledBijection({ name, kind, made, used }: Bijection): EntangledBijection {
  return {
    name,
    isToken: kind === IdentifierKind.TOKEN,
    made: made.flatMap(({ route, at, modernAt }) => {
      const pattern = parseRoute(route);
      const legacy = answerPlace(at);
      const modern = answerPlace(modernAt || at);
      if (!pattern.ok || legacy === undefined || modern === undefined) return [];
      return [{ matches: pattern.matches, legacy, modern }];
    }),
    used: used.flatMap(({ route, at }) => {
      const pattern = parseRoute(route);
      const place = usedPlace(at);
      return pattern.ok && place !== undefined ? [{ matches: pattern.matches, place }] : [];
    }),
  };
}

function answerPlace(text: string): AnswerPlace | undefined {
  const parsed = parseSteps(text);
  if (!parsed.ok) return undefined;
  const [root, ...below] = parsed.steps;
  const isBody = root?.kind === 'field' && root.name === 'body';
  const cookie = /^cookie\.(.+)$/.exec(text)?.[1];
  return {
    path: normalPath(cookie === undefined ? text : `header.set-cookie.${cookie}.value`),
    body: isBody ? below : undefined,
    header: /^header\.(.+)$/.exec(text)?.[1]?.toLowerCase(),
  };
}

/** undefined: what stands there is never seen here. */
function usedPlace(text: string): UsedPlace | undefined {
  const parsed = parseSteps(text);
  if (!parsed.ok) return undefined;
  const [root, ...steps] = parsed.steps;
  const name = steps[0]?.kind === 'field' ? steps[0].name : '';
  switch (root?.kind === 'field' ? root.name : '') {
    case 'body':
      return { root: 'body', steps };
    case 'path':
      return { root: 'path', name };
    case 'query':
      return { root: 'query', name };
    case 'header':
      return { root: 'header', name: name.toLowerCase() };
    default:
      return undefined;
  }
}

export function normalPath(path: string): string {
  return path.replaceAll('_', '').toLowerCase();
}
