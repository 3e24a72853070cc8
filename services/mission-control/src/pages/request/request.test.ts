import { create } from '@bufbuild/protobuf';
import { EntityEffectSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { changedPart } from '../../ui/changed-part.ts';
import { alignLines } from './align-lines.ts';
import { deltaOf, effectRows } from './effect-rows.ts';

describe('both answers side by side', () => {
  test('equal lines stand together, whatever one side has more', () => {
    const lines = alignLines(['{', 'a', 'b', '}'], ['{', 'b', 'c', '}']);
    expect(lines).toEqual([
      { left: '{', right: '{', same: true },
      { left: 'a', same: false },
      { left: 'b', right: 'b', same: true },
      { right: 'c', same: false },
      { left: '}', right: '}', same: true },
    ]);
  });

  test('lines that changed meet each other', () => {
    expect(alignLines(['x', 'interest 38.15'], ['x', 'interest 38.12'])[1]).toEqual({
      left: 'interest 38.15',
      right: 'interest 38.12',
      same: false,
    });
  });

  test('very long answers are put side by side without a search', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => String(index));
    const lines = alignLines(many, ['new', ...many]);
    expect(lines).toHaveLength(5_001);
    expect(lines.every(({ left, right }) => left !== undefined || right !== undefined)).toBe(true);
  });
});

describe('what is marked of two values', () => {
  test.each([
    ['"38.15"', '"38.12"', ['"', '38.15', '"'], ['"', '38.12', '"']],
    ['1,204.50', '1,304.50', ['1,', '204.50', ''], ['1,', '304.50', '']],
    ['same', 'same', ['same', '', ''], ['same', '', '']],
    ['', 'new', ['', '', ''], ['', 'new', '']],
    ['aa b', 'aa aa b', ['aa ', 'b', ''], ['aa ', 'aa b', '']],
  ])('%s and %s', (one, other, left, right) => {
    expect(changedPart(one, other)).toEqual([left, right]);
  });
});

describe('what a request did to a row', () => {
  test.each([
    ['30923.15', '30961.3', '+38.15'],
    ['30961.3', '30923.15', '−38.15'],
    ['-0.5', '0.25', '+0.75'],
    ['99999999999999999999.01', '100000000000000000000.02', '+1.01'],
    ['1', '1', undefined],
    [undefined, '7', undefined],
    ['open', 'closed', undefined],
  ])('from %s to %s: %s', (before, after, delta) => {
    expect(deltaOf(before, after)).toBe(delta);
  });

  test('fields that nobody touched are counted, not listed; what differs is told apart', () => {
    const row = (balance: string) => ({
      fields: ['id', 'balance'].map((name) => ({
        name,
        value: { case: 'text' as const, value: name === 'id' ? '7' : balance },
      })),
    });
    const effect = create(EntityEffectSchema, {
      legacy: { before: row('1.00'), after: row('2.00') },
      modern: { before: row('1.00'), after: row('2.01') },
    });
    const { rows, same } = effectRows(effect);
    expect(same).toBe(1);
    expect(rows).toEqual([
      {
        field: 'balance',
        legacy: { before: '1.00', after: '2.00', delta: '+1.00' },
        modern: { before: '1.00', after: '2.01', delta: '+1.01' },
        differs: true,
      },
    ]);
  });
});
