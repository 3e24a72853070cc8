import { create } from '@bufbuild/protobuf';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { VectorSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import {
  type EntityEffect,
  EntityEffectSchema,
  Kind,
  Ruling,
  VerdictSchema,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { compileEntities } from '../mapping/compile.ts';
import { entanglement, testCatalog, testTable } from '../mapping/testing.ts';
import { fromJson, toJson } from '../repair/case-json.ts';
import { caseOfVerdict } from '../repair/case-of-verdict.ts';
import { OpenRows } from '../repair/open-rows.ts';
import { planOf, type RowPair } from '../repair/plan.ts';
import { Reconciler } from '../repair/reconciler.ts';
import { type RepairCase, rowId } from '../repair/repair-case.ts';
import { unmadeIds } from './made-ids.ts';
import { MarkedKeys } from './marked-keys.ts';
import { fieldsToMake, isRewritten, ownKey, toCommon, toOwn } from './matched-rows.ts';
import { Partners } from './partners.ts';

const declared = entanglement([
  {
    name: 'order',
    legacy: { table: 'orders' },
    modern: { table: 'orders' },
    key: ['id'],
    fields: [
      { name: 'id', legacy: 'id', modern: 'id', identifiers: 'orders' },
      { name: 'parent', legacy: 'parent', modern: 'parent', identifiers: 'orders' },
      { name: 'item', legacy: 'item', modern: 'item' },
    ],
  },
]);
const columns = (id: string) => ({ id, parent: `${id}?`, item: 'text' });
const [order] = compileEntities(
  declared,
  {
    legacy: testCatalog(testTable('orders', columns('text'))),
    modern: testCatalog(testTable('orders', columns('uuid'))),
  },
  { mask: (text) => text },
);
if (order === undefined) throw new Error('the entity fits its tables');
const known = () =>
  new Partners([
    { bijection: 'orders', legacy: 'O-1', modern: 'aa' },
    { bijection: 'orders', legacy: 'O-2', modern: 'bb' },
  ]);
const values = (id: string, parent: string | null = null) =>
  new Map([
    ['id', id],
    ['parent', parent],
    ['item', 'lamp'],
  ]);

describe('common names', () => {
  test('are legacy’s ids; what legacy has none for is modern’s, marked, and the way back is the same', () => {
    const partners = known();
    expect(toCommon(order, 'modern', values('aa', 'bb'), partners)).toEqual(values('O-1', 'O-2'));
    expect(toCommon(order, 'modern', values('zz'), partners).get('id')).toBe('⟨modern:zz⟩');
    expect(toOwn(order, 'modern', values('O-1', 'O-2'), partners)).toEqual(values('aa', 'bb'));
    expect(toOwn(order, 'modern', values('⟨modern:zz⟩'), partners).get('id')).toBe('zz');
    expect(toOwn(order, 'legacy', values('⟨modern:bb⟩'), partners).get('id')).toBe('O-2');
    expect(ownKey(order, 'modern', ['O-9'], partners)).toBeUndefined();
    expect(ownKey(order, 'legacy', ['⟨modern:zz⟩'], partners)).toBeUndefined();
  });

  test('a new row’s own id is made, a reference to nothing known is refused, an id that is there stays', () => {
    const partners = known();
    expect(fieldsToMake(order, 'modern', values('O-9', 'O-8'), partners).map(({ name }) => name)).toEqual([
      'id',
    ]);
    expect(fieldsToMake(order, 'modern', values('O-1'), partners)).toEqual([]);
    partners.add({ bijection: 'orders', legacy: 'O-9', modern: 'nn' });
    expect(() => toOwn(order, 'modern', values('O-9', 'O-8'), partners)).toThrow(
      /parent: modern has no id.*O-8/,
    );
    expect(order.fields.filter((field) => isRewritten(order, field)).map(({ name }) => name)).toEqual([
      'item',
      'parent',
    ]);
  });

  test('ids from before the migration are shared, but not those that modern has given to something else', () => {
    const pair = { bijection: 'orders', legacy: '9', modern: '7' };
    const shared = new Partners([pair], new Set(['orders']));
    expect(shared.own('orders', 'modern', '5')).toBe('5');
    expect(shared.common('orders', 'modern', '5')).toBe('5');
    expect(shared.own('orders', 'modern', '7')).toBeUndefined();
    expect(shared.common('orders', 'modern', '7')).toBe('9');
    expect(shared.common('orders', 'modern', '9')).toBe('⟨modern:9⟩');
  });
});

test('where only the service makes ids, that is said before anything is to be written', () => {
  const table = testTable('orders', columns('text'));
  const id = table.columns.get('id');
  if (id === undefined) throw new Error('orders have an id');
  expect(unmadeIds(declared, 'legacy', testCatalog(table))).toEqual([
    expect.stringMatching(/^order\.id: the service alone makes id of orders, .* → give it a DEFAULT/),
  ]);
  const made = new Map([...table.columns, ['id', { ...id, fresh: "nextval('ids')" }] as const]);
  expect(unmadeIds(declared, 'legacy', testCatalog({ ...table, columns: made }))).toEqual([]);
});

const keys = new MarkedKeys(declared.entities);

test('keys of modern’s rows are marked until their pair is known', () => {
  expect(keys.common('modern', 'order', '["zz"]')).toBe('["⟨modern:zz⟩"]');
  expect(keys.common('legacy', 'order', '["O-1"]')).toBe('["O-1"]');
  expect(keys.common('modern', 'other', '["zz"]')).toBe('["zz"]');
  expect(keys.isMarked('order', '["⟨modern:zz⟩"]')).toBe(true);
  expect(keys.isMarked('order', '["O-1"]')).toBe(false);
});

describe('repair', () => {
  /** One request made a row in legacy, and changed another of which no pair is known. */
  function said(): RepairCase {
    const after = create(VectorSchema, {});
    const effects = [
      create(EntityEffectSchema, { entity: 'order', key: '["O-9"]', legacy: { after }, ruling: Ruling.BUG }),
      create(EntityEffectSchema, {
        entity: 'order',
        key: '["⟨modern:zz⟩"]',
        modernKey: '["zz"]',
        modern: { before: after, after },
        ruling: Ruling.BUG,
      }),
    ];
    const verdict = create(VerdictSchema, {
      requestId: 'r',
      kind: Kind.MISMATCH,
      answeredBy: Universe.LEGACY,
      effects,
    });
    const found = caseOfVerdict(verdict, undefined, { clientsOnModern: false, nowMs: 0, keys });
    if (found === undefined) throw new Error('no case');
    return found;
  }

  const pair = (key: string, side: 'legacy' | 'modern'): RowPair => ({
    entity: order,
    key,
    legacy: { version: undefined, values: undefined },
    modern: { version: undefined, values: undefined },
    [side]: { version: '1', values: values('x') },
    unpaired: true,
  });

  test('one row is one row of a case; without a known partner only one that was made is written', () => {
    const own = said();
    expect([...own.rows.keys()]).toEqual([rowId('order', '["O-9"]'), rowId('order', '["⟨modern:zz⟩"]')]);
    const context = { since: 0, compensate: true, both: false };
    const plan = (rows: RowPair) => planOf([rows], [own], new OpenRows({ expiresAfterMs: 1 }), context);
    expect(plan(pair('["O-9"]', 'legacy'))).toMatchObject({
      conflict: undefined,
      writes: { modern: [{ key: '["O-9"]' }] },
    });
    const unknown = plan(pair('["⟨modern:zz⟩"]', 'modern'));
    expect(unknown.conflict).toMatch(/which row of the other universe it is, is not known/);
    expect(unknown.writes).toEqual({ legacy: [], modern: [] });
  });

  test('one that was changed, of which the other universe has none that is like it, is made there', () => {
    const text = (name: string, value: string) => ({ name, value: { case: 'text', value } as const });
    const before = create(VectorSchema, { fields: [text('id', 'O-5'), text('item', 'lamp')] });
    const changed = create(EntityEffectSchema, {
      entity: 'order',
      key: '["O-5"]',
      legacy: { before, after: before },
      ruling: Ruling.BUG,
    });
    const caseOf = (effects: EntityEffect[]) => {
      const verdict = create(VerdictSchema, { requestId: 'r', kind: Kind.LOST, effects });
      const found = caseOfVerdict(verdict, undefined, { clientsOnModern: false, nowMs: 0, keys });
      if (found === undefined) throw new Error('no case');
      return found;
    };
    const own = caseOf([changed]);
    expect(own.rows.get(rowId('order', '["O-5"]'))?.before).toEqual({ id: 'O-5', item: 'lamp' });
    expect(fromJson(toJson(own))).toEqual(own);
    const context = { since: 0, compensate: true, both: false };
    const plan = (rows: RowPair) => planOf([rows], [own], new OpenRows({ expiresAfterMs: 1 }), context);
    expect(plan(pair('["O-5"]', 'legacy')).conflict).toMatch(/is not known/);
    expect(plan({ ...pair('["O-5"]', 'legacy'), alone: true })).toMatchObject({
      conflict: undefined,
      writes: { modern: [{ key: '["O-5"]' }] },
    });
    // Modern changed a row whose partner is not known either: it may be this one.
    const another = create(EntityEffectSchema, {
      entity: 'order',
      key: '["⟨modern:zz⟩"]',
      modernKey: '["zz"]',
      modern: { before, after: before },
      ruling: Ruling.BUG,
    });
    expect(caseOf([changed, another]).rows.get(rowId('order', '["O-5"]'))?.before).toBeUndefined();
  });

  test('whoever is at work on the row under its other key is waited for', () => {
    const open = new OpenRows({ expiresAfterMs: 60_000 });
    const rows = [{ entity: 'order', key: '["nn"]' }];
    open.seen({ universe: 'modern', lsn: 1n, part: 0, committedMs: 1, requestId: 'q', rows }, 1);
    const context = { since: 0, compensate: false, both: false };
    const aliased = { ...pair('["O-9"]', 'legacy'), aliases: ['["nn"]'] };
    expect(planOf([aliased], [said()], open, context).busy.size).toBe(1);
  });

  test('a row goes by its common name once the pair is learned', () => {
    const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 1 }));
    reconciler.take(said(), 0);
    const names = new Map([[rowId('order', '["⟨modern:zz⟩"]'), '["O-7"]']]);
    const [changed] = reconciler.renamed(names);
    expect([...(changed?.rows.values() ?? [])].map(({ key }) => key)).toEqual(['["O-9"]', '["O-7"]']);
    expect(reconciler.renamed(names)).toEqual([]);
  });
});
