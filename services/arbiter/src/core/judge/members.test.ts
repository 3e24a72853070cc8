import { describe, expect, test } from '@jest/globals';
import { episodeOf, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';

describe('members', () => {
  const says = (...values: Values[]) => judgeEpisode(episodeOf(...values)).verdict;

  test('of which one says in a text what others say apart are judged together', () => {
    const ours = { street: 'Main Street 31', city: 'Ulm' };
    const more: Values = [
      { street: 'Rue du Port 38a', city: 'Lyon' },
      { street: 'Rue du Port', houseNumber: '38a', city: 'Lyon' },
    ];
    expect(says([ours, { street: 'Main Street', houseNumber: '31', city: 'Ulm' }], more)).toBe('harmless');
    expect(says([ours, { street: 'Main Street', houseNumber: '3', city: 'Ulm' }], more)).toBe('bug');
    expect(says([ours, { street: 'Main Street', city: 'Ulm' }], more)).toBe('bug');
    const sum = { sum: '100.50 EUR', id: 1 };
    expect(says([sum, { amount: 100.5, currency: 'EUR', id: 1 }])).toBe('harmless');
    expect(says([sum, { amount: 1005, currency: 'EUR', id: 1 }])).not.toBe('harmless');
  });

  test('that have another unit in their names are converted', () => {
    const knots = { speed_kn: 10, id: 1 };
    expect(says([knots, { speed: { value: 18.52, unit: 'km/h' }, id: 1 }])).toBe('harmless');
    expect(says([knots, { speed: { value: 10, unit: 'km/h' }, id: 1 }])).toBe('bug');
    expect(says([{ TEMP_F: '68' }, { temperature: { value: 20, unit: '°C' } }])).toBe('harmless');
    expect(
      says([
        { weight_g: 500, id: 1 },
        { weight_kg: 0.5, id: 1 },
      ]),
    ).toBe('harmless');
    expect(
      says([
        { weight_g: 500, id: 1 },
        { weight_kg: 500, id: 1 },
      ]),
    ).toBe('bug');
    expect(
      says([
        { weight_g: 512, id: 1 },
        { weight_kg: 0.51, id: 1 },
      ]),
    ).not.toBe('harmless');
    expect(says([{ weightLb: '2.2046' }, { weightKg: 1 }])).toBe('ask');
  });

  test('that stand within another one are not lost', () => {
    const ours = { price: 1999, cur: 'EUR' };
    expect(says([ours, { price: { value: '19.99', currency: 'EUR' } }])).toBe('ask');
    expect(says([ours, { price: { value: '19.99', currency: 'USD' } }])).toBe('bug');
    expect(says([ours, { price: { value: '19.99' } }])).toBe('bug');
  });

  test('that others make up are not lost', () => {
    const line = (qty: number, unitPrice: number) => ({ qty, unitPrice });
    const gone: Values[] = [
      [{ ...line(2, 5), total: 10 }, line(2, 5)],
      [{ ...line(3, 7), total: 21 }, line(3, 7)],
    ];
    expect(says(...gone)).toBe('ask');
    expect(says(...gone, [{ ...line(3, 8), total: 20 }, line(3, 8)])).toBe('bug');
  });

  test('of packs told in pieces are asked', () => {
    const packs = (quantity: string, per: number) => ({ quantity, unit: 'carton', piecesPerCarton: per });
    expect(says([packs('00047', 24), { quantity: 1128, unit: 'piece' }])).toBe('ask');
    expect(says([packs('00047', 24), { quantity: 1129, unit: 'piece' }])).toBe('bug');
  });

  test('that lose a digit beside others are bugs', () => {
    const row = (account: string): Values => [
      '32-10-41 43574460',
      { sortCode: '321041', accountNumber: account },
    ];
    expect(says(row('4357446'))).toBe('bug');
    expect(says(row('43574460'))).not.toBe('bug');
  });

  test('that tell a sign by a word', () => {
    const credit: Values = [{ amount: 20 }, { amount: 20, side: 'CREDIT' }];
    expect(says([{ amount: -50.2 }, { amount: 50.2, side: 'DEBIT' }], credit)).toBe('ask');
    expect(says([{ amount: -50.2 }, { amount: 50.2, side: 'CREDIT' }], credit)).toBe('bug');
    expect(
      says([{ amt: '50.2', dc: 'D' }, { amount: -50.2 }], [{ amt: '20', dc: 'C' }, { amount: 20 }]),
    ).toBe('ask');
  });

  test('that are a percentage by their name', () => {
    expect(says([{ discountPercent: 15 }, { discount: 0.15 }])).toBe('harmless');
    expect(says([{ discountPercent: 15 }, { discount: 1.5 }])).toBe('bug');
  });

  test('that name the unit twice', () => {
    const ours = { amount: 29.01, per: 'QUARTER', code: 'Q' };
    expect(says([ours, { amount: 116.04, per: 'YEAR', code: 'Y' }])).toBe('harmless');
    expect(says([ours, { amount: 29.01, per: 'YEAR', code: 'Y' }])).toBe('bug');
  });

  test('that refuse what the other side grants', () => {
    for (const [no, yes] of [
      ['noAdvertising', 'advertisingAllowed'],
      ['doNotCall', 'mayCall'],
    ] as const) {
      expect(says([{ [no]: true }, { [yes]: true }])).toBe('bug');
      expect(says([{ [no]: true }, { [yes]: false }])).toBe('ask');
    }
  });

  test('that are all flags', () => {
    expect(
      says([
        { a: 'X', b: ' ' },
        { a: true, b: true },
      ]),
    ).toBe('bug');
    expect(
      says([
        { a: 'X', b: ' ' },
        { a: true, b: false },
      ]),
    ).not.toBe('bug');
    expect(says([{ a: 'off', b: 'off' }, []])).toBe('harmless');
    expect(says([{ a: 'off', b: 'on' }, []])).toBe('bug');
  });

  test('that say the same in other words beside the same code', () => {
    const message = 'There is not enough money in the account.';
    expect(
      says([
        { code: 'E4012', message: 'Insufficient funds' },
        { code: 'E4012', message },
      ]),
    ).toBe('ask');
  });
});

describe('a text taken apart into members', () => {
  test.each<[string, string, unknown, string, string]>([
    ['named parts', 'morning 1, noon 2', { morning: 1, noon: 2 }, 'harmless', 'taken-apart'],
    ['named parts crossed', 'morning 1, noon 2', { morning: 2, noon: 1 }, 'bug', 'members-swapped'],
    ['names behind', '1 new for 5 old', { newShares: 1, oldShares: 5 }, 'harmless', 'taken-apart'],
    ['names behind crossed', '1 new for 5 old', { newShares: 5, oldShares: 1 }, 'bug', 'members-swapped'],
    ['ends of a range', '23:00-07:00 daily', { from: '23:00', to: '07:00' }, 'ask', 'taken-apart'],
    ['ends confused', '0.4 - 5.8 g', { low: 5.8, high: 0.4, unit: 'g' }, 'bug', 'members-swapped'],
    ['a sign lost', '-2.6 - 4.8 g', { low: 2.6, high: 4.8, unit: 'g' }, 'bug', 'sign-flipped'],
    [
      'sorts that differ',
      'OSAKA 2638/1951',
      { office: 'Osaka', number: 2638, year: 1951 },
      'harmless',
      'taken-apart',
    ],
    ['one sort, no names', 'A17 / B22', { debit: 'A17', credit: 'B22' }, 'ask', 'taken-apart'],
    [
      'names turned round',
      'Dubois, Paul',
      { firstName: 'Dubois', lastName: 'Paul' },
      'bug',
      'members-swapped',
    ],
    [
      'another unit',
      '35x88x134 cm',
      { length: 350, width: 880, height: 1340, unit: 'mm' },
      'harmless',
      'taken-apart',
    ],
    [
      'only the unit',
      '35x88x134 cm',
      { length: 35, width: 88, height: 134, unit: 'mm' },
      'bug',
      'quantity-changed',
    ],
  ])('%s', (_, text, members, verdict, rule) => {
    expect(judgeEpisode(episodeOf([text, members]))).toMatchObject({ verdict, rule });
  });

  test('a list of rows: each segment beside its own', () => {
    const rows = (second: number) => [
      { upTo: 200, price: 0.332 },
      { upTo: second, price: 0.288 },
    ];
    expect(judgeEpisode(episodeOf(['200:0.332;1000:0.288', rows(1000)]))).not.toMatchObject({
      verdict: 'bug',
    });
    expect(judgeEpisode(episodeOf(['200:0.332;1000:0.288', rows(999)]))).toMatchObject({ verdict: 'bug' });
  });
});

test('a truth value under a key that says the opposite', () => {
  const judged = judgeEpisode(
    episodeOf([
      { id: 7, blocked: true },
      { id: 7, usable: true },
    ]),
  );
  expect(judged).toMatchObject({ verdict: 'bug', rule: 'keys-opposed' });
});

test('values under others of the same names', () => {
  const legacy = { billing_city: 'Leeds', shipping_city: 'Ghent' };
  const nested = (billing: string, shipping: string) => ({
    billing: { city: billing },
    shipping: { city: shipping },
  });
  const judged = (modern: unknown) => judgeEpisode(episodeOf([legacy, modern]));
  expect(judged(nested('Ghent', 'Leeds'))).toMatchObject({ verdict: 'bug', rule: 'names-crossed' });
  expect(judged(nested('Leeds', 'Ghent')).verdict).not.toBe('bug');
});
