import process from 'node:process';
import { startTracing } from '@chronos/observability/tracing.ts';
import { help, parseConfig } from './core/config.ts';
import { recordOf, withoutBodies } from './core/record.ts';
import { isTooLarge, kafkaSink } from './shell/kafka-sink.ts';
import { captureMetrics, serveMetrics } from './shell/metrics.ts';
import { Outbox } from './shell/outbox.ts';
import { serveCapture } from './shell/server.ts';
import { captureSpan } from './shell/span.ts';
import { steadyLog } from './shell/steady-log.ts';

if (process.argv.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}
const parsed = parseConfig(process.env);
if ('errors' in parsed) {
  process.stderr.write(`${parsed.errors.map((error) => `capture: ${error}`).join('\n')}\nSee --help.\n`);
  process.exit(2);
}
const { listen, brokers, bodyBytesMax, metricsListen } = parsed.config;
const log = steadyLog((line) => process.stderr.write(`capture: ${line}\n`));

const stopTracing = await startTracing('capture');

// Exchanges from Envoy …
const server = await serveCapture({
  listen,
  bodyBytesMax,
  onExchange(exchange) {
    metrics.exchange(exchange);
    outbox.offer(recordOf(exchange, captureSpan(exchange, Date.now())));
  },
  onLost(reason, detail) {
    metrics.lost(reason);
    log(`exchange lost: ${reason}`, detail);
  },
});

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

// … and are counted on the way.
const metrics = captureMetrics(() => ({
  ...server.load(),
  queuedRecords: outbox.held.records,
  queuedBytes: outbox.held.bytes,
}));
const metricsServer = metricsListen && (await serveMetrics(metrics.registry, metricsListen));

process.stdout.write(`ready capture ${server.address.host}:${server.address.port}\n`);
if (metricsServer) {
  process.stdout.write(`metrics ${metricsServer.address.host}:${metricsServer.address.port}\n`);
}

// Within 3 s: open exchanges may end, what is held goes to Kafka.
const stop = async () => {
  await server.close(500);
  await outbox.close(1_500);
  metricsServer?.close();
  await stopTracing();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
