import { create } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type Decision, DecisionSchema, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { wireStage } from '../../core/view/state-message.ts';
import type { ReadJournalEntry } from '../store/journal-store.ts';

/** A journal entry as the API shows it. */
export function decisionMessage(entry: ReadJournalEntry): Decision {
  return create(DecisionSchema, {
    sequence: entry.sequence,
    migration: entry.migration,
    group: entry.group,
    at: timestampFromMs(entry.atMs),
    action: entry.action,
    fromStage: entry.fromStage === undefined ? Stage.UNSPECIFIED : wireStage(entry.fromStage),
    toStage: entry.toStage === undefined ? Stage.UNSPECIFIED : wireStage(entry.toStage),
    fromPercent: entry.fromWeightBp / 100,
    toPercent: entry.toWeightBp / 100,
    actor: entry.actor,
    reason: entry.reason,
    evidenceJson: entry.evidenceJson,
    requestId: entry.requestId,
    traceparent: entry.traceparent,
    hash: entry.hash,
    ...(entry.ackMs === undefined ? {} : { ackDuration: durationFromMs(Math.round(entry.ackMs)) }),
  });
}
