import { setTimeout } from 'node:timers/promises';
import { connectBus } from '@chronos/bus/kafka.ts';
import { openLog } from '@chronos/observability/log.ts';
import { startTracing } from '@chronos/observability/tracing.ts';
import { Story } from './core/mission-control/story.ts';
import { serveApi } from './shell/api/api-server.ts';
import { VerdictFeed } from './shell/api/verdict-feed.ts';
import { configHelp } from './shell/config.ts';
import { Accounting } from './shell/engine/accounting.ts';
import { buildRunner, runtimeTransport } from './shell/engine/build-runner.ts';
import { dataPlane } from './shell/engine/data-plane.ts';
import type { Engine } from './shell/engine/engine.ts';
import { entangledAt } from './shell/engine/entangled.ts';
import { follow, lead, takeOver } from './shell/engine/leadership.ts';
import { reportRollout } from './shell/engine/rollout-report.ts';
import { busRulesPublisher } from './shell/engine/rules-publisher.ts';
import { SerialQueue } from './shell/engine/serial-queue.ts';
import { Tasks } from './shell/engine/tasks.ts';
import { World } from './shell/engine/world.ts';
import { controlPlaneMetrics } from './shell/metrics.ts';
import { Access } from './shell/mission-control/access.ts';
import { missionControl } from './shell/mission-control/mission-control.ts';
import { followPartLogs } from './shell/mission-control/part-logs.ts';
import { logTelling, proxyTelling } from './shell/mission-control/tellings.ts';
import { readSettings, type Settings } from './shell/settings.ts';
import { Database } from './shell/store/database.ts';
import { LeaderLock } from './shell/store/leader-lock.ts';
import { openByMigration } from './shell/store/question-store.ts';
import { migrateSchema } from './shell/store/schema.ts';
import { sessionSecret } from './shell/store/session-store.ts';
import { createXdsServer } from './shell/xds/server.ts';

/** A SIGTERM is obeyed within this time, whatever hangs. */
const stopWithinMs = 2_800;
const databaseWithinMs = 30_000;
/** Proxies leave for another replica one after the other, not all at once. */
const drainProxiesMs = 500;
/** The first to start leads within milliseconds; a replica is ready also while another leads. */
const leadWithinMs = 2_000;

/**
 * The control plane: what each part takes and gives.
 *
 *   store      Postgres: records, journal, verdicts, offsets; one replica holds the leader's lock
 *   xDS        records → IR → snapshot → proxies; proxies' ACKs and request counters come back
 *   verdicts   Kafka `verdicts` → store and evidence → orchestrator
 *   rules      records → Kafka `migrations` → arbiters
 *   API        operators → engine; state, journal, verdicts, proxies → operators; the page, and the figures that it watches
 */
async function run({ config, tokens, maskingKey, replaySecrets }: Settings): Promise<void> {
  // Microseconds: no process tells a million lines a second.
  const story = new Story(Date.now() * 1_000);
  const log = (line: string) => {
    processLog.warn(line);
    story.tell(logTelling(line, Date.now()));
  };
  const stopTracing = await startTracing('chronos-control-plane');
  const database = new Database(config.databaseUrl);
  await reachable(database, log);
  await migrateSchema(database);

  let leading = false;
  let orphaned = false;
  const bus = connectBus({ brokers: config.kafkaBrokers, clientId: 'chronos-control-plane', log });
  const tasks = new Tasks(log);
  const world = new World();
  const feed = new VerdictFeed();
  const xds = await createXdsServer({
    listen: config.xdsListen,
    canary: { deadlineMs: config.xdsCanaryMs },
    onEvent: (event) => {
      metrics.xds.event(event);
      if (event.kind === 'rollout') reportRollout(engine, event);
      const told = proxyTelling(event);
      if (told !== undefined) story.tell(told);
      if (event.kind === 'nack') log(`proxy ${event.nodeId} rejected ${event.typeUrl}: ${event.error}`);
    },
    onTotals: (report) => accounting.report(report),
  });
  const engine: Engine = {
    world,
    database,
    queue: new SerialQueue(),
    dataPlane: dataPlane(
      {
        waitForAcks: xds.waitForAcks,
        setSnapshot(target, snapshot) {
          metrics.xds.published(target.group, snapshot);
          xds.setSnapshot(target, snapshot);
        },
      },
      {
        captureAddress: config.captureAddress,
        identifiersAddress: config.identifiersAddress,
        otlpAddress: config.otlpAddress,
      },
    ),
    rules: busRulesPublisher(bus, log),
    builds:
      config.runtimeSocket === undefined ? undefined : buildRunner(runtimeTransport(config.runtimeSocket)),
    entangled:
      config.entanglementAddress === undefined
        ? undefined
        : entangledAt(config.entanglementAddress, maskingKey),
    capsuleDir: config.capsuleDir,
    nowMs: () => Date.now(),
    isLeading: () => leading,
    mayRetreat: () => leading || orphaned,
    log,
    background: tasks.run,
  };
  const accounting = new Accounting(engine);
  const metrics = controlPlaneMetrics({
    world,
    proxies: xds.proxies,
    isLeading: engine.isLeading,
    nowMs: engine.nowMs,
    openQuestions: () => openByMigration(database),
  });
  await takeOver({ engine, accounting });
  const access = new Access(tokens, await sessionSecret(database), engine.nowMs);
  const { pageDir, traceAddress, runtimeSocket } = config;
  const page = missionControl(engine, {
    proxies: xds.proxies,
    story,
    pageDir,
    access,
    maskingKey,
    replaySecrets,
    traceAddress,
  });
  tasks.run('figures', page.run);
  if (runtimeSocket !== undefined)
    tasks.run('logs of the parts', (signal) =>
      followPartLogs(runtimeTransport(runtimeSocket), story, signal),
    );

  const parts = {
    engine,
    bus,
    accounting,
    tasks,
    onVerdicts(fresh: Parameters<VerdictFeed['push']>[0]) {
      feed.push(fresh);
      page.verdicts(fresh);
      metrics.verdicts.taken(fresh);
    },
    handlers: {
      taken: ({ unknown }: { unknown: number }, lag: number) => {
        metrics.verdicts.unknown(unknown);
        metrics.verdicts.lag(lag);
      },
      undecodable: () => metrics.verdicts.undecodable(),
    },
  };
  let term = new AbortController();
  const lock = new LeaderLock(config.databaseUrl);
  const following = () => {
    orphaned ||= leading;
    leading = false;
    term.abort();
    term = new AbortController();
    follow(parts, term.signal, () => {
      orphaned = false;
    });
  };
  following();
  lock.start({
    async lead() {
      term.abort();
      term = new AbortController();
      await takeOver(parts);
      leading = true;
      orphaned = false;
      lead(parts, term.signal);
      firstTerm.resolve();
    },
    follow: async () => following(),
    error: (error) => log(`leader's lock: ${String(error)}`),
  });

  const api = await serveApi(
    config.apiListen,
    {
      engine,
      feed,
      proxies: xds.proxies,
      missionControl: page,
      entanglementAddress: config.entanglementAddress,
    },
    metrics.registry,
  );
  await Promise.race([firstTerm.promise, setTimeout(leadWithinMs, undefined, { ref: false })]);
  process.stdout.write(`ready control-plane ${api.address}\n`);

  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  void setTimeout(stopWithinMs, undefined, { ref: false }).then(() => process.exit(1));
  await api.close({ graceMs: 1_000 });
  term.abort();
  await Promise.all([lock.close(), tasks.close(), xds.close({ drainMs: drainProxiesMs })]);
  await engine.rules.close();
  await bus.close();
  await accounting.save().catch(() => {});
  await database.close();
  await stopTracing();
  process.exit(0);
}

/** Postgres may still be starting; after half a minute it is worth an end that a supervisor sees. */
async function reachable(database: Database, log: (line: string) => void): Promise<void> {
  const deadline = performance.now() + databaseWithinMs;
  for (;;) {
    try {
      await database.query('SELECT 1');
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      log(`the database does not answer yet: ${error instanceof Error ? error.message : String(error)}`);
      await setTimeout(1_000);
    }
  }
}

const processLog = openLog('control-plane');
const firstTerm = Promise.withResolvers<void>();

if (process.argv.includes('--help')) {
  process.stdout.write(configHelp());
} else {
  const settings = readSettings(process.env);
  if ('problems' in settings) {
    process.stderr.write(`${settings.problems.map((problem) => `error: ${problem}`).join('\n')}\n`);
    process.exitCode = 2;
  } else {
    await run(settings).catch((error: unknown) => {
      processLog.fatal({ err: error }, 'the control plane ends');
      process.exit(1);
    });
  }
}
