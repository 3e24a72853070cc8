import { type Timestamp, timestampMs } from '@bufbuild/protobuf/wkt';
import { type Decision, type GroupState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { HomeHistory, type StageChange } from './home-history.ts';

/** The journal as far back as it was read. */
export interface JournalRead {
  readonly decisions: readonly Decision[];
  /** It goes further back. */
  readonly hasOlder: boolean;
}

/**
 * Who was home when, by the journal and by how the groups stand now: a decision is in force before the journal has it, and while the journal cannot be
 * read. Undefined: it was not read yet.
 */
export function homesOf(journal: JournalRead | undefined, groups: readonly GroupState[]): HomeHistory {
  const told = (journal?.decisions ?? []).flatMap(changeOf);
  const entered = groups.flatMap((group) => enteredOf(group, told));
  return new HomeHistory([...told, ...entered], knownSince(journal, entered));
}

function knownSince(journal: JournalRead | undefined, entered: readonly StageChange[]): number | undefined {
  if (journal === undefined) return Math.max(...entered.map(({ atMs }) => atMs));
  if (!journal.hasOlder) return undefined;
  return Math.min(...journal.decisions.map(({ at }) => millis(at)));
}

function changeOf({ group, fromStage, toStage, at, ackDuration }: Decision): StageChange[] {
  if (toStage === Stage.UNSPECIFIED || toStage === fromStage) return [];
  const from = fromStage === Stage.UNSPECIFIED ? undefined : fromStage;
  const ackMs =
    ackDuration === undefined ? undefined : Number(ackDuration.seconds) * 1_000 + ackDuration.nanos / 1e6;
  return [{ group, from, to: toStage, atMs: millis(at), ackMs }];
}

/** The stage that a group is in, if the journal does not tell of it. */
function enteredOf({ name, stage, stageEnteredAt }: GroupState, told: readonly StageChange[]): StageChange[] {
  const atMs = millis(stageEnteredAt);
  const isTold = told.some(
    (change) => change.group === name && change.to === stage && change.atMs >= atMs - 1,
  );
  return isTold || stage === Stage.DRAFT
    ? []
    : [{ group: name, from: undefined, to: stage, atMs, ackMs: undefined }];
}

function millis(at: Timestamp | undefined): number {
  return at === undefined ? 0 : timestampMs(at);
}
