import { Role, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LineClient, startTcpScene, type TcpScene } from '../../../../testdata/translate/tcp-scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(60_000);

let scene: TcpScene;
beforeEach(async () => {
  scene = await startTcpScene();
});
afterEach(() => scene.dispose());

describe('the weight', () => {
  const addresses = Array.from({ length: 60 }, (_, index) => `127.0.1.${index + 1}`);

  async function onModern(): Promise<Set<string>> {
    const found = new Set<string>();
    for (const address of addresses) {
      const client = await scene.open(address);
      if ((await client.ask('WHO')) === 'modern') found.add(address);
      client.socket.destroy();
    }
    return found;
  }

  test('decides by the client’s address: sticky, and whoever is with modern stays as its share grows', async () => {
    expect((await onModern()).size).toBe(0);
    await scene.move({ modernWeightBp: 2_500 });
    await onModern(); // the first ones may still be legacy's, while modern's gate opens
    const some = await onModern();
    expect(await onModern()).toEqual(some);
    await scene.move({ modernWeightBp: 6_000 });
    const more = await onModern();
    expect([...some].filter((address) => !more.has(address))).toEqual([]);
    expect(some.size).toBeGreaterThan(0);
    expect(more.size).toBeGreaterThan(some.size);
    expect(more.size).toBeLessThan(addresses.length);
    await scene.move({ modernWeightBp: 10_000 });
    expect((await onModern()).size).toBe(addresses.length);
  });

  test('without stickiness decides anew for each connection', async () => {
    await scene.move({ mode: 'legacy-only' });
    await scene.move({ mode: 'mirrored', sticky: 'none', modernWeightBp: 5_000 });
    const who = new Set<string>();
    for (let n = 0; n < 60 && who.size < 2; n += 1) who.add(await (await scene.open()).ask('WHO'));
    expect([...who].sort()).toEqual(['legacy', 'modern']);
  });
});

describe('live connections', () => {
  test('stay where they are while shares and stages change, and close with modern at a kill', async () => {
    const ask = (client: LineClient) => client.ask('WHO');
    await scene.move({ mode: 'legacy-only' });
    const first = await scene.open();
    expect(await ask(first)).toBe('legacy');
    await scene.move({ mode: 'mirrored' });
    const second = await scene.open();
    expect([await ask(first), await ask(second)]).toEqual(['legacy', 'legacy']);
    await scene.move({ modernWeightBp: 10_000 });
    const third = await scene.openOnModern();
    expect([await ask(first), await ask(second), await ask(third)]).toEqual(['legacy', 'legacy', 'modern']);
    await scene.move({ modernWeightBp: 0 });
    expect(await third.over).toBe('reset');
    expect([await ask(first), await ask(second), await ask(await scene.open())]).toEqual(
      Array(3).fill('legacy'),
    );
  });

  test('outlive the seal on modern', async () => {
    await scene.move({ modernWeightBp: 10_000 });
    const client = await scene.openOnModern();
    await scene.move({ mode: 'sealed' });
    expect(await client.ask('WHO')).toBe('modern');
    expect(await (await scene.open()).ask('WHO')).toBe('modern');
  });
});

describe('when modern does not take a connection', () => {
  test('legacy does, within the same one, and is told everything once', async () => {
    await scene.move({ modernWeightBp: 10_000 });
    await (await scene.openOnModern()).hangUp();
    await scene.legacy.until(() => scene.legacy.connections.every(({ closed }) => closed));
    await scene.modern.close();
    const before = scene.legacy.connections.length;
    const client = await scene.open();
    expect(await client.ask('WHO')).toBe('legacy');
    expect(await client.ask('BAL 5')).toBe('OK 0.05');
    expect(await client.hangUp()).toBe('end');
    const said = scene.legacy.connections.slice(before).map(({ received }) => received);
    // The copy that was about to be made of the first attempt, if any of it was, ended before the client's first byte.
    expect(said.filter((all) => all !== '')).toEqual(['WHO\nBAL 5\n']);
    const authority = () => scene.exchanges.filter(({ role }) => role === Role.AUTHORITY);
    const attempts = () => {
      const answered = authority().find(({ attempt }) => attempt === 2);
      return authority().filter(({ requestId }) => requestId === answered?.requestId);
    };
    await scene.until(() => attempts().length === 2);
    expect(
      attempts()
        .map(({ universe, attempt }) => [universe, attempt])
        .sort(),
    ).toEqual([
      [Universe.LEGACY, 2],
      [Universe.MODERN, 1],
    ]);
  });

  test('nor legacy, the client’s connection is closed', async () => {
    await scene.legacy.close();
    const client = await scene.open();
    expect(['end', 'reset']).toContain(await client.over);
  });
});
