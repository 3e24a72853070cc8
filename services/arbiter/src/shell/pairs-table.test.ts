import { create, toBinary } from '@bufbuild/protobuf';
import type { Bus, ReceivedRecord } from '@chronos/bus/bus.ts';
import { IdentifierPairSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import { expect, test } from '@jest/globals';
import { PairsTable } from './pairs-table.ts';

function tableOf() {
  const table = new PairsTable({} as Bus, (line) => {
    throw new Error(line);
  });
  const accept = (legacy: string, value: Uint8Array) =>
    table.accept({ key: `shop/orders/${legacy}`, value } as ReceivedRecord);
  return {
    table,
    forget: (legacy: string) => accept(legacy, new Uint8Array()),
    pair(legacy: string, modern: string, ended = false) {
      const pair = { migration: 'shop', bijection: 'orders', legacy, modern, ended };
      accept(legacy, toBinary(IdentifierPairSchema, create(IdentifierPairSchema, pair)));
    },
  };
}

test('a pair that has ended is known as such until a newer one takes its place', () => {
  const { table, pair } = tableOf();
  pair('5', '70');
  pair('5', '70', true);
  expect([table.modernOf('shop', 'orders', '5'), table.hasEnded('shop', 'orders', '5')]).toEqual([
    '70',
    true,
  ]);
  pair('5', '71');
  expect([table.modernOf('shop', 'orders', '5'), table.hasEnded('shop', 'orders', '5')]).toEqual([
    '71',
    false,
  ]);
  expect(table.legacyOf('shop', 'orders', '70')).toBeUndefined();
});

test('of an id of modern’s that belongs to another one by now, the end of the old pair takes nothing, whichever is read first', () => {
  for (const isFirst of [true, false]) {
    const { table, pair, forget } = tableOf();
    pair('5', '70');
    if (isFirst) forget('5');
    pair('6', '70');
    if (!isFirst) forget('5');
    expect([table.modernOf('shop', 'orders', '5'), table.legacyOf('shop', 'orders', '70')]).toEqual([
      undefined,
      '6',
    ]);
  }
});
