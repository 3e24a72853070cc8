import {
  type CelEnv,
  type CelFunc,
  type CelInput,
  type CelResult,
  CelScalar,
  celEnv,
  celFunc,
  plan,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { exactFunctions } from './functions.ts';
import { Meter } from './meter.ts';
import { metered } from './metered.ts';

/**
 * What of CEL's standard functions there is. Left out is what deals in binary floats (`double`), in the machine's own time zone (parts of
 * timestamps), in types, and `format`, whose output has no bound.
 */
const STANDARD = new Set([
  ...['_+_', '_-_', '_*_', '_/_', '_%_', '-_', '!_', '_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_', '@in'],
  ...['size', 'contains', 'startsWith', 'endsWith', 'matches', 'int', 'string', 'bool'],
  ...[
    'charAt',
    'indexOf',
    'lastIndexOf',
    'lowerAscii',
    'upperAscii',
    'replace',
    'split',
    'substring',
    'trim',
    'join',
  ],
]);

/** Names of types that the standard functions take and this language has no values of. */
const WITHOUT_VALUES = new Set([
  'double',
  'uint',
  'google.protobuf.Timestamp',
  'google.protobuf.Duration',
  'type',
]);

/** Called by what {@link ./prepare.ts} puts into loops. */
export const LOOP_RANGE = '@range';
export const LOOP_STEP = '@step';

/** A planned expression. Errors come back as values, never thrown. */
export type Evaluate = (variables: Readonly<Record<string, CelInput>>, meter: Meter) => CelResult;

/** The expression language: CEL with exact numbers, without what could not be bounded. */
export class Language {
  /** Every function there is, operators included, for checking before anything runs. */
  readonly functions: readonly CelFunc[];
  readonly #env: CelEnv;
  #meter = new Meter(0);

  constructor() {
    const charge = (steps: number) => this.#meter.charge(steps);
    const exact = exactFunctions(charge);
    const replaced = new Set(exact.map((func) => func.id));
    const standard = [...celEnv({ funcs: strings }).funcs].filter(
      (func) => STANDARD.has(func.name) && !replaced.has(func.id) && takesKnownTypes(func),
    );
    this.functions = [...exact, ...standard];
    const { DYN } = CelScalar;
    const loops = [
      celFunc(LOOP_RANGE, [DYN], DYN, (range) => {
        if (typeof range === 'object' && range !== null && 'size' in range) charge(Number(range.size));
        return range;
      }),
      celFunc(LOOP_STEP, [DYN], DYN, (goesOn) => {
        charge(1);
        return goesOn;
      }),
    ];
    this.#env = celEnv({ funcs: [...this.functions.map((func) => metered(func, charge)), ...loops] });
  }

  /** @throws when the expression cannot be planned. */
  plan(expression: Expr): Evaluate {
    const run = plan(this.#env, expression);
    return (variables, meter) => {
      this.#meter = meter;
      return run(variables);
    };
  }
}

function takesKnownTypes(func: CelFunc): boolean {
  return [...func.arguments, ...(func.target ? [func.target] : [])].every(
    ({ name }) => !WITHOUT_VALUES.has(name),
  );
}
