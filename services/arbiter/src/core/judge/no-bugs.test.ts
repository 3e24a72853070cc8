import { describe, expect, test } from '@jest/globals';
import { episodeOf, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';
import { byRules } from './testing/rows.ts';
import { SPARED } from './testing/spared.ts';
import { SPARED_MORE } from './testing/spared-more.ts';

describe('no bugs', () => {
  test.each(Object.entries({ ...SPARED, ...SPARED_MORE }))('%s', (_, values) => {
    expect(byRules(episodeOf(...values))).not.toMatchObject({ verdict: 'bug' });
  });

  test.each([
    ['a sign of another character set', [['REF[1191] GHENT', 'REFÝ1191¨ GHENT']]],
    ['another address', [['2001:0db8:06a4:0000:0000:0000:09e1:0a76', '2001:db8:6a4::9e1:a760']]],
    [
      'a column that moves',
      [
        ['0276 DUBOIS  1', '0276 DUBOIS 1'],
        ['0277 NOVAK   2', '0277 NOVAK   2'],
        ['0278 SILVA   3', '0278 SILVA   3'],
      ],
    ],
    [
      'a number whose unit stays',
      [
        [
          { n: 10, u: 'foo' },
          { n: 25, u: 'foo' },
        ],
      ],
    ],
    [
      'groups filled to other widths',
      [
        ['9643-5202-11', '09643520211'],
        ['63019-876-44', '63019087644'],
        ['34174-9663-3', '03417496633'],
      ],
    ],
    ['look-alike letters', [['ETT37064', 'E\u0422T37064']]],
    [
      'bytes of a UUID in another order',
      [['{F232F104-2FDC-A886-AC15-8A9EEACFE0F6}', '04f132f2-dc2f-86a8-ac15-8a9eeacfe0f6']],
    ],
    [
      'a unit that is only relabelled',
      [
        [
          { n: 188613, u: 'GBX' },
          { n: 188613, u: 'GBP' },
        ],
      ],
    ],
    ['a sign that is lost', [['<25', { value: 25 }]]],
    ['an end of a range that is left out', [['6,7,8,9,10,11,12,15', '6-11,15']]],
  ] as readonly [string, readonly Values[]][])('but %s is one', (_, values) => {
    expect(judgeEpisode(episodeOf(...values))).toMatchObject({ verdict: 'bug' });
  });
});
