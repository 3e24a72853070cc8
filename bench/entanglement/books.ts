import type { JsonObject } from '@bufbuild/protobuf';

const entanglement: JsonObject = {
  // Backlogs and large transactions are what is measured.
  retained_wal_max_mib: 8192,
  // No arbiter judges here: what it did not judge within a minute would be made equal.
  repair: 'REPAIR_POLICY_REPORT',
  entities: [
    {
      name: 'booking',
      legacy: { table: 'buchung' },
      modern: { table: 'bookings' },
      key: ['id'],
      fields: [
        { name: 'id', legacy: 'nr', modern: 'id' },
        { name: 'amount', legacy: 'betrag', modern: 'amount', unit: 'UNIT_MINOR_UNITS' },
        { name: 'note', legacy: 'text', modern: 'note' },
      ],
    },
  ],
};

/** A book of one table in either representation. */
export const books = {
  entanglement,
  schema: {
    legacy: 'CREATE TABLE buchung (nr varchar(40) PRIMARY KEY, betrag numeric(15) NOT NULL, text text)',
    modern: 'CREATE TABLE bookings (id text PRIMARY KEY, amount numeric(15,2) NOT NULL, note text)',
  },
  /** @param universe 0 legacy, 1 modern. */
  insert: (universe: number, row: string): string =>
    universe === 0
      ? `INSERT INTO buchung VALUES ('${row}', 1250, 'a note')`
      : `INSERT INTO bookings VALUES ('${row}', 12.50, 'a note')`,
  /** So many rows of legacy's with these numbers, in one statement. */
  insertMany: (from: number, to: number): string =>
    `INSERT INTO buchung SELECT 'n' || n, n, 'a note of some forty characters, number ' || n FROM generate_series(${from}, ${to}) n`,
};
