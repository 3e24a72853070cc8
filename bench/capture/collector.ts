// What Envoy's captures arrive at, as services/capture has it up to the encoded record, without Kafka. On SIGUSR2 it prints what it has counted.

import { create } from '@bufbuild/protobuf';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { maskExchange } from '@chronos/capture/core/mask/mask-exchange.ts';
import { compileMaskRules } from '@chronos/capture/core/mask/rules.ts';
import { recordOf } from '@chronos/capture/core/record.ts';
import { keyedHashOf } from '@chronos/capture/shell/keyed-hash.ts';
import { serveCapture } from '@chronos/capture/shell/server.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Outcome } from '@chronos/proto/events/v1/exchange_pb.js';

// `node collector.ts mask`: with the masking of secrets, as the product runs.
const key = keyedHashOf('a key for benchmarks, 32 characters', 'bench');
const rules = process.argv[2] === 'mask' ? compileMaskRules(create(JudgingRulesSchema), key) : undefined;

const counted = { complete: 0, incomplete: 0, bytes: 0 };
const server = await serveCapture({
  listen: { host: '127.0.0.1', port: 0 },
  bodyBytesMax: 1024 * 1024,
  onExchange(exchange) {
    if (rules) maskExchange(exchange, rules, codecs);
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
