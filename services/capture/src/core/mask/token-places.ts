import { parseRoute, type RoutePattern } from '@chronos/arbiter/core/entangled/route-pattern.ts';
import { IdentifierKind, type Identifiers } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { type Cursor, type Half, sensitiveTree } from './paths.ts';

/** Where requests of one declared route, or their answers, hold tokens. */
export interface TokenPlaces {
  readonly matches: RoutePattern;
  readonly half: Half;
  readonly cursor: Cursor;
  /** As it is declared. */
  readonly text: string;
}

/** The places at which a migration declares identifiers of kind TOKEN: what stands there is as secret as what `sensitive` names. Cookies always are. */
export function tokenPlaces(identifiers: Identifiers | undefined): readonly TokenPlaces[] {
  const tokens = identifiers?.bijections.filter(({ kind }) => kind === IdentifierKind.TOKEN) ?? [];
  return tokens.flatMap(({ made, used }) => [
    ...made.flatMap(({ route, at, modernAt }) =>
      placesOf(route, 'response', modernAt ? [at, modernAt] : [at]),
    ),
    ...used.flatMap(({ route, at }) => placesOf(route, 'request', [at])),
  ]);
}

function placesOf(route: string, half: Half, places: readonly string[]): TokenPlaces[] {
  const pattern = parseRoute(route);
  const cursor = sensitiveTree(places, half);
  return pattern.ok && cursor.length > 0
    ? [{ matches: pattern.matches, half, cursor, text: `${route} ${half} ${places}` }]
    : [];
}
