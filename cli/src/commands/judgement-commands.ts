/** Commands about what the judge asks and knows: questions, answer, rules. */

import { create } from '@bufbuild/protobuf';
import {
  AnswerQuestionResponseSchema,
  ListQuestionsResponseSchema,
  ListRulesResponseSchema,
  PreviewAnswerResponseSchema,
  type Question,
  QuestionStatus,
  RevokeRuleResponseSchema,
} from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Argument, type Command } from 'commander';
import { effectLines, howToAnswer, questionLines, ruleLines } from '../core/render/questions.ts';
import { printable } from '../core/text/cells.ts';
import { count } from '../core/text/numbers.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { apiAction, type CommandContext } from './command.ts';
import { collect, limitDefault, parseLimit } from './lists.ts';

type NameArgument = readonly [name: string | undefined];

/** Answers that are there for some questions; completed, and told when wrong by the server, which knows the question. */
const answerWords = [
  'accept',
  'bug',
  'clock',
  'same-shape',
  'renamed',
  'unordered',
  'noise',
  'ignore',
  'expect',
];

export function addJudgementCommands(program: Command, io: Io): void {
  addQuestions(program, io);
  addAnswer(program, io);
  addRules(program, io);
}

function addQuestions(program: Command, io: Io): void {
  const command = named(program, 'questions', 'differences that wait for your answer, the most severe first')
    .option('-a, --all', 'also those that are answered or settled')
    .option('-n, --limit <count>', 'how many', parseLimit, limitDefault);
  apiAction<NameArgument>(command, io, async ({ api, print }, given) => {
    const migration = await migrationName(api, given);
    const { all = false, limit }: { all?: boolean; limit: number } = command.opts();
    const statuses = all ? [] : [QuestionStatus.OPEN];
    let open = 0;
    const questions = await collect<Question>(limit, async (pageSize, pageToken) => {
      const page = await api.judgement.listQuestions({ migration, statuses, pageSize, pageToken });
      open = page.open;
      return { items: page.questions, next: page.nextPageToken };
    });
    const message = create(ListQuestionsResponseSchema, { questions, open });
    print(ListQuestionsResponseSchema, message, (colors) => [
      ...questions.flatMap((question) => questionLines(question, io.columns, colors)),
      open === 0 ? 'no question is open' : `${count(open)} open; ${howToAnswer}`,
    ]);
  });
}

function addAnswer(program: Command, io: Io): void {
  const command = program
    .command('answer')
    .description(
      'answer a question; the answer becomes a rule, and the confidence of its route group starts anew',
    )
    .argument('<question>', 'its id, as chronos questions lists it')
    .addArgument(
      new Argument(
        '<answer>',
        'one of its answers; accept: the narrowest that accepts; expect: what --expression computes',
      ).choices(answerWords),
    )
    .option('--expression <cel>', "with expect: what modern must answer, from legacy's value: 'legacy / 3'")
    .option('--preview', 'only tell what it would do to the differences seen so far')
    .option('--note <text>', 'why; kept with the rule and written into the journal');
  apiAction<readonly [questionId: string, answer: string]>(
    command,
    io,
    async (context, questionId, answer) => {
      const options: { preview?: boolean; note?: string; expression?: string } = command.opts();
      const { preview = false, note = '', expression = '' } = options;
      const { judgement } = context.api;
      if (preview) {
        const response = await judgement.previewAnswer({ questionId, answer, expression });
        context.print(PreviewAnswerResponseSchema, response, (colors) =>
          effectLines(response.rule, response.effect, colors),
        );
        return;
      }
      const response = await judgement.answerQuestion({
        ...{ questionId, answer, expression, note },
        actor: io.actor,
      });
      context.print(AnswerQuestionResponseSchema, response, (colors) => [
        ...effectLines(response.rule, response.effect, colors),
        `${colors.good('answered')} ${printable(questionId)} by rule ${printable(response.rule?.id ?? '')}; the evidence of ${printable(response.rule?.group ?? '')} begins anew`,
      ]);
    },
  );
}

function addRules(program: Command, io: Io): void {
  const command = named(program, 'rules', 'rules that people answered or the judge learned, newest first')
    .option('--revoke <rule>', 'end this rule: what it accepted counts as mismatches again')
    .option('--reason <text>', 'why it is revoked; written into the journal')
    .option('-a, --all', 'also revoked ones')
    .option('-n, --limit <count>', 'how many', parseLimit, limitDefault);
  apiAction<NameArgument>(command, io, async (context, given) => {
    const migration = await migrationName(context.api, given);
    const options: { revoke?: string; reason?: string; all?: boolean; limit: number } = command.opts();
    if (options.revoke !== undefined) {
      await revoke(context, migration, options.revoke, options.reason ?? '');
      return;
    }
    const rules = await collect<FieldRule>(options.limit, async (pageSize, pageToken) => {
      const revoked = options.all === true;
      const page = await context.api.judgement.listRules({ migration, revoked, pageSize, pageToken });
      return { items: page.rules, next: page.nextPageToken };
    });
    context.print(ListRulesResponseSchema, create(ListRulesResponseSchema, { rules }), (colors) =>
      rules.length === 0
        ? ['no rules but those of the migration file']
        : rules.flatMap((rule) => ruleLines(rule, io.columns, colors)),
    );
  });
}

async function revoke(
  context: CommandContext,
  migration: string,
  ruleId: string,
  reason: string,
): Promise<void> {
  const response = await context.api.judgement.revokeRule({
    migration,
    ruleId,
    actor: context.io.actor,
    reason,
  });
  context.print(RevokeRuleResponseSchema, response, (colors) => [
    `${colors.warn('revoked')} ${printable(ruleId)}; what it accepted counts as mismatches again, the evidence of ${printable(response.rule?.group ?? '')} begins anew`,
  ]);
}

function named(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('[migration]', 'its name; may be left out if there is only one');
}
