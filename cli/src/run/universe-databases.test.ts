import { create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { databaseEnv, databaseOf, sqliteUrl } from './universe-databases.ts';

const places = { folder: '/bank/migrations', stateDir: '/state' };

function migration(file: string) {
  return create(MigrationSchema, {
    name: 'bank-1990',
    legacy: { database: { source: { case: 'sqlite', value: { file } } } },
    modern: { postgres: { database: 'modern' } },
    entanglement: {},
  });
}

describe('a SQLite file as a universe’s database', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as the migration file writes it.
  const inState = '${STATE}/books.db';

  test('is found beside the migration file, or in the state folder', () => {
    expect(sqliteUrl(migration('../books.db'), 'legacy', places)).toBe('sqlite:/bank/books.db');
    expect(sqliteUrl(migration(inState), 'legacy', places)).toBe('sqlite:/state/books.db');
    expect(sqliteUrl(migration(inState), 'modern', places)).toBeUndefined();
  });

  test('may be altered without asking only in the state folder', () => {
    const ownedOf = (file: string) => databaseOf(migration(file), 'legacy', places, undefined).owned;
    expect([ownedOf(inState), ownedOf('books.db'), ownedOf('/state/books.db')]).toEqual([true, false, false]);
  });

  test('is told to the entanglement like any other', () => {
    const embedded = { legacy: undefined, modern: 'postgres://modern' };
    expect(databaseEnv(migration(inState), places, embedded)).toEqual({
      CHRONOS_DB_BANK_1990_LEGACY: 'sqlite:/state/books.db',
      CHRONOS_DB_BANK_1990_LEGACY_OWNED: '1',
      CHRONOS_DB_BANK_1990_MODERN: 'postgres://modern',
      CHRONOS_DB_BANK_1990_MODERN_OWNED: '1',
    });
  });
});
