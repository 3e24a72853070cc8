import { describe, expect, test } from '@jest/globals';
import { Random } from '../../../families/kit.ts';
import { explain } from './explain.ts';
import { multiply, rational } from './rational.ts';
import { roundToUnits } from './rounding.ts';
import type { Sample } from './sample.ts';
import { amount, cents, type Hidden, requests, times, value } from './testing/hidden.ts';

const SEEDS = ['a', 'b', 'c'];

const vip = (facts: ReadonlyMap<string, string>): boolean => facts.get('segment.tier') === '"VIP"';
const numberOf = (facts: ReadonlyMap<string, string>): number => Number(facts.get('request.body.amount'));

/** Legacy's own amount, and modern's where the condition holds. */
function changed(
  seed: string,
  count: number,
  modern: (legacy: string, random: Random) => string,
  when: (facts: ReadonlyMap<string, string>) => boolean = () => true,
): Sample[] {
  return requests(seed, count, (random, facts) => {
    const legacy = amount(random);
    return { legacy, modern: when(facts) ? modern(legacy, random) : legacy };
  });
}

const instant = (random: Random): number =>
  Date.UTC(2025, random.int(0, 11), random.int(1, 28), random.int(0, 23), random.int(0, 59));
const iso = (ms: number): string => JSON.stringify(new Date(ms).toISOString());
const words = ['über', 'transfer', 'account', 'café', 'daily', 'Zürich', 'limit', 'refund'];
const text = (random: Random): string => Array.from({ length: 5 }, () => random.pick(words)).join(' ');

const HIDDEN: readonly ((seed: string) => Hidden)[] = [
  (seed) => ({
    name: 'a factor for one segment only',
    hypothesis: 'factor',
    parameters: { factor: '1.025' },
    condition: 'segment.tier = VIP',
    samples: changed(seed, 200, (legacy) => times(legacy, 1025n, 1000n), vip),
  }),
  (seed) => ({
    name: 'tax taken out of the total',
    hypothesis: 'factor',
    parameters: { factor: '100/119' },
    samples: changed(seed, 40, (legacy) => times(legacy, 100n, 119n)),
  }),
  (seed) => ({
    name: 'cents for euros',
    hypothesis: 'factor',
    parameters: { factor: '100' },
    samples: changed(seed, 12, (legacy) => times(legacy, 100n)),
  }),
  (seed) => ({
    name: 'a fee from an amount on',
    hypothesis: 'offset',
    parameters: { offset: '7.5' },
    condition: 'request.body.amount ≥ 10,000',
    samples: changed(
      seed,
      250,
      (legacy) => cents(BigInt(legacy.replace('.', '')) + 750n),
      (facts) => numberOf(facts) >= 10_000,
    ),
  }),
  (seed) => ({
    name: 'sign',
    hypothesis: 'sign',
    condition: 'segment.tier = VIP and request.body.currency = JPY',
    samples: changed(
      seed,
      400,
      (legacy) => `-${legacy}`,
      (facts) => vip(facts) && facts.get('request.body.currency') === '"JPY"',
    ),
  }),
  (seed) => ({
    name: 'a fixed fee and a share',
    hypothesis: 'linear',
    parameters: { factor: '1.5', offset: '0.3' },
    samples: changed(seed, 30, (legacy) => cents(BigInt(times(legacy, 3n, 2n).replace('.', '')) + 30n)),
  }),
  (seed) => ({
    name: 'a cap',
    hypothesis: 'cap',
    parameters: { cap: '2500.00' },
    samples: changed(seed, 80, (legacy) => (Number(legacy) > 2500 ? '2500.00' : legacy)),
  }),
  (seed) => ({
    name: 'half-even where legacy rounds half-up',
    hypothesis: 'rounding',
    parameters: { legacyMode: 'half-up', mode: 'half-even', operand: 'request.body.amount', rate: '0.25' },
    samples: requests(seed, 250, (_, facts) => {
      const exact = multiply(value(facts.get('request.body.amount')!), rational(1n, 4n));
      return {
        legacy: cents(roundToUnits(exact, 2, 'half-up')),
        modern: cents(roundToUnits(exact, 2, 'half-even')),
      };
    }),
  }),
  ...(
    [
      // Digits swapped, and beside it how each side rounds, where the data fit only that.
      ['1.15 %', 'half-up', '1.51 %', 'half-up', ' × 0.0151, legacy × 0.0115'],
      ['1.15 %', 'half-up', '1.51 %', 'half-even', ' × 0.0151 (half-even), legacy × 0.0115 (half-up)'],
      ['1.15 %', 'half-even', '1.51 %', 'half-up', ' × 0.0151 (half-up), legacy × 0.0115 (half-even)'],
      ['1.15 %', 'down', '1.51 %', 'half-up', ' × 0.0151 (half-up), legacy × 0.0115 (down)'],
      ['1.15 %', 'half-up', '1.51 %', 'down', ' × 0.0151 (down), legacy × 0.0115 (half-up)'],
      ['1.15 %', 'up', '1.25 %', 'half-even', ' × 0.0125 (half-even), legacy × 0.0115 (up)'],
    ] as const
  ).map(([ours, legacy, theirs, modern, formula]) => (seed: string): Hidden => {
    const rate = (text: string) => rational(BigInt(text.replace(/[^0-9]/g, '')), 10_000n);
    return {
      name: `a fee of ${theirs}, ${modern}, where legacy takes ${ours}, ${legacy}`,
      hypothesis: 'rate',
      formula: `modern = request.body.amount${formula}`,
      samples: requests(seed, 40, (random, facts, index) => {
        // Of every other amount each rate comes to half a cent.
        const units = BigInt(
          index % 2 === 0 ? 5_000 * (2 * random.int(1, 100) + 1) : random.int(1_000, 500_000),
        );
        facts.set('request.body.amount', cents(units));
        const paid = rational(units, 100n);
        return {
          legacy: cents(roundToUnits(multiply(paid, rate(ours)), 2, legacy)),
          modern: cents(roundToUnits(multiply(paid, rate(theirs)), 2, modern)),
        };
      }),
    };
  }),
  (seed) => ({
    name: 'half-even where legacy rounds half-up, of two amounts in forty alone',
    hypothesis: 'rounding',
    parameters: { legacyMode: 'half-up', mode: 'half-even', rate: '0.0125' },
    samples: requests(seed, 40, (random, facts, index) => {
      // 1.25 % of 2 comes to half a cent, of which half-even leaves none; of 6 both make the even one.
      const whole = 8 * random.int(1, 600) + (index % 20 === 0 ? 2 : random.pick([1, 3, 5, 6, 7]));
      facts.set('request.body.amount', `${whole}.00`);
      const exact = rational(BigInt(whole), 80n);
      return {
        legacy: cents(roundToUnits(exact, 2, 'half-up')),
        modern: cents(roundToUnits(exact, 2, 'half-even')),
      };
    }),
  }),
  () => ({
    name: 'half-even where legacy rounds half-up, seldom, of a surcharge that nearly is a division',
    hypothesis: 'rounding',
    parameters: {
      legacyMode: 'half-up or up',
      mode: 'half-even',
      operand: 'request.query.n',
      rate: '1.005',
    },
    samples: Array.from({ length: 24 }, (_, index) => {
      const exact = multiply(rational(BigInt(index + 1)), rational(201n, 200n));
      return {
        legacy: cents(roundToUnits(exact, 2, 'half-up')),
        modern: cents(roundToUnits(exact, 2, 'half-even')),
        request: new Map([['request.query.n', String(index + 1)]]),
      };
    }),
  }),
  (seed) => ({
    name: 'each line rounded, where legacy rounds the total',
    hypothesis: 'order-of-rounding',
    parameters: { modern: 'line', rate: '0.19' },
    samples: requests(seed, 60, (random, facts) => {
      const lines = Array.from({ length: random.int(2, 6) }, () => amount(random, 9_000));
      for (const [at, line] of lines.entries()) facts.set(`request.body.lines[${at}].net`, line);
      const total = lines.reduce((sum, line) => sum + BigInt(line.replace('.', '')), 0n);
      const each = lines.reduce((sum, line) => sum + BigInt(times(line, 19n, 100n).replace('.', '')), 0n);
      return { legacy: times(cents(total), 19n, 100n), modern: cents(each) };
    }),
  }),
  (seed) => ({
    name: 'a share of what was asked for',
    hypothesis: 'share-of-request',
    parameters: { fact: 'request.body.amount', rate: '-0.0005' },
    samples: requests(seed, 40, (random, facts) => {
      const legacy = amount(random);
      const fee = BigInt(times(facts.get('request.body.amount')!, 5n, 10_000n).replace('.', ''));
      return { legacy, modern: cents(BigInt(legacy.replace('.', '')) - fee) };
    }),
  }),
  (seed) => ({
    name: 'decimals cut',
    hypothesis: 'rounding',
    parameters: { side: 'modern', scale: '2', mode: 'down or floor' },
    samples: requests(seed, 40, (random) => {
      const legacy = `${random.int(1, 900)}.${random.int(100_000, 999_999)}`;
      return { legacy, modern: legacy.slice(0, -4) };
    }),
  }),
  (seed) => ({
    name: 'float32',
    hypothesis: 'float32',
    samples: requests(seed, 10, (random) => {
      const legacy = `${random.int(1, 90)}.${random.int(100_000, 999_999)}`;
      return { legacy, modern: String(Math.fround(Number(legacy))) };
    }),
  }),
  (seed) => ({
    name: 'ids through a double',
    hypothesis: 'integer-as-float64',
    samples: requests(seed, 10, (random) => {
      const legacy = `9${random.int(1e8, 9e8)}${random.int(1e8, 9e8)}`;
      return { legacy, modern: BigInt(Number(legacy)).toString() };
    }),
  }),
  (seed) => ({
    name: 'two hours',
    hypothesis: 'time-shift',
    parameters: { shift: '7200000' },
    samples: requests(seed, 10, (random) => {
      const ms = instant(random);
      return { legacy: iso(ms), modern: iso(ms + 7_200_000) };
    }),
  }),
  (seed) => ({
    name: 'local time for UTC, with summer time',
    hypothesis: 'zone',
    parameters: { zone: 'America/New_York' },
    samples: requests(seed, 60, (random) => {
      const ms = instant(random);
      // Second Sunday of March to first Sunday of November 2025, at 07:00 and 06:00 UTC.
      const summer = ms >= Date.UTC(2025, 2, 9, 7) && ms < Date.UTC(2025, 10, 2, 6);
      return { legacy: iso(ms), modern: iso(ms - (summer ? 4 : 5) * 3_600_000) };
    }),
  }),
  (seed) => ({
    name: 'an hour within the noise of clocks',
    hypothesis: 'time-shift',
    parameters: { shift: '3600000' },
    samples: requests(seed, 20, (random) => {
      const ms = instant(random);
      return {
        legacy: iso(ms),
        modern: iso(ms + 3_600_000 + random.int(1, 2_000)),
        legacy2: iso(ms + random.int(1, 900)),
      };
    }),
  }),
  (seed) => ({
    name: 'truncated text',
    hypothesis: 'truncated',
    parameters: { length: '20' },
    samples: requests(seed, 20, (random) => {
      const legacy = text(random);
      return { legacy: JSON.stringify(legacy), modern: JSON.stringify(legacy.slice(0, 20)) };
    }),
  }),
  (seed) => ({
    name: 'mojibake',
    hypothesis: 'mojibake',
    samples: requests(seed, 20, (random) => {
      const legacy = text(random);
      const modern = String.fromCharCode(...new TextEncoder().encode(legacy));
      return { legacy: JSON.stringify(legacy), modern: JSON.stringify(modern) };
    }),
  }),
  (seed) => ({
    name: 'codes renamed one to one',
    hypothesis: 'renamed',
    parameters: { '"CHK"': '"CHECKING"', '"SAV"': '"SAVINGS"', '"CRD"': '"CREDIT"' },
    samples: requests(seed, 60, (random) => {
      const legacy = random.pick(['CHK', 'SAV', 'CRD']);
      const modern = { CHK: 'CHECKING', SAV: 'SAVINGS', CRD: 'CREDIT' }[legacy];
      return { legacy: JSON.stringify(legacy), modern: JSON.stringify(modern) };
    }),
  }),
  (seed) => ({
    name: 'codes taken for one',
    hypothesis: 'constant',
    parameters: { value: '"CLOSED"' },
    samples: requests(seed, 60, (random) => {
      const legacy = JSON.stringify(random.pick(['BLOCKED', 'FROZEN', 'CLOSED', 'DORMANT']));
      return { legacy, modern: '"CLOSED"' };
    }),
  }),
  (seed) => {
    const random = new Random(seed);
    const legacies = Array.from({ length: 30 }, () => amount(random));
    return {
      name: 'the answer of the request before',
      hypothesis: 'stale',
      samples: legacies.map((legacy, at) => ({ legacy, modern: at % 7 === 3 ? legacies[at - 1]! : legacy })),
    };
  },
  (seed) => ({
    name: 'an amount within a sentence',
    hypothesis: 'text-factor',
    parameters: { factor: '1.5' },
    samples: requests(seed, 20, (random) => {
      const fee = amount(random);
      return { legacy: `"Your fee is ${fee} EUR."`, modern: `"Your fee is ${times(fee, 3n, 2n)} EUR."` };
    }),
  }),
  (seed) => ({
    name: 'a page that ends early',
    hypothesis: 'page',
    parameters: { size: '3' },
    samples: requests(seed, 20, (random) => {
      const items = Array.from({ length: random.int(4, 9) }, () => random.int(1, 1e6));
      return { legacy: JSON.stringify(items), modern: JSON.stringify(items.slice(0, 3)) };
    }),
  }),
];

describe('a hidden reason is named with its parameters', () => {
  for (const make of HIDDEN) {
    test(make('a').name, () => {
      for (const seed of SEEDS) {
        const hidden = make(seed);
        const found = explain(hidden.samples);
        expect({ seed, hypothesis: found?.hypothesis, condition: found?.condition }).toEqual({
          seed,
          hypothesis: hidden.hypothesis,
          condition: hidden.condition,
        });
        expect(found!.parameters).toMatchObject(hidden.parameters ?? {});
        if (hidden.formula !== undefined) expect(found!.formula).toBe(hidden.formula);
        expect(found!.explains).toBe(found!.of);
      }
    });
  }
});

/** Differences without a reason: whatever explains them is false. */
const NOISE: readonly { readonly name: string; readonly make: (random: Random) => Sample }[] = [
  { name: 'amounts drawn anew', make: (random) => ({ legacy: amount(random), modern: amount(random) }) },
  {
    name: 'amounts a little off either way',
    make: (random) => {
      const legacy = BigInt(random.int(1_000, 500_000));
      return {
        legacy: cents(legacy),
        modern: cents(legacy + BigInt(random.pick([-1, 1]) * random.int(1, 90))),
      };
    },
  },
  {
    name: 'small numbers',
    make: (random) => ({ legacy: String(random.int(1, 30)), modern: String(random.int(1, 30)) }),
  },
  {
    name: 'codes',
    make: (random) => ({
      legacy: JSON.stringify(random.pick(['A', 'B', 'C', 'D'])),
      modern: JSON.stringify(random.pick(['A', 'B', 'C', 'D'])),
    }),
  },
  {
    name: 'opaque tokens',
    make: (random) => ({ legacy: JSON.stringify(token(random)), modern: JSON.stringify(token(random)) }),
  },
  {
    name: 'texts',
    make: (random) => ({ legacy: JSON.stringify(text(random)), modern: JSON.stringify(text(random)) }),
  },
  { name: 'instants', make: (random) => ({ legacy: iso(instant(random)), modern: iso(instant(random)) }) },
];

const token = (random: Random): string =>
  Array.from({ length: 24 }, () => random.pick([...'abcdef0123456789'])).join('');

describe('noise has no explanation', () => {
  // Odds of a thousand to one are asked for, over some forty kinds of hypothesis and all their parameters.
  test('at most 2 of 252 fields of noise are explained', () => {
    const told: string[] = [];
    for (const { name, make } of NOISE)
      for (const count of [1, 2, 5, 20, 60, 160])
        for (let round = 0; round < 6; round += 1) {
          const half = round % 2 === 0 ? 1 : 0.3;
          const samples = requests(`${name}-${count}-${round}`, count, (random) => {
            const sample = make(random);
            return random.chance(half) ? sample : { ...sample, modern: sample.legacy! };
          });
          const found = explain(samples);
          if (found) told.push(`${name} ×${count}: ${found.sentence} [${found.bits}]`);
        }
    expect(told.slice(2)).toEqual([]);
  });

  test('a condition is not found in what differs by chance', () => {
    const told: string[] = [];
    for (let round = 0; round < 60; round += 1) {
      const samples = requests(`chance-${round}`, 80, (random) => {
        const legacy = amount(random);
        return { legacy, modern: random.chance(0.3) ? times(legacy, 11n, 10n) : legacy };
      });
      const found = explain(samples);
      expect(found?.parameters).toMatchObject({ factor: '1.1' });
      if (found?.condition !== undefined) told.push(found.sentence);
    }
    expect(told.slice(1)).toEqual([]);
  });
});

describe('bounds', () => {
  test('samples beyond the bound, and values too long to be more than contents, are left out', () => {
    const many = changed('many', 2_000, (legacy) => times(legacy, 11n, 10n));
    const long = { legacy: JSON.stringify('a'.repeat(9_000)), modern: '"b"' };
    expect(explain([long, ...many])).toMatchObject({ explains: 512, of: 512, parameters: { factor: '1.1' } });
  });

  test('what services answer never breaks it', () => {
    const odd = [
      '',
      '{',
      '"\\ud800"',
      '1e999999999',
      '-0',
      '[]',
      '{"a":{"a":{}}}',
      'null',
      '"31.12.9999"',
      `${'9'.repeat(400)}`,
    ];
    const samples = odd.flatMap((legacy) => odd.map((modern) => ({ legacy, modern, legacy2: odd[0]! })));
    expect(() => explain(samples)).not.toThrow();
    expect(() => explain(samples.map(({ legacy }) => ({ legacy })))).not.toThrow();
    expect(explain([])).toBeUndefined();
  });
});

test('one sentence, with its condition and what it leaves', () => {
  const samples = changed('sentence', 400, (legacy) => times(legacy, 1025n, 1000n), vip);
  const vips = samples.filter(({ request }) => vip(request!)).length;
  expect(explain(samples)!.sentence).toBe(
    `modern = legacy × 1.025 on ${vips} of ${vips} differing requests, all with segment.tier = VIP (0 of ${400 - vips} equal ones)`,
  );
  const mixed = samples.map((sample, at) => (at % 9 === 0 ? { ...sample, modern: 'null' } : sample));
  expect(explain(mixed)!.sentence).toMatch(
    /^modern = legacy × 1\.025 on .*; modern is null on \d+ of the other \d+$/,
  );
  expect(
    explain(
      [
        { legacy: '200', modern: '500' },
        { legacy: '200', modern: '500' },
        { legacy: '200', modern: '500' },
      ],
      'status',
    )!.sentence,
  ).toBe('modern answers 500 where legacy answers 200 on 3 of 3 differing requests');
  expect(explain([{ legacy: '{"a":1}' }], 'body.items[*]')!.sentence).toBe(
    'modern leaves out elements of the list on 1 of 1 differing request',
  );
});

test('a condition that is necessary but not sufficient is told with those that meet it too', () => {
  const samples = requests('declined', 120, (random, facts) => {
    const months = random.pick([12, 24, 36, 48, 60, 72, 84, 96, 120, 180, 240]);
    facts.set('request.body.months', String(months));
    // Most long loans are declined before anything goes wrong.
    return { legacy: '200', modern: months > 120 && random.chance(0.4) ? '500' : '200' };
  });
  const found = explain(samples, 'status');
  expect(found).toMatchObject({ condition: 'request.body.months > 120' });
  expect(found!.sentence).toMatch(
    /^modern answers 500 .*, all with request\.body\.months > 120 \([1-9]\d* of \d+ equal ones\)$/,
  );
});

test('rates a last digit apart are no two rates, also where the side that differs rounds in no mode', () => {
  const samples = Array.from({ length: 24 }, (_, index) => {
    const exact = multiply(rational(BigInt(index + 1)), rational(201n, 200n));
    const lost = [0, 4, 8, 10, 12, 20].includes(index) ? 1n : 0n;
    const legacy = roundToUnits(exact, 2, 'half-up');
    return {
      legacy: cents(legacy),
      modern: cents(legacy - lost),
      request: new Map([['request.query.n', String(index + 1)]]),
    };
  });
  const found = explain(samples);
  expect(found).toMatchObject({ formula: 'modern = legacy − 0.01', explains: 6, of: 6 });
});
