import { describe, expect, test } from '@jest/globals';
import { DebeziumReader, UnreadableEvent } from './debezium.ts';
import { debeziumText, UnreadableValue } from './debezium-values.ts';

const typeOf = () => ({ kind: 'text', array: false }) as const;
const source = (txId: number | null, lsn: number) => ({ txId, lsn, schema: 'public', table: 'a', ts_us: 5 });
const begin = { status: 'BEGIN', id: '7:10' };
const end = { status: 'END', id: '7:30' };
const insert = (lsn: number, id: string) => ({
  op: 'c',
  before: null,
  after: { id },
  source: source(7, lsn),
});
const run = (events: readonly unknown[]) => {
  const reader = new DebeziumReader(typeOf);
  return events.flatMap((event, i) => reader.take(JSON.stringify(event), BigInt(i + 1)));
};
const kinds = (events: readonly unknown[]) => run(events).map(({ kind }) => kind);

describe('a transaction', () => {
  test('is told at its end, by the position of its commit', () => {
    const events = run([begin, insert(10, 'x'), end]);
    expect(events).toMatchObject([
      { kind: 'begin', xid: 7, commitLsn: 30n, committedAtUs: 5n },
      { kind: 'relation', columns: [{ name: 'id', typeId: 0 }] },
      { kind: 'change', op: 'insert', before: null, lsn: 10n },
      { kind: 'commit', position: 3n },
    ]);
  });
  test('whose connector was restarted in its middle is told once', () => {
    expect(kinds([begin, insert(10, 'x'), insert(10, 'x'), insert(20, 'y'), end])).toEqual([
      'begin',
      'relation',
      'change',
      'change',
      'commit',
    ]);
    expect(kinds([begin, insert(10, 'x'), begin, insert(10, 'x'), end])).toEqual([
      'begin',
      'relation',
      'change',
      'commit',
    ]);
  });
  test('whose end comes twice ends once', () => {
    expect(kinds([begin, insert(10, 'x'), end, end])).toEqual(['begin', 'relation', 'change', 'commit']);
  });
});

test('messages: in a transaction, and outside of any', () => {
  const message = (txId: number | null) => ({
    op: 'm',
    source: source(txId, 10),
    message: { prefix: 'chronos', content: '722d31' },
  });
  expect(run([begin, message(7), end])[1]).toMatchObject({
    kind: 'message',
    transactional: true,
    prefix: 'chronos',
    content: 'r-1',
  });
  expect(run([message(null)])).toMatchObject([
    { kind: 'message', transactional: false, content: 'r-1', position: 1n },
  ]);
});

test('numbers keep every digit', () => {
  const reader = new DebeziumReader(typeOf);
  const text = (id: string) =>
    `{"op":"c","before":null,"after":{"id":${id}},"source":{"txId":7,"lsn":1,"schema":"s","table":"t","ts_us":1}}`;
  for (const id of ['9223372036854775807', '0.1']) reader.take(text(id), 1n);
  const events = reader.take(JSON.stringify(end), 2n);
  expect(events.flatMap((event) => (event.kind === 'change' ? [event.after?.id] : []))).toEqual([
    '9223372036854775807',
    '0.1',
  ]);
});

test.each([
  'no json',
  '[]',
  '{"op":"c"}',
  '{"op":"x","before":null,"after":null,"source":{"txId":7,"lsn":1,"ts_us":1}}',
])('a record that is no event is refused: %s', (text) => {
  expect(() => new DebeziumReader(typeOf).take(text, 1n)).toThrow(UnreadableEvent);
});

describe('values, as Postgres writes them', () => {
  test.each([
    ['date', '18263', '2020-01-02'],
    ['date', '-1', '1969-12-31'],
    ['timestamp', '1577934245123456', '2020-01-02 03:04:05.123456'],
    ['timestamp', '-1000000', '1969-12-31 23:59:59'],
    ['timestamptz', '2020-01-02T02:04:05.123456Z', '2020-01-02 02:04:05.123456+00'],
    ['bytea', '0102', '\\x0102'],
    ['timestamptz', '-0043-03-15T00:00:00.000000Z', '0044-03-15 00:00:00.000000+00 BC'],
    ['timestamptz', '+10000-01-01T00:00:00.000000Z', '10000-01-01 00:00:00.000000+00'],
    ['timestamptz', 'infinity', 'infinity'],
    ['date', '-735160', '0044-03-15 BC'],
    ['date', '2932897', '10000-01-01'],
    ['date', '2146033979', 'infinity'],
    ['date', '-2147472691', '-infinity'],
    ['timestamp', '-63517824000000000', '0044-03-15 00:00:00 BC'],
    ['timestamp', '9223372036854775807', 'infinity'],
    ['timestamp', '-9223372036854775808', '-infinity'],
    ['numeric', '1.50', '1.50'],
    ['numeric', 'NAN', 'NaN'],
    ['numeric', 'POSITIVE_INFINITY', 'Infinity'],
    ['numeric', 'NEGATIVE_INFINITY', '-Infinity'],
    ['text', 'NAN', 'NAN'],
    ['boolean', true, 't'],
    ['padded', 'ab    ', 'ab    '],
  ] as const)('%s %s', (kind, cell, text) => {
    expect(debeziumText({ kind, array: false }, cell, 'a.b')).toBe(text);
  });
  test('arrays, quoted', () => {
    expect(debeziumText({ kind: 'text', array: true }, ['a"b', null], 'a.b')).toBe('{"a\\"b",NULL}');
  });
  test('what was left out is unknown, NULL is NULL', () => {
    expect(debeziumText(undefined, '__debezium_unavailable_value', 'a.b')).toBeUndefined();
    expect(debeziumText(undefined, null, 'a.b')).toBeNull();
  });
  test('each of an array', () => {
    expect(debeziumText({ kind: 'numeric', array: true }, ['NAN', '1'], 'a.b')).toBe('{"NaN","1"}');
  });
  test('what is beyond all dates that can be read is refused by its place', () => {
    for (const [kind, cell] of [
      ['timestamp', '8640000000000000001'],
      ['date', '-100000001'],
    ] as const)
      expect(() => debeziumText({ kind, array: false }, cell, 'a.b')).toThrow(UnreadableValue);
  });
});
