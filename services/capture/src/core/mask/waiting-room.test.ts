import { create } from '@bufbuild/protobuf';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import type { MaskRules } from './rules.ts';
import { rulesFor } from './testing.ts';
import { WaitingRoom } from './waiting-room.ts';

function room(limits: { exchangesMax?: number; bytesMax?: number } = {}) {
  const passed: string[] = [];
  const lost: string[] = [];
  const waiting = new WaitingRoom({
    pass: ({ requestId }, { revision }) => passed.push(`${requestId}@${revision}`),
    lose: ({ requestId }) => lost.push(requestId),
    waitMs: 5_000,
    exchangesMax: limits.exchangesMax ?? 10,
    bytesMax: limits.bytesMax ?? 100_000,
  });
  return { waiting, passed, lost };
}

const exchange = (requestId: string, bodyBytes = 0, migration = 'bank'): Exchange =>
  create(ExchangeSchema, { requestId, migration, response: { body: new Uint8Array(bodyBytes) } });
const rules = (revision: bigint): MaskRules => ({ ...rulesFor({}, () => '0'.repeat(64)), revision });

test('nothing passes before its rules; then all of it, in order', () => {
  const { waiting, passed, lost } = room();
  waiting.offer(exchange('a'), 0);
  waiting.offer(exchange('other', 0, 'shop'), 0);
  waiting.offer(exchange('b'), 1);
  expect(passed).toEqual([]);
  waiting.learn('bank', rules(1n));
  waiting.offer(exchange('c'), 2);
  expect(passed).toEqual(['a@1', 'b@1', 'c@1']);
  expect(lost).toEqual([]);
  expect(waiting.held.exchanges).toBe(1);
});

test('the wait begins when all rules have been read, and ends as lost; rules that come later help those that come later', () => {
  const { waiting, passed, lost } = room();
  waiting.offer(exchange('a'), 0);
  waiting.advance(60_000);
  expect(lost).toEqual([]);
  waiting.allRead(60_000);
  waiting.advance(64_999);
  expect(lost).toEqual([]);
  waiting.advance(65_000);
  waiting.offer(exchange('b'), 65_001);
  expect(lost).toEqual(['a', 'b']);
  waiting.learn('bank', rules(1n));
  waiting.offer(exchange('c'), 65_002);
  expect(passed).toEqual(['c@1']);
  expect(waiting.held).toEqual({ exchanges: 0, bytes: 0 });
});

test('what is held is bounded, in number and bytes', () => {
  const few = room({ exchangesMax: 2 });
  for (const id of ['a', 'b', 'c']) few.waiting.offer(exchange(id), 0);
  expect(few.lost).toEqual(['c']);
  const small = room({ bytesMax: 5_000 });
  small.waiting.offer(exchange('a', 3_000), 0);
  small.waiting.offer(exchange('b', 3_000), 0);
  expect(small.lost).toEqual(['b']);
});

test('rules of an earlier revision change nothing; a migration that is gone is unknown', () => {
  const { waiting, passed } = room();
  waiting.learn('bank', rules(2n));
  waiting.learn('bank', rules(1n));
  waiting.offer(exchange('a'), 0);
  waiting.forget('bank');
  waiting.offer(exchange('b'), 0);
  expect(passed).toEqual(['a@2']);
  waiting.learn('bank', rules(1n));
  expect(passed).toEqual(['a@2', 'b@1']);
});
