import type { Observed } from '../bugs/rule.ts';
import { rawOf } from '../value/side.ts';
import { claimsOf, otherClaim } from '../value/web-tokens.ts';

/**
 * A claim of a JSON Web Token (RFC 7519 section 4) that legacy repeats in both runs of a request, and of which modern's token says something
 * else, or nothing. What legacy itself makes anew (iat, exp, jti) is never one. Undefined when there is none, or these are no such tokens.
 */
export function changedClaim(seen: readonly Observed[]): string | undefined {
  for (const { legacy, modern, legacy2 } of seen) {
    const [ours, again, theirs] = [legacy, legacy2, modern].map((side) => claimsOf(side?.text));
    if (ours === undefined || again === undefined || theirs === undefined) continue;
    const kept = new Map(
      [...ours].filter(([name, value]) => {
        const repeated = again.get(name);
        return repeated !== undefined && rawOf(repeated) === rawOf(value);
      }),
    );
    const found = otherClaim(kept, theirs);
    if (found !== undefined) return found;
  }
  return undefined;
}
