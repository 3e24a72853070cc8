import { EXPONENT_DIGITS_MAX, MANTISSA_MAX, NUMBER_MAX } from './json-text.ts';
import { literal } from './sql.ts';

const HEX = '[0-9a-fA-F]';
/** More digits than the largest exponent has. */
const EXPONENT = `[1-9][0-9]{${EXPONENT_DIGITS_MAX}}`;
/** Quick test: only a text that it finds is looked at closely. */
const SUSPECT = `\\\\u(0000|[dD][89a-fA-F])|[0-9.]{${MANTISSA_MAX}}|[eE][+-]?0*${EXPONENT}`;
const PAIR = `\\\\u[dD][89abAB]${HEX}{2}\\\\u[dD][c-fC-F]${HEX}{2}`;
const NO_TEXT = `\\\\u(0000|[dD][89a-fA-F]${HEX}{2})`;
const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const NUMBER = '([0-9.]+)([eE][+-]?[0-9]+)?';

/**
 * SQL of the canonical JSON of a `json` value, given as SQL of its text. `json` keeps what `jsonb` refuses with an error (escapes of a zero byte or of half
 * a surrogate pair, numbers without end), and one such row would end the reading of all others: it becomes `?` and the raw text, as in the process
 * (`canonicalJson`). Backslashes that are escaped themselves are taken away first, then whole pairs; numbers are looked for outside of strings.
 */
export function jsonSql(text: string): string {
  const escapes = `regexp_replace(replace(${text}, ${literal('\\\\')}, ' '), ${literal(PAIR)}, ' ', 'g')`;
  const numbers = `regexp_matches(regexp_replace(${text}, ${literal(STRING)}, '""', 'g'), ${literal(NUMBER)}, 'g')`;
  return (
    `CASE WHEN ${text} ~ ${literal(SUSPECT)} AND (${escapes} ~ ${literal(NO_TEXT)} OR EXISTS (SELECT FROM ${numbers} AS n (parts) ` +
    `WHERE length(parts[1]) >= ${NUMBER_MAX} OR (length(parts[1]) >= ${MANTISSA_MAX} AND parts[2] IS NOT NULL) OR parts[2] ~ '${EXPONENT}')) ` +
    `THEN '?' || ${text} ELSE ${text}::jsonb::text END`
  );
}
