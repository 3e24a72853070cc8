/** A real control plane beside the stand-in, for what it makes of the verdicts: rows and counts in Chronos' database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fromJson, type JsonObject, toJson } from '@bufbuild/protobuf';
import { freePorts } from '@chronos/local/free-port.ts';
import { type Migration, MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import type { Rig } from './rig.ts';

const main = fileURLToPath(new URL('../../../../control-plane/src/main.ts', import.meta.url));

export class VerdictKeeper {
  readonly #env: NodeJS.ProcessEnv;
  readonly #url: string;
  #child: ChildProcess | undefined;

  private constructor(env: NodeJS.ProcessEnv, url: string) {
    this.#env = env;
    this.#url = url;
  }

  /** @param spec the migration whose verdicts it keeps; it has no proxies and starts nothing. */
  static async start(rig: Rig, spec: Migration): Promise<VerdictKeeper> {
    const [api = 0, xds = 0, capture = 0, listen = 0] = await freePorts(4);
    const local = (port: number) => `127.0.0.1:${port}`;
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      API_LISTEN: local(api),
      XDS_LISTEN: local(xds),
      // As in a real run: one database for all of Chronos' own state.
      DATABASE_URL: rig.modernUrl,
      KAFKA_BROKERS: rig.kafka().bootstrap,
      CAPTURE_ADDRESS: local(capture),
      CAPSULE_DIR: '/nonexistent',
    };
    const keeper = new VerdictKeeper(env, `http://${local(api)}`);
    await keeper.#start();
    const applied = fromJson(MigrationSchema, {
      ...(toJson(MigrationSchema, spec) as JsonObject),
      listen: local(listen),
      legacy: { address: local(1), database: { url_env: 'UNUSED_LEGACY' } },
      modern: { address: local(2), database: { url_env: 'UNUSED_MODERN' } },
      routes: [{ name: 'all', match: [{ prefix: '/' }] }],
    });
    await keeper.#client().applyMigration({ spec: applied });
    return keeper;
  }

  /** Verdicts counted until now, by their kind. */
  async counts(name: string): Promise<Readonly<Record<string, bigint>>> {
    return (await this.#client().getMigration({ name })).state?.verdicts ?? {};
  }

  /** Signal 9, and another process on the same database. */
  async restart(): Promise<void> {
    await this.close();
    await this.#start();
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  #client() {
    return createClient(MigrationService, createConnectTransport({ baseUrl: this.#url, httpVersion: '1.1' }));
  }

  async #start(): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', main], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let said = '';
    child.stderr.on('data', (text) => {
      said = `${said}${text}`.slice(-8_000);
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.includes('ready control-plane')) continue;
      child.stdout.resume();
      return;
    }
    throw new Error(`the control plane did not start: ${said}`);
  }
}
