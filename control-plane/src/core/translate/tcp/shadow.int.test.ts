import { once } from 'node:events';
import { Outcome, Role } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, jest, test } from '@jest/globals';
import { type LineClient, startTcpScene, type TcpScene } from '../../../../testdata/translate/tcp-scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(150_000);

const uploadBytes = 50_000_000;

/** Sends far more than all buffers between client and shadow hold, and has the service count it. */
async function upload(client: LineClient): Promise<string> {
  const chunk = Buffer.alloc(1_000_000, 'x');
  for (let sent = 0; sent < uploadBytes; sent += chunk.length) {
    if (!client.socket.write(chunk))
      await once(client.socket, 'drain', { signal: AbortSignal.timeout(60_000) });
  }
  expect(await client.hangUp()).toBe('end');
  return await client.line();
}

async function withScene(
  options: Parameters<typeof startTcpScene>[0],
  work: (scene: TcpScene) => Promise<void>,
): Promise<void> {
  const scene = await startTcpScene(options);
  try {
    await work(scene);
  } finally {
    await scene.dispose();
  }
}

test('a shadow that stops reading holds up nobody for long, and is given up', () =>
  withScene({}, async (scene) => {
    scene.modern.behaviour = 'deaf';
    expect(await upload(await scene.open())).toBe(`END ${uploadBytes}`);
    const exchanges = await scene.captured(2);
    const copy = exchanges.find(({ role }) => role === Role.SHADOW);
    expect(copy).toMatchObject({ outcome: Outcome.RESET, requestEnded: false });
    // Others were not held up by it either.
    scene.modern.behaviour = 'normal';
    expect(await (await scene.open()).ask('WHO')).toBe('legacy');
  }));

test('a shadow that is idle with its client keeps its copy', () =>
  withScene({}, async (scene) => {
    const client = await scene.open();
    expect(await client.ask('BAL 1')).toBe('OK 0.01');
    // Longer than an unread copy lives, and than its deadline after the client's end.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await client.ask('BAL 2')).toBe('OK 0.02');
    await scene.modern.until(() => scene.modern.connections.at(-1)!.received === 'BAL 1\nBAL 2\n');
    await client.hangUp();
    expect((await scene.captured(2)).map(({ outcome }) => outcome)).toEqual([
      Outcome.COMPLETE,
      Outcome.COMPLETE,
    ]);
  }));

test('a shadow that hangs is waited for until the copy’s deadline, by nobody but the copy', () =>
  withScene({}, async (scene) => {
    scene.modern.behaviour = 'hang';
    const client = await scene.open();
    expect(await client.ask('BAL 1')).toBe('OK 0.01');
    expect(await client.hangUp()).toBe('end');
    const copy = (await scene.captured(2)).find(({ role }) => role === Role.SHADOW);
    expect(copy).toMatchObject({ outcome: Outcome.RESET, requestEnded: true });
    // Its half of the connection is closed since the client's end; the rest only the proxy can tell.
    const active = 'cluster.bank/terminals.modern_copy.upstream_cx_active';
    expect((await scene.proxy.envoy.admin.stats(`^${active}$`)).get(active)).toBe(0);
  }));

test('a shadow that is not there does not touch the client', () =>
  withScene({}, async (scene) => {
    await scene.modern.close();
    expect(await upload(await scene.open())).toBe(`END ${uploadBytes}`);
    expect((await scene.captured(2)).some(({ role, response }) => role === Role.SHADOW && !response)).toBe(
      true,
    );
  }));

test.each(['dead', 'hung'] as const)('a %s capture does not touch the client', (capture) =>
  withScene({ capture }, async (scene) => {
    expect(await upload(await scene.open())).toBe(`END ${uploadBytes}`);
    await scene.modern.until(() => scene.modern.connections[0]!.bytes === uploadBytes);
  }),
);
