import { parseJson } from '../../compare/json.ts';
import { isArray, isObject, type Value } from '../../compare/value.ts';
import { rawOf } from './side.ts';

/** Claims of the moment: two runs within one second have the same. */
const OF_THE_MOMENT = new Set(['iat', 'exp', 'nbf', 'jti', 'auth_time']);

export type Claims = ReadonlyMap<string, Value>;

/** Whether a token makes the claim anew each time that it is issued. */
export function isOfTheMoment(claim: string): boolean {
  return OF_THE_MOMENT.has(claim);
}

/** The claims of a JSON Web Token (RFC 7519 section 4); undefined for any other text. */
export function claimsOf(text: string | undefined): Claims | undefined {
  const match = /^(?:Bearer )?eyJ[A-Za-z0-9_-]*\.([A-Za-z0-9_-]{4,8192})\.[A-Za-z0-9_-]*$/.exec(text ?? '');
  const parsed = match?.[1] === undefined ? undefined : jsonIn(match[1]);
  return parsed !== undefined && isObject(parsed) ? withSets(parsed) : undefined;
}

/** Claims that are sets, whose order means nothing: scopes (RFC 6749, 3.3), audiences, roles. */
const SETS = /^(?:scope|scopes|scp|aud|roles|groups|permissions|amr)$/;

/** The claims with those that are sets in one order. */
export function withSets(claims: Claims): Claims {
  return new Map([...claims].map(([name, value]) => [name, SETS.test(name) ? inOrder(value) : value]));
}

function inOrder(value: Value): Value {
  if (typeof value === 'string') return value.split(' ').sort().join(' ');
  return isArray(value) && value.every((item) => typeof item === 'string') ? value.toSorted() : value;
}

/** The first claim of ours, not of the moment, that theirs lacks or has another value of, as words. */
export function otherClaim(ours: Claims, theirs: Claims): string | undefined {
  for (const [name, value] of ours) {
    if (isOfTheMoment(name)) continue;
    const other = theirs.get(name);
    if (other === undefined) return `the claim ${name} is missing`;
    if (rawOf(other) !== rawOf(value))
      return `the claim ${name} is ${rawOf(other)} in place of ${rawOf(value)}`;
  }
  return undefined;
}

/** The JSON that a text in base64 or base64url holds. */
export function jsonIn(base64url: string): Value | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const parsed = parseJson(new TextDecoder().decode(bytes));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined;
  }
}
