import { isCelError } from '@bufbuild/cel';
import type { ApprovedDivergence } from '@chronos/proto/chronos/v1/migration_pb.js';
import { parseFieldPath, type Step } from '../compare/field-path.ts';
import { NumberText, type Value } from '../compare/value.ts';
import { compileExpression, type Expression } from './cel/expression.ts';
import { Meter } from './cel/meter.ts';
import { ExpressionError } from './cel/prepare.ts';
import type { Shape } from './cel/types.ts';
import { Bindings, type Facts, VARIABLES } from './facts.ts';

/** An approved divergence ready to be verified. */
export interface ApprovedRule {
  readonly name: string;
  /** As verdicts name it: `approved:<name>`. */
  readonly label: string;
  readonly why: string;
  readonly steps: readonly Step[];
  /** Route label; empty: all. */
  readonly route: string;
  /** Undefined: always. */
  readonly when: Expression | undefined;
  readonly expect: Expression;
  /** Requests that began later are judged without it. */
  readonly untilMs: number;
}

/** One thing wrong with an approved divergence: the field of the message, and what is accepted there. */
export interface RuleProblem {
  readonly field: 'path' | 'when' | 'expect' | 'until';
  readonly message: string;
}

export type CompiledApproval =
  | { readonly ok: true; readonly rule: ApprovedRule }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Reads a rule, from the migration file or from an answer that a person gave (which may read less). All problems together. */
export function compileApproved(
  message: ApprovedDivergence,
  variables: Readonly<Record<string, Shape>> = VARIABLES,
): CompiledApproval {
  const problems: RuleProblem[] = [];
  const path = parseFieldPath(message.path);
  if (!path.ok) problems.push({ field: 'path', message: `"${message.path}" ${path.reason}` });
  const expression = (field: 'when' | 'expect', text: string): Expression | undefined => {
    try {
      return compileExpression(text, variables);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      problems.push({ field, message: `\`${text.slice(0, 200)}\`: ${error.message}` });
      return undefined;
    }
  };
  const when = message.when === '' ? undefined : expression('when', message.when);
  const expect = expression('expect', message.expect);
  if (when && when.type !== 'bool' && when.type !== 'dyn') {
    problems.push({
      field: 'when',
      message: `\`${message.when}\` is of type ${when.type}; accepted: a condition (bool)`,
    });
  }
  if (expect && !canBeComputed(expect)) {
    const reason = `\`${message.expect}\` cannot be computed whatever legacy's value is`;
    problems.push({ field: 'expect', message: reason });
  }
  const untilMs = untilOf(message.until);
  if (untilMs === undefined)
    problems.push({ field: 'until', message: `"${message.until}" is no day or instant` });
  if (!path.ok || !expect || untilMs === undefined || problems.length > 0) return { ok: false, problems };
  const { name, why, route } = message;
  return {
    ok: true,
    rule: { name, label: `approved:${name}`, why, route, steps: path.steps, when, expect, untilMs },
  };
}

/** One value of each kind, for trying. */
const SAMPLES: readonly (Value | undefined)[] = [
  new NumberText('1'),
  '1',
  'text',
  true,
  null,
  [],
  new Map(),
  undefined,
];

/** What depends on the value's own shape. */
const NEEDS_DATA = /^(field not found|index .* out of bounds|unresolved|division by zero)/;

/**
 * A dry evaluation with a value of each kind: what fails with all of them can never approve anything. What reads the request or the rest of
 * the answer can only be tried on one.
 */
function canBeComputed(expect: Expression): boolean {
  const readsMore = (['request', 'answer'] as const).some((name) =>
    Object.keys(VARIABLES[name].fields ?? {}).some((field) => expect.reads(name, field)),
  );
  if (readsMore) return true;
  const nothing: Facts = { request: () => undefined, answer: () => undefined };
  return SAMPLES.some((legacy) => {
    const variables = new Bindings(nothing).of(legacy, [0, 0, 0, 0], [expect]);
    const result = expect.evaluate(variables, new Meter());
    return !isCelError(result) || NEEDS_DATA.test(result.message);
  });
}

const DAY_MS = 86_400_000;

/** A day counts to its end. */
function untilOf(text: string): number | undefined {
  if (text === '') return Number.POSITIVE_INFINITY;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  return text.length === 'YYYY-MM-DD'.length ? ms + DAY_MS : ms;
}
