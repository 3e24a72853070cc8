/** What a stored control plane tells of repairs. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Timestamp, timestampFromMs } from '@bufbuild/protobuf/wkt';
import type {
  ListRepairsResponseSchema,
  RepairCaseSchema,
  RepairSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type {
  RepairEntrySchema,
  WatchRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';

export const repairTotals = { open: 1n, outstanding: 2n, settled: 41n, repairs: 1_203n };

/** One of eight rows: one field, a sensitive one only, one that was not there, one that is gone. */
function repair(nowMs: number): MessageInitShape<typeof RepairSchema> {
  const account = (key: number) => ({
    entity: 'account',
    key: `["${key}"]`,
    fields: [{ name: 'balance', before: '38.12', after: '38.15' }],
  });
  return {
    id: 'one',
    universe: Universe.MODERN,
    writtenAt: timestampFromMs(nowMs - 5_000),
    cases: ['request-7', 'request-8', 'tx:legacy:0/16B3748', 'request-9'],
    rows: [
      account(7),
      { entity: 'account', key: '["8"]', hidden: 1 },
      {
        entity: 'posting',
        key: '["41"]',
        inserted: true,
        fields: [
          { name: 'account', after: '7' },
          { name: 'amount', after: '0.03' },
          { name: 'note', after: 'interest of the quarter, corrected '.repeat(6) },
        ],
      },
      { entity: 'posting', key: '["42"]', deleted: true, fields: [{ name: 'amount', before: '0.06' }] },
      ...[1, 2, 3, 4].map((n) => ({ ...account(100 + n), added: n === 1 })),
    ],
    moreRows: 480,
  };
}

/** A table that was emptied, as far as it is carried over. */
function outstanding(percent: number, nowMs: number): MessageInitShape<typeof RepairCaseSchema> {
  return {
    id: 'tx:legacy:0/AF00',
    cause: 'unattributed',
    authority: Universe.LEGACY,
    openedAt: timestampFromMs(nowMs - 90_000),
    state: 'outstanding',
    reason: `posting: an emptied table or partition is carried over: ${percent} % (${percent * 1_000} of 100,000 rows, ${percent * 900} differed)`,
    rows: ['posting *'],
  };
}

function repairEntries(nowMs: number): MessageInitShape<typeof RepairEntrySchema>[] {
  const refused: MessageInitShape<typeof RepairCaseSchema> = {
    id: 'request-3',
    cause: 'mismatch',
    authority: Universe.LEGACY,
    openedAt: timestampFromMs(nowMs - 60_000),
    state: 'outstanding',
    reason: 'modern refuses: new row for relation "accounts" violates check constraint "balance_positive"',
    rows: ['account ["3"]'],
  };
  const unsettled = [outstanding(40, nowMs), refused].map((value) => ({
    id: `case ${value.id}`,
    what: { case: 'unsettled' as const, value },
  }));
  return [...unsettled, { id: 'repair one', what: { case: 'repair', value: repair(nowMs) } }];
}

type Told = Omit<MessageInitShape<typeof WatchRepairsResponseSchema>, '$typeName' | '$unknown'>;

/** Repairs as they stand, and go on. */
export class StoredRepairs {
  readonly #nowMs: number;
  #entries: MessageInitShape<typeof RepairEntrySchema>[] = [];
  #awayAt: Timestamp | undefined;
  #running: Pick<Told, 'runningVerification' | 'runningCopy'> = {};
  /** Ids of jobs that were stopped, in their order. */
  readonly stopped: string[] = [];

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  first(at: Timestamp): Told {
    return { ...this.next(at), entries: [...repairEntries(this.#nowMs), ...this.#entries], reset: true };
  }

  next(at: Timestamp): Told {
    const away = this.#awayAt === undefined ? {} : { failure: 'connect ECONNREFUSED' };
    const readAt = this.#awayAt ?? at;
    const entries = this.#entries;
    return { readAt, entries, totals: repairTotals, declared: true, ...this.#running, ...away };
  }

  /** A verification and a copy, as far as they are. */
  run(): void {
    const startedAt = timestampFromMs(this.#nowMs - 20_000);
    const figures = { rowsExpected: 400_000n, rowsPerSecond: 12_000, startedAt };
    const entities = [{ entity: 'posting', differences: 7n, repaired: 5n }];
    this.#running = {
      runningVerification: { id: 'v-1', ...figures, rowsRead: 120_000n, repair: true, entities },
      runningCopy: { id: 'c-1', ...figures, rowsWritten: 300_000n },
    };
  }

  /** @returns whether it ran */
  stop(id: string): boolean {
    const { runningVerification: verification, runningCopy: copy } = this.#running;
    if (![verification?.id, copy?.id].includes(id)) return false;
    this.stopped.push(id);
    this.#running = {
      ...(verification && verification.id !== id && { runningVerification: verification }),
      ...(copy && copy.id !== id && { runningCopy: copy }),
    };
    return true;
  }

  /** Of one request. */
  of(requestId: string): MessageInitShape<typeof ListRepairsResponseSchema> {
    return requestId === 'request-7' ? { repairs: [{ ...repair(this.#nowMs), cases: [requestId] }] } : {};
  }

  /** The entity that is carried over comes on to so many percent, and a repair is written. */
  more(percent: number): void {
    const value = outstanding(percent, this.#nowMs);
    const written = { ...repair(this.#nowMs), id: 'two', cases: ['verify:1'] };
    this.#entries = [
      { id: `case ${value.id}`, what: { case: 'unsettled', value } },
      { id: 'repair two', what: { case: 'repair', value: written } },
    ];
  }

  /** The process that repairs does not answer any more. */
  lose(): void {
    this.#awayAt = timestampFromMs(Date.now());
  }
}
