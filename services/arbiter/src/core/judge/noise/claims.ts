import { parseJson } from '../../compare/json.ts';
import { isObject, type Value } from '../../compare/value.ts';
import type { Observed } from '../bugs/rule.ts';
import { rawOf } from '../value/side.ts';

/** Claims of the moment: two runs within one second have the same. */
const OF_THE_MOMENT = new Set(['iat', 'exp', 'nbf', 'jti', 'auth_time']);

/**
 * A claim of a JSON Web Token (RFC 7519 section 4) that legacy repeats in both runs of a request, and of which modern's token says something
 * else, or nothing. What legacy itself makes anew (iat, exp, jti) is never one. Undefined when there is none, or these are no such tokens.
 */
export function changedClaim(seen: readonly Observed[]): string | undefined {
  for (const { legacy, modern, legacy2 } of seen) {
    const [ours, again, theirs] = [legacy, legacy2, modern].map((side) => claimsOf(side?.text));
    if (ours === undefined || again === undefined || theirs === undefined) continue;
    for (const [name, value] of ours) {
      const kept = again.get(name);
      if (OF_THE_MOMENT.has(name) || kept === undefined || rawOf(kept) !== rawOf(value)) continue;
      const other = theirs.get(name);
      if (other === undefined) return `the claim ${name} is missing`;
      if (rawOf(other) !== rawOf(value))
        return `the claim ${name} is ${rawOf(other)} in place of ${rawOf(value)}`;
    }
  }
  return undefined;
}

function claimsOf(text: string | undefined): ReadonlyMap<string, Value> | undefined {
  const match = /^(?:Bearer )?eyJ[A-Za-z0-9_-]*\.([A-Za-z0-9_-]{4,8192})\.[A-Za-z0-9_-]*$/.exec(text ?? '');
  const parsed = match?.[1] === undefined ? undefined : decoded(match[1]);
  return parsed !== undefined && isObject(parsed) ? parsed : undefined;
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
