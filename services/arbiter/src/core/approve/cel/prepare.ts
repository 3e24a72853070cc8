import { parse } from '@bufbuild/cel';
import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { LOOP_RANGE, LOOP_STEP } from './language.ts';

export const EXPRESSION_CHARS_MAX = 2_000;
const NESTING_MAX = 40;

/** What is wrong with an expression, and in which column (from 1; 0: not at one place). */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly column: number;
  constructor(column: number, message: string) {
    super(column > 0 ? `column ${column}: ${message}` : message);
    this.column = column;
  }
}

/** A parsed expression with where its parts stand. */
export interface Parsed {
  readonly expr: Expr;
  /** Column of a part, from 1. */
  columnOf(part: Expr): number;
}

/**
 * Reads an expression. Literals with a point become exact numbers (`1.10` never is a binary float), and loops pay for what they go through.
 *
 * @throws ExpressionError
 */
export function parseExpression(text: string): Parsed {
  if (text.length > EXPRESSION_CHARS_MAX)
    throw new ExpressionError(0, `${text.length} characters are too many; at most ${EXPRESSION_CHARS_MAX}`);
  if (nesting(text) > NESTING_MAX) throw new ExpressionError(0, `nested deeper than ${NESTING_MAX}`);
  const { expr, sourceInfo } = parsed(text);
  const columnOf = (part: Expr) => (sourceInfo?.positions[String(part.id)] ?? -1) + 1;
  rewrite(expr, text, columnOf);
  return { expr, columnOf };
}

function parsed(text: string): ReturnType<typeof parse> {
  try {
    return parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The parser's own place stands in front: `<input>:1:4: found …`.
    const place = /^<input>:1:([0-9]+): (.*)$/s.exec(message);
    throw new ExpressionError(Number(place?.[1] ?? 0), `cannot be read: ${shortened(place?.[2] ?? message)}`);
  }
}

/** Without the list of all that the grammar would have taken. */
function shortened(message: string): string {
  const but = message.indexOf(' but expecting ');
  return but < 0 ? message.slice(0, 200) : message.slice(0, but);
}

/** Most brackets open at once; those in strings count as well, which no honest expression notices. */
function nesting(text: string): number {
  let open = 0;
  let most = 0;
  for (const char of text) {
    if ('([{?!-'.includes(char)) open += 1;
    else if (')]}'.includes(char)) open = Math.max(0, open - 1);
    else if (/[\w"']/.test(char) && !'([{'.includes(char)) most = Math.max(most, open);
  }
  return Math.max(most, open);
}

function rewrite(part: Expr, text: string, columnOf: (part: Expr) => number): void {
  const { exprKind } = part;
  for (const child of childrenOf(part)) rewrite(child, text, columnOf);
  if (exprKind.case === 'constExpr' && exprKind.value.constantKind.case === 'doubleValue') {
    part.exprKind = call('decimal', textConstant(part, numberAt(text, columnOf(part))));
  } else if (exprKind.case === 'comprehensionExpr') {
    const { iterRange, loopCondition } = exprKind.value;
    if (iterRange) exprKind.value.iterRange = { ...iterRange, exprKind: call(LOOP_RANGE, iterRange) };
    if (loopCondition)
      exprKind.value.loopCondition = { ...loopCondition, exprKind: call(LOOP_STEP, loopCondition) };
  }
}

/** All parts directly below one. */
export function childrenOf({ exprKind }: Expr): Expr[] {
  switch (exprKind.case) {
    case 'selectExpr':
      return present(exprKind.value.operand);
    case 'callExpr':
      return present(exprKind.value.target, ...exprKind.value.args);
    case 'listExpr':
      return exprKind.value.elements;
    case 'structExpr':
      return exprKind.value.entries.flatMap(({ keyKind, value }) =>
        present(keyKind.case === 'mapKey' ? keyKind.value : undefined, value),
      );
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = exprKind.value;
      return present(iterRange, accuInit, loopCondition, loopStep, result);
    }
    default:
      return [];
  }
}

function present(...parts: (Expr | undefined)[]): Expr[] {
  return parts.filter((part) => part !== undefined);
}

function call(name: string, argument: Expr): Expr['exprKind'] {
  return { case: 'callExpr', value: { $typeName: 'cel.expr.Expr.Call', function: name, args: [argument] } };
}

function textConstant(at: Expr, text: string): Expr {
  const value = {
    $typeName: 'cel.expr.Constant' as const,
    constantKind: { case: 'stringValue' as const, value: text },
  };
  return { ...at, exprKind: { case: 'constExpr', value } };
}

const NUMBER = /-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;

/** The literal as it is written: the parser has already made a float of it. */
function numberAt(text: string, column: number): string {
  NUMBER.lastIndex = column - 1;
  const found = NUMBER.exec(text)?.[0];
  if (found === undefined) throw new ExpressionError(column, 'this number cannot be read');
  return found.replace(/^(-?)\./, '$10.');
}
