import { claimsOf, otherClaim } from '../value/web-tokens.ts';
import { textRule } from './text-pairs.ts';

export const claimsChanged = textRule({
  name: 'claims-changed',
  shows:
    'A JSON Web Token that claims something else than legacy’s: another subject, role, scope or audience.',
  spares: 'Claims of the moment (iat, exp, nbf, jti), claims that modern adds, another signature (asked).',
  how({ legacy, modern }) {
    const [ours, theirs] = [claimsOf(legacy), claimsOf(modern)];
    return ours === undefined || theirs === undefined ? undefined : otherClaim(ours, theirs);
  },
});
