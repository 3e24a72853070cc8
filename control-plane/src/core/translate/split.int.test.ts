import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { probeSecret, type Scene, startScene } from '../../../testdata/translate/scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

const customers = Array.from({ length: 200 }, (_, index) => `customer-${index}`);

describe('the split by customer', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.dispose());

  const withModern = async () => {
    const answers = await Promise.all(
      customers.map(
        async (customer) => [customer, (await scene.get('/', { 'x-customer': customer })).text] as const,
      ),
    );
    return new Set(answers.filter(([, universe]) => universe === 'modern').map(([customer]) => customer));
  };
  const probe = async (headers: Record<string, string> = { 'x-chronos-probe': probeSecret }) =>
    (await scene.get('/.well-known/chronos/probe/all', headers)).text;

  test('is sticky, grows without moving anyone back, and ends with all', async () => {
    expect((await withModern()).size).toBe(0);
    await scene.setWeight(1_000);
    const tenth = await withModern();
    expect(tenth.size / customers.length).toBeGreaterThan(0.04);
    expect(tenth.size / customers.length).toBeLessThan(0.17);
    expect(await withModern()).toEqual(tenth);
    await scene.setWeight(2_500);
    const quarter = await withModern();
    expect(quarter.size).toBeGreaterThan(tenth.size);
    expect([...tenth].filter((customer) => !quarter.has(customer))).toEqual([]);
    await scene.setWeight(10_000);
    expect((await withModern()).size).toBe(customers.length);
  });

  test('keeps requests without a customer on legacy until the hot-swap', async () => {
    const anonymous = async () => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) => scene.get('/', index % 2 === 0 ? {} : { 'x-customer': '' })),
      );
      return new Set(answers.map(({ text }) => text));
    };
    await scene.setWeight(9_999);
    expect(await anonymous()).toEqual(new Set(['legacy']));
    await scene.setWeight(10_000);
    expect(await anonymous()).toEqual(new Set(['modern']));
  });

  test('is shown by the probe, to who knows the secret', async () => {
    await scene.setWeight(1);
    expect(await Promise.all(Array.from({ length: 20 }, () => probe()))).toEqual(Array(20).fill('modern'));
    await scene.setWeight(0);
    expect(await Promise.all(Array.from({ length: 20 }, () => probe()))).toEqual(Array(20).fill('legacy'));
    const asked = scene.legacy.seen.length;
    // Without it the path belongs to the service.
    expect(await probe({})).toBe('legacy');
    expect(await probe({ 'x-chronos-probe': 'a guess' })).toBe('legacy');
    expect(scene.legacy.seen.length).toBe(asked + 2);
    expect(scene.legacy.seen.at(-1)?.headers['x-chronos-probe']).toBeUndefined();
  });
});

describe('the customer named by', () => {
  const token = (claims: object) => `Bearer h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

  test('a claim of the token, never by the header made from it', async () => {
    const scene = await startScene({ migration: { customer: { kind: 'jwt-claim', name: 'sub' } } });
    try {
      await scene.setWeight(5_000);
      const universeOf = async (headers: Record<string, string>) => (await scene.get('/', headers)).text;
      const universes = await Promise.all(
        customers
          .slice(0, 60)
          .map((sub) => universeOf({ authorization: token({ nested: { sub: 'x' }, sub, n: 1 }) })),
      );
      expect(new Set(universes)).toEqual(new Set(['legacy', 'modern']));
      const again = await Promise.all(
        customers
          .slice(0, 60)
          .map((sub) => universeOf({ authorization: token({ iat: 12, list: ['"sub"', 1], sub }) })),
      );
      expect(again).toEqual(universes);
      const inModern = customers[universes.indexOf('modern')]!;
      const seen = scene.modern.seen.at(-1)!;
      expect(customers).toContain(seen.headers['x-chronos-customer']);
      const forged: Record<string, string>[] = [
        { 'x-chronos-customer': inModern },
        { authorization: token({ nested: { sub: inModern } }) },
        { authorization: `Bearer h.${'!'.repeat(40)}.s` },
        { authorization: `Bearer ${'a'.repeat(9_000)}` },
        { authorization: token({ sub: { is: inModern } }) },
      ];
      for (const headers of forged) {
        expect(await universeOf(headers)).toBe('legacy');
      }
    } finally {
      await scene.dispose();
    }
  });

  test('a cookie, wherever it stands among others', async () => {
    const scene = await startScene({ migration: { customer: { kind: 'cookie', name: 'session' } } });
    try {
      await scene.setWeight(5_000);
      const universes = (write: (customer: string) => string) =>
        Promise.all(
          customers
            .slice(0, 60)
            .map(async (customer) => (await scene.get('/', { cookie: write(customer) })).text),
        );
      const alone = await universes((customer) => `session=${customer}`);
      expect(new Set(alone)).toEqual(new Set(['legacy', 'modern']));
      expect(await universes((customer) => `a=1; session=${customer}; b=2`)).toEqual(alone);
      expect(new Set(await universes((customer) => `xsession=${customer}; session=`))).toEqual(
        new Set(['legacy']),
      );
    } finally {
      await scene.dispose();
    }
  });
});
