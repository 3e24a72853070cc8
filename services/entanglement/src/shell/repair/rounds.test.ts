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
function portsOf(reconciler: Reconciler, written: string[], mayWrite = true): RoundPorts {
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
    mayWrite: () => mayWrite,
    count: () => undefined,
    log: () => undefined,
    refused: () => undefined,
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

test('with repair: report nothing is written of what was open before, but for what somebody asks for', async () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const rows = [{ entity: 'account', key: '["a"]' }];
  const openedMs = Date.now() - 61_000;
  const open = { ...caseOfRows('request:1', rows, 'legacy', openedMs), cause: 'unattributed' as const };
  reconciler.take(open, openedMs);
  const written: string[] = [];
  expect(await round(portsOf(reconciler, written, false), signal)).toBe(1);
  expect(written).toEqual([]);
  expect(reconciler.standing('request:1')?.outstanding).toMatch(/^the migration declares repair: report/);

  reconciler.take(caseOfRows('verify:1', rows, 'legacy', openedMs), openedMs);
  await round(portsOf(reconciler, written, false), signal);
  expect(written).toEqual(['["a"]']);
});

test('rows that a database refuses to read hold up no others, and are shown with the reason', async () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const openedMs = Date.now() - 61_000;
  for (const [id, key] of [
    ['request:1', '["poison"]'],
    ['request:2', '["a"]'],
  ] as const)
    reconciler.take(caseOfRows(id, [{ entity: 'account', key }], 'legacy', openedMs), openedMs);
  const written: string[] = [];
  const ports = portsOf(reconciler, written);
  const { legacy } = ports.databases;
  const failing = (error: object) => ({
    ...legacy,
    side: () => ({
      rows: async (_: unknown, keys: readonly string[][]) => {
        if (keys.some(([key]) => key === 'poison')) throw error;
        return new Map([['["a"]', row('2')]]);
      },
    }),
  });
  const refusing = failing({ code: '22003', message: 'value "poison" is out of range' });
  await round(
    { ...ports, databases: { ...ports.databases, legacy: refusing } } as unknown as RoundPorts,
    signal,
  );
  expect(written).toEqual(['["a"]']);
  expect(reconciler.standing('request:1')?.outstanding).toMatch(
    /cannot be read: value "poison" is out of range/,
  );
  expect(reconciler.standing('request:2')).toBeUndefined();

  // A database that is away is away for all of them.
  reconciler.take(
    caseOfRows('request:3', [{ entity: 'account', key: '["poison"]' }], 'legacy', openedMs),
    openedMs,
  );
  const away = failing({ code: '57P01', message: 'terminating connection' });
  await expect(
    round({ ...ports, databases: { ...ports.databases, legacy: away } } as unknown as RoundPorts, signal),
  ).rejects.toMatchObject({ code: '57P01' });
});

test('rows are not called busy while a database is not read; they are once it is again', async () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const openedMs = Date.now() - 61_000;
  reconciler.take(
    caseOfRows('request:1', [{ entity: 'account', key: '["a"]' }], 'legacy', openedMs),
    openedMs,
  );
  const ports = portsOf(reconciler, []);
  await round({ ...ports, watermarks: { passed: async () => false } } as unknown as RoundPorts, signal);
  expect(reconciler.standing('request:1')?.outstanding).toMatch(/^a database’s changes are not read/);
  const [component] = reconciler.due(Date.now() + 60_000);
  reconciler.postponed(component!, Date.now());
  expect(reconciler.standing('request:1')?.outstanding).toMatch(/^requests are at work on its rows/);
});
