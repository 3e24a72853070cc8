import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';

/** A password as systems keep it: crypt's schemes ($2y$ bcrypt, $5$, $6$, $y$), Argon2, PBKDF2. */
const HASHED = /^"(?:\$(?:2[abxy]?|5|6|y|argon2(?:id?|d)|pbkdf2[a-z0-9-]*)\$|\{(?:SSHA|CRYPT)\})/;
const SECRET = /\b(?:password|passwd|passwort|passphrase|kennwort|private key|client secret|pin hash)\b/;

export const secretAdded: BugRule = {
  name: 'secret-added',
  shows:
    'Modern tells a secret that legacy never does: a hashed password by its look (bcrypt, Argon2), or what a field with such a name has.',
  spares:
    'Truth values and nothing under such a name; names of tokens and keys, which clients may need (asked).',
  find({ all, unproven, episode }) {
    if (!all.every(({ legacy }) => legacy.absent)) return undefined;
    const isNamed = SECRET.test(wordsOf(episode.field.split('.').at(-1) ?? ''));
    const found = unproven.filter(
      ({ modern }) => HASHED.test(modern.raw ?? '') || (isNamed && (modern.text?.length ?? 0) > 3),
    );
    if (found.length === 0) return undefined;
    return {
      severity: 'critical',
      explanation: 'Legacy never has the field, modern tells a password, hashed or not',
      shownBy: found.length,
    };
  },
};
