/** The entanglement's composition root: what both databases did → db-state-updates. */
import { DB_STATE_UPDATES, IDENTIFIER_PAIRS_TOPIC, TOPICS } from '@chronos/arbiter/shell/topics.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { keyedHashOf } from '@chronos/capture/shell/keyed-hash.ts';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import { archiveToken } from '@chronos/control-plane/shell/capsule/archive-token.ts';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import { openLog, warnings } from '@chronos/observability/log.ts';
import { archiveService } from './shell/api/archive-service.ts';
import { EntangledMigrations } from './shell/api/entangled.ts';
import { entanglementService } from './shell/api/entanglement-service.ts';
import { captureViews, watermarkMs } from './shell/api/views.ts';
import { trialHindrance } from './shell/archive/try-dump.ts';
import { followTraces, type Traces } from './shell/attribution/traces.ts';
import { Captures, type FindDatabase } from './shell/capture/captures.ts';
import { ChangeFeed } from './shell/capture/change-feed.ts';
import { followMigrations } from './shell/capture/migrations.ts';
import { changeSources } from './shell/cdc/change-sources.ts';
import { databaseKey, HELP, readSettings } from './shell/env.ts';
import { type FindPairs, noPairs, StoredPairs } from './shell/identifiers/pair-source.ts';
import { type EntanglementMetrics, entanglementMetrics } from './shell/metrics.ts';
import { Repairs } from './shell/repair/repairs.ts';
import { reportOf, serveStatus } from './shell/serve.ts';
import { entanglementSchema } from './shell/store/capture-store.ts';
import { readStanding } from './shell/store/standing.ts';

/** What must be over by then is cut off: a database that does not answer must not keep the process from ending. */
const stopMs = 2_500;
const tracesGroup = 'chronos-entanglement-traces';

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const settings = readSettings(process.env);
if ('errors' in settings) {
  process.stderr.write(`${settings.errors.join('\n')}\n\n${HELP}`);
  process.exit(2);
}
const log = warnings(openLog('entanglement'));

// Its own state …
const state = new Database(settings.databaseUrl, { max: 4 });
await migrateSchema(state, entanglementSchema);

// … the broker …
const bus = connectBus({ brokers: settings.brokers, clientId: 'chronos-entanglement', log });
await bus.ensureTopics([...TOPICS, IDENTIFIER_PAIRS_TOPIC]);
const producer = await bus.producer();
let following: Promise<Traces> | undefined;

// … the captures, one a universe …
const metrics: EntanglementMetrics = entanglementMetrics(
  () => captures.figures(),
  () => repairs.figures(),
  () => readStanding(state, migrations.declared(), Date.now()),
);
const databaseOf: FindDatabase = (migration, universe) =>
  settings.databases.get(databaseKey(migration, universe));
const maskOf = (migration: string) => keyedHashOf(settings.maskingKey, migration);
const changes = new ChangeFeed();
const captures: Captures = new Captures({
  state,
  databaseOf,
  maskOf,
  deps: {
    producer,
    topic: DB_STATE_UPDATES,
    partitions: TOPICS.find(({ topic }) => topic === DB_STATE_UPDATES)?.partitions ?? 1,
    metrics,
    nowUs: () => BigInt(Date.now()) * 1000n,
    log,
    onChanges: changes.tell,
    ...changeSources(settings.cdc, bus),
    traces: () => {
      following ??= followTraces(bus, tracesGroup);
      return following;
    },
  },
});

// … the pairs of ids by which rows are matched …
const pairsOf: FindPairs = (migration, spec) =>
  spec?.identifiers === undefined
    ? noPairs
    : new StoredPairs({
        database: state,
        migration,
        hash: sealingOf(settings.maskingKey, migration).hash,
        declared: spec.identifiers,
        publish: (topic, records) => producer.send(topic, records),
      });

// … the repairs of what the arbiter found different …
const repairs: Repairs = new Repairs({
  bus,
  state,
  databaseOf,
  pairsOf,
  maskOf,
  count: metrics.repaired,
  log,
});

// … and how they stand, with verification and copy.
const migrations: EntangledMigrations = new EntangledMigrations(databaseOf, maskOf, pairsOf);
const api = entanglementService({
  migrations,
  changes,
  captures: (migration) => captureViews(captures.all, migration, metrics.registry, Date.now()),
  revision: (migration) => captures.revisionOf(migration),
  watermark: (migration) => watermarkMs(captures.all, migration),
  state,
  reconciler: (migration) => repairs.of(migration),
  log,
  nowMs: Date.now,
});
const server = await serveStatus(
  settings.listen,
  metrics.registry,
  () => captures.all.map(reportOf),
  api.service,
  archiveService(databaseOf, archiveToken(settings.maskingKey), settings.databaseUrl),
);
// Before a seal asks: what its trial of legacy's archive will lack.
trialHindrance(settings.databaseUrl)
  .then((hindrance) => {
    if (hindrance !== undefined) log(`a seal cannot try legacy's archive before: ${hindrance}`);
  })
  .catch((error: unknown) => log(`Chronos' own database: ${String(error)}`));
const stopping = new AbortController();
const followed = followMigrations({
  api: settings.api,
  token: settings.apiToken,
  signal: stopping.signal,
  onMigrations: async (followed) => {
    migrations.follow(followed.map((migration) => migration.state));
    await captures.follow(followed);
    await repairs.follow(followed);
  },
  log,
});

const stop = async () => {
  setTimeout(() => process.exit(1), stopMs).unref();
  stopping.abort();
  await followed;
  await api.stop();
  await repairs.stop();
  await captures.stop();
  await server.close({ graceMs: 0 });
  await bus.close();
  await state.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

process.stdout.write(`ready entanglement ${settings.listen.host}:${server.port}\n`);
