/** The stages that groups went through, as the report tells them; built from the stream of states and decisions. */
import type {
  Decision,
  GroupState,
  MigrationState,
  WatchMigrationResponse,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { stageName } from '../story.ts';
import { isoTime } from '../text/numbers.ts';

export type StageEntry = {
  readonly group: string;
  readonly stage: string;
  readonly modern_percent: number;
  readonly entered_at: string | null;
  /** Evidence of the epoch that ran when the stage was left, or of the one that runs: what the next step stood on. */
  readonly compared: number;
  readonly mismatched: number;
  readonly confidence: number;
};

export type StageLog = {
  readonly entries: readonly StageEntry[];
  /** Sequence of the newest decision taken in: the stream repeats some when it is opened again. */
  readonly sequence: bigint;
};

export const emptyStageLog: StageLog = { entries: [], sequence: 0n };

/** Entries are bounded: a migration that is killed and started again for weeks keeps its newest. */
const entriesMax = 1_000;

export function recordStages(log: StageLog, update: WatchMigrationResponse): StageLog {
  const news = update.decisions.filter((decision) => decision.sequence > log.sequence);
  let entries = [...log.entries];
  for (const decision of news) {
    for (const group of groupsOf(decision, update.state)) {
      const moved = entryAt(decision, group);
      const last = entries.findLast((entry) => entry.group === group);
      if (last === undefined || last.stage !== moved.stage || last.modern_percent !== moved.modern_percent)
        entries.push(moved);
    }
  }
  for (const state of update.state?.groups ?? []) entries = withEvidence(entries, state);
  // Journalled in order, so the last is the newest.
  const sequence = news.at(-1)?.sequence ?? log.sequence;
  return { entries: entries.slice(-entriesMax), sequence };
}

/** A decision without a group speaks for all that migrate. */
function groupsOf(decision: Decision, state: MigrationState | undefined): string[] {
  if (decision.toStage === 0) return [];
  if (decision.group !== '') return [decision.group];
  return (state?.groups ?? []).filter((group) => !group.stayOnLegacy).map((group) => group.name);
}

function entryAt(decision: Decision, group: string): StageEntry {
  return {
    group,
    stage: stageName(decision.toStage),
    modern_percent: decision.toPercent,
    entered_at: isoTime(decision.at),
    compared: 0,
    mismatched: 0,
    confidence: 0,
  };
}

/** The newest entry of the group follows its evidence, as long as the state speaks of the same stage. */
function withEvidence(entries: StageEntry[], state: GroupState): StageEntry[] {
  const at = entries.findLastIndex((entry) => entry.group === state.name);
  const entry = entries[at];
  if (
    entry === undefined ||
    entry.stage !== stageName(state.stage) ||
    entry.modern_percent !== state.modernPercent
  )
    return entries;
  const evidence = {
    compared: Number(state.compared),
    mismatched: Number(state.mismatched),
    confidence: state.confidence,
  };
  return entries.with(at, { ...entry, ...evidence });
}
