/** The hash of a row's compared fields as {@link VerifyStatements} has Postgres make it, made here: for databases that cannot. */
import type { CompiledEntity, Values } from '../mapping/entity.ts';

/**
 * Text of a row value as Postgres writes it (manual, 8.16.6): null is nothing, the empty text and text with quotes, backslashes, parentheses, commas or
 * white space stands in quotes.
 */
export function rowText(values: readonly (string | null)[]): string {
  return `(${values.map((value) => (value === null ? '' : quotedIfNeeded(value))).join(',')})`;
}

function quotedIfNeeded(value: string): string {
  return value === '' || /["\\(),\s]/.test(ascii(value)) ? `"${value.replaceAll(/["\\]/g, '$&$&')}"` : value;
}

/** White space is that of ASCII. */
function ascii(value: string): string {
  return value.replaceAll(/[^\t-\x7e]/g, 'x');
}

/** The compared fields, in the order in which both sides hash them. */
export function comparedTexts(entity: CompiledEntity, values: Values): (string | null)[] {
  return entity.fields.filter(({ compared }) => compared).map(({ name }) => values.get(name) ?? null);
}

/** The first 64 bits of a hash in hexadecimal digits as a whole number with sign. */
export function sumOf(hash: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${hash.slice(0, 16)}`));
}
