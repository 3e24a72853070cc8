import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { connectBus } from '@chronos/bus/kafka.ts';
import { startKafka } from '@chronos/local/kafka.ts';
import { sharedToolchain, temporaryDir } from '@chronos/local/testing.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { type StateUpdate, StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { DB_STATE_UPDATES, MIGRATIONS, SHADOW_REQUESTS, TOPICS, VERDICTS } from '../shell/topics.ts';
import { rulesMessage } from './two-databases.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface ArbiterProcess {
  /** Sum of a metric over its labels. */
  metric(name: string): Promise<number>;
  /** Resolves with the exit code; null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** A real broker with the topics, arbiters as processes of their own, and a reader that keeps every verdict ever written. */
export async function startRig() {
  const dir = await temporaryDir('arbiter');
  const toolchain = await sharedToolchain();
  let broker = await startKafka({ toolchain, dir: join(dir.path, 'broker') });
  const { bootstrap } = broker;
  const bus = connectBus({ brokers: [bootstrap], clientId: 'test', log: () => {} });
  await bus.ensureTopics(TOPICS);
  const producer = await bus.producer();
  const verdicts = new Map<string, Verdict[]>();
  const seen = new Set<string>();
  const running = new Set<ChildProcess>();
  /** Reads the topic whole each time: no reader whose own recovery after a broker's restart would be measured instead of the arbiters'. */
  const readVerdicts = () =>
    bus.readBack({
      topic: VERDICTS,
      partitions: Array.from({ length: 8 }, (_, partition) => partition),
      fromTimestampMs: 0,
      onRecord: ({ value, partition, offset }) => {
        if (seen.has(`${partition}/${offset}`)) return;
        seen.add(`${partition}/${offset}`);
        const verdict = fromBinary(VerdictSchema, value);
        verdicts.set(verdict.requestId, [...(verdicts.get(verdict.requestId) ?? []), verdict]);
      },
    });

  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    running.delete(child);
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  };
  const endAll = () => Promise.all([...running].map((child) => end(child, 'SIGKILL')));

  return {
    /** Verdicts of one id in the order of writing: a doubled one shows. */
    verdictsOf: (id: string): readonly Verdict[] => verdicts.get(id) ?? [],

    async publishRules(migration: string, joinDeadlineSeconds: number): Promise<void> {
      const joinDeadline = { seconds: BigInt(joinDeadlineSeconds) };
      const spec = { name: migration, policy: { joinDeadline } };
      const rules = create(JudgingRulesSchema, { rulesVersion: 'v1', revision: 1n, spec });
      await producer.send(MIGRATIONS, [{ key: migration, value: toBinary(JudgingRulesSchema, rules) }]);
    },

    async send(exchanges: readonly Exchange[]): Promise<void> {
      const records = exchanges.map((e) => ({ key: e.requestId, value: toBinary(ExchangeSchema, e) }));
      await producer.send(SHADOW_REQUESTS, records);
    },

    /** Entities declared, as in tests of effects. */
    async publishDatabaseRules(joinDeadlineSeconds: number): Promise<void> {
      const value = toBinary(JudgingRulesSchema, rulesMessage('entities', joinDeadlineSeconds));
      await producer.send(MIGRATIONS, [{ key: 'm', value }]);
    },

    /** Transactions go to the partition of their request, watermarks to every one. */
    async sendChanges(updates: readonly StateUpdate[]): Promise<void> {
      const records = updates.flatMap((update) => {
        const value = toBinary(StateUpdateSchema, update);
        if (update.what.case !== 'watermark') return [{ key: update.what.value?.requestId ?? '', value }];
        return Array.from({ length: 8 }, (_, partition) => ({ key: 'watermark', value, partition }));
      });
      await producer.send(DB_STATE_UPDATES, records);
    },

    /** Resolves when each id has a verdict. */
    judged: (ids: readonly string[]) =>
      until(async () => {
        await readVerdicts();
        return ids.every((id) => verdicts.has(id));
      }, `a verdict for each of ${ids.length} requests`),

    /** Resolves when the arbiter has that many requests that wait. */
    held: (arbiter: ArbiterProcess, atLeast: number) =>
      until(
        async () => (await arbiter.metric('chronos_arbiter_joins_pending')) >= atLeast,
        `${atLeast} requests that wait`,
      ),

    /** Of these ids, those with exactly one verdict in the topic as it is now. */
    async judgedOnce(ids: readonly string[]): Promise<string[]> {
      await readVerdicts();
      return ids.filter((id) => verdicts.get(id)?.length === 1);
    },

    /** Supervised as `chronos run` does: one that ends by itself is started again. */
    async startArbiter(group: string): Promise<ArbiterProcess> {
      const own = { KAFKA_BROKERS: bootstrap, ARBITER_GROUP: group, METRICS_LISTEN: '127.0.0.1:0' };
      const start = () => {
        const child = spawn(process.execPath, [MAIN], {
          env: { ...process.env, ...own },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        running.add(child);
        child.once('exit', () => {
          if (!running.delete(child)) return;
          current = start();
          current.ready.catch(() => {}); // its own exit starts the next
        });
        return { child, ready: readyAddress(child) };
      };
      let current = start();
      await current.ready;
      return {
        end: (signal) => end(current.child, signal),
        async metric(name) {
          const lines = (await (await fetch(`http://${await current.ready}/metrics`)).text()).split('\n');
          const own = lines.filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
          return own.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
        },
      };
    },

    endAll,

    stopBroker: () => broker.stop(),

    /** On the same port and the same log. */
    async startBroker(): Promise<void> {
      const port = Number(bootstrap.split(':')[1]);
      broker = await startKafka({ toolchain, dir: join(dir.path, 'broker'), port });
    },

    async dispose(): Promise<void> {
      await endAll();
      await bus.close();
      await broker.stop();
      await dir.dispose();
    },
  };
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      const ready = /^ready arbiter (\S+)$/m.exec(out)?.[1];
      if (ready) resolve(ready);
    });
    child.once('exit', (code) => reject(new Error(`the arbiter ended with ${code}: ${errors}`)));
  });
}

/** Polls until it is so; for what sends no event. */
export async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within 60 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
