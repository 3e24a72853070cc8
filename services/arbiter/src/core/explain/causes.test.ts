import { describe, expect, test } from '@jest/globals';
import type { Random } from '../../../families/kit.ts';
import { type CauseRow, causesOf, LISTED_MAX } from './causes.ts';
import { explain } from './explain.ts';
import { leadingDifferences } from './leading.ts';
import type { Sample } from './sample.ts';
import { signatureOf } from './signature.ts';
import { amount, requests, times } from './testing/hidden.ts';

const ROUTES = ['GET /accounts/*', 'GET /customers/*', 'POST /transfers', 'GET /loans/*'];

/** The row that the control plane keeps of a field with these samples. */
function row(
  route: string,
  field: string,
  samples: readonly Sample[],
  more: Partial<CauseRow> = {},
): CauseRow {
  const explanation = explain(samples);
  const example = samples.find(({ legacy, modern }) => legacy !== modern);
  return {
    group: 'api',
    route,
    field,
    modernDeployment: 'v1',
    signature: signatureOf({ group: 'api', route, field }, explanation),
    formula: explanation?.formula ?? '',
    ...(explanation?.condition !== undefined && { condition: explanation.condition }),
    sentence: explanation?.sentence ?? '',
    severity: 2,
    count: samples.length,
    firstSeenMs: 1_000,
    lastSeenMs: 2_000,
    exampleRequestId: 'r-1',
    legacy: example?.legacy ?? '',
    modern: example?.modern ?? '',
    ...more,
  };
}

const samplesOf = (seed: string, modern: (legacy: string) => string | undefined, legacy = amount): Sample[] =>
  requests(seed, 20, (random) => {
    const value = legacy(random);
    const changed = modern(value);
    return { legacy: value, ...(changed !== undefined && { modern: changed }) };
  });

const everywhere = (fields: readonly string[], make: (seed: string) => Sample[]): CauseRow[] =>
  ROUTES.flatMap((route) => fields.map((field) => row(route, field, make(`${route}${field}`))));

const AMOUNTS = Array.from({ length: 12 }, (_, index) => `body.items[*].amount${index}`);

describe('one cause is one finding', () => {
  test('every amount in cents, in twelve fields of four routes', () => {
    const [cause, ...others] = causesOf(
      everywhere(AMOUNTS, (seed) => samplesOf(seed, (legacy) => times(legacy, 100n))),
    );
    expect(others).toEqual([]);
    expect(cause).toMatchObject({ fieldsTotal: 12, routesTotal: 4, count: 960, severity: 2 });
    expect(cause!.title).toBe('modern = legacy × 100 (cents for whole units) in 12 fields of 4 routes');
    expect(cause!.examples).toHaveLength(3);
  });

  test('every value in a list of one, texts and numbers alike', () => {
    const texts = samplesOf(
      'texts',
      (legacy) => `[${legacy}]`,
      (random) => JSON.stringify(random.hex(8)),
    );
    const rows = [
      ...everywhere(AMOUNTS, (seed) => samplesOf(seed, (legacy) => `[${legacy}]`)),
      row('GET /x', 'header.x-name', texts),
    ];
    const causes = causesOf(rows);
    expect(causes.map(({ title }) => title)).toEqual([
      'modern puts the value in a list of one in 13 fields of 5 routes',
    ]);
  });

  test('every date an hour off', () => {
    const shifted = (legacy: string): string =>
      JSON.stringify(new Date(Date.parse(JSON.parse(legacy)) + 3_600_000).toISOString());
    const date = (random: Random): string =>
      JSON.stringify(new Date(random.int(1.6e9, 1.7e9) * 1000).toISOString());
    const rows = everywhere(['body.bookedAt', 'body.dueAt'], (seed) => samplesOf(seed, shifted, date));
    expect(causesOf(rows).map(({ title }) => title)).toEqual(['modern is 1 h later in 2 fields of 4 routes']);
  });

  test('keys in another style: the missing field and the added one are the same', () => {
    const rows = ROUTES.flatMap((route) =>
      [
        ['body.customerId', 'body.customer_id'],
        ['body.address.zipCode', 'body.address.zip_code'],
      ].flatMap(([legacy = '', modern = '']) => [
        row(
          route,
          legacy,
          samplesOf(`${route}-`, () => undefined),
        ),
        row(route, modern, [{ modern: '"x"' }, { modern: '"y"' }]),
      ]),
    );
    const [cause, ...others] = causesOf(rows);
    expect(others).toEqual([]);
    expect(cause!.title).toBe('modern names keys in snake_case, legacy in camelCase in 4 fields of 4 routes');
  });

  test('every list wrapped in an object, explained or too long to be', () => {
    const long = `[${'{"id":1,"name":"x"},'.repeat(20).slice(0, 254)}…`;
    const rows = ROUTES.flatMap((route, at) => [
      at === 0
        ? row(route, 'body', [], { legacy: long, modern: `{"items":${long}`.slice(0, 256) })
        : row(
            route,
            'body',
            ['[1]', '[2,3]', '[]'].map((legacy) => ({ legacy, modern: `{"items":${legacy}}` })),
          ),
    ]);
    expect(causesOf(rows).map(({ title }) => title)).toEqual([
      'modern wraps the value in an object, as "items" in body of 4 routes',
    ]);
  });

  test('fields wrapped in an object, and taken out of one', () => {
    const wrapper = '{"id":7,"name":"x","of":{"a":1}}';
    const fields = ['body.id', 'body.name', 'body.of'];
    const wrapped = ROUTES.flatMap((route) => [
      ...fields.map((field) => row(route, field, [{ legacy: '"x"' }])),
      row(route, 'body.data', [{ modern: wrapper }]),
    ]);
    expect(causesOf(wrapped).map(({ title }) => title)).toEqual([
      'modern wraps the value in an object, as "data" in 4 fields of 4 routes',
    ]);
    const unwrapped = [
      ...fields.map((field) => row('GET /x', field, [{ modern: '"x"' }])),
      row('GET /x', 'body.data', [{ legacy: wrapper }]),
    ];
    expect(causesOf(unwrapped).map(({ title }) => title)).toEqual([
      'modern gives only what legacy has as "data" in 4 fields of GET /x',
    ]);
  });

  test('a value that moved', () => {
    const rows = [
      row('GET /x', 'body.address.city', [{ legacy: '"Berlin"' }]),
      row('GET /x', 'body.town', [{ modern: '"Berlin"' }]),
    ];
    expect(causesOf(rows).map(({ title }) => title)).toEqual([
      'modern has body.address.city as body.town in 2 fields of GET /x',
    ]);
  });

  test('fields missing on one route are one finding, on another route another', () => {
    const missing = (route: string): CauseRow[] =>
      ['body.a', 'body.b', 'body.c'].map((field) =>
        row(
          route,
          field,
          samplesOf(route + field, () => undefined),
        ),
      );
    expect(causesOf([...missing('GET /x'), ...missing('GET /y')]).map(({ title }) => title)).toEqual([
      'modern has no such value in 3 fields of GET /x',
      'modern has no such value in 3 fields of GET /y',
    ]);
  });
});

describe('figures that nothing explains, for the same requests only', () => {
  const lower = (field: string, condition: string | undefined, range: string): CauseRow => {
    const explanation = {
      hypothesis: 'one-way',
      parameters: { direction: 'lower' },
      formula: `modern is always lower, ${range},`,
      ...(condition !== undefined && { condition }),
    };
    const signature = signatureOf({ group: 'api', route: 'GET /x', field }, explanation);
    return row('GET /x', field, [], { ...explanation, signature });
  };

  test('are one finding in all fields, said without the range of one of them', () => {
    const vip = 'segment.tier = VIP';
    const [cause, ...others] = causesOf([
      lower('body.interest', vip, 'by 0.01 to 59.07'),
      lower('body.balance', vip, 'by 0.02 to 61.00'),
    ]);
    expect(others).toEqual([]);
    expect(cause!.title).toBe('modern is always lower where segment.tier = VIP in 2 fields of GET /x');
  });

  test('without such a condition they stay apart', () => {
    expect(causesOf([lower('body.a', undefined, 'by 1'), lower('body.b', undefined, 'by 1')])).toHaveLength(
      2,
    );
  });
});

describe('what is not one cause stays apart', () => {
  test('different factors, conditions, deployments, and what nothing explains', () => {
    const factor = (by: bigint) => samplesOf(String(by), (legacy) => times(legacy, by, 100n));
    const noise = (seed: string) =>
      requests(seed, 20, (random) => ({ legacy: amount(random), modern: amount(random) }));
    const rows = [
      row('GET /x', 'body.a', factor(110n)),
      row('GET /x', 'body.b', factor(120n)),
      row('GET /x', 'body.a', factor(110n), { modernDeployment: 'v2' }),
      row('GET /x', 'body.c', noise('1')),
      row('GET /y', 'body.c', noise('2')),
    ];
    expect(causesOf(rows)).toHaveLength(5);
  });

  test('the id stays when another route joins, and the worst and newest come first', () => {
    const cents = (route: string, more: Partial<CauseRow>): CauseRow =>
      row(
        route,
        'body.amount',
        samplesOf(route, (legacy) => times(legacy, 100n)),
        more,
      );
    const sign = row(
      'GET /z',
      'body.sum',
      samplesOf('sign', (legacy) => `-${legacy}`),
      { severity: 3 },
    );
    const late = row('GET /z', 'body.kind', [{ legacy: '"a"', modern: '"b"' }], { lastSeenMs: 9_000 });
    const first = causesOf([cents('GET /x', {}), late, sign]);
    const second = causesOf([cents('GET /x', {}), late, sign, cents('GET /y', { lastSeenMs: 10_000 })]);
    expect(first.map(({ fields }) => fields[0])).toEqual(['body.sum', 'body.kind', 'body.amount']);
    expect(second.map(({ fields }) => fields[0])).toEqual(['body.sum', 'body.amount', 'body.kind']);
    expect(second[1]!.id).toBe(first[2]!.id);
  });

  test('lists are bounded, totals are not', () => {
    const rows = Array.from({ length: 50 }, (_, at) =>
      row(`GET /r${at}`, `body.f${at}`, [{ legacy: '"a"', modern: '["a"]' }]),
    );
    const [cause] = causesOf(rows);
    expect(cause!.fields).toHaveLength(LISTED_MAX);
    expect(cause).toMatchObject({ fieldsTotal: 50, routesTotal: 50 });
  });
});

describe('what follows from another difference is no cause', () => {
  const body = { path: 'body.balance', legacy: '1.00', modern: '' };
  test.each([
    ['an error page', [{ path: 'status', legacy: '200', modern: '500' }, body], ['status']],
    ['a refusal', [body, { path: 'status', legacy: '200', modern: '404' }], ['status']],
    ['another success', [{ path: 'status', legacy: '200', modern: '201' }, body], ['status', 'body.balance']],
    ['a gRPC error', [{ path: 'grpc.status', legacy: '0', modern: '13' }, body], ['grpc.status']],
    ['no answer', [{ path: 'answer', legacy: 'complete', modern: 'reset' }, body], ['answer']],
    ['only the body', [body], ['body.balance']],
  ])('%s', (_, differences, leading) => {
    expect(leadingDifferences(differences).map(({ path }) => path)).toEqual(leading);
  });
});
