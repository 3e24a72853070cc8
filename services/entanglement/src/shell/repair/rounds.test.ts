import { expect, test } from '@jest/globals';
import { MarkedKeys } from '../../core/identifiers/marked-keys.ts';
import { caseOfRows } from '../../core/repair/case-of-change.ts';
import { OpenRows } from '../../core/repair/open-rows.ts';
import { Reconciler } from '../../core/repair/reconciler.ts';
import { noPairs } from '../identifiers/pair-source.ts';
import { type RoundPorts, round } from './rounds.ts';

const { signal } = new AbortController();

const row = (balance: string) => ({ version: '1', values: new Map([['balance', balance]]) });
const entity = {
  name: 'account',
  keyFields: ['id'],
  fields: [{ name: 'balance', compared: true, matched: false, identifiers: '' }],
  field: () => undefined,
};

/** Legacy's row `a` has 2, modern's 1; what is written to modern is noted. */
function portsOf(reconciler: Reconciler, written: string[]): RoundPorts {
  const side = (balance: string) => ({
    side: () => ({ rows: async () => new Map([['["a"]', row(balance)]]) }),
    write: async ({ writes }: { writes: readonly { key: string }[] }) => {
      written.push(...writes.map(({ key }) => key));
      return { type: 'done' };
    },
  });
  return {
    reconciler,
    store: { saveCases: async () => undefined, conclude: async () => undefined },
    watermarks: { passed: async () => true },
    databases: { legacy: side('2'), modern: side('1') },
    entities: [entity],
    pairs: noPairs,
    keys: new MarkedKeys(),
    prefix: 'chronos-repair',
    both: () => false,
    count: () => undefined,
    log: () => undefined,
  } as unknown as RoundPorts;
}

test('what is said of an entity as a whole does not hold up the rows that are known one by one', async () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const rows = [
    { entity: 'account', key: '["a"]' },
    { entity: 'account', key: '' },
  ];
  reconciler.take(caseOfRows('tx:legacy:7', rows, 'legacy', Date.now() - 61_000), Date.now());
  const written: string[] = [];
  await round(portsOf(reconciler, written), signal);
  expect(written).toEqual(['["a"]']);
  expect(reconciler.hasWholeEntities).toBe(true);
});
