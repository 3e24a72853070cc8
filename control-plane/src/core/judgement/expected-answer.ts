import { create } from '@bufbuild/protobuf';
import { compileAnswered } from '@chronos/arbiter/core/approve/answered.ts';
import { FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { DomainError } from '../domain-error.ts';
import type { Possible } from './possible-answers.ts';

/** Word for an answer that computes what modern must say; it is none of the fitted ones, since a person writes it. */
export const EXPECT = 'expect';

/**
 * The answer "modern corrects legacy": a rule that computes modern's value and is verified on every request.
 *
 * @throws DomainError `invalid` for an expression that cannot be used, with what is accepted.
 */
export function expectedAnswer(
  { route, field }: { readonly route: string; readonly field: string },
  expression: string,
): Possible {
  if (expression.trim() === '') throw invalid('what modern must answer, such as `legacy / 3`, is missing');
  const rule = create(FieldRuleSchema, {
    ...{ route, field },
    sentence: `modern's ${field} is \`${expression}\`, computed from legacy's`,
    accepts: { case: EXPECT, value: { expression } },
  });
  const compiled = compileAnswered(rule);
  if (compiled === undefined || compiled.ok) return { id: EXPECT, rule };
  throw invalid(
    `${compiled.problems.map(({ message }) => message).join('; ')}; what depends on more than \`legacy\` belongs in the migration file (approved)`,
  );
}

/** @throws DomainError `invalid`: another answer has no expression. */
export function requireNoExpression(answer: string, expression: string): void {
  if (expression !== '') throw invalid(`"${answer}" takes no expression; accepted: with "${EXPECT}" only`);
}

function invalid(message: string): DomainError {
  return new DomainError('invalid', `expression: ${message}`, { fields: [{ path: 'expression', message }] });
}
