import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ensureGrpcio } from '@chronos/local/toolchain-grpcio.ts';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CLUSTER_TYPE, ENDPOINT_TYPE } from '../../core/xds/resource-types.ts';
import { snapshotOf } from './digest.ts';
import type { XdsEvent } from './events.ts';
import { createXdsServer, type XdsServer } from './server.ts';
import { type GrpcPlane, grpcPlane } from './testing/grpc-plane.ts';
import { until } from './testing/proxied-plane.ts';

const file = (name: string) => new URL(`./testing/${name}`, import.meta.url).pathname;
const grpcio = await ensureGrpcio().catch((error: unknown) => {
  console.error(`gRPC in Python is not tested: ${String(error)}`);
  return undefined;
});
const clients = {
  'grpc-js': { command: [process.execPath, file('grpc-xds-client.ts')], env: {} },
  'grpcio (Python)': {
    command: ['python3', file('grpc_xds_client.py')],
    // It would write what it rejects to the terminal.
    env: { PYTHONPATH: grpcio ?? '', PYTHONDONTWRITEBYTECODE: '1', GRPC_VERBOSITY: 'NONE' },
  },
};

/** A gRPC server that answers with its name. */
async function backend(name: string): Promise<{ readonly port: number; readonly server: Server }> {
  const same = (bytes: Buffer) => bytes;
  const server = new Server();
  server.addService(
    {
      name: {
        path: '/test.Backend/Name',
        requestStream: false,
        responseStream: false,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    },
    {
      name: (_call: unknown, answer: (error: null, bytes: Buffer) => void) => answer(null, Buffer.from(name)),
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, server };
}

const known = Object.keys(clients) as (keyof typeof clients)[];
const skipped = (name: string) => name.includes('Python') && grpcio === undefined;

describe.each(known)('the xDS client of %s', (name) => {
  const wanted = skipped(name) ? test.skip : test;
  let xds: XdsServer;
  let events: XdsEvent[];
  let one: Awaited<ReturnType<typeof backend>>;
  let two: Awaited<ReturnType<typeof backend>>;
  let client: ChildProcessByStdio<Writable, Readable, null>;
  let lines: ReturnType<typeof on>;

  const start = async (port = 0) => {
    xds = await createXdsServer({
      listen: `127.0.0.1:${port}`,
      onEvent: (event) => events.push(event),
    });
  };
  const set = (plane: GrpcPlane) => xds.setSnapshot({ group: 'g' }, snapshotOf(grpcPlane(plane)));
  const acks = () => xds.waitForAcks({ group: 'g', timeoutMs: 10_000 });
  const call = async (): Promise<string> => {
    client.stdin.write('\n');
    return String((await lines.next()).value?.[0]);
  };
  /** Calls one after the other until one is answered by this backend; what the others answered. */
  const callsUntil = async (answer: string) => {
    const answers = new Set<string>();
    await until(`an answer of ${answer}`, async () => {
      const got = await call();
      if (got !== answer) answers.add(got);
      return got === answer;
    });
    return [...answers];
  };
  const sentTypes = () => events.flatMap((event) => (event.kind === 'sent' ? [event.typeUrl] : []));

  beforeEach(async () => {
    events = [];
    one = await backend('one');
    two = await backend('two');
    await start();
    set({ clusters: { a: one.port }, to: 'a' });
    const { command, env } = clients[name];
    const bootstrap = {
      xds_servers: [
        {
          server_uri: `127.0.0.1:${xds.port}`,
          channel_creds: [{ type: 'insecure' }],
          server_features: ['xds_v3'],
        },
      ],
      node: { id: 'c1', cluster: 'g', locality: {} },
    };
    client = spawn(command[0]!, command.slice(1), {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env, GRPC_XDS_BOOTSTRAP_CONFIG: JSON.stringify(bootstrap) },
    });
    lines = on(createInterface(client.stdout), 'line', { signal: AbortSignal.timeout(50_000) });
  });

  afterEach(async () => {
    const exited = client.exitCode === null ? once(client, 'exit') : undefined;
    client.stdin.end();
    const late = setTimeout(() => client.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(late);
    await xds.close();
    for (const { server } of [one, two]) server.forceShutdown();
  });

  wanted(
    'resolves a service, follows a changed endpoint and a changed route without a failed call, and rejects nothing',
    async () => {
      expect(await call()).toBe('one');
      await acks();
      events = [];
      set({ clusters: { a: two.port }, to: 'a' });
      expect(await callsUntil('two')).toEqual(expect.not.arrayContaining([expect.stringMatching('failed')]));
      expect(await acks()).toMatchObject({ acked: ['c1'], rejected: [], pending: [] });
      expect(sentTypes()).toEqual([ENDPOINT_TYPE]);

      // The new cluster before the route to it, the old one last.
      set({ clusters: { b: one.port }, to: 'b' });
      expect(await callsUntil('one')).toEqual(expect.not.arrayContaining([expect.stringMatching('failed')]));
      expect(await acks()).toMatchObject({ acked: ['c1'], rejected: [], pending: [] });
      expect(events.filter((event) => event.kind === 'nack')).toEqual([]);
    },
    60_000,
  );

  wanted(
    'what it rejects is taken back and shown with its reason; it serves on, also while the control plane is away',
    async () => {
      expect(await call()).toBe('one');
      set({ clusters: { a: one.port }, to: 'a', lbPolicy: 'MAGLEV' });
      expect(await acks()).toMatchObject({ rejected: ['c1'] });
      const clusters = xds.proxies()[0]?.resources.find(({ typeUrl }) => typeUrl === CLUSTER_TYPE);
      expect(clusters).toMatchObject({ error: expect.stringMatching(/.{10}/) });
      expect(await call()).toBe('one');

      const { port } = xds;
      await xds.close();
      expect(await call()).toBe('one');
      await start(port);
      set({ clusters: { a: two.port }, to: 'a' });
      expect(await callsUntil('two')).toEqual(expect.not.arrayContaining([expect.stringMatching('failed')]));
    },
    60_000,
  );
});
