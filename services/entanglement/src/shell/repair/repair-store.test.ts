import type { Database } from '@chronos/control-plane/shell/store/database.ts';
import { expect, test } from '@jest/globals';
import { OpenRows } from '../../core/repair/open-rows.ts';
import { Reconciler } from '../../core/repair/reconciler.ts';
import { RepairStore } from './repair-store.ts';
import { resolveIntents } from './rounds.ts';

const intent = { id: 'i', universe: 'modern', xid: '7', changes: [], progress: [] } as const;

/** A journal to which intents come when `answer` says so, and of what is concluded in it. */
function journal(answer: Promise<void>) {
  const rows: object[] = [];
  const concluded: unknown[] = [];
  const query = async (text: string, values: readonly unknown[] = []) => {
    if (text.includes('INSERT INTO entanglement.repairs')) {
      await answer;
      rows.push({ ...intent });
    }
    if (text.startsWith('UPDATE entanglement.repairs')) concluded.push(values[1], rows.pop());
    return { rows: text.startsWith('SELECT id::text') ? [...rows] : [] };
  };
  const database = { query, transaction: async (work: (tx: unknown) => unknown) => work({ query }) };
  const store = new RepairStore(database as unknown as Database, 'm');
  const resolve = () =>
    resolveIntents({
      reconciler: new Reconciler(new OpenRows({ expiresAfterMs: 60_000 })),
      store,
      databases: { modern: { fateOf: async () => 'aborted' } } as never,
      log: () => undefined,
    });
  return { store, concluded, resolve };
}

test('an intent that comes to the journal after its repair was given up ends by itself', async () => {
  const late = Promise.withResolvers<void>();
  const { store, concluded, resolve } = journal(late.promise);
  const asked = store.intend(intent);
  await resolve();
  expect([store.isInDoubt, concluded]).toEqual([true, []]);
  late.resolve();
  await asked;
  await resolve();
  expect(concluded).toEqual(['void', expect.objectContaining({ id: 'i' })]);
  expect(store.isInDoubt).toBe(false);
});

test('one that never came is forgotten, one that was concluded is in no doubt', async () => {
  const refused = journal(Promise.reject(new Error('no database')));
  await expect(refused.store.intend(intent)).rejects.toThrow('no database');
  expect(refused.store.isInDoubt).toBe(true);
  await refused.resolve();
  expect([refused.store.isInDoubt, refused.concluded]).toEqual([false, []]);
  const { store } = journal(Promise.resolve());
  await store.intend(intent);
  await store.conclude('i', 'done', () => []);
  expect(store.isInDoubt).toBe(false);
});
