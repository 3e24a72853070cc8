import { readFileSync } from 'node:fs';
import process from 'node:process';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { IDENTIFIER_PAIRS } from '@chronos/arbiter/shell/topics.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { followRules } from '@chronos/capture/shell/follow-rules.ts';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import { steadyLog } from '@chronos/capture/shell/steady-log.ts';
import { openLog, warnings } from '@chronos/observability/log.ts';
import { outliveLostConnections } from '@chronos/observability/lost-connections.ts';
import { serveMetrics } from '@chronos/observability/metrics.ts';
import { Pool } from 'pg';
import { Arrivals } from './core/arrivals.ts';
import { help, parseConfig } from './core/config.ts';
import { Lanes } from './core/lanes.ts';
import { compileIdentifiers, type IdentifierRules } from './core/plan.ts';
import { beginRequest } from './shell/begin-request.ts';
import { endedRecord, IDENTIFIER_TOPICS, Learner } from './shell/learner.ts';
import { identifierMetrics } from './shell/metrics.ts';
import { MigrationFacts } from './shell/migration-facts.ts';
import { PairStore } from './shell/pair-store.ts';
import { PairTable, type Scope } from './shell/pair-table.ts';
import { Resolver } from './shell/resolver.ts';
import { migrateSchema } from './shell/schema.ts';
import { serveRewriter } from './shell/server.ts';
import { Upkeep } from './shell/upkeep.ts';

if (process.argv.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}
const parsed = parseConfig(process.env, (path) => readFileSync(path, 'utf8'));
if ('errors' in parsed) {
  process.stderr.write(`${parsed.errors.map((error) => `identifiers: ${error}`).join('\n')}\nSee --help.\n`);
  process.exit(2);
}
const { listen, brokers, databaseUrl, maskingKey, metricsListen } = parsed.config;
const log = steadyLog(warnings(openLog('identifiers')));
const trouble = (what: string) => (error: unknown) =>
  log(`${what}: ${error instanceof Error ? error.message : String(error)}`);

// The pairs: in Postgres, the last used in memory.
const pool = new Pool({
  connectionString: databaseUrl,
  max: 8,
  connectionTimeoutMillis: 5_000,
  query_timeout: 15_000,
});
outliveLostConnections(pool, trouble('Postgres'));
await migrateSchema(pool);
const store = new PairStore(pool);
const table = new PairTable(store);
const facts = new MigrationFacts(pool, Date.now, trouble('facts of a migration'));

// What each migration declares, from the topic of rules.
const declared = new Map<string, IdentifierRules>();
const scopes = new Map<string, Scope>();
const scopeOf = (migration: string): Scope => {
  const scope = scopes.get(migration) ?? { migration, sealing: sealingOf(maskingKey, migration) };
  scopes.set(migration, scope);
  return scope;
};
const allRead = Promise.withResolvers<void>();
const rules = followRules({
  connect: () => connectBus({ brokers, clientId: 'chronos-identifiers-rules' }),
  onRules(migration, message) {
    const compiled = compileIdentifiers(message);
    if (compiled === undefined) declared.delete(migration);
    else declared.set(migration, compiled);
  },
  onGone: (migration) => declared.delete(migration),
  onAllRead: allRead.resolve,
  onTrouble: trouble('rules'),
});
await allRead.promise;

// Sightings in, pairs out …
const bus = connectBus({ brokers, clientId: 'chronos-identifiers' });
await bus.ensureTopics(IDENTIFIER_TOPICS);
const producer = await bus.producer();
const learner = new Learner({
  bus,
  producer,
  store,
  table,
  scopeOf,
  now: Date.now,
  isSent: (migration, bijection) =>
    declared.get(migration)?.bijections.find(({ name }) => name === bijection)?.isSent ?? true,
  onLearned(pair, learned) {
    metrics.learned(pair, learned);
    if (learned === 'conflict')
      log(`conflict in ${pair.migration}/${pair.bijection}`, `request ${pair.requestId}`);
  },
  onUnreadable: trouble('a record of sightings cannot be read'),
});

// … and requests translated on their way.
const resolver = new Resolver({
  table,
  facts,
  now: Date.now,
  waitingMax: 1_024,
  onWaited: (ms, isLearned) => metrics.waited(ms / 1000, isLearned),
  onAmbiguous(migration, bijection) {
    metrics.ambiguous(migration, bijection);
    log(
      `${migration}/${bijection}`,
      'an id is one thing in legacy and another in modern: it was left as it is',
    );
  },
});
const arrivals = new Arrivals(new Lanes());
const metrics = identifierMetrics({
  waiting: () => resolver.waiting,
  halves: () => learner.waiting,
  uneven: () => learner.uneven,
  cached: () => table.cached,
});
const server = await serveRewriter({
  listen,
  begin: (metadata) =>
    beginRequest(metadata, {
      rulesOf: (migration) => declared.get(migration),
      scopeOf,
      resolver,
      facts,
      arrivals,
      codecs,
      producer,
      metrics,
      now: Date.now,
      removing(scope, target, wants) {
        const over = table.removing(scope, target, wants, Date.now());
        return (outcome) => {
          over(outcome)
            .then(async (ended) => {
              const records = ended.filter(({ isSealed }) => !isSealed).map(endedRecord);
              if (records.length > 0) await producer.send(IDENTIFIER_PAIRS, records);
            })
            .catch(trouble('what was removed could not be noted'));
        };
      },
      onTrouble: trouble('a dropped copy could not be reported'),
    }),
  onFailure: trouble('a request could not be translated'),
});
// What is known can be translated while the group still waits for a member that was killed.
await learner.start();
const upkeep = new Upkeep({ store, table, producer, declared, onTrouble: trouble('upkeep') });
const metricsServer = metricsListen && (await serveMetrics(metrics.registry, metricsListen));

process.stdout.write(`ready identifiers ${server.address.host}:${server.address.port}\n`);
if (metricsServer) process.stdout.write(`metrics ${metricsServer.host}:${metricsServer.port}\n`);

const stop = async () => {
  server.close();
  await upkeep.close();
  await learner.close();
  await rules.close();
  await bus.close();
  await pool.end();
  metricsServer?.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
