import { create } from '@bufbuild/protobuf';
import { QuestionSchema, QuestionStatus } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import {
  MismatchEntrySchema,
  WatchMismatchesResponseSchema,
  WatchProxiesResponseSchema,
  WatchQuestionsResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { ProxySchema } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { mismatchesByCause } from '../../core/judgement/mismatches-by-cause.ts';
import { proxyMessage } from '../api/proxy-message.ts';
import { questionMessage } from '../api/question-message.ts';
import type { Engine } from '../engine/engine.ts';
import { viewQuestion } from '../engine/judgement/answer.ts';
import { standingGroups } from '../store/mismatch-store.ts';
import { listQuestions } from '../store/question-store.ts';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import type { Source } from './feed.ts';
import { itemsSource } from './items-source.ts';

const intervalMs = 1_000;
/** Shown at once, the most severe and newest; the lists of the other services have all. */
const mismatchesMax = 500;
const questionsMax = 100;

export function proxiesSource(engine: Engine, proxies: () => readonly ProxyStatus[]): Source {
  return itemsSource({
    schema: WatchProxiesResponseSchema,
    item: ProxySchema,
    intervalMs,
    nowMs: engine.nowMs,
    list: async () =>
      new Map(proxies().map((proxy) => [proxy.nodeId, create(ProxySchema, proxyMessage(proxy))])),
    message: ({ items, removed, reset }, observedAt) => ({
      observedAt,
      proxies: [...items],
      removed: [...removed],
      reset,
    }),
    failed: (error) => engine.log(`watching proxies: ${String(error)}`),
  });
}

export function mismatchesSource(engine: Engine, migration: string, modernDeployment: string): Source {
  let total = 0;
  return itemsSource({
    schema: WatchMismatchesResponseSchema,
    item: MismatchEntrySchema,
    intervalMs,
    nowMs: engine.nowMs,
    list: async () => {
      const groups = mismatchesByCause(await standingGroups(engine.database, migration, modernDeployment));
      total = groups.length;
      return new Map(
        groups.slice(0, mismatchesMax).map((group) => {
          const id = mismatchId(group);
          return [id, create(MismatchEntrySchema, { id, group })];
        }),
      );
    },
    message: ({ items, removed, reset }, observedAt) => ({
      migration,
      modernDeployment,
      observedAt,
      groups: [...items],
      removed: [...removed],
      reset,
      total,
    }),
    failed: (error) => engine.log(`watching mismatches of ${migration}: ${String(error)}`),
  });
}

export function questionsSource(engine: Engine, migration: string): Source {
  const filter = { migration, statuses: [QuestionStatus.OPEN], offset: 0, limit: questionsMax };
  return itemsSource({
    schema: WatchQuestionsResponseSchema,
    item: QuestionSchema,
    intervalMs,
    nowMs: engine.nowMs,
    list: async () => {
      const open = await listQuestions(engine.database, filter);
      const views = await Promise.all(open.map((question) => viewQuestion(engine, question)));
      return new Map(views.map((view) => [view.question.id, questionMessage(view)]));
    },
    message: ({ items, removed, reset }, observedAt) => ({
      migration,
      observedAt,
      questions: [...items],
      removed: [...removed],
      reset,
    }),
    failed: (error) => engine.log(`watching questions of ${migration}: ${String(error)}`),
  });
}

function mismatchId({ group, route, field, modernDeployment }: MismatchGroup): string {
  return JSON.stringify([group, route, field, modernDeployment]);
}
