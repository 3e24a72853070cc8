import type { CelInput, CelResult } from '@bufbuild/cel';
import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { checkExpression } from './check.ts';
import { Language } from './language.ts';
import type { Meter } from './meter.ts';
import { childrenOf, ExpressionError, parseExpression } from './prepare.ts';
import type { Shape } from './types.ts';

/** A checked expression, ready to be evaluated. */
export interface Expression {
  readonly text: string;
  readonly type: string;
  /** Whether it reads this variable, or this field of it: `legacy`, `request.body`. */
  reads(variable: string, field?: string): boolean;
  /** Never throws: what goes wrong is a CEL error. */
  evaluate(variables: Readonly<Record<string, CelInput>>, meter: Meter): CelResult;
}

let shared: Language | undefined;

/** Built when first needed: most migrations have no expressions. */
function language(): Language {
  shared ??= new Language();
  return shared;
}

/** @throws ExpressionError with place and what is accepted. */
export function compileExpression(text: string, variables: Readonly<Record<string, Shape>>): Expression {
  const parsed = parseExpression(text);
  const { type } = checkExpression(parsed, variables, language());
  const reads = readsOf(parsed.expr);
  const run = planned(parsed.expr);
  return {
    text,
    type,
    reads: (variable, field) =>
      reads.has(variable) || (field === undefined ? false : reads.has(`${variable}.${field}`)),
    evaluate: run,
  };
}

function planned(expr: Expr): Expression['evaluate'] {
  try {
    return language().plan(expr);
  } catch (error) {
    throw new ExpressionError(0, `cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Variables read as a whole, and fields of variables: `legacy`, `request.body`. */
function readsOf(part: Expr, found = new Set<string>()): Set<string> {
  const { exprKind } = part;
  if (exprKind.case === 'identExpr') found.add(exprKind.value.name);
  if (exprKind.case === 'selectExpr' && exprKind.value.operand?.exprKind.case === 'identExpr') {
    found.add(`${exprKind.value.operand.exprKind.value.name}.${exprKind.value.field}`);
    return found;
  }
  for (const child of childrenOf(part)) readsOf(child, found);
  return found;
}
