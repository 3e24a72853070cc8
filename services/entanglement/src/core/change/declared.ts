/** What a migration declares of one universe's database, as the capture needs it. */
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { tableName } from '../mapping/catalog.ts';
import { tablesOf } from '../mapping/compile.ts';
import type { Wanted } from './preflight.ts';
import type { TableName } from './source-event.ts';

export type UniverseName = 'legacy' | 'modern';

/** Every table that entities of this universe stand in or look up, each once: these are published, and no others. */
export function publishedTables(entanglement: Entanglement, universe: UniverseName): TableName[] {
  return tablesOf(entanglement, universe).map((text) => {
    const { schema, table } = tableName(text);
    return { schema, name: table };
  });
}

/** Name of the slot and of the publication unless the file says others: what Postgres takes, at most 63 characters. */
export function defaultSlot(migration: string, universe: string): string {
  const name = migration.toLowerCase().replaceAll(/[^a-z0-9]/g, '_');
  return `chronos_${name.slice(0, 46)}_${universe}`;
}

/** Slot, publication and tables of one universe, as the file says or by default. */
export function wantedOf(
  spec: Pick<Migration, 'name' | UniverseName>,
  entanglement: Entanglement,
  universe: UniverseName,
): Wanted {
  const declared = spec[universe]?.database;
  const slot = declared?.slot || defaultSlot(spec.name, universe);
  return {
    migration: spec.name,
    universe,
    slot,
    publication: declared?.publication || slot,
    tables: publishedTables(entanglement, universe),
  };
}

export const retainedMaxMibDefault = 1024;

export function retainedLimitBytes({ retainedWalMaxMib }: Pick<Entanglement, 'retainedWalMaxMib'>): number {
  return (retainedWalMaxMib || retainedMaxMibDefault) * 2 ** 20;
}
