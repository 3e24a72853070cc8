import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import type { BusRecord, ReceivedRecord } from '@chronos/bus/bus.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import type { StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { StateWindow } from '../core/effects/state-window.ts';
import { RouteLabels } from '../core/verdict/route.ts';
import type { Changes } from '../shell/effects-desk.ts';
import type { LateChange } from '../shell/late-changes.ts';
import { PartitionWorker } from '../shell/partition-worker.ts';
import { RulesTable } from '../shell/rules-table.ts';
import { type ExchangeParts, exchange } from './exchanges.ts';

export const record = (key: string, value: Uint8Array, offset = 0, timestampMs = 0): ReceivedRecord => ({
  key,
  value,
  headers: {},
  partition: 0,
  offset: BigInt(offset),
  timestampMs,
});
export const half = (id: string, offset: number, timestampMs: number, parts: ExchangeParts = {}) =>
  record(id, toBinary(ExchangeSchema, exchange({ ...parts, id })), offset, timestampMs);
export const modern: ExchangeParts = { universe: 'modern', role: 'shadow' };

/** Changes of databases as a reader would hand them on. */
class MemoryChanges implements Changes {
  window = new StateWindow(1);
  readonly #late = new Map<string, LateChange>();
  readonly #came: LateChange[] = [];
  readonly #all: StateUpdate[] = [];
  /** How far it is read; nothing is behind by default. */
  readToMs = Number.POSITIVE_INFINITY;

  async cover(): Promise<void> {}

  clockMs(nowMs: number): number {
    return Math.min(nowMs, this.readToMs);
  }

  takeLate(_partition: number, isPassed: (committedMs: number) => boolean): LateChange[] {
    const taken = [...this.#late.values()].filter(({ committedMs }) => isPassed(committedMs));
    for (const { requestId } of taken) this.#late.delete(requestId);
    return taken;
  }

  /** What a process that begins anew knows: the changes alone. */
  restarted(): void {
    this.window = new StateWindow(1);
    for (const update of this.#all) this.window.observe(update, 0);
  }

  /** What a reader that begins anew reads again. */
  again(): void {
    for (const one of this.#came) this.#late.set(one.requestId, one);
  }

  isJudged(_partition: number, requestId: string): void {
    this.#late.delete(requestId);
  }

  came(...updates: readonly StateUpdate[]): void {
    this.#all.push(...updates);
    for (const update of updates) {
      const made = this.window.observe(update, 0);
      if (made !== undefined && made.requestId !== '') {
        this.#late.set(made.requestId, made);
        this.#came.push(made);
      }
    }
  }
}

/** The verdicts partition, its offsets and the clock, in memory. */
export class World {
  now = 0;
  /** How far all partitions have been read; nothing is behind by default. */
  readToMs = Number.POSITIVE_INFINITY;
  rules = create(JudgingRulesSchema, { spec: { name: 'm' } });
  readonly changes = new MemoryChanges();
  /** Ids of modern's by legacy's. */
  readonly learned = new Map<string, string>();
  log: BusRecord[] = [];
  written: string[] = [];
  commits: bigint[] = [];
  unreadable = 0;
  /** Changes that came after their verdict and did not re-open it, by reason. */
  missed: string[] = [];
  readBacks = 0;
  onReadBack: () => Promise<void> = () => Promise.resolve();
  /** Called for each send; may write and fail. */
  onSend: (records: readonly BusRecord[]) => void = (records) => this.write(records);

  write(records: readonly BusRecord[]): void {
    this.log.push(...records);
    for (const { value } of records) {
      const verdict = fromBinary(VerdictSchema, value);
      this.written.push(`${verdict.requestId} ${verdict.lostReason || (Kind[verdict.kind] ?? '')}`);
    }
  }

  worker(): PartitionWorker {
    const rules = new RulesTable(() => {});
    rules.accept(record('m', toBinary(JudgingRulesSchema, this.rules)));
    return new PartitionWorker({
      partition: 0,
      changes: this.changes,
      rules,
      routes: new RouteLabels(),
      pairs: {
        modernOf: (_, __, legacy) => this.learned.get(legacy),
        legacyOf: (_, __, modern) => [...this.learned].find(([, other]) => other === modern)?.[0],
      },
      now: () => this.now,
      readToMs: () => this.readToMs,
      readBack: async (_fromMs, onRecord) => {
        this.readBacks += 1;
        await this.onReadBack();
        for (const { key, value, headers = {} } of this.log) onRecord({ key, value, headers });
      },
      send: async (records) => this.onSend(records),
      commit: async (offset) => void this.commits.push(offset),
      onVerdict: () => {},
      onMissed: (_migration, reason) => void this.missed.push(reason),
      onUnreadable: () => {
        this.unreadable += 1;
      },
    });
  }
}

export const batch = (records: readonly ReceivedRecord[], highWatermark?: bigint) => ({
  partition: 0,
  records,
  highWatermark: highWatermark ?? (records.at(-1)?.offset ?? 0n) + 1n,
});
