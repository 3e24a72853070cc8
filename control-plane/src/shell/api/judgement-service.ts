import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  AnswerEffectSchema,
  JudgementService,
  Question,
} from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import { DomainError } from '../../core/domain-error.ts';
import type { Effect } from '../../core/judgement/effect.ts';
import type { Engine } from '../engine/engine.ts';
import {
  answerQuestion,
  previewAnswer,
  requireQuestion,
  revokeRule,
  viewQuestion,
} from '../engine/judgement/answer.ts';
import { getRule, listRules } from '../store/field-rule-store.ts';
import { countOpen, listQuestions } from '../store/question-store.ts';
import { pageSizeOf, pageToken, positionOf } from './pages.ts';
import { questionMessage } from './question-message.ts';

/** JudgementService over the engine and the store. */
export function judgementService(engine: Engine): ServiceImpl<typeof JudgementService> {
  const { database } = engine;
  return {
    async listQuestions(request) {
      const { migration, statuses } = request;
      engine.world.require(migration);
      const limit = pageSizeOf(request);
      const offset = Number(positionOf('questions', request) ?? 0n);
      const found = await listQuestions(database, { migration, statuses, offset, limit: limit + 1 });
      const questions: Question[] = [];
      for (const question of found.slice(0, limit)) {
        questions.push(questionMessage(await viewQuestion(engine, question)));
      }
      return {
        questions,
        nextPageToken: found.length > limit ? pageToken('questions', offset + limit) : '',
        open: await countOpen(database, migration),
      };
    },
    async previewAnswer({ questionId, answer, expression }) {
      const { rule, effect } = await previewAnswer(engine, questionId, { answer, expression });
      return { rule, effect: effectMessage(effect) };
    },
    async answerQuestion({ questionId, answer, expression, actor, note }) {
      const { rule, effect } = await answerQuestion(engine, questionId, {
        answer,
        expression,
        actor: actorOf(actor),
        note,
      });
      const question = await viewQuestion(engine, await requireQuestion(database, questionId));
      return { question: questionMessage(question), rule, effect: effectMessage(effect) };
    },
    async listRules(request) {
      const { migration, revoked } = request;
      engine.world.require(migration);
      const limit = pageSizeOf(request);
      const before = positionOf('rules', request);
      const found = await listRules(database, { migration, revoked, before, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        rules: page.map(({ rule }) => rule),
        nextPageToken: found.length > limit && last ? pageToken('rules', last.position) : '',
      };
    },
    async revokeRule({ migration, ruleId, actor, reason }) {
      engine.world.require(migration);
      await revokeRule(engine, migration, ruleId, {
        actor: actorOf(actor),
        reason: reason === '' ? `the rule ${ruleId} was revoked` : reason,
      });
      return { rule: await requireRule(engine, ruleId) };
    },
  };
}

async function requireRule(engine: Engine, id: string): Promise<FieldRule> {
  const rule = await getRule(engine.database, id);
  if (rule === undefined) throw new DomainError('not-found', `there is no rule "${id}"`);
  return rule;
}

function effectMessage(effect: Effect): MessageInitShape<typeof AnswerEffectSchema> {
  return {
    ...effect,
    differences: BigInt(effect.differences),
    hiddenRules: [...effect.hiddenRules],
  };
}

function actorOf(actor: string): string {
  return actor === '' ? 'operator' : actor;
}
