import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';

/** A password as systems keep it: crypt's schemes ($2y$ bcrypt, $5$, $6$, $y$), Argon2, PBKDF2. */
const HASHED = /^"(?:\$(?:2[abxy]?|5|6|y|argon2(?:id?|d)|pbkdf2[a-z0-9-]*)\$|\{(?:SSHA|CRYPT)\})/;
const SECRET = /\b(?:password|passwd|passwort|passphrase|kennwort|private key|client secret|pin hash)\b/;

/** What a house tells its own people. */
const INNER =
  /\b(?:supplier price|purchase price|buying price|cost price|einkaufspreis|internal (?:notes?|comments?|remarks?|id|rating)|staff (?:notes?|comments?)|profit|margin|marge|risk score|credit score|fraud score)\b/;

export const secretAdded: BugRule = {
  name: 'secret-added',
  shows:
    'Modern tells a secret that legacy never does: a hashed password by its look (bcrypt, Argon2), or what a field with such a name has; or, by its name, what a house tells its own people (supplier price, margin, internal notes, risk score).',
  spares:
    'Truth values and nothing under such a name; names of tokens and keys, which clients may need (asked).',
  find({ all, unproven, episode }) {
    if (!all.every(({ legacy }) => legacy.absent)) return undefined;
    const isNamed = SECRET.test(wordsOf(episode.field.split('.').at(-1) ?? ''));
    const isInner = INNER.test(wordsOf(episode.field.split('.').at(-1) ?? ''));
    const found = unproven.filter(
      ({ modern }) =>
        HASHED.test(modern.raw ?? '') ||
        (isNamed && (modern.text?.length ?? 0) > 3) ||
        (isInner && isTold(modern)),
    );
    if (found.length === 0) return undefined;
    return {
      severity: 'critical',
      explanation: isInner
        ? 'Legacy never has the field, and by its name it is for the house’s own people'
        : 'Legacy never has the field, modern tells a password, hashed or not',
      shownBy: found.length,
    };
  },
};

function isTold({ absent, isNumber, text = '' }: Side): boolean {
  return !absent && (isNumber || text.trim() !== '');
}
