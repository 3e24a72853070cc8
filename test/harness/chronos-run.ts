import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { freePort } from '@chronos/local/free-port.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { DeploymentService } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import {
  MigrationService,
  type MigrationState,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { type Client, createClient } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { until } from './until.ts';

const root = resolve(import.meta.dirname, '../..');

export interface RunOptions {
  /** The migration file's text; `@LISTEN@` is replaced by a free address, `@ROOT@` by the repository's path. */
  migration?: string;
  /** Or a file that is there. */
  file?: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** `chronos run` as a user starts it, in a state folder of its own. */
export interface ChronosRun {
  readonly listen: string;
  readonly stateDir: string;
  readonly migrations: Client<typeof MigrationService>;
  readonly verdicts: Client<typeof VerdictService>;
  readonly deployments: Client<typeof DeploymentService>;
  readonly proxies: Client<typeof ProxyService>;
  readonly apiUrl: string;
  output(): string;
  state(name: string): Promise<MigrationState>;
  /** Resolves once all groups are in shadow or further, and every proxy has acknowledged that. */
  copiesFlow(name: string): Promise<void>;
  /** Resolves once the copies flow, and a client gets 200 for the path. */
  mirrored(name: string, path: string): Promise<void>;
  /** Kills the part with signal 9; the supervisor starts it again. */
  killPart(name: string): number;
  pidOf(name: string): number | undefined;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Ctrl-C; resolves when the process is gone, rejects if any of its parts is left. */
  stop(): Promise<number | null>;
}

/** Runs until the API answers. */
export async function chronosRun(options: RunOptions): Promise<ChronosRun> {
  const dir = await temporaryDir('run');
  const apiPort = await freePort();
  const listen = `127.0.0.1:${await freePort()}`;
  const stateDir = join(dir.path, 'state');
  let file = options.file;
  if (file === undefined) {
    file = join(dir.path, 'migration.yaml');
    await writeFile(
      file,
      (options.migration ?? '').replaceAll('@LISTEN@', listen).replaceAll('@ROOT@', root),
    );
  }
  const node = join(root, 'node_modules/.bin/node');
  const args = [
    join(root, 'cli/src/main.ts'),
    'run',
    '-f',
    file,
    '--state',
    stateDir,
    '--api',
    String(apiPort),
    ...(options.args ?? []),
  ];
  const child = spawn(node, args, {
    cwd: root,
    env: { ...process.env, ...options.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-200_000)));
  const ended = new Promise<number | null>((settle) => child.once('exit', (code) => settle(code)));
  // Should this process end without stop(), the run ends with it.
  const interrupt = () => child.kill('SIGINT');
  process.once('exit', interrupt);
  child.once('exit', () => process.off('exit', interrupt));
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const sessionManager = new Http2SessionManager(apiUrl);
  const transport = createGrpcTransport({ baseUrl: apiUrl, sessionManager });
  const migrations = createClient(MigrationService, transport);
  const seenPids = new Set<number>();
  const pids = (): { name: string; pid: number }[] => {
    try {
      const list: { name: string; pid: number }[] = JSON.parse(
        readFileSync(join(stateDir, 'pids.json'), 'utf8'),
      );
      for (const { pid } of list) seenPids.add(pid);
      return list;
    } catch {
      return [];
    }
  };
  const run: ChronosRun = {
    listen,
    stateDir,
    apiUrl,
    migrations,
    verdicts: createClient(VerdictService, transport),
    deployments: createClient(DeploymentService, transport),
    proxies: createClient(ProxyService, transport),
    ended,
    output: () => output,
    pidOf: (name) => pids().find((p) => p.name === name)?.pid,
    async state(name) {
      const { state } = await migrations.getMigration({ name });
      if (state === undefined) throw new Error(`no state of ${name}`);
      return state;
    },
    async copiesFlow(name) {
      // The stage is intent; before the proxies' ACK a request is answered, but neither mirrored nor counted.
      const acked = async () => {
        const { proxies } = await run.proxies.listProxies({});
        return (
          proxies.length > 0 &&
          proxies.every((proxy) => proxy.resources.every((r) => r.versionAcked === r.versionWanted))
        );
      };
      const started = async () => (await run.state(name)).groups.every((g) => g.stage >= Stage.SHADOW);
      await until(`copies of ${name} flow`, async () => (await started()) && (await acked()), {
        withinMs: 90_000,
        look: run.output,
      });
    },
    async mirrored(name, path) {
      await run.copiesFlow(name);
      const answered = () => fetch(`http://${listen}${path}`).then((response) => response.ok);
      await until(`clients are answered at ${listen}`, answered, { withinMs: 60_000, look: run.output });
    },
    killPart(name) {
      const pid = run.pidOf(name);
      if (pid === undefined)
        throw new Error(
          `no part ${name} runs; there are: ${pids()
            .map((p) => p.name)
            .join(', ')}`,
        );
      process.kill(pid, 'SIGKILL');
      return pid;
    },
    async stop() {
      pids();
      sessionManager.abort();
      const code = await endWith(child, ended);
      const left = [...seenPids].filter(alive);
      await dir.dispose();
      if (left.length > 0) throw new Error(`left running after Ctrl-C: ${left.join(', ')}\n${output}`);
      return code;
    },
  };
  const tooEarly = ended.then((code) => {
    throw new Error(`chronos run ended with ${code}:\n${output}`);
  });
  tooEarly.catch(() => {}); // its end after the start is no error
  const answers = async () => (await migrations.listMigrations({})).migrations.length > 0;
  try {
    await Promise.race([
      tooEarly,
      until('the API answers', answers, { withinMs: 90_000, look: () => output }),
    ]);
  } catch (error) {
    sessionManager.abort();
    await endWith(child, ended);
    await dir.dispose();
    throw error;
  }
  return run;
}

async function endWith(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  if (child.exitCode === null) child.kill('SIGINT');
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  try {
    return await ended;
  } finally {
    clearTimeout(killer);
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
