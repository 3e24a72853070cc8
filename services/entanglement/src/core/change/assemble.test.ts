import { create } from '@bufbuild/protobuf';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  Attribution,
  Operation,
  VectorFieldSchema,
  VectorSchema,
} from '@chronos/proto/events/v1/state_update_pb.js';
import { describe, expect, test } from '@jest/globals';
import { type Assembled, Assembler } from './assemble.ts';
import { type EntitySide, entityMapper, UnknownKey } from './entity-mapper.ts';
import { decodeHeartbeat, encodeHeartbeat } from './heartbeat.ts';
import type { Row, SourceEvent } from './source-event.ts';

const table = { schema: 'public', name: 'accounts' };
const side: EntitySide = {
  entity: 'account',
  table,
  lookups: [],
  kindOf: () => 'text',
  covers: (row) => (row.kind === undefined ? undefined : row.kind === 'a'),
  canonical: (row) =>
    create(VectorSchema, {
      fields: ['id', 'note'].map((name) =>
        create(VectorFieldSchema, {
          name,
          value:
            row[name] === undefined
              ? { case: 'unknown', value: true }
              : { case: 'text', value: row[name] ?? '' },
        }),
      ),
    }),
  key: ({ fields }) =>
    fields[0]?.value.case === 'text' ? JSON.stringify([fields[0].value.value]) : undefined,
};
const assembler = (partChangesMax = 500) =>
  new Assembler({
    migration: 'books',
    universe: Universe.LEGACY,
    tagPrefix: 'chronos',
    mapper: entityMapper(
      [side],
      () => null,
      (text) => `digest of ${text.length}`,
    ),
    partChangesMax,
  });

const begin: SourceEvent = { kind: 'begin', xid: 7, commitLsn: 70n, committedAtUs: 1_000_000_123_456n };
const commit: SourceEvent = { kind: 'commit', position: 80n };
const row = (id: string, note = '', kind = 'a'): Row => ({ id, note, kind });
const change = (before: Row | null, after: Row | null): SourceEvent => ({
  kind: 'change',
  table,
  op: before === null ? 'insert' : after === null ? 'delete' : 'update',
  before,
  after,
  lsn: 1n,
});
const message = (prefix: string, content: string, transactional = true): SourceEvent => ({
  kind: 'message',
  transactional,
  prefix,
  content,
  lsn: 5n,
  position: 5n,
});
const run = (events: readonly SourceEvent[], machine = assembler()) =>
  events.flatMap((event) => machine.take(event));
const transactions = (assembled: readonly Assembled[]) =>
  assembled.flatMap((one) =>
    one.kind === 'transaction' && one.update.what.case === 'transaction'
      ? [{ key: one.key, ...one.update.what.value }]
      : [],
  );

test('what the capture says of a table whose partitions came or went is a table emptied; what says no table is nothing', () => {
  const told = run([
    begin,
    message('chronos-emptied', '["public","accounts"]'),
    message('chronos-emptied', 'x'),
    commit,
  ]);
  expect(
    transactions(told).map(({ changes }) => changes.map(({ entity, key, op }) => [entity, key, op])),
  ).toEqual([[['account', '', Operation.TRUNCATE]]]);
});

test('tags of another request than the first are counted, repetitions are not', () => {
  const machine = assembler();
  run(
    [begin, message('chronos', 'r-1'), message('chronos', 'r-1'), message('chronos', 'r-2'), commit],
    machine,
  );
  run([begin, message('chronos', 'r-3'), commit], machine);
  expect(machine.secondTags).toBe(1);
});

describe('a transaction', () => {
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  test.each([
    ['the service', [message('chronos', 'r-1')], Attribution.TAGGED, 'r-1'],
    ['the service, with its trace', [message('chronos', `r-1 ${trace}`)], Attribution.TAGGED, 'r-1'],
    ['the SQL comment', [message('chronos-comment', trace)], Attribution.COMMENT, 'tx:books:1:7'],
    ['both', [message('chronos-comment', trace), message('chronos', 'r-1')], Attribution.TAGGED, 'r-1'],
    [
      'two services: the first counts',
      [message('chronos', 'r-1'), message('chronos', 'r-2')],
      Attribution.TAGGED,
      'r-1',
    ],
    [
      'the reconciler',
      [message('chronos-repair', 'x'), message('chronos', 'r-1')],
      Attribution.REPAIR,
      'tx:books:1:7',
    ],
    ['the copy', [message('chronos-copy', '')], Attribution.COPY, 'tx:books:1:7'],
    ['nobody', [message('another', 'r-1')], Attribution.NONE, 'tx:books:1:7'],
    [
      'a comment that is no trace',
      [message('chronos-comment', '00-0-0-0')],
      Attribution.NONE,
      'tx:books:1:7',
    ],
    ['an id that is too long', [message('chronos', 'x'.repeat(257))], Attribution.NONE, 'tx:books:1:7'],
  ])('is attributed by %s', (_, messages, attribution, key) => {
    const [told] = transactions(run([begin, ...messages, change(null, row('1')), commit]));
    expect(told).toMatchObject({ attribution, key, xid: 7n, commitLsn: 70n, part: 0, last: true });
    expect(told?.committedAt).toMatchObject({ seconds: 1_000_000n, nanos: 123_456_000 });
  });

  test('that changes no declared entity is left out, its position is not', () => {
    expect(run([begin, message('chronos', 'r-1'), commit])).toEqual([{ kind: 'position', position: 80n }]);
  });

  test('is told in parts of bounded size, the same each time', () => {
    const events = [
      begin,
      message('chronos', 'r-1'),
      ...Array.from({ length: 7 }, (_, i) => change(null, row(`${i}`))),
      commit,
    ];
    const parts = transactions(run(events, assembler(3)));
    expect(parts.map(({ part, last, changes }) => [part, last, changes.length])).toEqual([
      [0, false, 3],
      [1, false, 3],
      [2, true, 1],
    ]);
    expect(new Set(parts.map(({ key }) => key))).toEqual(new Set(['r-1']));
    expect(transactions(run(events, assembler(3)))).toEqual(parts);
  });

  test('tagged after its first part has gone stays as it is, and is counted', () => {
    const machine = assembler(1);
    const parts = transactions(
      run(
        [begin, change(null, row('1')), change(null, row('2')), message('chronos', 'late'), commit],
        machine,
      ),
    );
    expect(parts.map(({ key }) => key)).toEqual(['tx:books:1:7', 'tx:books:1:7']);
    expect(machine.lateTags).toBe(1);
  });

  test('emptying a table names its entities', () => {
    const [told] = transactions(run([begin, { kind: 'truncate', tables: [table], lsn: 1n }, commit]));
    expect(told?.changes).toMatchObject([{ entity: 'account', op: Operation.TRUNCATE, key: '' }]);
  });
});

describe('an update', () => {
  const opsOf = (before: Row, after: Row) =>
    transactions(run([begin, change(before, after), commit])).flatMap(({ changes }) =>
      changes.map(({ op, key }) => [Operation[op], key]),
    );
  test('of the key is a row deleted and another inserted', () => {
    expect(opsOf(row('1'), row('2'))).toEqual([
      ['DELETE', '["1"]'],
      ['INSERT', '["2"]'],
    ]);
  });
  test('by which a row enters or leaves the entity is an insert or a delete', () => {
    expect(opsOf(row('1', '', 'b'), row('1'))).toEqual([['INSERT', '["1"]']]);
    expect(opsOf(row('1'), row('1', '', 'b'))).toEqual([['DELETE', '["1"]']]);
  });
  test('whose row before is not told stays an update', () => {
    expect(opsOf({}, row('1'))).toEqual([['UPDATE', '["1"]']]);
  });
});

test('a delete that does not tell the key cannot be guessed', () => {
  expect(() => run([begin, change({}, null), commit])).toThrow(UnknownKey);
});

test('values beyond every limit travel as their digest', () => {
  const large = 'x'.repeat(70_000);
  const [told] = transactions(run([begin, change(null, row('1', large)), commit]));
  expect(told?.changes[0]?.after?.fields[1]?.value).toEqual({ case: 'masked', value: 'digest of 70000' });
});

test('heartbeats come back as they went', () => {
  const beat = { capture: 'slot/1', sequence: 9, atUs: 123_456_789n };
  const told = run([message('chronos-heartbeat', encodeHeartbeat(beat), false)]);
  expect(told).toEqual([
    { kind: 'heartbeat', content: encodeHeartbeat(beat), lsn: 5n },
    { kind: 'position', position: 5n },
  ]);
  expect(decodeHeartbeat(encodeHeartbeat(beat))).toEqual(beat);
  expect(decodeHeartbeat('somebody else')).toBeUndefined();
});
