import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { EntanglementService } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { JudgementService } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import {
  type KillMigrationResponseSchema,
  MigrationService,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  type MismatchEntrySchema,
  MissionControlService,
  Role,
  type Topic,
  type WatchResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { builtPage } from './built-page.ts';
import {
  kill,
  migration,
  mismatchEntries,
  points,
  questions,
  state,
  summary,
  verdict,
  worseEntry,
  worseQuestion,
} from './stored-data.ts';
import { StoredRepairs } from './stored-repairs.ts';
import { rules } from './stored-rules.ts';

export interface StoredOptions {
  readonly mismatchGroups?: number;
  readonly requests?: number;
  readonly questions?: number;
  /** Two routes, of which the one that has come least far has no mismatch, and a kill on record; default: one, none. */
  readonly several?: boolean;
  /** A second migration, `shop`, stands on the overview. */
  readonly neighbour?: boolean;
  /** The series goes on by this many seconds with each message. */
  readonly secondsPerTick?: number;
  readonly tickMs?: number;
  /** Of whoever asks; default: operator. Unspecified: nobody is logged in yet, and tokens are asked for. */
  readonly role?: Role;
}

/** What the first kill comes to, and any later one: its only proxy is silent; proven, but the database does not answer. */
const kills: readonly MessageInitShape<typeof KillMigrationResponseSchema>[] = [
  { elapsedMs: 5_000, proxiesAcked: 0, proxiesPending: 1, probeSawLegacy: false },
  { elapsedMs: 12, proxiesAcked: 1, proxiesPending: 0, probeSawLegacy: true, journalPending: true },
];

export interface StoredControlPlane {
  readonly url: string;
  /** `question answer`, or `question answer (note)`, as they came. */
  readonly answered: readonly string[];
  /** Ids of revoked rules. */
  readonly revoked: readonly string[];
  /** A question more that is worse than all others, as the judge asks it; its id. */
  askWorse(): string;
  /** From now on modern also differs for a reason that is worse than all others. */
  differWorse(): void;
  readonly repairs: Pick<StoredRepairs, 'more' | 'lose' | 'run' | 'stopped'>;
  /** A question is not asked any more, as when another answered it. */
  withdraw(questionId: string): void;
  /** From now on a topic has nothing newer, as when the database is gone; the stream lives. */
  freeze(topic: Topic['topic']['case']): void;
  /** Simulated seconds that were sent since the start. */
  sentSeconds(): number;
  close(): Promise<void>;
}

/**
 * The page's server with data of any size in memory: for what a real migration would take hours to show (ten thousand mismatches, a day of
 * charts). It speaks the real API's messages, over real HTTP streams.
 */
export async function storedControlPlane(options: StoredOptions = {}): Promise<StoredControlPlane> {
  const { mismatchGroups = 20, requests = 1_000, secondsPerTick = 1, tickMs = 1_000 } = options;
  const { role = Role.OPERATOR, several = false } = options;
  const nowMs = Date.now();
  const open = new Map(questions(options.questions ?? 0, nowMs).map((question) => [question.id!, question]));
  const answered: string[] = [];
  const revoked: string[] = [];
  const frozen = new Map<Topic['topic']['case'], number>();
  const worse: MessageInitShape<typeof MismatchEntrySchema>[] = [];
  const repairs = new StoredRepairs(nowMs);
  let killed = 0;
  const startSecond = Math.floor(nowMs / 1_000);
  let second = startSecond;
  const closing = new AbortController();

  const overview = () => [
    summary(requests, open.size),
    ...(options.neighbour ? [{ ...summary(0, 0), name: 'shop' }] : []),
  ];
  type Message = MessageInitShape<typeof WatchResponseSchema>['message'];
  function first({ topic }: Topic): Message[] {
    const observedAt = timestampFromMs(Date.now());
    switch (topic.case) {
      case 'overview':
        return [{ case: 'overview', value: { observedAt, migrations: overview() } }];
      case 'migration':
        return [
          { case: 'migration', value: { state: state(requests, several), decisions: several ? [kill] : [] } },
        ];
      case 'mismatches': {
        const groups = mismatchEntries(Math.min(500, mismatchGroups), nowMs, several ? 'accounts' : 'bank');
        return [
          {
            case: 'mismatches',
            value: { migration, observedAt, groups, reset: true, total: mismatchGroups },
          },
        ];
      }
      case 'questions':
        return [
          { case: 'questions', value: { migration, observedAt, questions: [...open.values()], reset: true } },
        ];
      case 'series': {
        const group = topic.value.group;
        return [
          {
            case: 'series',
            value: { migration, group, observedAt, points: points(second - 3_599, second), reset: true },
          },
        ];
      }
      case 'repairs':
        return [{ case: 'repairs', value: { migration, observedAt, ...repairs.first(observedAt) } }];
      case 'log':
        return [{ case: 'log', value: { migration, observedAt, lines: [], reset: true } }];
      default:
        return [{ case: 'proxies', value: { observedAt, proxies: [], reset: true } }];
    }
  }
  async function* watch(topics: readonly Topic[], signal: AbortSignal) {
    for (const topic of topics) for (const message of first(topic)) yield { message };
    const told = new Set(open.keys());
    while (!signal.aborted && !closing.signal.aborted) {
      await delay(tickMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || closing.signal.aborted) return;
      for (const topic of topics) yield { message: next(topic, told) };
    }
  }
  /** A topic lives by telling how young it is; overview, series and questions also change. */
  function next({ topic }: Topic, told: Set<string>): Message {
    const observedAt = timestampFromMs(frozen.get(topic.case) ?? Date.now());
    switch (topic.case) {
      case 'overview':
        return { case: 'overview', value: { observedAt, migrations: overview() } };
      case 'migration': {
        const decisions = revoked.map((_, index) => ({ action: 'rule', sequence: BigInt(index + 1) }));
        return { case: 'migration', value: { state: state(requests, several), decisions } };
      }
      case 'series': {
        const from = second + 1;
        // Time also passes while nobody watches.
        second = Math.max(second + secondsPerTick, Math.floor(Date.now() / 1_000) - 1);
        const { group } = topic.value;
        return { case: 'series', value: { migration, group, observedAt, points: points(from, second) } };
      }
      case 'mismatches':
        return { case: 'mismatches', value: { migration, observedAt, groups: worse, total: mismatchGroups } };
      case 'questions': {
        const removed = [...told].filter((id) => !open.has(id));
        for (const id of removed) told.delete(id);
        const added = [...open.values()].filter(({ id }) => !told.has(id!));
        for (const { id } of added) told.add(id!);
        return { case: 'questions', value: { migration, observedAt, removed, questions: added } };
      }
      case 'repairs':
        return { case: 'repairs', value: { migration, observedAt, ...repairs.next(observedAt) } };
      case 'log':
        return { case: 'log', value: { migration, observedAt } };
      default:
        return { case: 'proxies', value: { observedAt } };
    }
  }

  const routes = (router: ConnectRouter) => {
    router.service(MissionControlService, {
      watch: ({ topics }, { signal }) => {
        if (role === Role.UNSPECIFIED) throw new ConnectError('log in first', Code.Unauthenticated);
        for (const { topic } of topics)
          if (topic.case === 'migration' && topic.value.name !== migration)
            throw new ConnectError(`there is no migration ${topic.value.name}`, Code.NotFound);
        return watch(topics, signal);
      },
      getVersion: () => ({ version: 'test' }),
      getSession: () => ({
        name: role === Role.UNSPECIFIED ? '' : 'local',
        role,
        tokensRequired: role !== Role.OPERATOR,
      }),
      replayRequest: () => {
        throw new ConnectError('not sent again: POST is not a safe method', Code.FailedPrecondition);
      },
    });
    router.service(MigrationService, {
      getMigration: () => ({ state: state(requests, several) }),
      listDecisions: () => ({ decisions: [] }),
      killMigration: () => kills[Math.min(killed++, kills.length - 1)]!,
    });
    router.service(VerdictService, {
      listVerdicts: ({ pageSize, pageToken }) => {
        const from = Number(pageToken);
        const to = Math.min(requests, from + pageSize);
        const verdicts = Array.from({ length: to - from }, (_, index) => verdict(from + index, nowMs));
        return { verdicts, nextPageToken: to < requests ? String(to) : '' };
      },
      getVerdict: ({ requestId }) => ({ verdict: { ...verdict(0, nowMs), requestId }, traceId: '4be82cd8' }),
    });
    router.service(EntanglementService, {
      listRepairs: ({ requestId }) => repairs.of(requestId),
      stopJob: ({ id }) => {
        if (!repairs.stop(id)) throw new ConnectError(`no job ${id} runs`, Code.NotFound);
        return {};
      },
    });
    router.service(JudgementService, {
      listRules: () => ({ rules: rules(nowMs).filter(({ id }) => !revoked.includes(id!)) }),
      revokeRule: ({ ruleId }) => {
        revoked.push(ruleId);
        return {};
      },
      previewAnswer: ({ answer }) => ({
        effect: {
          examined: 200,
          accepted: answer === 'bug' ? 0 : 200,
          sentence: `${answer}: 200 differences were tried`,
        },
      }),
      answerQuestion: ({ questionId, answer, note }) => {
        if (!open.delete(questionId)) throw new ConnectError('there is no such question', Code.NotFound);
        answered.push(`${questionId} ${answer}${note === '' ? '' : ` (${note})`}`);
        return {};
      },
    });
  };
  const server = createServer(
    connectNodeAdapter({
      routes,
      fallback: (request, response) => void builtPage(request, response as ServerResponse),
    }),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the stored control plane has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    answered,
    revoked,
    askWorse() {
      const question = worseQuestion(nowMs);
      open.set(question.id!, question);
      return question.id!;
    },
    differWorse: () => void worse.push(worseEntry(nowMs)),
    repairs,
    withdraw: (questionId) => open.delete(questionId),
    freeze: (topic) => frozen.set(topic, Date.now()),
    sentSeconds: () => second - startSecond,
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
