import { create } from '@bufbuild/protobuf';
import type { Copy, RepairTotals, Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import {
  type RepairEntry,
  TopicSchema,
  type WatchRepairsResponse,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { TopicSpec } from './live-link.ts';
import { withDelta } from './topics.ts';

export interface WatchedRepairs {
  readonly entries: ReadonlyMap<string, RepairEntry>;
  readonly totals: RepairTotals | undefined;
  /** The migration declares entities. */
  readonly declared: boolean;
  /** Why the list is no younger than `readAt`; empty: it is as young as the stream. */
  readonly failure: string;
  readonly readAt: WatchRepairsResponse['readAt'];
  /** What runs, as of `readAt`. */
  readonly verification: Verification | undefined;
  readonly copy: Copy | undefined;
}

/** What keeps both databases equal: the newest repairs, and what is not settled. */
export function repairsTopic(migration: string): TopicSpec<WatchedRepairs> {
  return {
    key: `repairs ${migration}`,
    label: 'repairs',
    topic: () => create(TopicSchema, { topic: { case: 'repairs', value: { migration } } }),
    fold(known, message) {
      if (message.case !== 'repairs' || message.value.migration !== migration) return undefined;
      const { reset, removed, entries: changed, totals, declared, failure, readAt } = message.value;
      const entries = withDelta(known?.entries, {
        reset,
        removed,
        changed: changed.map((entry) => [entry.id, entry]),
      });
      const { runningVerification: verification, runningCopy: copy } = message.value;
      return { entries, totals, declared, failure, readAt, verification, copy };
    },
  };
}
