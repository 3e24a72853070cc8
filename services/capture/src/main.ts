import { readFileSync } from 'node:fs';
import process from 'node:process';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { openLog, warnings } from '@chronos/observability/log.ts';
import { serveMetrics } from '@chronos/observability/metrics.ts';
import { startTracing } from '@chronos/observability/tracing.ts';
import { help, parseConfig } from './core/config.ts';
import { maskExchange } from './core/mask/mask-exchange.ts';
import { compileMaskRules } from './core/mask/rules.ts';
import { WaitingRoom } from './core/mask/waiting-room.ts';
import { recordOf, withoutBodies } from './core/record.ts';
import { followRules } from './shell/follow-rules.ts';
import { isTooLarge, kafkaSink } from './shell/kafka-sink.ts';
import { keyedHashOf } from './shell/keyed-hash.ts';
import { captureMetrics } from './shell/metrics.ts';
import { Outbox } from './shell/outbox.ts';
import { serveCapture } from './shell/server.ts';
import { SightingOutbox } from './shell/sighting-outbox.ts';
import { captureSpan } from './shell/span.ts';
import { steadyLog } from './shell/steady-log.ts';

if (process.argv.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}
const parsed = parseConfig(process.env, (path) => readFileSync(path, 'utf8'));
if ('errors' in parsed) {
  process.stderr.write(`${parsed.errors.map((error) => `capture: ${error}`).join('\n')}\nSee --help.\n`);
  process.exit(2);
}
const { listen, brokers, bodyBytesMax, metricsListen, maskingKey } = parsed.config;
const log = steadyLog(warnings(openLog('capture')));

const stopTracing = await startTracing('capture');

// Exchanges from Envoy …
const server = await serveCapture({
  listen,
  bodyBytesMax,
  onExchange(exchange) {
    metrics.exchange(exchange);
    waiting.offer(exchange, Date.now());
  },
  onLost(reason, detail) {
    metrics.lost(reason);
    log(`exchange lost: ${reason}`, detail);
  },
});

// … wait until it is known what is secret in them, and are masked …
const waiting = new WaitingRoom({
  pass(exchange, rules) {
    try {
      // Tokens are masks a line later.
      sightings.offer(exchange);
      maskExchange(exchange, rules, codecs);
    } catch (error) {
      // A fault of masking's own: neither may it stop capture nor may what it did not mask pass.
      metrics.dropped('masking-failed', 1);
      log('exchanges dropped: masking-failed', error instanceof Error ? error.name : '');
      return;
    }
    outbox.offer(recordOf(exchange, captureSpan(exchange, Date.now())));
  },
  lose(exchange) {
    metrics.dropped('rules-unknown', 1);
    log('exchanges dropped: rules-unknown', `migration ${exchange.migration}`);
  },
  waitMs: 5_000,
  exchangesMax: 10_000,
  bytesMax: 64 * 1024 * 1024,
});
const rules = followRules({
  connect: () => connectBus({ brokers, clientId: 'chronos-capture-rules' }),
  onRules(migration, message) {
    sightings.learn(migration, message);
    waiting.learn(migration, compileMaskRules(message, keyedHashOf(maskingKey, migration)));
  },
  onGone(migration) {
    sightings.forget(migration);
    waiting.forget(migration);
  },
  onAllRead: () => waiting.allRead(Date.now()),
  onTrouble: (error) => log(`rules: ${error instanceof Error ? error.message : String(error)}`),
});
const waitingTicker = setInterval(() => waiting.advance(Date.now()), 250);

// … wait here while Kafka is away …
const outbox = new Outbox({
  connect: () => kafkaSink(brokers, bodyBytesMax),
  bytesMax: 64 * 1024 * 1024,
  recordsMax: 50_000,
  lingerMs: 50,
  shrink: withoutBodies,
  isTooLarge,
  onSent: (records) => metrics.sent(records),
  onDropped(reason, records) {
    metrics.dropped(reason, records);
    log(`exchanges dropped: ${reason}`);
  },
  onTrouble(error) {
    metrics.sendFailed();
    log(`Kafka: ${error instanceof Error ? error.message : String(error)}`);
  },
});

// … and what they hand out of declared identifiers goes ahead …
const sightings = new SightingOutbox({
  brokers,
  maskingKey,
  codecs,
  onSent: (records) => metrics.sightingsSent(records),
  onDropped(records) {
    metrics.sightingsDropped(records);
    log('sightings of identifiers dropped');
  },
  onTrouble: (error) => log(`Kafka: ${error instanceof Error ? error.message : String(error)}`),
});

// … and are counted on the way.
const metrics = captureMetrics(() => ({
  ...server.load(),
  queuedRecords: outbox.held.records,
  queuedBytes: outbox.held.bytes,
}));
const metricsServer = metricsListen && (await serveMetrics(metrics.registry, metricsListen));

process.stdout.write(`ready capture ${server.address.host}:${server.address.port}\n`);
if (metricsServer) {
  process.stdout.write(`metrics ${metricsServer.host}:${metricsServer.port}\n`);
}

// Within 3 s: open exchanges may end, what is held goes to Kafka.
const stop = async () => {
  await server.close(500);
  clearInterval(waitingTicker);
  await Promise.all([outbox.close(1_500), sightings.close(1_500)]);
  await rules.close();
  metricsServer?.close();
  await stopTracing();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
