/** Two databases, a broker, a stand-in for the control plane, and the entanglement as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fromBinary, fromJson, type JsonObject } from '@bufbuild/protobuf';
import { DB_STATE_UPDATES, TOPICS } from '@chronos/arbiter/shell/topics.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { connectPart } from '@chronos/local/connect.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { startKafka } from '@chronos/local/kafka.ts';
import { startPostgres } from '@chronos/local/postgres.ts';
import { startPart } from '@chronos/local/start-part.ts';
import { sharedToolchain, temporaryDir } from '@chronos/local/testing.ts';
import type { Toolchain } from '@chronos/local/toolchain.ts';
import { ensureConnectJars } from '@chronos/local/toolchain-kafka.ts';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type StateUpdate, StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import pg from 'pg';
import type { CaptureReport } from '../shell/serve.ts';
import { fakeControlPlane } from './fake-control-plane.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
/** Generous: Kafka Connect alone takes half a minute to start on a loaded machine. */
const withinMs = 75_000;
const restartWithinMs = 30_000;

/** Awaits what becomes true; fails with what it last was. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  ms = withinMs,
): Promise<T> {
  const deadline = performance.now() + ms;
  let failure: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`, { cause: failure });
    await delay(50);
  }
}

export interface Seen {
  readonly update: StateUpdate;
  readonly partition: number;
  readonly key: string;
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

async function startConnect(toolchain: Toolchain, dir: string, bootstrap: string, port: number) {
  const connectClasspath = await ensureConnectJars(toolchain.cacheDir);
  const options = { toolchain, connectClasspath, dir: join(dir, 'connect'), bootstrap, port };
  const part = connectPart('connect', options);
  const started = await startPart(part, join(dir, 'connect.log'));
  return { ...started, url: part.url };
}

/**
 * @param entanglement as a migration file has it.
 * @param cdc `debezium` brings a Kafka Connect, and is what the process is started with.
 * @param settings of both Postgres clusters, over those of tests.
 * @param identifiers as a migration file has them.
 */
export async function startRig(
  entanglement: JsonObject,
  schema: { readonly legacy: string; readonly modern: string },
  cdc: 'pgoutput' | 'debezium' = 'pgoutput',
  settings: Readonly<Record<string, string>> = {},
  identifiers?: JsonObject,
) {
  // First: what is wrong with it must not leave processes behind.
  const spec = fromJson(MigrationSchema, {
    name: 'books',
    entanglement,
    ...(identifiers && { identifiers }),
  });
  const dir = await temporaryDir('entanglement');
  const toolchain = await sharedToolchain();
  const postgresOf = (name: string, port?: number, changed = settings) =>
    startPostgres({
      toolchain,
      dir: join(dir.path, name),
      database: name,
      role: name,
      password: 'test',
      superPassword: 'super',
      settings: { fsync: 'off', max_wal_size: '64MB', ...changed },
      ...(port === undefined ? {} : { port }),
    });
  /** Backends of a postmaster that was killed take a moment to notice; until then another is refused their shared memory. */
  const startedAgain = (name: string, port: number) =>
    until(`${name} is back`, () => postgresOf(name, port), restartWithinMs);
  let [legacy, modern, kafka] = await Promise.all([
    postgresOf('legacy'),
    postgresOf('modern'),
    startKafka({ toolchain, dir: join(dir.path, 'kafka') }),
  ]);
  const connectPort = await freePort();
  const connectOf = () => startConnect(toolchain, dir.path, kafka.bootstrap, connectPort);
  let connect = cdc === 'debezium' ? await connectOf() : undefined;
  const bus = connectBus({ brokers: [kafka.bootstrap], clientId: 'test', log: () => {} });
  await bus.ensureTopics(TOPICS);
  const controlPlane = await fakeControlPlane(spec);
  const seen = new Map<string, Seen>();

  const query = async (url: string, text: string, values: readonly unknown[] = []) => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.query(text, [...values]);
    } finally {
      await client.end();
    }
  };
  await query(legacy.url, schema.legacy);
  await query(modern.url, schema.modern);

  let child: ChildProcess | undefined;
  let port = 0;
  let said = '';
  const kill = async (signal: NodeJS.Signals) => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const exited = once(running, 'exit');
    running.kill(signal);
    await exited;
  };
  const killOnExit = () => child?.kill('SIGKILL');
  process.once('exit', killOnExit);

  return {
    bus,
    controlPlane,
    kafka: () => kafka,
    connect: () => connect,
    /** Of the process that runs now. */
    pid: () => child?.pid,
    legacyUrl: legacy.url,
    modernUrl: modern.url,
    /** For what only a superuser may: a checkpoint, other processes' figures. */
    legacySuperUrl: legacy.superUrl,
    said: () => said,
    legacy: (text: string, values?: readonly unknown[]) => query(legacy.url, text, values),
    modern: (text: string, values?: readonly unknown[]) => query(modern.url, text, values),
    /** Starts the process; `owned`: it may set replica identities. */
    async start(
      env: Readonly<Record<string, string>> = {
        CHRONOS_DB_BOOKS_LEGACY_OWNED: '1',
        CHRONOS_DB_BOOKS_MODERN_OWNED: '1',
      },
    ) {
      child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', main], {
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          KAFKA_BROKERS: kafka.bootstrap,
          CHRONOS_API: controlPlane.url,
          // Its own state beside modern's tables: a schema of its own.
          DATABASE_URL: modern.url,
          CHRONOS_MASKING_KEY: 'a key for tests, of 32 characters',
          METRICS_LISTEN: '127.0.0.1:0',
          CHRONOS_CDC: cdc,
          CONNECT_URL: connect?.url ?? '',
          CHRONOS_DB_BOOKS_LEGACY: legacy.url,
          CHRONOS_DB_BOOKS_MODERN: modern.url,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stderr?.on('data', (text) => {
        said = `${said}${text}`.slice(-20_000);
      });
      for await (const line of createInterface({ input: child.stdout! })) {
        const ready = /^ready entanglement \S+:(\d+)$/.exec(line);
        if (ready === null) continue;
        port = Number(ready[1]);
        break;
      }
      if (port === 0) throw new Error(`the entanglement did not start: ${said}`);
      child.stdout?.resume();
    },
    kill,
    /** Of the process' own API, captures and metrics. */
    url: () => `http://127.0.0.1:${port}`,
    async captures(): Promise<CaptureReport[]> {
      const response = await fetch(`${this.url()}/captures`);
      return (await response.json()) as CaptureReport[];
    },
    /** Awaits that both captures stream. */
    async streaming() {
      await until(`both captures stream: ${said}`, async () => {
        const captures = await this.captures();
        return captures.length === 2 && captures.every(({ state }) => state === 'streaming');
      });
    },
    async metric(name: string): Promise<number> {
      const text = await (await fetch(`${this.url()}/metrics`)).text();
      return text
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
    },
    /** Everything on the topic until now, in order within each partition. */
    async read(): Promise<Seen[]> {
      await bus.readBack({
        topic: DB_STATE_UPDATES,
        partitions: Array.from({ length: 8 }, (_, partition) => partition),
        fromTimestampMs: 0,
        onRecord: ({ value, partition, offset, key }) => {
          const id = `${partition}/${offset}`;
          if (!seen.has(id)) seen.set(id, { update: fromBinary(StateUpdateSchema, value), partition, key });
        },
      });
      return [...seen.values()];
    },
    async restartKafka() {
      kafka.process.signal('SIGKILL');
      await kafka.stop();
      kafka = await startKafka({
        toolchain,
        dir: join(dir.path, 'kafka'),
        port: Number(kafka.bootstrap.slice(kafka.bootstrap.lastIndexOf(':') + 1)),
      });
    },
    async killConnect() {
      connect?.process.signal('SIGKILL');
      await connect?.stop();
    },
    async startConnect() {
      connect = await connectOf();
    },
    async restartLegacy() {
      legacy.process.signal('SIGKILL');
      await legacy.stop();
      legacy = await startedAgain('legacy', legacy.port);
    },
    async restartModern() {
      modern.process.signal('SIGKILL');
      await modern.stop();
      modern = await startedAgain('modern', modern.port);
    },
    /** In order, with other settings. */
    async reconfigureLegacy(changed: Readonly<Record<string, string>>) {
      await legacy.stop();
      legacy = await postgresOf('legacy', legacy.port, changed);
    },
    async close() {
      await kill('SIGKILL');
      process.off('exit', killOnExit);
      await controlPlane.close();
      await bus.close();
      await connect?.stop();
      await Promise.allSettled([legacy.stop(), modern.stop(), kafka.stop()]);
      await dir.dispose();
    },
  };
}
