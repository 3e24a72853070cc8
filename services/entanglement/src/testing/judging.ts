/** A real arbiter, told of requests as Envoy and capture would tell it, and what it says of them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { MIGRATIONS, SHADOW_REQUESTS, VERDICTS } from '@chronos/arbiter/shell/topics.ts';
import type { BusProducer } from '@chronos/bus/bus.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Rig, until } from './rig.ts';

const arbiterMain = fileURLToPath(new URL('../../../arbiter/src/main.ts', import.meta.url));

export class Judging {
  protected readonly rig: Rig;
  readonly #bootstrap: string;
  readonly #verdicts = new Map<string, Verdict[]>();
  readonly #seen = new Set<string>();
  /** Behind the last verdict of each partition, as of the last reading. */
  readonly #ends = new Map<number, number>();
  #producer: BusProducer | undefined;
  #arbiter: ChildProcess | undefined;

  constructor(rig: Rig) {
    this.rig = rig;
    this.#bootstrap = rig.kafka().bootstrap;
  }

  /** @param spec the migration, as the arbiter is told. */
  protected async startJudging(spec: Migration): Promise<void> {
    this.#producer = await this.rig.bus.producer();
    const rules = create(JudgingRulesSchema, { rulesVersion: 'v1', revision: 1n, spec });
    await this.tell(MIGRATIONS, [{ key: spec.name, value: toBinary(JudgingRulesSchema, rules) }]);
    await this.startArbiter();
  }

  async startArbiter(): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', arbiterMain], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        KAFKA_BROKERS: this.#bootstrap,
        METRICS_LISTEN: '127.0.0.1:0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#arbiter = child;
    for await (const text of child.stdout) if (String(text).includes('ready arbiter')) break;
    child.stdout.resume();
  }

  async killArbiter(): Promise<void> {
    const child = this.#arbiter;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async close(): Promise<void> {
    await this.killArbiter();
    await this.#producer?.close();
  }

  /** Sends records, again and again while the broker is away: capture keeps what it could not send. */
  protected async tell(
    topic: string,
    records: readonly { readonly key: string; readonly value: Uint8Array }[],
  ): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#producer?.send(topic, records);
        return;
      } catch (error) {
        if (attempt >= 10) throw error;
      }
    }
  }

  protected tellOf(exchanges: readonly Exchange[]): Promise<void> {
    const records = exchanges.map((each) => ({ key: each.requestId, value: toBinary(ExchangeSchema, each) }));
    return this.tell(SHADOW_REQUESTS, records);
  }

  /** Every request that has a verdict, with all its revisions. */
  judged(): readonly (readonly [string, readonly Verdict[]])[] {
    return [...this.#verdicts];
  }

  verdictsOf(id: string): readonly Verdict[] {
    return this.#verdicts.get(id) ?? [];
  }

  async readVerdicts(): Promise<void> {
    await this.rig.bus.readBack({
      topic: VERDICTS,
      partitions: Array.from({ length: 8 }, (_, partition) => partition),
      fromTimestampMs: 0,
      onRecord: ({ value, partition, offset }) => {
        if (this.#seen.has(`${partition}/${offset}`)) return;
        this.#seen.add(`${partition}/${offset}`);
        this.#ends.set(partition, Math.max(this.#ends.get(partition) ?? 0, Number(offset) + 1));
        const verdict = fromBinary(VerdictSchema, value);
        this.#verdicts.set(verdict.requestId, [...(this.#verdicts.get(verdict.requestId) ?? []), verdict]);
      },
    });
  }

  /** Everything is judged and nothing is left to repair. */
  async settled(requestIds: readonly string[]): Promise<void> {
    await until(
      `a verdict for each request; missing: ${requestIds.filter((id) => this.verdictsOf(id).length === 0).length}`,
      async () => {
        await this.readVerdicts();
        return requestIds.every((id) => this.verdictsOf(id).length > 0);
      },
      60_000,
    );
    await until(
      `no open cases: ${this.rig.said()}`,
      async () => {
        const { rows } = await this.rig.modern(
          `SELECT id, state, reason FROM entanglement.repair_cases WHERE state IN ('open', 'outstanding')`,
        );
        if (rows.length > 0) throw new Error(JSON.stringify(rows.slice(0, 5)));
        const read = await this.rig.modern(
          `SELECT partition, next_offset::int AS next FROM entanglement.repair_offsets WHERE topic = 'verdicts'`,
        );
        const next = new Map(read.rows.map((row) => [row.partition, row.next]));
        for (const [partition, end] of this.#ends) if ((next.get(partition) ?? 0) < end) return false;
        return (await this.rig.metric('chronos_repair_cases')) === 0;
      },
      60_000,
    );
  }
}
