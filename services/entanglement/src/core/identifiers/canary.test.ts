import { create } from '@bufbuild/protobuf';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { ValueType, type Vector, VectorSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { type EntityEffect, Kind, Ruling, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { compileEntities } from '../mapping/compile.ts';
import { entanglement, testCatalog, testTable } from '../mapping/testing.ts';
import { caseOfVerdict } from '../repair/case-of-verdict.ts';
import { OpenRows } from '../repair/open-rows.ts';
import type { RowPair, RowRead, Write } from '../repair/plan.ts';
import { Reconciler } from '../repair/reconciler.ts';
import { MarkedKeys } from './marked-keys.ts';

/** Orders whose ids each universe makes by itself; `parent` names another order. */
const declared = entanglement([
  {
    name: 'order',
    legacy: { table: 'orders' },
    modern: { table: 'orders' },
    key: ['id'],
    fields: [
      { name: 'id', legacy: 'id', modern: 'id', identifiers: 'orders' },
      { name: 'parent', legacy: 'parent', modern: 'parent', identifiers: 'orders' },
      { name: 'cents', legacy: 'cents', modern: 'cents' },
    ],
  },
]);
const table = (id: string) => testCatalog(testTable('orders', { id, parent: `${id}?`, cents: 'int8' }));
const [order] = compileEntities(
  declared,
  { legacy: table('text'), modern: table('uuid') },
  { mask: (text) => text },
);
if (order === undefined) throw new Error('the entity fits its tables');

/** cents, and the common name of the parent. */
type Content = readonly [cents: string, parent?: string];

function vector([cents, parent]: Content): Vector {
  const text = (name: string, value: string) => ({ name, value: { case: 'text', value } as const });
  return create(VectorSchema, {
    fields: [
      { ...text('cents', cents), type: ValueType.NUMBER },
      ...(parent === undefined ? [] : [text('parent', parent)]),
    ],
  });
}

const side = (before: Content | undefined, after: Content | undefined) => ({
  ...(before && { before: vector(before) }),
  ...(after && { after: vector(after) }),
});

function read(key: string, content: Content | undefined): RowRead {
  const [name = ''] = JSON.parse(key) as string[];
  return content === undefined
    ? { version: undefined, values: undefined }
    : {
        version: 'v1',
        values: new Map([
          ['id', name],
          ['parent', content[1] ?? null],
          ['cents', content[0]],
        ]),
      };
}

interface Canary {
  readonly key: string;
  readonly modernKey?: string;
  readonly legacy?: ReturnType<typeof side>;
  readonly modern?: ReturnType<typeof side>;
  /** The rows as they are now, by content under common names. */
  readonly rows: { readonly legacy?: Content; readonly modern?: Content; readonly unpaired?: boolean };
}

/** What is written, before and after traffic has gone back. */
function repaired({ key, modernKey, legacy, modern, rows }: Canary) {
  const effect = {
    entity: 'order',
    key,
    modernKey: modernKey ?? '',
    ruling: Ruling.BUG,
    ...(legacy && { legacy }),
    ...(modern && { modern }),
  } as unknown as EntityEffect;
  const verdict = create(VerdictSchema, {
    requestId: 'r',
    kind: Kind.MISMATCH,
    answeredBy: Universe.MODERN,
    effects: [effect],
  });
  const keys = new MarkedKeys(declared.entities);
  const said = caseOfVerdict(verdict, undefined, { clientsOnModern: true, nowMs: 0, keys });
  if (said === undefined || order === undefined) throw new Error('no case');
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 1 }));
  reconciler.take(said, 0);
  const early = reconciler.due(1_000).length;
  const [waiting] = reconciler.awaitingRevert(1_000);
  reconciler.reverted(waiting?.id ?? '');
  const [component] = reconciler.due(1_000);
  if (component === undefined) throw new Error('nothing is due');
  const pair: RowPair = {
    entity: order,
    key,
    legacy: read(key, rows.legacy),
    modern: read(key, rows.modern),
    ...(rows.unpaired === true && { unpaired: true }),
  };
  const { plan } = reconciler.look(component, [pair], { since: 0, both: false, nowMs: 1_000 });
  const words = (write: Write) =>
    write.kind === 'row'
      ? `${write.key} ${write.after === undefined ? 'gone' : [...write.after.values()].join(' ')}`
      : `${write.key} + ${[...write.add.values()].join(' ')}`;
  return { early, legacy: plan.writes.legacy.map(words), modern: plan.writes.modern.map(words) };
}

describe('a wrong answer of modern’s in a canary: traffic goes back first, then legacy gets what the client was told, by its own id', () => {
  test.each<[string, Canary, string[]]>([
    [
      'a row that both have under other ids',
      {
        key: '["O-1"]',
        modernKey: '["aa"]',
        legacy: side(['5'], ['7']),
        modern: side(['5'], ['9']),
        rows: { legacy: ['7'], modern: ['9'] },
      },
      ['["O-1"] O-1  9'],
    ],
    [
      'a row that modern alone made',
      {
        key: '["⟨modern:zz⟩"]',
        modernKey: '["zz"]',
        modern: side(undefined, ['9', 'O-1']),
        rows: { modern: ['9', 'O-1'], unpaired: true },
      },
      ['["⟨modern:zz⟩"] ⟨modern:zz⟩ O-1 9'],
    ],
    [
      'a row that legacy’s copy alone made',
      {
        key: '["O-9"]',
        legacy: side(undefined, ['9']),
        rows: { legacy: ['9'], unpaired: true },
      },
      ['["O-9"] gone'],
    ],
    [
      'a row that modern took away',
      {
        key: '["O-1"]',
        modernKey: '["aa"]',
        modern: side(['5'], undefined),
        rows: { legacy: ['5'] },
      },
      ['["O-1"] gone'],
    ],
    [
      'a reference to another row',
      {
        key: '["O-1"]',
        modernKey: '["aa"]',
        legacy: side(['5'], ['5', 'O-2']),
        modern: side(['5'], ['5', 'O-3']),
        rows: { legacy: ['5', 'O-2'], modern: ['5', 'O-3'] },
      },
      ['["O-1"] O-1 O-3 5'],
    ],
  ])('%s', (_, canary, expected) => {
    expect(repaired(canary)).toEqual({ early: 0, legacy: expected, modern: [] });
  });
});
