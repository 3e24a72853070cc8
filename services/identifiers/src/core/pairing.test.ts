import { create } from '@bufbuild/protobuf';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { IdentifierSightingsSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import { expect, test } from '@jest/globals';
import { Pairing } from './pairing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array) => new TextDecoder().decode(value);
const seen = (requestId: string, universe: Universe, ...values: string[]) =>
  create(IdentifierSightingsSchema, {
    requestId,
    migration: 'm',
    universe,
    sightings: [{ bijection: 'orders', place: 0, values: values.map(bytes) }],
  });
const at = (offset: bigint, atMs = 0) => ({ partition: 1, offset, atMs });
const start = () => new Pairing({ halvesMax: 3, halfMsMax: 1_000 });

test('values at one place of both answers are pairs, whichever answer came first', () => {
  const pairing = start();
  expect(pairing.observe(seen('r1', Universe.MODERN, 'm1', 'm2'), at(1n))).toEqual([]);
  const pairs = pairing.observe(seen('r1', Universe.LEGACY, 'l1', 'l2'), at(2n));
  expect(pairs.map(({ legacy, modern }) => [text(legacy.bytes), text(modern.bytes)])).toEqual([
    ['l1', 'm1'],
    ['l2', 'm2'],
  ]);
  expect(pairing.waiting).toBe(0);
});

test('a second answer of one universe is no other side; different numbers of values teach nothing', () => {
  const pairing = start();
  pairing.observe(seen('r1', Universe.LEGACY, 'l1'), at(1n));
  expect(pairing.observe(seen('r1', Universe.LEGACY, 'l9'), at(2n))).toEqual([]);
  const [pair] = pairing.observe(seen('r1', Universe.MODERN, 'm1'), at(3n));
  expect(text(pair?.legacy.bytes ?? bytes(''))).toBe('l1');
  pairing.observe(seen('r2', Universe.LEGACY, 'a', 'b'), at(4n));
  expect(pairing.observe(seen('r2', Universe.MODERN, 'c'), at(5n))).toEqual([]);
  expect(pairing.uneven).toBe(1);
});

test('is bounded in number and time, and never lets a waiting half be skipped after a crash', () => {
  const pairing = start();
  pairing.observe(seen('r1', Universe.LEGACY, 'a'), at(5n, 0));
  pairing.observe(seen('r2', Universe.LEGACY, 'a'), at(6n, 10));
  expect(pairing.safeOffset(1, 7n)).toBe(5n);
  expect(pairing.safeOffset(2, 7n)).toBe(7n);
  pairing.observe(seen('r3', Universe.LEGACY, 'a'), at(7n, 1_005));
  expect([pairing.waiting, pairing.unmatched]).toEqual([2, 1]);
  pairing.observe(seen('r4', Universe.LEGACY, 'a'), at(8n, 1_006));
  pairing.observe(seen('r5', Universe.LEGACY, 'a'), at(9n, 1_007));
  expect(pairing.waiting).toBe(3);
  expect(pairing.safeOffset(1, 10n)).toBe(7n);
});

test('what an answer shows in a cookie, a location and its body is one pair, and a number if one of them is', () => {
  const pairing = start();
  const places = (universe: Universe, id: string, bodyIsNumber: boolean) =>
    create(IdentifierSightingsSchema, {
      ...{ requestId: 'r1', migration: 'm', universe },
      sightings: [false, false, bodyIsNumber].map((isNumber, place) => ({
        ...{ bijection: 'users', place, values: [bytes(id)], numbers: [isNumber] },
      })),
    });
  pairing.observe(places(Universe.LEGACY, '17', true), at(1n));
  const pairs = pairing.observe(places(Universe.MODERN, '900004', true), at(2n));
  expect(pairs).toHaveLength(1);
  expect([pairs[0]?.legacy.isNumber, pairs[0]?.modern.isNumber]).toEqual([true, true]);
});
