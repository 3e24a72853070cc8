import { describe, expect, test } from '@jest/globals';
import { episodeOf, raw, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';

const codes = (...texts: readonly (readonly [string, string])[]): Values[] => texts.map(([l, m]) => [l, m]);

describe('never accepted', () => {
  const swap = (of: string, to: string) =>
    [[{ [of]: { iban: 'DE02' } }, { [to]: { iban: 'DE02' } }]] as const;
  test.each<readonly [string, readonly Values[]]>([
    [
      'the account of another party',
      [
        [
          { debtor: { iban: 'DE02' }, creditor: { mail: 'a@b.example' } },
          { creditor: { iban: 'DE02' }, debtor: { mail: 'a@b.example' } },
        ],
      ],
    ],
    [
      'what is allowed as denied',
      [
        [
          { allow: { cidr: '10.0.0.0/8' }, id: 1 },
          { deny: { cidr: '10.0.0.0/8' }, id: 1 },
        ],
      ],
    ],
    ['another party alone', [...swap('payer', 'payee')]],
    ['from and to of a map', [[{ A1: 'A2' }, [{ from: 'A2', to: 'A1' }]]]],
    [
      'the sign of a key',
      [
        [
          { '-5': 'x', '7': 'y' },
          { '5': 'x', '7': 'y' },
        ],
      ],
    ],
    [
      'rules without their order',
      [
        [
          [
            { action: 'allow', cidr: 'a' },
            { action: 'deny', cidr: 'b' },
          ],
          { deny: 'b', allow: 'a' },
        ],
      ],
    ],
    [
      'a fee as a refund',
      [
        [
          { feeCents: 107, currency: 'EUR' },
          { refund: raw('1.07'), currency: 'EUR' },
        ],
      ],
    ],
    ['a limit as a balance', [[{ limit: raw('7.19'), isDebitOrCredit: 'C' }, { balance: raw('7.19') }]]],
    ['dollars as those of Canada', codes(['$7193.04', 'CA$7193.04'], ['$12.50', 'CA$12.50'])],
    [
      'clauses of which two become one',
      [
        ['1.1', raw('1.1')],
        ['1.10', raw('1.1')],
        ['1.2', raw('1.2')],
      ],
    ],
    ['a range as one number', codes(['5000-120000', '5000120000'], ['4000-110000', '4000110000'])],
    ['zeros as the way out of the country', codes(['0012345678', '+12345678'])],
    ['months as minutes', codes(['12m', 'PT12M'], ['36m', 'PT36M'])],
    ['a state as a country', codes(['CA', 'Canada'], ['NY', 'New York'], ['TX', 'Texas'])],
    [
      'an open end as a closed one',
      [
        ['>10', { min: 10 }],
        ['>11', { min: 11 }],
        ['>12', { min: 12 }],
      ],
    ],
    [
      'names by letters that are not looked at',
      codes(['Müller K', 'Möller K'], ['Jäger T', 'Jöger T'], ['Иван K', 'Пётр K']),
    ],
    ['words with more letters', codes(['read', 'readwrite'], ['user', 'useradmin'], ['John', 'Johnson'])],
    [
      'a plate that loses a letter',
      codes(['VP18 WDK', 'VP18WD'], ['AH72 RBH', 'AH72RB'], ['YY73 VPH', 'YY73VP']),
    ],
    ['a member under an empty key', [[{ debit: 5, credit: 5 }, { '': 5 }]]],
    [
      'labels of which the values changed places',
      many((i) => [`fee=${10 + i} tax=${130 + i}`, { fee: 130 + i, tax: 10 + i }]),
    ],
    ['a sign as a separator', many((i) => [`A:-1${i}`, `A:1${i}`])],
    ['a point as a separator', many((i) => [`D1.${i + 1}`, `D1${i + 1}`])],
    ['a token for more', many((i) => [`ro_${token(i)}`, `rw_${token(i + 20)}`, `ro_${token(i + 40)}`])],
    [
      'a zone within the noise of a clock',
      many((i) => [clock(9, i), clock(i % 2 === 0 ? 10 : 9, i), clock(9, i + 7)]),
    ],
  ])('%s', (_, values) => {
    expect(judgeEpisode(episodeOf(...values)).verdict).not.toBe('harmless');
  });
});

function many(at: (index: number) => Values): Values[] {
  return Array.from({ length: 9 }, (_, i) => at(i));
}

/** Letters and figures without a pattern. */
function token(seed: number): string {
  return [...'abcdefghij'].map((letter, i) => `${letter}${((seed + 3) * (i + 7) * 31) % 97}`).join('');
}

function clock(hour: number, minute: number): string {
  return `2024-03-28T${String(hour).padStart(2, '0')}:${10 + minute}:14.673Z`;
}
