/** Topics of what a judge says: mismatches, questions; and the story's lines. */
import { create } from '@bufbuild/protobuf';
import type { Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import {
  type LogLine,
  type MismatchEntry,
  TopicSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { TopicSpec } from './live-link.ts';
import { withDelta } from './topics.ts';

export interface WatchedMismatches {
  /** Groups by id; the most severe 500. */
  readonly groups: ReadonlyMap<string, MismatchEntry>;
  /** Groups that stand, also those that are not sent. */
  readonly total: number;
}

export function mismatchesTopic(migration: string): TopicSpec<WatchedMismatches> {
  return {
    key: `mismatches ${migration}`,
    label: 'mismatches',
    topic: () => create(TopicSchema, { topic: { case: 'mismatches', value: { migration } } }),
    fold(known, message) {
      if (message.case !== 'mismatches' || message.value.migration !== migration) return undefined;
      const { reset, removed, groups: changed, total } = message.value;
      const groups = withDelta(known?.groups, {
        reset,
        removed,
        changed: changed.map((entry) => [entry.id, entry]),
      });
      return known !== undefined && known.groups === groups ? known : { groups, total };
    },
  };
}

/** Open questions by id. */
export function questionsTopic(migration: string): TopicSpec<ReadonlyMap<string, Question>> {
  return {
    key: `questions ${migration}`,
    label: 'questions',
    topic: () => create(TopicSchema, { topic: { case: 'questions', value: { migration } } }),
    fold(known, message) {
      if (message.case !== 'questions' || message.value.migration !== migration) return undefined;
      const { reset, removed, questions } = message.value;
      return withDelta(known, { reset, removed, changed: questions.map((each) => [each.id, each]) });
    },
  };
}

export interface WatchedLog {
  /** Oldest first; the newest of them. */
  readonly lines: readonly LogLine[];
  /** Lines that did not come here because this page was too slow. */
  readonly skipped: bigint;
}

/** As many lines as a page keeps: a day open is as an hour. */
export const logLinesMax = 2_000;

export function logTopic(migration: string): TopicSpec<WatchedLog> {
  return {
    key: `log ${migration}`,
    label: 'log',
    topic: (known) =>
      create(TopicSchema, { topic: { case: 'log', value: { migration, since: known?.lines.at(-1)?.at } } }),
    fold(known, message) {
      if (message.case !== 'log' || message.value.migration !== migration) return undefined;
      const { reset, lines: added, skipped } = message.value;
      const before = known === undefined ? nothing : known;
      if (!reset && added.length === 0 && skipped === 0n && known !== undefined) return known;
      const kept = reset ? [] : before.lines;
      const newest = kept.at(-1)?.sequence ?? -1n;
      const newer = added.filter(({ sequence }) => sequence > newest);
      return { lines: [...kept, ...newer].slice(-logLinesMax), skipped: before.skipped + skipped };
    },
  };
}

const nothing: WatchedLog = { lines: [], skipped: 0n };
