import { type Exchange, Outcome, Role, Transport, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startCollector } from '../../../../testdata/translate/collector.ts';
import { startTcpScene, type TcpScene } from '../../../../testdata/translate/tcp-scene.ts';
import { tcpVerdict } from '../../../../testdata/translate/tcp-verdict.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(60_000);

const verdictOn = (exchanges: readonly Exchange[], serverClosesFirst = false) =>
  tcpVerdict(exchanges, { framing: { kind: { case: 'newline', value: {} } }, serverClosesFirst });

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');

describe('a connection', () => {
  let scene: TcpScene;
  beforeAll(async () => {
    scene = await startTcpScene();
  });
  afterAll(() => scene.dispose());

  test('is answered by legacy, copied to modern, captured on both sides, and found the same', async () => {
    const client = await scene.open();
    expect(await client.ask('BAL 500')).toBe('OK 5.00');
    // In pieces: how bytes are cut on their way means nothing.
    client.socket.write('BA');
    await scene.legacy.until(() => scene.legacy.connections.at(-1)!.received.endsWith('BA'));
    expect(await client.ask('L 700')).toBe('OK 7.00');
    expect(await client.hangUp()).toBe('end');
    expect(await client.line()).toBe('END 16');
    const exchanges = await scene.captured(2);
    const told = exchanges.map(
      ({ role, universe, deployment, transport, outcome, requestEnded, request }) => ({
        role,
        universe,
        deployment,
        transport,
        outcome,
        requestEnded,
        request: text(request?.body),
      }),
    );
    const both = {
      transport: Transport.TCP,
      outcome: Outcome.COMPLETE,
      requestEnded: true,
      request: 'BAL 500\nBAL 700\n',
    };
    expect(told.sort((a, b) => a.role - b.role)).toEqual([
      { ...both, role: Role.AUTHORITY, universe: Universe.LEGACY, deployment: 'old@1' },
      { ...both, role: Role.SHADOW, universe: Universe.MODERN, deployment: 'new@1' },
    ]);
    expect(new Set(exchanges.map(({ requestId }) => requestId)).size).toBe(1);
    expect(exchanges[0]).toMatchObject({ migration: 'bank', group: 'terminals', method: '', path: '' });
    expect(verdictOn(exchanges)).toMatchObject({ kind: Kind.IDENTICAL, route: 'tcp' });
  });

  test('whose answers differ is a mismatch with frame and bytes', async () => {
    const client = await scene.open();
    expect(await client.ask('BAL 100')).toBe('OK 1.00');
    expect(await client.ask('BAL 123456')).toBe('OK 1234.56');
    await client.hangUp();
    const verdict = verdictOn(await scene.captured(2));
    expect(verdict.kind).toBe(Kind.MISMATCH);
    expect(verdict.differences).toMatchObject([
      {
        pointer: 'frame[1]',
        legacy: expect.stringContaining('OK 1234.56'),
        modern: expect.stringContaining('OK 1234.6'),
      },
    ]);
  });

  test('that its service closes ends its copy with it, which is told and can be declared', async () => {
    const client = await scene.open();
    expect(await client.ask('BAL 100')).toBe('OK 1.00');
    await scene.modern.until(() => scene.modern.connections.at(-1)!.received.endsWith('100\n'));
    expect(await client.ask('QUIT')).toBe('BYE');
    expect(await client.over).toBe('end');
    const exchanges = await scene.captured(2);
    const exchange = (role: Role) => exchanges.find((one) => one.role === role);
    // The copy is a moment behind; now and then it is not.
    const saidAll = text(exchange(Role.SHADOW)?.response?.body) === 'OK 1.00\nBYE\n';
    expect(exchange(Role.AUTHORITY)).toMatchObject({ outcome: Outcome.COMPLETE, requestEnded: false });
    if (!saidAll) expect(verdictOn(exchanges)).toMatchObject({ kind: Kind.LOST, lostReason: 'copy-cut-off' });
    expect([Kind.EQUIVALENT, Kind.IDENTICAL]).toContain(verdictOn(exchanges, true).kind);
  });

  test('that its client resets is reset for both universes', async () => {
    const client = await scene.open();
    await client.ask('WHO');
    await scene.modern.until(() => scene.modern.connections.at(-1)!.received === 'WHO\n');
    client.socket.resetAndDestroy();
    await scene.legacy.until(() => scene.legacy.connections.at(-1)!.closed);
    await scene.modern.until(() => scene.modern.connections.at(-1)!.closed);
    expect(verdictOn(await scene.captured(2)).kind).not.toBe(Kind.IDENTICAL);
  });
});

test('a service may speak first', async () => {
  const scene = await startTcpScene({ greeting: 'READY\n' });
  try {
    const client = await scene.open();
    expect(await client.line()).toBe('READY');
    await client.hangUp();
    expect(verdictOn(await scene.captured(2)).kind).toBe(Kind.IDENTICAL);
  } finally {
    await scene.dispose();
  }
});

test('each connection is counted once, when it is over', async () => {
  const collector = await startCollector();
  const metricsAddress = `127.0.0.1:${collector.address.port}`;
  const scene = await startTcpScene({ metricsAddress });
  try {
    const [first, second] = [await scene.open(), await scene.open()];
    await first.ask('WHO');
    await second.ask('WHO');
    await first.hangUp();
    const label = 'group=terminals,migration=bank,mode=mirrored,universe=legacy';
    const counted = () =>
      [...collector.requests].filter(([key]) => label.split(',').every((part) => key.includes(part)));
    await collector.until(() => counted().length > 0);
    expect(counted().map(([, value]) => value)).toEqual([1]);
    await second.hangUp();
    await collector.until(() => counted()[0]?.[1] === 2);
  } finally {
    await scene.dispose();
    collector.close();
  }
});
