/** RuntimeService: starts and stops the builds that the migration file declares, as parts of the supervisor. */

import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { freePorts } from '@chronos/local/free-port.ts';
import type { Part } from '@chronos/local/part.ts';
import type { Supervisor } from '@chronos/local/supervisor.ts';
import { secretsOf } from '@chronos/observability/core/redact.ts';
import type { Build, Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import {
  file_chronos_v1_runtime_service,
  RuntimeService,
} from '@chronos/proto/chronos/v1/runtime_service_pb.js';
import { type RpcServer, serve } from '@chronos/rpc-server/serve.ts';
import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { substitute } from '../core/run/substitute.ts';
import { digestBuild } from './code-digest.ts';
import { partLogs } from './part-logs.ts';
import { loopback, partNames } from './part-names.ts';
import { accepts } from './parts.ts';

/** A build must be healthy within this time, or its deployment fails. */
const healthWithinMs = 30_000;
/** How long a build may take to finish what it is doing when it is stopped. */
const stopWithinMs = 5_000;

type UniverseName = 'legacy' | 'modern';

export interface BuildRuntimeOptions {
  readonly migration: Migration;
  /** Folder of the migration file, in which the builds run. */
  readonly folder: string;
  readonly supervisor: Supervisor;
  readonly databaseUrls: { readonly legacy: string | undefined; readonly modern: string | undefined };
  /** Told before a build starts as this part. */
  readonly onStart: (part: string, title: string, url: string) => void;
  /** What every build is given beside its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Name to value of the secrets that both universes share. */
  readonly sharedSecrets: Readonly<Record<string, string>>;
}

/** Where a build serves: its PORT, and the named ports that TCP routes ask for, as host:port. */
export interface Serving {
  readonly address: string;
  readonly ports: Readonly<Record<string, string>>;
}

type Running = Serving & { readonly part: string; readonly started: Promise<void> };

export class BuildRuntime {
  readonly #options: BuildRuntimeOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: BuildRuntimeOptions) {
    this.#options = options;
  }

  /** Serves it on a unix socket that only this user can reach. */
  async serve(socket: string): Promise<RpcServer> {
    const server = await serve({
      listen: `unix:${socket}`,
      files: [file_chronos_v1_runtime_service],
      routes: (router) => this.#routes(router),
    });
    chmodSync(socket, 0o600);
    return server;
  }

  /** Starts a build, or waits for the one of that id; answers where it serves once it is healthy. */
  async start(id: string, universe: UniverseName, buildName: string): Promise<Serving> {
    const known = this.#running.get(id);
    if (known !== undefined) {
      await known.started;
      return { address: known.address, ports: known.ports };
    }
    const build = this.#findBuild(universe, buildName);
    const names = namedPorts(this.#options.migration, universe);
    const [port = 0, ...others] = await freePorts(1 + names.length);
    const named = new Map(names.map((name, index) => [name, others[index] ?? 0]));
    const part = this.#part(id, universe, build, port, named);
    this.#options.onStart(
      part.name,
      `Parallel Universe ${universe} ${build.name}`,
      `http://${loopback(port)}`,
    );
    const started = this.#options.supervisor.start([part]);
    const ports = Object.fromEntries([...named].map(([name, value]) => [name, loopback(value)]));
    const running = { part: part.name, address: loopback(port), ports, started };
    this.#running.set(id, running);
    try {
      await started;
      return { address: running.address, ports };
    } catch (error) {
      await this.stop(id);
      throw error;
    }
  }

  async stop(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#running.delete(id);
    await this.#options.supervisor.remove(running.part);
  }

  list(): { id: string; address: string }[] {
    return [...this.#running].map(([id, { address }]) => ({ id, address }));
  }

  #routes(router: ConnectRouter): void {
    router.service(RuntimeService, {
      startBuild: async ({ id, migration, universe, build }) => {
        if (migration !== this.#options.migration.name)
          throw new ConnectError(`this runtime builds ${this.#options.migration.name} only`, Code.NotFound);
        if (universe !== 'legacy' && universe !== 'modern')
          throw new ConnectError(`universe is ${universe}; accepted: legacy, modern`, Code.InvalidArgument);
        const { address, ports } = await this.#asConnect(this.start(id, universe, build));
        return { address, ports };
      },
      stopBuild: async ({ id }) => {
        await this.#asConnect(this.stop(id));
        return {};
      },
      watchLogs: ({ since }, { signal }) => this.#logs(since === undefined ? 0 : timestampMs(since), signal),
      digestBuild: ({ universe, build }) => {
        const { folder } = this.#options;
        const { command } = this.#findBuild(universe === 'modern' ? 'modern' : 'legacy', build);
        return this.#asConnect(digestBuild(command, folder));
      },
      listBuilds: async () => {
        // A build that is still starting is no running one.
        await Promise.allSettled([...this.#running.values()].map(({ started }) => started));
        return { builds: this.list() };
      },
    });
  }

  #logs(sinceMs: number, signal: AbortSignal) {
    const { supervisor, sharedSecrets, env = {} } = this.#options;
    const secrets = [...Object.values(sharedSecrets), ...secretsOf({ ...process.env, ...env })];
    return partLogs(() => supervisor.status(), secrets, sinceMs, signal);
  }

  /** Failures of builds travel with their text: the log's last lines are what an operator needs. */
  async #asConnect<Value>(work: Promise<Value>): Promise<Value> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ConnectError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new ConnectError(message, Code.FailedPrecondition, undefined, undefined, error);
    }
  }

  #findBuild(universe: UniverseName, name: string): Build {
    const builds = this.#options.migration[universe]?.builds ?? [];
    const build = builds.find((candidate) => candidate.name === name);
    if (build !== undefined) return build;
    const known = builds.map((candidate) => candidate.name).join(', ') || 'none';
    throw new ConnectError(
      `${universe} has no build ${name}; the migration file declares: ${known}`,
      Code.NotFound,
    );
  }

  #part(
    id: string,
    universe: UniverseName,
    build: Build,
    port: number,
    named: ReadonlyMap<string, number>,
  ): Part {
    const { folder, databaseUrls, sharedSecrets, env } = this.#options;
    const values = {
      PORT: String(port),
      ...Object.fromEntries([...named].map(([name, value]) => [`PORT_${name.toUpperCase()}`, String(value)])),
    };
    const [command = '', ...args] = build.command.map((word) => substitute(word, values));
    const databaseUrl = databaseUrls[universe];
    return {
      name: partNameOf(id),
      command,
      args,
      cwd: folder,
      env: {
        PATH: pathWithOwnNode(),
        ...env,
        ...sharedSecrets,
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
        ...build.env,
        ...values,
      },
      after:
        databaseUrl === undefined || !databaseUrl.startsWith('postgres')
          ? []
          : [universe === 'legacy' ? partNames.legacyDatabase : partNames.modernDatabase],
      ports: [port, ...named.values()],
      ready: () => isHealthy(port, build.healthPath, [...named.values()]),
      readyWithinMs: healthWithinMs,
      stopWithinMs,
      restart: true,
    };
  }
}

/** `node` in a command is the one that runs Chronos. */
export function pathWithOwnNode(): string {
  return `${dirname(process.execPath)}:${process.env.PATH ?? ''}`;
}

/** Names of parts name their log files: nothing of the id may lead out of the folder. */
function partNameOf(id: string): string {
  return `build-${id.replaceAll(/[^A-Za-z0-9._@-]/g, '_')}`;
}

/** The ports that the migration's TCP routes ask of this universe's builds, each once. */
function namedPorts({ tcp }: Migration, universe: UniverseName): string[] {
  const names = tcp.flatMap((route) => {
    const target = route[universe]?.target;
    return target?.case === 'port' ? [target.value] : [];
  });
  return [...new Set(names)];
}

async function isHealthy(port: number, path: string, named: readonly number[]): Promise<boolean> {
  const listening = await Promise.all(named.map((other) => accepts('127.0.0.1', other)));
  if (listening.includes(false)) return false;
  if (path === '') return await accepts('127.0.0.1', port);
  const response = await fetch(`http://${loopback(port)}${path}`, {
    signal: AbortSignal.timeout(2_000),
    redirect: 'manual',
  });
  await response.body?.cancel();
  return response.ok;
}
