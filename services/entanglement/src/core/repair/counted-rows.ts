import type { Universe } from '../mapping/catalog.ts';
import type { RowPair } from './plan.ts';
import { type CaseRow, type RepairCase, rowId } from './repair-case.ts';
import { sameRow } from './truth.ts';

/**
 * Entities whose rows have keys of each universe's own counting (a posting's number): all of them are taken from one universe, for one by one they would
 * overwrite each other. It must be one that has whatever the authorities have added.
 */
export function baseOfCountedRows(
  pairs: readonly RowPair[],
  cases: readonly RepairCase[],
  ofRow: (pair: RowPair) => readonly RepairCase[],
): { readonly bases: ReadonlyMap<string, Universe>; readonly conflict: string | undefined } {
  const bases = new Map<string, Universe>();
  for (const pair of pairs) {
    const id = rowId(pair.entity.name, pair.key);
    const adders = ofRow(pair)
      .filter((each) => each.rows.get(id)?.deed === 'added')
      .map(({ authority }) => authority);
    if (new Set(adders).size > 1 && !sameRow(pair.entity, pair.legacy.values, pair.modern.values))
      return { bases, conflict: twoRows(pair.entity.name, [pair.key]) };
  }
  const rows = cases.flatMap((each) =>
    [...each.rows.values()].map((row) => ({ row, authority: each.authority })),
  );
  for (const entity of new Set(rows.filter(({ row }) => row.as !== undefined).map(({ row }) => row.entity))) {
    const own = rows.filter(({ row }) => row.entity === entity && row.as === undefined && !row.proven);
    const differing = own.filter(({ row }) => !isEqual(pairs, row));
    const needed = new Set(differing.map(({ authority }) => authority));
    if (needed.size > 1) {
      const keys = new Set(differing.map(({ row }) => row.key));
      return { bases, conflict: twoRows(entity, [...keys]) };
    }
    const [base = cases.every(({ authority }) => authority === 'modern') ? 'modern' : 'legacy'] = needed;
    bases.set(entity, base);
  }
  return { bases, conflict: undefined };
}

const KEYS_SHOWN = 3;

/**
 * Two clients were told the same key for different rows. No numbering keeps both answers, and what a row under another number would hold (the balance after
 * it, say) only the service could tell: a person decides.
 */
function twoRows(entity: string, keys: readonly string[]): string {
  const more = keys.length > KEYS_SHOWN ? ` and ${keys.length - KEYS_SHOWN} more` : '';
  return (
    `${entity} ${keys.slice(0, KEYS_SHOWN).join(', ')}${more}: legacy and modern each have rows that they alone were asked for, under the same keys, ` +
    'and each has told a client so → decide whose stays (chronos verify --repair --authority legacy or modern), and book the other anew; numbers declared as identifiers do not meet'
  );
}

function isEqual(pairs: readonly RowPair[], { entity, key }: CaseRow): boolean {
  const pair = pairs.find((each) => each.entity.name === entity && each.key === key);
  return pair !== undefined && sameRow(pair.entity, pair.legacy.values, pair.modern.values);
}
