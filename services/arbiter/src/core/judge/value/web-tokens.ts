import { parseJson } from '../../compare/json.ts';
import { isObject, type Value } from '../../compare/value.ts';
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
  const parsed = match?.[1] === undefined ? undefined : decoded(match[1]);
  return parsed !== undefined && isObject(parsed) ? parsed : undefined;
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

function decoded(base64url: string): Value | undefined {
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
