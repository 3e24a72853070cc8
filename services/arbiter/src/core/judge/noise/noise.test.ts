import { describe, expect, test } from '@jest/globals';
import { episodeOf, raw, type Values } from '../../../testing/episodes.ts';
import { judgeEpisode } from '../judge-episode.ts';

/** A small linear generator: the same tokens in every run. */
function tokens(seed: number, alphabet = '0123456789abcdef'): (length: number) => string {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[Math.floor((state / 2 ** 32) * alphabet.length)] ?? '';
  };
  return (length) => Array.from({ length }, next).join('');
}

function many(count: number, make: (index: number) => Values): readonly Values[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const token = tokens(7);
const digits = tokens(11, '123456789');
const invoice = (id: string, total: string) =>
  Buffer.from(`%PDF-1.4 /ID ${id} /Total ${total} %%EOF`).toString('base64');
const quote = (bid: number, ask = bid + 2) => ({ bid: raw2(bid), ask: raw2(ask) });
const raw2 = (units: number) => units / 10_000;
const swapped = ({ bid, ask }: { bid: number; ask: number }) => ({ bid: ask, ask: bid });

describe('what is made anew in each run', () => {
  const accepted: readonly (readonly [string, readonly Values[]])[] = [
    ['random tokens', many(6, () => [token(32), token(32), token(32)])],
    [
      'a label of the version in front',
      many(6, () => [`L1.${token(24)}`, `M2.${token(24)}`, `L1.${token(24)}`]),
    ],
    ['random keys', many(12, () => [raw(digits(12)), raw(digits(12)), raw(digits(12))])],
    [
      'a clock',
      many(4, (i) => [
        1_760_000_000_000 + i * 9000,
        1_760_000_000_420 + i * 9001,
        1_760_000_000_300 + i * 9000,
      ]),
    ],
  ];
  test.each(accepted)('%s is noise', (_, rows) => {
    expect(judgeEpisode(episodeOf(...rows)).verdict).toBe('harmless');
  });

  const refused: readonly (readonly [string, readonly Values[]])[] = [
    [
      'a counter in place of random tokens',
      many(12, (i) => [token(32), (482_761 + i * 3).toString(16).padStart(32, '0'), token(32)]),
    ],
    [
      'a counter in place of random keys',
      many(6, (i) => [raw(digits(12)), 483_920_113_421 + i * 17, raw(digits(12))]),
    ],
    [
      'tokens of which little is random',
      many(4, () => [token(32), `${token(4)}a0b1c2d3a0b1c2d3a0b1c2d3${token(4)}`, token(32)]),
    ],
    [
      'a customer in front of the token',
      many(4, () => {
        const own = token(8);
        return [own + token(16), token(24), own + token(16)];
      }),
    ],
    [
      'the total within a document',
      many(3, (i) => [
        invoice(token(8), `19${i}.90`),
        invoice(token(8), `29${i}.90`),
        invoice(token(8), `19${i}.90`),
      ]),
    ],
    [
      'identifiers that legacy repeats elsewhere',
      [
        ...many(5, () => {
          const own = token(16);
          return [own, token(16), own];
        }),
        [token(16), token(16), token(16)],
      ],
    ],
    [
      'a clock that stands still',
      many(4, (i) => [
        `2026-01-01T10:00:0${i}.100Z`,
        '2026-01-01T10:00:00.900Z',
        `2026-01-01T10:00:0${i}.200Z`,
      ]),
    ],
    [
      'an hour where the second run came late',
      many(3, (i) => [
        `2026-01-01T10:00:0${i}.100Z`,
        `2026-01-01T11:00:0${i}.700Z`,
        `2026-01-01T10:2${i}:00.000Z`,
      ]),
    ],
    ['one last digit in one request', [[12.34, 12.35, 12.33]]],
    [
      'a bias in large integers',
      many(5, (i) => [1_000_000 + i * 900, 1_002_100 + i * 950, 1_000_800 + i * 700]),
    ],
    [
      'a start after its end',
      many(6, (i) => {
        const at = (ms: number) => new Date(1_760_000_000_000 + i * 5000 + ms).toISOString();
        return [
          { start: at(0), end: at(900) },
          { start: at(1200), end: at(300) },
          { start: at(500), end: at(1400) },
        ];
      }),
    ],
    [
      'a link to another token than the one beside it',
      many(6, () => {
        const [own, again] = [token(16), token(16)];
        return [
          { id: own, self: `/x/${own}` },
          { id: token(16), self: `/x/${token(16)}` },
          { id: again, self: `/x/${again}` },
        ];
      }),
    ],
    ['times of day as tokens', many(3, (i) => [`16:48:5${i}`, `17:48:5${i}`, `16:49:0${i}`])],
  ];
  test('tokens of which nearly all is zeros are a bug, 64 random bits filled up to 128 are none', () => {
    const filled = (length: number) => many(5, () => [token(32), token(length).padStart(32, '0'), token(32)]);
    expect(judgeEpisode(episodeOf(...filled(4)))).toMatchObject({ verdict: 'bug', rule: 'token-filled-up' });
    expect(judgeEpisode(episodeOf(...filled(16))).verdict).not.toBe('bug');
  });

  test.each(refused)('%s is not', (_, rows) => {
    expect(judgeEpisode(episodeOf(...rows)).verdict).not.toBe('harmless');
  });
});

describe('relations between parts that vary', () => {
  const rows = (turn: (sides: { bid: number; ask: number }) => unknown) =>
    many(8, (i) => [
      quote(10_800 + i * 3),
      turn(quote(10_805 + ((i * 7) % 11))),
      quote(10_800 + ((i * 5) % 13)),
    ]);

  test('a quote whose sides keep their order is noise', () => {
    expect(judgeEpisode(episodeOf(...rows((sides) => sides))).verdict).toBe('harmless');
  });

  test('one whose sides are swapped is a bug, also as a list', () => {
    expect(judgeEpisode(episodeOf(...rows(swapped)))).toMatchObject({
      verdict: 'bug',
      rule: 'relation-broken',
    });
    const lists = rows(swapped).map(
      (row) => row.map((sides) => Object.values(sides as object)) as unknown as Values,
    );
    expect(judgeEpisode(episodeOf(...lists)).verdict).not.toBe('harmless');
  });
});

const jwt = (claims: object, signature: string) =>
  `eyJhbGciOiJIUzI1NiJ9.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.${signature}`;

test.each([
  ['another subject', { sub: 'u-2', iat: 3 }, 'bug'],
  ['a right that is missing', { iat: 3 }, 'bug'],
  ['only another time', { sub: 'u-1', iat: 3 }, 'ask'],
])('a token with %s', (_, claims, verdict) => {
  const observations = [1, 2, 3].map((n) => ({
    legacy: JSON.stringify(jwt({ sub: 'u-1', iat: 1 }, `c2lnbmF0dXJlLWxlZ2FjeS0${n}`)),
    legacy2: JSON.stringify(jwt({ sub: 'u-1', iat: 1 }, `c2lnbmF0dXJlLXNlY29uZC0${n}`)),
    modern: JSON.stringify(jwt(claims, `c2lnbmF0dXJlLW1vZGVybi0${n}`)),
  }));
  expect(judgeEpisode({ id: 'jwt', route: '', field: 'token', observations }).verdict).toBe(verdict);
});

describe('what is far is called shifted only where all are as far', () => {
  const start = Date.UTC(2024, 2, 1, 10);
  const at = (ms: number) => new Date(ms).toISOString();
  const clock = (late: (i: number) => number) =>
    many(8, (i) => {
      const own = start + i * 86_461_733;
      return [at(own), at(own + late(i)), at(own + 300)];
    });
  test.each([
    ['two hours', clock(() => 7_200_000), '8 of 8 are shifted by 7200 s'],
    ['some minutes', clock((i) => 90_000 + i * 13_000), '8 of 8 are too far (90 s to 181 s)'],
    [
      'quotes',
      many(12, (i) => [raw(`${100 + i}.00`), raw(`${105 + i + (i % 5)}.00`), raw(`${100 + i}.${10 + i}`)]),
      'modern’s values are above both of legacy’s in 12 of 12.',
    ],
  ])('%s', (_, rows, said) => {
    const { verdict, explanation } = judgeEpisode(episodeOf(...rows));
    expect(verdict).toBe('bug');
    expect(explanation).toContain(said);
  });
});
