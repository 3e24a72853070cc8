import { describe, expect, test } from '@jest/globals';
import { episodeOf, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';

describe('what all requests together show', () => {
  const usage = (...texts: readonly (readonly [string, number])[]) => judgeEpisode(episodeOf(...texts));

  test('a unit that never changes may be left out, one that does may not', () => {
    expect(usage(['622 kWh', 622], ['734 kWh', 734], ['91 kWh', 91])).toMatchObject({
      verdict: 'harmless',
      rule: 'constant-unit',
    });
    expect(usage(['622 kWh', 622], ['734 kWh', 734], ['9 MWh', 9]).verdict).not.toBe('harmless');
    expect(usage(['31 ct/kWh', 31], ['29 ct/kWh', 29], ['27 ct/kWh', 27]).verdict).not.toBe('harmless');
    expect(usage(['25 bp', 25], ['50 bp', 50], ['75 bp', 75]).verdict).not.toBe('harmless');
    expect(usage(['6 dozen', 6], ['9 dozen', 9], ['4 dozen', 4]).verdict).not.toBe('harmless');
    const weight = episodeOf(['622 g', 622], ['734 g', 734], ['91 g', 91]);
    expect(judgeEpisode({ ...weight, field: 'parcel.weightG' }).verdict).toBe('harmless');
    expect(judgeEpisode({ ...weight, field: 'parcel.weightKg' }).verdict).not.toBe('harmless');
  });

  test('lists under names as records', () => {
    const told = (...severities: readonly string[]) =>
      judgeEpisode(
        episodeOf([
          { substances: ['A1', 'B2'], severities: ['MILD', 'SEVERE'] },
          severities.map((severity, i) => ({ substance: ['A1', 'B2'][i], severity })),
        ]),
      );
    expect(told('MILD', 'SEVERE')).toMatchObject({ verdict: 'harmless', rule: 'records-told' });
    expect(told('SEVERE', 'MILD')).toMatchObject({ verdict: 'bug', rule: 'records-misaligned' });
  });

  test('a fault under other names is asked, and not scored', () => {
    const fault = (code: string, text: string, status: number, title = text) =>
      [
        { faultcode: code, faultstring: text },
        { status, title },
      ] as const;
    const rows = [
      fault('Client.NotFound', 'Parcel 3911823 not found', 404),
      fault('Server.Busy', 'Try again later', 503),
    ];
    expect(judgeEpisode(episodeOf(...rows))).toMatchObject({ verdict: 'ask', rule: 'keys-renamed' });
  });

  test('an answer that is not there is no consent', () => {
    const told: Values[] = [
      ['Y', true],
      ['N', false],
    ];
    expect(judgeEpisode(episodeOf(...told, [null, true])).verdict).toBe('bug');
    expect(judgeEpisode(episodeOf(...told, [null, false])).verdict).not.toBe('bug');
  });

  test('a box that is not checked is no consent', () => {
    expect(judgeEpisode(episodeOf([' ', false], ['X', true])).verdict).toBe('harmless');
    expect(judgeEpisode(episodeOf([' ', true], ['X', true])).verdict).not.toBe('harmless');
  });
});

describe('what only all requests together show', () => {
  test.each([
    [
      'an empty text and null become null',
      [
        [null, null],
        ['', null],
      ],
    ],
    [
      'an open end and an unknown one become null',
      [
        ['9999-12-31', null],
        [null, null],
      ],
    ],
    [
      'digits that are all added upwards',
      [
        [5.5, 5.53],
        [6.5, 6.53],
        [7.5, 7.53],
        [8.1, 8.13],
      ],
    ],
    ['objects that become texts', [[{ a: 1, b: 'x' }, '{"a":1,"b":"x"}']]],
    [
      'a constant amount that is added',
      [
        [undefined, 12.5],
        [undefined, 12.5],
        [undefined, 12.5],
      ],
    ],
    [
      'single letters spelled out',
      [
        ['C', 'Closed'],
        ['A', 'Active'],
      ],
    ],
  ] as const)('%s: not accepted', (_, rows) => {
    expect(judgeEpisode(episodeOf(...rows)).verdict).not.toBe('harmless');
  });
});
