import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { BusProducer } from '@chronos/bus/bus.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { bootstrap } from '@chronos/envoy/bootstrap.ts';
import { type EnvoyProcess, startEnvoy } from '@chronos/envoy/process.ts';
import { freePorts } from '@chronos/local/free-port.ts';
import { sharedToolchain, temporaryDir, withKafka, withPostgres } from '@chronos/local/testing.ts';
import { DeploymentService } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { JudgementService } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { MigrationService, type MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { RuntimeService } from '@chronos/proto/chronos/v1/runtime_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Client, createClient, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter, createConnectTransport } from '@connectrpc/connect-node';
import { encoded } from './verdicts.ts';

const main = new URL('../main.ts', import.meta.url).pathname;
const untilMs = 20_000;
/** The key of the stack's masks. */
export const testMaskingKey = 'no secret: the masking key of the tests';

/** A real control plane process between a real Postgres, Kafka and Envoy; universes and the runtime are servers of the test. */
export interface Stack {
  readonly migrations: Client<typeof MigrationService>;
  readonly verdicts: Client<typeof VerdictService>;
  readonly deployments: Client<typeof DeploymentService>;
  readonly proxies: Client<typeof ProxyService>;
  readonly judgement: Client<typeof JudgementService>;
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
  /** What the control plane that runs now tells at /metrics. */
  metrics(): Promise<string>;
  /** URL of the API. */
  readonly api: string;
  readonly listen: string;
  /** An address that is free, for another migration. */
  readonly spareListen: string;
  /** host:port at which the proxy expects services/capture; nobody is there unless the test starts one. */
  readonly captureListen: string;
  readonly dir: string;
  /** Names of builds that run, by runtime id. */
  readonly running: ReadonlyMap<string, string>;
  /** Builds of these names never become healthy. */
  readonly unhealthy: Set<string>;
  send(verdicts: readonly Verdict[]): Promise<void>;
  /** The universe that answers this customer: the name of its build. */
  ask(customer: string): Promise<string>;
  /** Resolves once the proxy takes requests. */
  untilListening(): Promise<void>;
  state(): Promise<MigrationState>;
  /** Polls until the state is as wanted. */
  until(what: string, holds: (state: MigrationState) => boolean): Promise<MigrationState>;
  /** Cuts the control plane off its database, or lets it back. */
  setDatabaseReachable(reachable: boolean): void;
  /** SIGKILL, and a new process on the same database. */
  restartControlPlane(): Promise<void>;
  /** A second control plane on the same database, with ports of its own. */
  startReplica(): Promise<Client<typeof MigrationService>>;
  stopControlPlane(signal: NodeJS.Signals): Promise<number | null>;
  dispose(): Promise<void>;
}

export interface StackOptions {
  /** More for the control plane's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the stack's own calls show, where the control plane asks for tokens. */
  readonly token?: string;
}

export async function startStack(migration: string, options: StackOptions = {}): Promise<Stack> {
  const dir = await temporaryDir('control-plane');
  const parts = new AsyncDisposableStack();
  parts.defer(dir.dispose);
  try {
    return await composed(migration, dir.path, parts, options);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

/** What is started is deferred at once to `parts`, which ends it in the opposite order. */
async function composed(
  migration: string,
  dir: string,
  parts: AsyncDisposableStack,
  options: StackOptions,
): Promise<Stack> {
  const postgres = await withPostgres();
  parts.defer(postgres.dispose);
  const kafka = await withKafka();
  parts.defer(kafka.dispose);
  const [apiPort = 0, xdsPort = 0, adminPort = 0, listenPort = 0, deadPort = 0, sparePort = 0] =
    await freePorts(6);
  const database = await cuttable(postgres.url);
  parts.defer(async () => database.close());
  const builds = await fakeRuntime(join(dir, 'runtime.sock'));
  const env = {
    ...process.env,
    API_LISTEN: `127.0.0.1:${apiPort}`,
    XDS_LISTEN: `127.0.0.1:${xdsPort}`,
    DATABASE_URL: database.url,
    KAFKA_BROKERS: kafka.bootstrap,
    CAPTURE_ADDRESS: `127.0.0.1:${deadPort}`,
    CAPSULE_DIR: join(dir, 'capsules'),
    RUNTIME_SOCKET: builds.socket,
    CHRONOS_MASKING_KEY: testMaskingKey,
    ...options.env,
  };
  parts.defer(builds.close);
  let controlPlane = await startControlPlane(env);
  parts.defer(() => ended(controlPlane));
  const envoy: EnvoyProcess = await startEnvoy({
    binary: (await sharedToolchain()).envoy,
    dir: join(dir, 'envoy'),
    adminPort,
    concurrency: 1,
    bootstrap: bootstrap({ nodeId: 'e1', cluster: 'time-rift', xdsAddress: env.XDS_LISTEN, adminPort }),
  });
  parts.defer(envoy.stop);
  const { token } = options;
  const transport = createConnectTransport({
    baseUrl: `http://${env.API_LISTEN}`,
    httpVersion: '1.1',
    interceptors: token === undefined ? [] : [withToken(token)],
  });
  const migrations = createClient(MigrationService, transport);
  const bus = connectBus({ brokers: [kafka.bootstrap], clientId: 'test', log: () => {} });
  parts.defer(bus.close);
  let producer: BusProducer | undefined;
  const state = async () => {
    const { state: now } = await migrations.getMigration({ name: migration });
    if (now === undefined) throw new Error('no state');
    return now;
  };
  const proxies = createClient(ProxyService, transport);
  /** Envoy comes back by itself, after a random pause. */
  const connected = async () => {
    const deadline = performance.now() + untilMs;
    while (performance.now() < deadline) {
      const list = await proxies.listProxies({});
      if (list.proxies.some((proxy) => proxy.connected)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('Envoy did not come back');
  };
  return {
    migrations,
    verdicts: createClient(VerdictService, transport),
    deployments: createClient(DeploymentService, transport),
    proxies,
    judgement: createClient(JudgementService, transport),
    brokers: [kafka.bootstrap],
    databaseUrl: postgres.url,
    metrics: async () => (await fetch(`http://${env.API_LISTEN}/metrics`)).text(),
    api: `http://${env.API_LISTEN}`,
    listen: `127.0.0.1:${listenPort}`,
    spareListen: `127.0.0.1:${sparePort}`,
    captureListen: env.CAPTURE_ADDRESS,
    dir,
    running: builds.running,
    unhealthy: builds.unhealthy,
    async send(batch) {
      producer ??= await bus.producer();
      const records = batch.map((verdict) => ({ key: verdict.requestId, value: encoded(verdict) }));
      await producer.send('verdicts', records);
    },
    async ask(customer) {
      const response = await fetch(`http://127.0.0.1:${listenPort}/`, {
        headers: { 'x-customer': customer },
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return response.text();
    },
    async untilListening() {
      const deadline = performance.now() + untilMs;
      const asked = () =>
        fetch(`http://127.0.0.1:${listenPort}/`).then(
          (r) => r.ok,
          () => false,
        );
      while (!(await asked())) {
        if (performance.now() > deadline) throw new Error('the proxy takes no requests');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    state,
    async until(what, holds) {
      const deadline = performance.now() + untilMs;
      for (;;) {
        const now = await state();
        if (holds(now)) return now;
        if (performance.now() > deadline) {
          throw new Error(`not within ${untilMs / 1000} s: ${what}; ${JSON.stringify(now.groups, bigints)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    setDatabaseReachable: database.setReachable,
    async restartControlPlane() {
      controlPlane.kill('SIGKILL');
      await once(controlPlane, 'exit');
      controlPlane = await startControlPlane(env);
      await connected();
    },
    async startReplica() {
      const [api = 0, xds = 0] = await freePorts(2);
      const API_LISTEN = `127.0.0.1:${api}`;
      const replica = await startControlPlane({ ...env, API_LISTEN, XDS_LISTEN: `127.0.0.1:${xds}` });
      parts.defer(() => ended(replica));
      const baseUrl = `http://${API_LISTEN}`;
      return createClient(MigrationService, createConnectTransport({ baseUrl, httpVersion: '1.1' }));
    },
    async stopControlPlane(signal) {
      const exited = once(controlPlane, 'exit');
      controlPlane.kill(signal);
      const [code] = await exited;
      return code;
    },
    dispose: () => parts.disposeAsync(),
  };
}

function withToken(token: string): Interceptor {
  return (next) => (request) => {
    request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
}

async function startControlPlane(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-8_000);
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('ready control-plane')) resolve();
    });
    child.once('exit', (code) => {
      reject(
        new Error(`the control plane ended:
${errors}`),
      );
      if (code !== null && code !== 0)
        process.stderr.write(`the control plane ended with code ${code}:
${errors}
`);
    });
  });
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** RuntimeService whose builds are servers in this process that answer with their build's name. */
async function fakeRuntime(socket: string) {
  const servers = new Map<string, { readonly server: Server; readonly address: string }>();
  const running = new Map<string, string>();
  const unhealthy = new Set<string>();
  const handler = connectNodeAdapter({
    routes: (router) =>
      router.service(RuntimeService, {
        async startBuild({ id, build }) {
          if (unhealthy.has(build)) throw new Error(`${build} exited with code 1`);
          const known = servers.get(id);
          if (known !== undefined) return { address: known.address };
          const server = createServer((_request, response) => response.end(build));
          server.listen(0, '127.0.0.1');
          await once(server, 'listening');
          const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
          servers.set(id, { server, address });
          running.set(id, build);
          return { address };
        },
        async stopBuild({ id }) {
          servers.get(id)?.server.close();
          servers.get(id)?.server.closeAllConnections();
          servers.delete(id);
          running.delete(id);
          return {};
        },
        listBuilds: () => ({ builds: [...servers].map(([id, { address }]) => ({ id, address })) }),
      }),
  });
  const server = createServer(handler);
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    running,
    unhealthy,
    async close() {
      for (const build of servers.values()) {
        build.server.close();
        build.server.closeAllConnections();
      }
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A way to a database that can be cut. */
async function cuttable(url: string) {
  const target = new URL(url);
  const { hostname, port } = target;
  const open = new Set<Socket>();
  let reachable = true;
  const server = createTcpServer((client) => {
    if (!reachable) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from
        .on('error', () => to.destroy())
        .on('close', () => {
          open.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  target.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: target.href,
    setReachable(now: boolean) {
      reachable = now;
      if (!now) cut();
    },
    close() {
      server.close();
      cut();
    },
  };
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
