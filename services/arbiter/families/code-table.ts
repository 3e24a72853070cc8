/** Families about code tables, which a rewrite translates row by row. */
import { type Family, type Naming, type Random, twins } from './kit.ts';
import { json } from './kit-values.ts';

/** Rows of a code table: what legacy answers, what it means, and what the defect takes it for (absent: never confused). */
export type Table = readonly (readonly [legacy: string, right: string, wrong?: string])[];

/** A harmless translation of a code table and the bug that confuses some of its rows. */
export function coded(
  fields: readonly string[],
  table: Table,
  harmless: Naming,
  bug: Naming & { readonly critical: boolean },
  least = 1,
): Family[] {
  const value = (random: Random) => {
    const [legacy, right, wrong] = random.pick(table);
    const both = { legacy: json(legacy), right: json(right) };
    return wrong === undefined ? both : { ...both, wrong: json(wrong) };
  };
  return twins({ fields, least, value }, harmless, bug);
}
