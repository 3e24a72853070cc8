// What Envoy's captures arrive at, as services/capture has it up to the encoded record, without Kafka. On SIGUSR2 it prints what it has counted.
import { recordOf } from '@chronos/capture/core/record.ts';
import { serveCapture } from '@chronos/capture/shell/server.ts';
import { Outcome } from '@chronos/proto/events/v1/exchange_pb.js';

const counted = { complete: 0, incomplete: 0, bytes: 0 };
const server = await serveCapture({
  listen: { host: '127.0.0.1', port: 0 },
  bodyBytesMax: 1024 * 1024,
  onExchange(exchange) {
    counted.bytes += recordOf(exchange, exchange.traceparent).value.length;
    if (exchange.outcome === Outcome.COMPLETE) counted.complete += 1;
    else counted.incomplete += 1;
  },
  onLost() {
    counted.incomplete += 1;
  },
});
process.on('SIGUSR2', () => process.stdout.write(`counted ${JSON.stringify(counted)}\n`));
process.stdout.write(`ready collector ${server.address.port}\n`);
