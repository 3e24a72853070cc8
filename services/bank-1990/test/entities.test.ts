import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { readMigrationSource } from '@chronos/cli/commands/migration-source.ts';
import { compileEntities, tablesOf } from '@chronos/entanglement/core/mapping/compile.ts';
import { testCatalog, testTable } from '@chronos/entanglement/core/mapping/testing.ts';
import { catalogOf } from '@chronos/entanglement/shell/catalog-of.ts';
import { SqliteSide } from '@chronos/entanglement/shell/verify/sqlite-side.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithPython, python } from './python.ts';

const migrationFile = join(import.meta.dirname, '../../../deploy/migrations/bank-1990.yaml');

/** The tables of services/modern-bank/src/shell/schema.ts. */
const modern = testCatalog(
  testTable('customers', {
    id: 'text',
    name: 'text',
    segment: 'text',
    credit_score: 'int4',
    pin_hash: 'bytea',
  }),
  testTable('accounts', {
    id: 'text',
    customer_id: 'text?',
    kind: 'text',
    currency: 'text',
    status: 'text',
    balance: 'numeric',
    entry_count: 'int8',
  }),
  testTable(
    'entries',
    {
      account_id: 'text',
      number: 'int8',
      kind: 'text',
      amount: 'numeric',
      balance_after: 'numeric',
      counterparty: 'text',
      text: 'text',
      reference: 'text',
      interest_rule: 'text?',
      interest_rate: 'numeric?',
      interest_days: 'int4?',
    },
    ['account_id', 'number'],
  ),
  testTable(
    'answered_requests',
    { customer_id: 'text', key: 'text', fingerprint: 'bytea', answer: 'bytea?', refusal: 'jsonb?' },
    ['customer_id', 'key'],
  ),
);

/** The books as they were carried over, with one booking and one refusal. */
const setUp = `import sys
from bank import books as b
from bank.faults import Fault
from bank.orders import once
from bank.records import TRANSFER, TRANSFER_ANSWER
books = b.open_books(sys.argv[1])
b.set_up(books)
order = dict(fromAccount='1000031', toAccount='1000032', amount='12.34', text='')
def book():
    b.book(books, b.account(books, '1000031'), 'LA', -1234, '1000032', 'rent', 'k1')
    return dict(reference='k1', fromBalance='8120.06', status='booked')
def refuse():
    raise Fault(9, 'account 1000031 has insufficient funds')
once(books, 'C00003', 'k1', TRANSFER, order, TRANSFER_ANSWER, book)
try:
    once(books, 'C00003', 'k2', TRANSFER, order, TRANSFER_ANSWER, refuse)
except Fault:
    pass`;

let dir: string;
let path: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-bank-1990-'));
  path = join(dir, 'books.db');
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describeWithPython('the entities of bank-1990.yaml', () => {
  test('every row of the old books reads as modern writes it, and would be written back as it is', async () => {
    python(setUp, { args: [path] });
    const { migration } = await readMigrationSource(
      { readFile: async (file: string) => readFileSync(file) },
      migrationFile,
    );
    const declared = migration.entanglement!;
    const legacy = await catalogOf(`sqlite:${path}`, tablesOf(declared, 'legacy'));
    const entities = compileEntities(declared, { legacy, modern }, { mask: (text) => text });
    const side = new SqliteSide(path, 'legacy');
    const bank = new DatabaseSync(path);
    const seen = new Map<string, (string | null | undefined)[]>();
    for (const entity of entities) {
      let find: StatementSync | undefined;
      const { rows } = await side.page(entity, { from: undefined, to: undefined }, 2_000);
      for (const { values } of rows) {
        const written = entity.row('legacy', values);
        find ??= bank.prepare(
          `SELECT count(*) AS n FROM ${entity.side('legacy').table} WHERE ${Object.keys(written)
            .map((column) => `${column} IS ?`)
            .join(' AND ')}`,
        );
        expect([written, find.get(...Object.values(written))]).toEqual([written, { n: 1 }]);
        expect([...values.values()].filter((value) => value?.startsWith('?'))).toEqual([]);
        entity.row('modern', values);
        seen.set(`${entity.name} ${entity.keyFields.map((name) => values.get(name))}`, [...values.values()]);
      }
    }
    bank.close();
    expect(seen.size).toBe(400 + 820 + 821 + 2);
    // Fields by name: balance, currency, customer, entries, id, kind, status.
    expect(seen.get('account 1000031')).toEqual([
      '8120.06',
      'EUR',
      'C00003',
      '2',
      '1000031',
      'current',
      'active',
    ]);
    expect(seen.get('account 9000001')?.[2]).toBeNull();
    expect(seen.get('entry 1000031,2')?.[1]).toBe('-12.34');
    expect(seen.get('order C00003,k2')?.at(-1)).toBe(
      '{"code": 9, "message": "account 1000031 has insufficient funds"}',
    );
  });
});
