/** Two shops behind a real Envoy as the control plane configures it, with capture, Kafka, Postgres and services/identifiers as processes. */
import { create, fromBinary, fromJson, type JsonValue, toBinary } from '@bufbuild/protobuf';
import { MIGRATIONS, SHADOW_REQUESTS, TOPICS } from '@chronos/arbiter/shell/topics.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { startCapture } from '@chronos/capture/testing/capture-process.ts';
import { freePorts } from '@chronos/local/free-port.ts';
import { withKafka, withPostgres } from '@chronos/local/testing.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { type Migration, MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { irFromMigrations } from '../../../../control-plane/src/core/ir-from-migrations.ts';
import type { Stage } from '../../../../control-plane/src/core/orchestrator/stages.ts';
import { startProxy } from '../../../../control-plane/testdata/translate/proxy.ts';
import { startIdentifiers } from './identifiers-process.ts';
import { startShop } from './shop.ts';

const maskingKey = 'a key for tests, of 32 characters';

export interface Scene extends AsyncDisposable {
  readonly url: string;
  readonly databaseUrl: string;
  readonly legacy: Awaited<ReturnType<typeof startShop>>;
  readonly modern: Awaited<ReturnType<typeof startShop>>;
  /** All that capture, and what drops copies, told of so far. */
  readonly exchanges: readonly Exchange[];
  readonly identifiers: Awaited<ReturnType<typeof startIdentifiers>>;
  readonly capture: Awaited<ReturnType<typeof startCapture>>;
  restartIdentifiers(signal: NodeJS.Signals): Promise<void>;
  /** Sends all clients to one universe. */
  answerBy(universe: 'legacy' | 'modern'): Promise<void>;
}

export async function startScene(identifiers: JsonValue): Promise<Scene> {
  const parts = new AsyncDisposableStack();
  try {
    const kafka = parts.adopt(await withKafka(), (part) => part.dispose());
    const postgres = parts.adopt(await withPostgres(), (part) => part.dispose());
    const legacy = parts.adopt(await startShop({ kind: 'legacy' }), (shop) => shop.close());
    const modern = parts.adopt(await startShop({ kind: 'modern', delayMs: 20 }), (shop) => shop.close());
    const [listenPort = 0, capturePort = 0, identifiersPort = 0] = await freePorts(3);
    const spec = fromJson(MigrationSchema, {
      name: 'shop',
      listen: `127.0.0.1:${listenPort}`,
      customer: { header: 'x-customer' },
      legacy: { address: `127.0.0.1:${legacy.port}` },
      modern: { address: `127.0.0.1:${modern.port}` },
      routes: [{ name: 'all', match: [{ prefix: '/' }] }],
      identifiers,
      // A machine that is busy with others takes its time.
      policy: { joinDeadline: '30s' },
    });

    const bus = parts.adopt(
      connectBus({ brokers: [kafka.bootstrap], clientId: 'test', log: () => {} }),
      (b) => b.close(),
    );
    await bus.ensureTopics(TOPICS);
    const producer = await bus.producer();
    const rules = toBinary(JudgingRulesSchema, create(JudgingRulesSchema, { spec, revision: 1n }));
    await producer.send(MIGRATIONS, [{ key: 'shop', value: rules }]);
    const exchanges: Exchange[] = [];
    await bus.readAll({
      topic: SHADOW_REQUESTS,
      onRecord: ({ value }) => exchanges.push(fromBinary(ExchangeSchema, value)),
    });
    const capture = parts.adopt(
      await startCapture({ port: capturePort, brokers: kafka.bootstrap, bodyBytesMax: 65_536 }),
      async (part) => void (await part.stop('SIGKILL')),
    );
    const start = () =>
      startIdentifiers({
        port: identifiersPort,
        brokers: kafka.bootstrap,
        databaseUrl: postgres.url,
        maskingKey,
      });
    let service = await start();
    parts.defer(() => service.stop('SIGKILL'));
    const plane = (stage: Stage, weightBp: number) =>
      dataPlane(spec, { capturePort, identifiersPort, legacy, modern }, stage, weightBp);
    const proxy = parts.adopt(await startProxy(plane('shadow', 0)), (p) => p.dispose());
    const disposed = parts.move();
    return {
      url: `http://127.0.0.1:${listenPort}`,
      databaseUrl: postgres.url,
      legacy,
      modern,
      exchanges,
      capture,
      get identifiers() {
        return service;
      },
      async restartIdentifiers(signal) {
        await service.stop(signal);
        service = await start();
      },
      async answerBy(universe) {
        const loads = async () =>
          (await proxy.envoy.admin.stats('^runtime.load_success$')).get('runtime.load_success') ?? 0;
        const before = await loads();
        await proxy.apply(universe === 'modern' ? plane('swapped', 10_000) : plane('killed', 0));
        await until('the weights are there', async () => (await loads()) > before);
      },
      [Symbol.asyncDispose]: () => disposed.disposeAsync(),
    };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

interface Ports {
  readonly capturePort: number;
  readonly identifiersPort: number;
  readonly legacy: { readonly port: number };
  readonly modern: { readonly port: number };
}

function dataPlane(
  spec: Migration,
  { capturePort, identifiersPort, legacy, modern }: Ports,
  stage: Stage,
  weightBp: number,
) {
  return irFromMigrations(
    [
      {
        spec,
        groups: [{ name: 'all', stage, weightBp }],
        endpoints: {
          legacy: [{ address: `127.0.0.1:${legacy.port}`, deployment: 'old@1' }],
          modern: [{ address: `127.0.0.1:${modern.port}`, deployment: 'new@1' }],
        },
        probeSecret: 'a-secret-for-the-tests',
      },
    ],
    { captureAddress: `127.0.0.1:${capturePort}`, identifiersAddress: `127.0.0.1:${identifiersPort}` },
  );
}

const untilMs = 40_000;

/** Resolves once it holds; fails after 40 s, saying what did not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + untilMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${untilMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
