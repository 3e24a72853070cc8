/** The parts of an embedded Chronos: what runs, in which order, on which ports, and how each is known to be ready. */
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { retainedLimitBytes } from '@chronos/entanglement/core/change/declared.ts';
import { compiledCodeDir } from '@chronos/local/cache-dir.ts';
import { connectPart } from '@chronos/local/connect.ts';
import { kafkaPart } from '@chronos/local/kafka.ts';
import type { Part } from '@chronos/local/part.ts';
import { type PostgresPart, postgresPart } from '@chronos/local/postgres.ts';
import type { Toolchain } from '@chronos/local/toolchain.ts';
import { ensureConnectJars } from '@chronos/local/toolchain-kafka.ts';
import type { Migration, Universe } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { MigrationSource } from '../commands/migration-source.ts';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { repositoryRoot } from '../shell/state-paths.ts';
import type { RunOptions } from './options.ts';
import { loopback, partNames } from './part-names.ts';
import type { Ports } from './ports.ts';
import type { StateFolder } from './state-folder.ts';
import { timeRiftPart } from './time-rift.ts';
import { databaseEnv, sqliteUrl } from './universe-databases.ts';

/** Where spans go, and where people look at traces; undefined: nowhere, or it is not known. */
export interface TraceRoutes {
  /** host:port, as the proxies reach it. */
  readonly otlp: string | undefined;
  readonly address?: string;
}

export interface Parts {
  /** What must run before a migration can be applied. */
  readonly base: readonly Part[];
  /** What is ready only once there is a migration, or reads topics that the control plane makes. */
  readonly onTop: readonly Part[];
  /** Connection URLs of the universes' own databases, for their builds. */
  readonly databaseUrls: { readonly legacy: string | undefined; readonly modern: string | undefined };
  /** Changes of databases are captured. */
  readonly isEntangled: boolean;
}

export async function planParts(
  { migration, folder: sourceFolder }: Pick<MigrationSource, 'migration' | 'folder'>,
  ports: Ports,
  toolchain: Toolchain,
  folder: StateFolder,
  traces: TraceRoutes,
  cdc: RunOptions['cdc'],
): Promise<Parts> {
  const database = await cluster(partNames.database, 'chronos', ports.database, toolchain, folder);
  const legacyDatabase = await universeCluster(
    'legacy',
    migration.legacy,
    ports.legacyDatabase,
    toolchain,
    folder,
    walKeep(migration),
  );
  const modernDatabase = await universeCluster(
    'modern',
    migration.modern,
    ports.modernDatabase,
    toolchain,
    folder,
    walKeep(migration),
  );
  const kafka = kafkaPart(partNames.kafka, {
    toolchain,
    dir: folder.sub('kafka'),
    port: ports.kafka,
    controllerPort: ports.kafkaController,
  });
  const places = { folder: sourceFolder, stateDir: folder.path };
  const databaseUrls = {
    legacy: legacyDatabase?.url ?? sqliteUrl(migration, 'legacy', places),
    modern: modernDatabase?.url ?? sqliteUrl(migration, 'modern', places),
  };
  const databases = databaseEnv(migration, places, databaseUrls);
  if (cdc === 'debezium' && databases === undefined)
    throw new CliError(
      exitCodes.usage,
      '--cdc debezium: the migration file declares no entanglement, so that no database is read',
    );
  const connect =
    databases === undefined || cdc !== 'debezium'
      ? undefined
      : connectPart(partNames.connect, {
          toolchain,
          connectClasspath: await ensureConnectJars(toolchain.cacheDir),
          dir: folder.sub('connect'),
          port: ports.connect,
          bootstrap: kafka.bootstrap,
        });
  const parts: (Part | undefined)[] = [
    database,
    legacyDatabase,
    modernDatabase,
    kafka,
    controlPlanePart(ports, database.url, kafka.bootstrap, folder, {
      ...(traces.otlp === undefined ? {} : { OTLP_ADDRESS: traces.otlp }),
      ...(traces.address === undefined ? {} : { TRACE_ADDRESS: traces.address }),
      ...replaySecrets(migration, folder),
    }),
    service(partNames.capture, 'services/capture/src/main.ts', ports.captureMetrics, [partNames.kafka], {
      CAPTURE_LISTEN: loopback(ports.capture),
      KAFKA_BROKERS: kafka.bootstrap,
      CHRONOS_MASKING_KEY: folder.secret('masking key'),
    }),
    migration.identifiers === undefined
      ? undefined
      : service(
          partNames.identifiers,
          'services/identifiers/src/main.ts',
          ports.identifiersMetrics,
          [partNames.kafka, partNames.database],
          {
            IDENTIFIERS_LISTEN: loopback(ports.identifiers),
            KAFKA_BROKERS: kafka.bootstrap,
            DATABASE_URL: database.url,
            CHRONOS_MASKING_KEY: folder.secret('masking key'),
          },
        ),
  ];
  return {
    base: parts.filter((part): part is Part => part !== undefined),
    onTop: [
      await timeRiftPart(
        [migration.listen, ...migration.tcp.map((route) => route.listen)],
        ports,
        toolchain,
        folder,
      ),
      service(
        partNames.arbiter,
        'services/arbiter/src/main.ts',
        ports.arbiterMetrics,
        [partNames.controlPlane],
        {
          KAFKA_BROKERS: kafka.bootstrap,
        },
      ),
      ...(connect === undefined ? [] : [{ ...connect, after: [partNames.kafka] }]),
      ...(databases === undefined
        ? []
        : [
            service(
              partNames.entanglement,
              'services/entanglement/src/main.ts',
              ports.entanglement,
              [partNames.controlPlane, ...(connect === undefined ? [] : [partNames.connect])],
              {
                KAFKA_BROKERS: kafka.bootstrap,
                CHRONOS_API: `http://${loopback(ports.api)}`,
                DATABASE_URL: database.url,
                CHRONOS_MASKING_KEY: folder.secret('masking key'),
                CHRONOS_CDC: cdc,
                ...(connect === undefined ? {} : { CONNECT_URL: connect.url }),
                ...databases,
              },
            ),
          ]),
    ],
    databaseUrls,
    isEntangled: databases !== undefined,
  };
}

/** True once something accepts connections there. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function universeCluster(
  name: 'legacy' | 'modern',
  universe: Universe | undefined,
  port: number,
  toolchain: Toolchain,
  folder: StateFolder,
  settings: Readonly<Record<string, string>>,
): Promise<PostgresPart | undefined> {
  if (universe?.postgres === undefined) return undefined;
  const partName = name === 'legacy' ? partNames.legacyDatabase : partNames.modernDatabase;
  return await cluster(partName, universe.postgres.database || name, port, toolchain, folder, settings);
}

/** Should the entanglement be away for long, the database itself lets go of the WAL that a slot holds back. */
function walKeep({ entanglement }: Migration): Record<string, string> {
  return entanglement === undefined
    ? {}
    : { max_slot_wal_keep_size: `${retainedLimitBytes(entanglement) / 2 ** 20}MB` };
}

/** A cluster of its own with a role of the database's name; passwords are random and stay in the state folder. */
function cluster(
  name: string,
  database: string,
  port: number,
  toolchain: Toolchain,
  folder: StateFolder,
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresPart> {
  return postgresPart(name, {
    toolchain,
    dir: folder.sub(`postgres/${name}`),
    port,
    database,
    role: database,
    password: folder.secret(`${name} password`),
    superPassword: folder.secret(`${name} superuser password`),
    settings,
  });
}

function controlPlanePart(
  ports: Ports,
  databaseUrl: string,
  brokers: string,
  folder: StateFolder,
  env: Readonly<Record<string, string>>,
): Part {
  return {
    // With V8's default young generation a thousand proxies' connections take 50 MB more, and nothing is faster (npm run bench:xds).
    ...node('control-plane/src/main.ts', '--max-semi-space-size=4'),
    name: partNames.controlPlane,
    env: {
      // Without it each start strips the types again, and keeps some 20 MB for it.
      NODE_COMPILE_CACHE: compiledCodeDir,
      API_LISTEN: loopback(ports.api),
      XDS_LISTEN: loopback(ports.xds),
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: brokers,
      CAPTURE_ADDRESS: loopback(ports.capture),
      IDENTIFIERS_ADDRESS: loopback(ports.identifiers),
      ENTANGLEMENT_ADDRESS: loopback(ports.entanglement),
      RUNTIME_SOCKET: folder.runtimeSocket,
      CAPSULE_DIR: folder.capsules,
      CHRONOS_MASKING_KEY: folder.secret('masking key'),
      ...env,
    },
    after: [partNames.database, partNames.kafka],
    ports: [ports.api, ports.xds],
    ready: () => isServing(ports.api),
    restart: true,
    stopWithinMs: 3_000,
  };
}

/** Service accounts for replays whose secret the universes share; others stand in the environment. */
function replaySecrets({ replay, sharedSecrets }: Migration, folder: StateFolder): Record<string, string> {
  const shared = (replay?.headers ?? []).filter(({ secret }) => sharedSecrets.includes(secret));
  return Object.fromEntries(
    shared.map(({ secret }) => [`CHRONOS_REPLAY_SECRET_${secret}`, folder.sharedSecret(secret)]),
  );
}

/** A service that is known to be ready by its metrics port, the last that it opens. */
function service(
  name: string,
  main: string,
  metricsPort: number,
  after: readonly string[],
  env: Record<string, string>,
): Part {
  return {
    ...node(main),
    name,
    env: { ...env, METRICS_LISTEN: loopback(metricsPort) },
    after,
    ports: [metricsPort],
    ready: () => accepts('127.0.0.1', metricsPort),
    restart: true,
    stopWithinMs: 3_000,
  };
}

function node(main: string, ...flags: readonly string[]): Pick<Part, 'command' | 'args' | 'cwd'> {
  // kafkajs sets timers that lie in the past, and Node's SQLite is young: each would warn.
  const calm = ['--disable-warning=TimeoutNegativeWarning', '--disable-warning=ExperimentalWarning'];
  return {
    command: process.execPath,
    args: [...calm, ...flags, join(repositoryRoot, main)],
    cwd: repositoryRoot,
  };
}

/** The control plane's own word (grpc.health.v1, asked as JSON). */
async function isServing(apiPort: number): Promise<boolean> {
  const response = await fetch(`http://${loopback(apiPort)}/grpc.health.v1.Health/Check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(2_000),
  });
  const health: unknown = await response.json();
  return typeof health === 'object' && health !== null && 'status' in health && health.status === 'SERVING';
}
