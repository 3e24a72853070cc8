import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OrderError, startWaves, stopGraceMs } from './order.ts';

const names = (waves: { name: string }[][]) => waves.map((wave) => wave.map(({ name }) => name));

describe('startWaves', () => {
  test('puts each part after what it needs, as early as possible', () => {
    const parts = [
      { name: 'proxy', after: ['control-plane', 'legacy'] },
      { name: 'control-plane', after: ['store', 'kafka'] },
      { name: 'store' },
      { name: 'kafka' },
      { name: 'legacy', after: ['store'] },
    ];
    expect(names(startWaves(parts))).toEqual([['store', 'kafka'], ['control-plane', 'legacy'], ['proxy']]);
  });

  test('what runs already counts as ready', () => {
    expect(names(startWaves([{ name: 'modern-v2', after: ['store'] }], new Set(['store'])))).toEqual([
      ['modern-v2'],
    ]);
  });

  test.each([
    ['a name used twice', [{ name: 'a' }, { name: 'a' }], 'two parts are named a'],
    ['an unknown name', [{ name: 'a', after: ['b'] }], 'a comes after b, which no part is named'],
    [
      'a circle',
      [
        { name: 'a', after: ['b'] },
        { name: 'b', after: ['a'] },
      ],
      'in a circle: a, b',
    ],
  ])('rejects %s', (_, parts, message) => {
    expect(() => startWaves(parts)).toThrow(OrderError);
    expect(() => startWaves(parts)).toThrow(message);
  });

  test('any graph without a circle is ordered whole', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 12 }), (graph) => {
        const parts = graph.map((edges, index) => ({
          name: `p${index}`,
          after: index === 0 ? [] : [...new Set(edges.map((edge) => `p${edge % index}`))],
        }));
        const order = startWaves(parts).flat();
        return (
          order.length === parts.length &&
          order.every(({ after }, at) =>
            after.every((name) => order.findIndex((part) => part.name === name) < at),
          )
        );
      }),
    );
  });
});

describe('stopGraceMs', () => {
  test('a wave gets what it wants while the later ones keep their reserve', () => {
    expect(stopGraceMs(2_000, 4_500, 3, 400)).toBe(2_000);
    expect(stopGraceMs(2_000, 2_500, 3, 400)).toBe(1_300);
  });

  test('past the deadline it gets nothing', () => {
    expect(stopGraceMs(2_000, -50, 1, 400)).toBe(0);
  });
});
