import { describe, expect, test } from '@jest/globals';
import type { MatchIr } from '../ir.ts';
import { streamVariants, variants } from './route-variants.ts';

const match = (change: Partial<MatchIr> = {}): MatchIr => ({
  path: { kind: 'prefix', value: '/' },
  methods: [],
  safe: false,
  ...change,
});
const written = (list: ReturnType<typeof variants>) =>
  list.map(({ tier, stream, methods }) => `${tier} ${stream} ${methods.join('|')}`.trim());
const open = { timeoutCoversStreams: false };
const bounded = { timeoutCoversStreams: true };

describe('variants', () => {
  test.each<[string, Partial<MatchIr>, typeof open, string[]]>([
    [
      'all methods',
      {},
      open,
      [
        'safe events GET|HEAD|OPTIONS|TRACE',
        'safe none GET|HEAD|OPTIONS|TRACE',
        'keyed rpc',
        'keyed none',
        'other rpc',
        'other none',
      ],
    ],
    [
      'all methods, streams bounded',
      {},
      bounded,
      ['safe none GET|HEAD|OPTIONS|TRACE', 'keyed none', 'other none'],
    ],
    ['a read', { methods: ['GET'] }, bounded, ['safe none GET']],
    ['a write', { methods: ['POST'] }, bounded, ['keyed none POST', 'other none POST']],
    [
      'both',
      { methods: ['PUT', 'GET'] },
      bounded,
      ['safe none GET', 'keyed none PUT|GET', 'other none PUT|GET'],
    ],
    [
      'a read by its own word',
      { methods: ['POST'], safe: true },
      open,
      ['safe rpc POST', 'safe events POST', 'safe none POST'],
    ],
  ])('%s', (_, change, group, expected) => {
    expect(written(variants(match(change), group))).toEqual(expected);
  });

  test('a write is never in a tier that is retried without a key', () => {
    for (const methods of [[], ['POST'], ['GET', 'DELETE'], ['PATCH']]) {
      for (const variant of variants(match({ methods }), open)) {
        const covers = variant.methods.length === 0 ? ['POST'] : variant.methods;
        if (variant.tier === 'safe')
          expect(covers).not.toEqual(expect.arrayContaining(['POST', 'DELETE', 'PATCH']));
      }
    }
  });
});

test('the last variant takes what the others left', () => {
  expect(written(streamVariants(match({ methods: ['GET'] }), open)).at(-1)).toBe('other none GET');
  expect(streamVariants(match(), bounded)).toHaveLength(1);
});
