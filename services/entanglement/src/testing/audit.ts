/** Traffic on the audited bank, as Envoy and capture would show it to a real arbiter, with the reconciler at work. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, fromJson, toBinary } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { MIGRATIONS, SHADOW_REQUESTS, VERDICTS } from '@chronos/arbiter/shell/topics.ts';
import { exchange } from '@chronos/arbiter/testing/exchanges.ts';
import type { BusProducer } from '@chronos/bus/bus.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Universe } from '../core/mapping/catalog.ts';
import { other } from '../core/repair/repair-case.ts';
import { AuditBank, auditEntities, type StateBug, type Transfer } from './audit-bank.ts';
import type { Rig } from './rig.ts';

const arbiterMain = fileURLToPath(new URL('../../../arbiter/src/main.ts', import.meta.url));
const joinDeadlineSeconds = 6;

/** The audited migration, as the arbiter and the control plane are told. */
export const auditMigration = fromJson(MigrationSchema, {
  name: 'books',
  entanglement: auditEntities,
  policy: { join_deadline: `${joinDeadlineSeconds}s` },
});

export interface AuditRequest extends Transfer {
  readonly bug: StateBug | undefined;
  readonly retry: boolean;
  /** The copy never reaches the other universe. */
  readonly copyLost: boolean;
  readonly authority: Universe;
}

export class Audit {
  readonly #rig: Rig;
  readonly #banks: Record<Universe, AuditBank>;
  readonly #bootstrap: string;
  readonly #verdicts = new Map<string, Verdict[]>();
  readonly #seen = new Set<string>();
  /** Behind the last verdict of each partition, as of the last reading. */
  readonly ends = new Map<number, number>();
  /** Keys that the client was told are booked. */
  readonly booked = new Set<string>();
  #producer: BusProducer | undefined;
  #arbiter: ChildProcess | undefined;

  constructor(rig: Rig) {
    this.#rig = rig;
    this.#bootstrap = rig.kafka().bootstrap;
    this.#banks = {
      legacy: new AuditBank('legacy', rig.legacyUrl),
      modern: new AuditBank('modern', rig.modernUrl),
    };
  }

  async start(): Promise<void> {
    this.#producer = await this.#rig.bus.producer();
    const rules = create(JudgingRulesSchema, { rulesVersion: 'v1', revision: 1n, spec: auditMigration });
    await this.#producer.send(MIGRATIONS, [{ key: 'books', value: toBinary(JudgingRulesSchema, rules) }]);
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
    await Promise.all([this.#banks.legacy.close(), this.#banks.modern.close()]);
  }

  /** One request: answered by one universe, copied to the other at the same time; the client tries until it is booked. */
  async send(request: AuditRequest, copyAfterMs: number): Promise<void> {
    const startedAtMs = Date.now();
    const shadow = other(request.authority);
    const [, copied] = await Promise.all([
      this.#insist(request),
      request.copyLost ? undefined : delay(copyAfterMs).then(() => this.#carryOut(shadow, request)),
    ]);
    this.booked.add(request.key);
    const parts = {
      id: request.requestId,
      migration: 'books',
      group: 'all',
      method: 'POST',
      path: '/transfer',
      body: '{"status":"booked"}',
    };
    const exchanges = [
      exchange({ ...parts, universe: request.authority }),
      ...(copied === undefined
        ? []
        : [exchange({ ...parts, universe: shadow, role: 'shadow' as const, status: copied })]),
    ].map((each) => ({
      ...each,
      startedAt: timestampFromMs(startedAtMs),
      duration: durationFromMs(Date.now() - startedAtMs),
    }));
    const records = exchanges.map((each) => ({ key: each.requestId, value: toBinary(ExchangeSchema, each) }));
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#producer?.send(SHADOW_REQUESTS, records);
        return;
      } catch (error) {
        // Capture keeps what it could not send.
        if (attempt >= 10) throw error;
      }
    }
  }

  async #insist(request: AuditRequest): Promise<void> {
    while ((await this.#carryOut(request.authority, request)) !== 200) await delay(200);
  }

  /** Resolves to the status of the answer; undefined when there is none, for the database is away. */
  async #carryOut(universe: Universe, request: AuditRequest): Promise<number | undefined> {
    try {
      const bug = universe === 'modern' ? request.bug : undefined;
      await this.#banks[universe].transfer(request, bug, request.retry);
      return 200;
    } catch (error) {
      // SQLSTATE: the database would not have it. Class 57 is one that shuts down or just starts.
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
      return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('57') ? 500 : undefined;
    }
  }

  /** Every request that has a verdict, with all its revisions. */
  judged(): readonly (readonly [string, readonly Verdict[]])[] {
    return [...this.#verdicts];
  }

  verdictsOf(id: string): readonly Verdict[] {
    return this.#verdicts.get(id) ?? [];
  }

  async readVerdicts(): Promise<void> {
    await this.#rig.bus.readBack({
      topic: VERDICTS,
      partitions: Array.from({ length: 8 }, (_, partition) => partition),
      fromTimestampMs: 0,
      onRecord: ({ value, partition, offset }) => {
        if (this.#seen.has(`${partition}/${offset}`)) return;
        this.#seen.add(`${partition}/${offset}`);
        this.ends.set(partition, Math.max(this.ends.get(partition) ?? 0, Number(offset) + 1));
        const verdict = fromBinary(VerdictSchema, value);
        this.#verdicts.set(verdict.requestId, [...(this.#verdicts.get(verdict.requestId) ?? []), verdict]);
      },
    });
  }

  /** Both universes' rows in one form. */
  async books(universe: Universe): Promise<{ accounts: string[]; entries: string[]; orders: string[] }> {
    const [accounts, entries, orders] =
      universe === 'legacy'
        ? [
            `SELECT nr || ' ' || trim_scale(saldo / 100.0) || ' ' || lfd AS row FROM konto`,
            `SELECT nr || '/' || lfd || ' ' || trim_scale(betrag / 100.0) || ' ' || trim_scale(danach / 100.0) || ' ' || ref::text AS row FROM bewegung`,
            'SELECT schluessel::text AS row FROM auftrag',
          ]
        : [
            `SELECT id || ' ' || trim_scale(balance) || ' ' || entries AS row FROM accounts`,
            `SELECT account || '/' || number || ' ' || trim_scale(amount) || ' ' || trim_scale(balance_after) || ' ' || reference AS row FROM entries`,
            'SELECT key AS row FROM orders',
          ];
    const rows = async (text: string) => {
      const found = await this.#rig[universe](text);
      return found.rows.map(({ row }: { row: string }) => row.trim()).sort();
    };
    return { accounts: await rows(accounts), entries: await rows(entries), orders: await rows(orders) };
  }
}
