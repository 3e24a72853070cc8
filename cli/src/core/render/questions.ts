/** Questions to people, what they may answer, and the rules that came of it. */
import {
  type AnswerEffect,
  type Example,
  type Question,
  QuestionStatus,
} from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { fit, padEnd, printable, wrap } from '../text/cells.ts';
import { count, isoTime } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { labelled } from './group-block.ts';

const examplesShown = 3;
const answerCells = 12;

/** That somebody waits, for the status. */
export function waitingLines(open: number, colors: Palette): string[] {
  if (open === 0) return [];
  const words = open === 1 ? '1 question waits' : `${count(open)} questions wait`;
  return [labelled('judge', colors.warn(`${words} for you: chronos questions`))];
}

export function questionLines(question: Question, width: number, colors: Palette): string[] {
  const { id, route, field, sentence, examples, answers } = question;
  const where = printable(`${route} ${field}`);
  return [
    `${colors.bold(id)}  ${colors.bold(where)}  ${stateOf(question, colors)}`,
    ...wrap(printable(sentence), width - 2).map((line) => `  ${line}`),
    colors.dim(`  ${seen(question)}`),
    ...examples.slice(0, examplesShown).map((example) => `    ${exampleText(example, width - 4, colors)}`),
    ...(question.status === QuestionStatus.OPEN
      ? answers.flatMap((answer) => answerLines(answer.id, answer.sentence, width, colors))
      : []),
    '',
  ];
}

/** How to answer; the same for every question. */
export const howToAnswer = 'answer with: chronos answer QUESTION ANSWER; --preview shows what it would do';

export function effectLines(
  rule: FieldRule | undefined,
  effect: AnswerEffect | undefined,
  colors: Palette,
): string[] {
  if (rule === undefined || effect === undefined) return [];
  const paint = effect.hiddenBugs > 0 ? colors.bad : colors.good;
  return [printable(rule.sentence), paint(printable(effect.sentence))];
}

export function ruleLines(rule: FieldRule, width: number, colors: Palette): string[] {
  const { id, route, field, sentence, author, note, createdAt, revoked } = rule;
  const by = author === 'judge' ? 'learned by the judge' : `answered by ${author}`;
  const made = `${by}, ${isoTime(createdAt) ?? ''}${note === '' ? '' : `: ${note}`}`;
  const ended =
    revoked === undefined
      ? []
      : [
          `  ${colors.warn(printable(`revoked by ${revoked.actor}, ${isoTime(revoked.at) ?? ''}: ${revoked.reason}`))}`,
        ];
  return [
    `${colors.bold(id)}  ${colors.bold(printable(`${route} ${field}`))}`,
    ...wrap(printable(sentence), width - 2).map((line) => `  ${line}`),
    `  ${colors.dim(printable(made))}`,
    ...ended,
    '',
  ];
}

function stateOf({ status, severity, given }: Question, colors: Palette): string {
  switch (status) {
    case QuestionStatus.ANSWERED:
      return colors.good(
        printable(`answered "${given?.id ?? ''}" by ${given?.actor ?? ''}, rule ${given?.ruleId ?? ''}`),
      );
    case QuestionStatus.SETTLED:
      return colors.dim('settled by what was seen since');
    case QuestionStatus.OPEN:
    case QuestionStatus.UNSPECIFIED:
      return colors.warn((Severity[severity] ?? '').toLowerCase());
  }
}

function seen({ differences, firstSeen, lastSeen }: Question): string {
  const times = differences === 1n ? 'once' : `${count(differences)} times`;
  return `seen ${times}, first ${isoTime(firstSeen) ?? '-'}, last ${isoTime(lastSeen) ?? '-'}`;
}

function exampleText({ legacy, modern, second }: Example, width: number, colors: Palette): string {
  const shown = (value: string | undefined) =>
    value === undefined ? '(nothing)' : fit(printable(value), 40);
  const again =
    second === undefined || second === legacy ? '' : colors.dim(`, legacy again ${shown(second)}`);
  return fit(`legacy ${colors.good(shown(legacy))}, modern ${colors.warn(shown(modern))}${again}`, width);
}

function answerLines(id: string, sentence: string, width: number, colors: Palette): string[] {
  const indent = answerCells + 4;
  const [first = '', ...rest] = wrap(printable(sentence), Math.max(20, width - indent));
  return [
    `  ${padEnd(colors.accent(printable(id)), answerCells)}  ${first}`,
    ...rest.map((line) => `${' '.repeat(indent)}${line}`),
  ];
}
