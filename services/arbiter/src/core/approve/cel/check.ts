import { isCelError } from '@bufbuild/cel';
import type { Expr, Expr_Call } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { roundingMode } from './functions.ts';
import { type Language, LOOP_RANGE, LOOP_STEP } from './language.ts';
import { Meter } from './meter.ts';
import { childrenOf, ExpressionError, type Parsed } from './prepare.ts';
import { common, fits, operatorText, type Shape, signature } from './types.ts';

const DYN: Shape = { type: 'dyn' };
const BOOL: Shape = { type: 'bool' };

const PATTERN_CHARS_MAX = 200;

/**
 * Finds what must go wrong before anything runs: unknown variables, fields and functions, types that no function takes, literals out of range.
 *
 * @returns the type of the result
 * @throws ExpressionError with the place and what is accepted
 */
export function checkExpression(
  parsed: Parsed,
  variables: Readonly<Record<string, Shape>>,
  language: Language,
): Shape {
  return new Checker(parsed, language).infer(parsed.expr, new Map(Object.entries(variables)));
}

type Scope = ReadonlyMap<string, Shape>;

class Checker {
  readonly #columnOf: (part: Expr) => number;
  readonly #language: Language;

  constructor({ columnOf }: Parsed, language: Language) {
    this.#columnOf = columnOf;
    this.#language = language;
  }

  infer(part: Expr, scope: Scope): Shape {
    const { exprKind } = part;
    switch (exprKind.case) {
      case 'constExpr':
        return this.#literal(part, exprKind.value.constantKind.case);
      case 'identExpr':
        return this.#variable(part, exprKind.value.name, scope);
      case 'selectExpr':
        return this.#select(part, exprKind.value, scope);
      case 'callExpr':
        return this.#call(part, exprKind.value, scope);
      case 'listExpr':
        for (const element of exprKind.value.elements) this.infer(element, scope);
        return { type: 'list' };
      case 'structExpr':
        if (exprKind.value.messageName !== '')
          this.#fail(part, 'messages cannot be made here; accepted: {"key": value}');
        for (const child of childrenOf(part)) this.infer(child, scope);
        return { type: 'map' };
      case 'comprehensionExpr': {
        const { iterRange, accuInit, iterVar, accuVar, loopCondition, loopStep, result } = exprKind.value;
        if (!iterRange || !accuInit || !loopCondition || !loopStep || !result)
          return this.#fail(part, 'an empty loop');
        const range = this.infer(iterRange, scope);
        if (!['list', 'map', 'dyn'].includes(range.type))
          this.#fail(part, `a ${range.type} has no elements to go through`);
        const inner = new Map([...scope, [accuVar, this.infer(accuInit, scope)], [iterVar, DYN]]);
        this.infer(loopCondition, inner);
        this.infer(loopStep, inner);
        return this.infer(result, inner);
      }
      default:
        return this.#fail(part, 'an empty expression');
    }
  }

  #literal(part: Expr, kind: string | undefined): Shape {
    switch (kind) {
      case 'boolValue':
        return BOOL;
      case 'int64Value':
        return { type: 'int' };
      case 'stringValue':
        return { type: 'string' };
      case 'bytesValue':
        return { type: 'bytes' };
      case 'nullValue':
        return { type: 'null_type' };
      default:
        return this.#fail(
          part,
          'this literal is of a type that there is not; write whole numbers without `u`',
        );
    }
  }

  #variable(part: Expr, name: string, scope: Scope): Shape {
    const known = [...scope.keys()].filter((each) => !each.startsWith('@'));
    return scope.get(name) ?? this.#fail(part, `unknown variable ${name}; accepted: ${known.join(', ')}`);
  }

  #select(
    part: Expr,
    { operand, field, testOnly }: { operand?: Expr; field: string; testOnly: boolean },
    scope: Scope,
  ): Shape {
    if (!operand) return this.#fail(part, 'a field of nothing');
    const { type, fields } = this.infer(operand, scope);
    if (type !== 'map' && type !== 'dyn') this.#fail(part, `a ${type} has no field ${field}`);
    const shape = fields === undefined ? DYN : Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (!shape)
      return this.#fail(part, `unknown field ${field}; accepted: ${Object.keys(fields ?? {}).join(', ')}`);
    return testOnly ? BOOL : shape;
  }

  #call(part: Expr, call: Expr_Call, scope: Scope): Shape {
    const target = call.target && this.infer(call.target, scope);
    const types = call.args.map((arg) => this.infer(arg, scope));
    this.#checkLiterals(part, call);
    switch (call.function) {
      case LOOP_RANGE:
      case LOOP_STEP:
        return types[0] ?? DYN;
      case '@not_strictly_false':
        return BOOL;
      case '_[_]':
        return this.#indexed(part, types[0]);
      case '_&&_':
      case '_||_':
        for (const { type } of types)
          if (type !== 'bool' && type !== 'dyn')
            this.#fail(part, `${operatorText(call.function)} joins conditions, not a ${type}`);
        return BOOL;
      case '_?_:_': {
        const [condition, yes = DYN, no = DYN] = types;
        if (condition?.type !== 'bool' && condition?.type !== 'dyn')
          this.#fail(part, `before the ? stands a condition, not a ${condition?.type}`);
        return { type: common([yes.type, no.type]) };
      }
      default:
        return this.#overload(part, call, target, types);
    }
  }

  #indexed(part: Expr, container: Shape | undefined): Shape {
    if (!['list', 'map', 'dyn'].includes(container?.type ?? 'dyn'))
      this.#fail(part, `a ${container?.type} has no elements`);
    return DYN;
  }

  #overload(part: Expr, call: Expr_Call, target: Shape | undefined, types: readonly Shape[]): Shape {
    const named = this.#language.functions.filter((func) => func.name === call.function);
    if (named.length === 0) {
      const known = new Set(
        this.#language.functions.map((func) => func.name).filter((name) => /^[a-z]/i.test(name)),
      );
      this.#fail(
        part,
        `unknown function ${call.function}; accepted: ${[...known].sort().join(', ')}, has, all, exists, exists_one, map, filter`,
      );
    }
    const fitting = named.filter((func) => fits(func, target, types));
    const [first] = fitting;
    if (!first) {
      const given = `${target ? `${target.type}.` : ''}(${types.map(({ type }) => type).join(', ')})`;
      const accepted = named.map(signature).join(', ');
      this.#fail(part, `${operatorText(call.function)} does not take ${given}; accepted: ${accepted}`);
    }
    return { type: common(fitting.map((func) => func.result.name)) };
  }

  /** Literals whose value, not only type, is wrong; and what is constant but cannot be computed. */
  #checkLiterals(part: Expr, call: Expr_Call): void {
    const text = (arg: Expr | undefined) => {
      if (arg?.exprKind.case !== 'constExpr') return undefined;
      const { constantKind } = arg.exprKind.value;
      return constantKind.case === 'stringValue' ? constantKind.value : undefined;
    };
    if (call.function === 'round' || call.function === 'fixed') {
      const mode = text(call.args[2]);
      if (mode !== undefined) this.#tried(part, () => roundingMode(mode));
    }
    if (call.function === 'matches') {
      const pattern = text(call.args[0]);
      if (pattern === undefined || pattern.length > PATTERN_CHARS_MAX)
        this.#fail(part, `matches takes a literal pattern (RE2) of at most ${PATTERN_CHARS_MAX} characters`);
      const empty = { ...call, target: call.args[0] };
      this.#evaluate(part, { ...part, exprKind: { case: 'callExpr', value: empty } });
    }
    if ([...(call.target ? [call.target] : []), ...call.args].every((arg) => isConstant(arg)))
      this.#evaluate(part, part);
  }

  #evaluate(part: Expr, constant: Expr): void {
    const result = this.#tried(part, () => this.#language.plan(constant)({}, new Meter()));
    if (isCelError(result) && !result.message.startsWith('found no matching overload'))
      this.#fail(part, result.message);
  }

  #tried<T>(part: Expr, work: () => T): T {
    try {
      return work();
    } catch (error) {
      return this.#fail(part, error instanceof Error ? error.message : String(error));
    }
  }

  #fail(part: Expr, message: string): never {
    throw new ExpressionError(this.#columnOf(part), message);
  }
}

/** A literal, or a function of literals; loops and variables are none. */
function isConstant(part: Expr): boolean {
  switch (part.exprKind.case) {
    case 'constExpr':
      return true;
    case 'callExpr':
    case 'listExpr':
      return childrenOf(part).every(isConstant);
    default:
      return false;
  }
}
