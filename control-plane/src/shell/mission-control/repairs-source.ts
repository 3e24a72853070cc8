import { create } from '@bufbuild/protobuf';
import { type Timestamp, timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Copy,
  type EntanglementState,
  type ListRepairsResponse,
  type Repair,
  RepairSchema,
  type RepairTotals,
  type Verification,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import {
  type RepairEntry,
  RepairEntrySchema,
  WatchRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { ConnectError } from '@connectrpc/connect';
import type { Engine } from '../engine/engine.ts';
import type { Source } from './feed.ts';
import { itemsSource } from './items-source.ts';

const intervalMs = 1_000;
/** The journal may hold hundreds of thousands, some of a thousand rows. */
const repairsMax = 50;
const rowsMax = 20;

/** What keeps both databases equal, as the process that does it tells. While that is away, the list stays, with why and how old it is. */
export function repairsSource(engine: Engine, migration: string): Source {
  let entries: ReadonlyMap<string, RepairEntry> = new Map();
  let totals: RepairTotals | undefined;
  let running: { readonly runningVerification?: Verification; readonly runningCopy?: Copy } = {};
  let readAt: Timestamp | undefined;
  let failure = '';
  const declared = () => engine.world.get(migration)?.spec.entanglement !== undefined;
  const read = async () => {
    if (!declared()) return;
    const beganMs = engine.nowMs();
    try {
      if (engine.entangled === undefined)
        throw new Error('no databases were entangled when Chronos was started');
      const [answer, state] = await Promise.all([
        engine.entangled.journal(migration, repairsMax),
        engine.entangled.state(migration),
      ]);
      entries = entriesOf(answer);
      running = runningOf(state);
      totals = answer.totals;
      readAt = timestampFromMs(beganMs);
      failure = '';
    } catch (error) {
      failure = error instanceof Error ? ConnectError.from(error).rawMessage : String(error);
    }
  };
  return itemsSource({
    schema: WatchRepairsResponseSchema,
    item: RepairEntrySchema,
    intervalMs,
    nowMs: engine.nowMs,
    list: async () => {
      await read();
      return entries;
    },
    message: ({ items, removed, reset }, observedAt) => ({
      migration,
      observedAt,
      entries: [...items],
      removed: [...removed],
      reset,
      declared: declared(),
      failure,
      ...running,
      ...(totals && { totals }),
      ...(readAt && { readAt }),
    }),
    failed: (error) => engine.log(`watching repairs of ${migration}: ${String(error)}`),
  });
}

/** Rows that differ are for those who ask: the stream carries figures. */
function runningOf({ runningVerification: verification, runningCopy }: EntanglementState) {
  return {
    ...(verification && {
      runningVerification: create(VerificationSchema, { ...verification, differences: [] }),
    }),
    ...(runningCopy && { runningCopy }),
  };
}

function entriesOf({ repairs, unsettled }: ListRepairsResponse): ReadonlyMap<string, RepairEntry> {
  const entries = [
    ...repairs.map((repair) =>
      create(RepairEntrySchema, {
        id: `repair ${repair.id}`,
        what: { case: 'repair', value: shortened(repair) },
      }),
    ),
    ...unsettled.map((value) =>
      create(RepairEntrySchema, { id: `case ${value.id}`, what: { case: 'unsettled', value } }),
    ),
  ];
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function shortened(repair: Repair): Repair {
  const { rows, moreRows } = repair;
  if (rows.length <= rowsMax) return repair;
  return create(RepairSchema, {
    ...repair,
    rows: rows.slice(0, rowsMax),
    moreRows: moreRows + rows.length - rowsMax,
  });
}
