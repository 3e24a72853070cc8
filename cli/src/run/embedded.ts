import { checkDiskSpace } from '@chronos/local/disk-space.ts';
import { keepPorts } from '@chronos/local/free-port.ts';
import type { Part } from '@chronos/local/part.ts';
import { progressLine } from '@chronos/local/progress-line.ts';
import type { Supervisor } from '@chronos/local/supervisor.ts';
import { ensureToolchain } from '@chronos/local/toolchain.ts';
import type { Progress } from '@chronos/local/toolchain-cache.ts';
import { type Api, openApi } from '../commands/api.ts';
import type { MigrationSource } from '../commands/migration-source.ts';
import { otlpAddress } from '../core/run/otlp-address.ts';
import type { Io } from '../io.ts';
import { BuildRuntime } from './build-runtime.ts';
import { writePrometheusFiles } from './observability/prometheus-files.ts';
import { startTools } from './observability/start-tools.ts';
import { scrapeTargets } from './observability/targets.ts';
import { planTraces, type Traces } from './observability/traces.ts';
import { onceLeading } from './once-leading.ts';
import type { RunOptions } from './options.ts';
import type { PartLines } from './part-lines.ts';
import { loopback } from './part-names.ts';
import { planParts } from './parts.ts';
import { planPorts, portOf } from './ports.ts';
import { openStateFolder, type StateFolder } from './state-folder.ts';
import type { Terminal } from './terminal.ts';

/** Room for databases, broker and logs of a run of some hours. */
const stateMb = 1_000;

/** An embedded Chronos with the migration applied. Its processes belong to the supervisor. */
export interface Embedded {
  readonly api: Api;
  readonly folder: StateFolder;
  /** Port on which the entanglement says how it stands; undefined when databases are left alone. */
  readonly entanglementPort: number | undefined;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly options: RunOptions;
  readonly source: MigrationSource;
  readonly supervisor: Supervisor;
  readonly terminal: Terminal;
  readonly lines: PartLines;
  readonly io: Io;
}

/** Installs what is missing, starts every part, and applies the migration. */
export async function startEmbedded({
  options,
  source,
  supervisor,
  terminal,
  lines,
  io,
}: EmbeddedOptions): Promise<Embedded> {
  const { migration } = source;
  const otlpElsewhere = otlpAddress(process.env);
  for (const name of supervisor.orphansEnded)
    terminal.note(`ended ${name}, which an earlier run had left behind`);
  await checkDiskSpace(supervisor.stateDir, stateMb, 'the state folder');
  const onProgress = (progress: Progress) => terminal.note(progressLine(progress));
  const toolchain = await ensureToolchain({ java: options.java, onProgress });

  const folder = openStateFolder(supervisor.stateDir, options.keep);
  keepPorts([migration, ...migration.tcp].map(({ listen }) => portOf(listen)));
  const ports = await planPorts(options.apiPort);
  const traces =
    options.observability && otlpElsewhere === undefined && !process.env.OTEL_EXPORTER_OTLP_ENDPOINT
      ? await unlessMissing(planTraces(ports, toolchain, onProgress), terminal)
      : undefined;
  const parts = await planParts(
    source,
    ports,
    toolchain,
    folder,
    traces ?? { otlp: otlpElsewhere },
    options.cdc,
  );
  const traced = (part: Part): Part => ({ ...part, env: { ...traces?.env, ...part.env } });
  writePrometheusFiles(
    folder.sub('prometheus'),
    scrapeTargets(ports, [...parts.base, ...parts.onTop, ...(traces === undefined ? [] : [traces.relay])]),
  );
  const builds = new BuildRuntime({
    migration,
    folder: source.folder,
    supervisor,
    onStart: (part, title, url) => lines.expectOptional(part, title, url),
    databaseUrls: parts.databaseUrls,
    env: traces?.env ?? {},
    sharedSecrets: Object.fromEntries(
      migration.sharedSecrets.map((name) => [name, folder.sharedSecret(name)]),
    ),
  });
  const runtime = await builds.serve(folder.runtimeSocket);
  try {
    lines.expect(migration, ports);
    await supervisor.start(parts.base.map(traced));
    // Not before: nobody waits for a tool, and a JVM that starts takes half of two cores.
    if (options.observability) await startTools({ supervisor, lines, terminal, ports, folder, traces });
    const api = await openApi(io, `http://${loopback(ports.api)}`);
    await Promise.all([
      supervisor.start(parts.onTop.map(traced)),
      onceLeading(
        () => api.migrations.applyMigration({ spec: migration, descriptorSets: [...source.descriptorSets] }),
        io.signal,
      ),
    ]);
    folder.writeRunFile({ api: api.server, listen: migration.listen, migration: migration.name });
    return {
      api,
      folder,
      entanglementPort: parts.isEntangled ? ports.entanglement : undefined,
      close: async () => {
        folder.removeRunFile();
        await runtime.close({ graceMs: 0 });
      },
    };
  } catch (error) {
    await runtime.close({ graceMs: 0 });
    throw error;
  }
}

/** A tool that cannot be had is no reason not to migrate. */
async function unlessMissing(planned: Promise<Traces>, terminal: Terminal): Promise<Traces | undefined> {
  try {
    return await planned;
  } catch (error) {
    terminal.note(`Zipkin is not started: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
