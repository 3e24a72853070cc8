import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { api } from '../../api/transport.ts';
import { type Paged, usePages } from '../../api/use-pages.ts';

/** Decisions that change which rules there are. */
const changing = new Set(['answer', 'rule']);

/** The rules of a migration, with the `ended` ones too; read again with each decision that changes them, whoever took it. */
export function useRules(migration: string, ended: boolean): Paged<FieldRule> {
  const decisions = useTopic(migrationTopic(migration))?.decisions ?? [];
  const changed = decisions.find(({ action }) => changing.has(action))?.sequence;
  return usePages(
    `${migration} ${ended}`,
    async (pageToken, signal) => {
      const request = { migration, revoked: ended, pageSize: 100, pageToken };
      const { rules, nextPageToken } = await api.judgements.listRules(request, { signal });
      return { items: rules, next: nextPageToken };
    },
    { version: String(changed) },
  );
}
