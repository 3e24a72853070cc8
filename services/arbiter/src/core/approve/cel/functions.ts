import {
  type CelFunc,
  type CelList,
  CelScalar,
  type CelType,
  type CelValue,
  celFunc,
  celList,
  listType,
} from '@bufbuild/cel';
import type { ReflectMessage } from '@bufbuild/protobuf/reflect';
import {
  add,
  compare,
  decimalText,
  divide,
  multiply,
  NumberError,
  negate,
  parseRational,
  type Rational,
  ROUNDING_MODES,
  type RoundingMode,
  round,
} from '../rational.ts';
import { ABSENT, celAbsent, celDecimal, DECIMAL, finiteText, rationalOf } from './decimal-type.ts';
import { celEqual, numberOf } from './equal.ts';
import type { Charge } from './meter.ts';

const { BOOL, DYN, INT, STRING } = CelScalar;
const LIST = listType(DYN);

/** Numbers an operator takes besides two of CEL's own integers. */
const PAIRS = [
  [DECIMAL, DECIMAL],
  [DECIMAL, INT],
  [INT, DECIMAL],
] as const;

/** Where rounding names no mode: commercial rounding. */
const DEFAULT_MODE: RoundingMode = 'half-up';

/** Functions on exact numbers, on absent fields, and equality that knows both. They replace CEL's own of the same signature. */
export function exactFunctions(charge: Charge): CelFunc[] {
  return [
    ...arithmetic('_+_', add),
    ...arithmetic('_-_', (a, b) => add(a, negate(b))),
    ...arithmetic('_*_', multiply),
    ...arithmetic('_/_', divide),
    // 1 / 3 is a third: a whole-number division would be a trap among amounts.
    celFunc('_/_', [INT, INT], DECIMAL, (a, b) => celDecimal(divide(exact(a), exact(b)))),
    celFunc('-_', [DECIMAL], DECIMAL, (x) => celDecimal(negate(rationalOf(x)))),
    ...comparison('_<_', (order) => order < 0),
    ...comparison('_<=_', (order) => order <= 0),
    ...comparison('_>_', (order) => order > 0),
    ...comparison('_>=_', (order) => order >= 0),
    celFunc('_==_', [DYN, DYN], BOOL, (a, b) => celEqual(a, b, charge)),
    celFunc('_!=_', [DYN, DYN], BOOL, (a, b) => !celEqual(a, b, charge)),
    celFunc('@in', [DYN, LIST], BOOL, (item, list) => includes(list, item, charge)),
    celFunc('_+_', [LIST, LIST], LIST, concatenated),

    celFunc('decimal', [DECIMAL], DECIMAL, (x) => x),
    celFunc('decimal', [INT], DECIMAL, (x) => celDecimal(exact(x))),
    celFunc('decimal', [STRING], DECIMAL, (text) => celDecimal(parseRational(text))),
    ...rounding('round', DECIMAL, (x, scale, mode) => celDecimal(round(x, scale, mode))),
    ...rounding('fixed', STRING, (x, scale, mode) => fixed(round(x, scale, mode), scale)),
    celFunc('abs', [DECIMAL], DECIMAL, (x) => celDecimal(absolute(rationalOf(x)))),
    celFunc('abs', [INT], DECIMAL, (x) => celDecimal(absolute(exact(x)))),
    ...choice('min', (order) => order <= 0),
    ...choice('max', (order) => order >= 0),
    celFunc('sum', [LIST], DECIMAL, (list) => celDecimal(sum(list, charge))),
    celFunc('int', [DECIMAL], INT, (x) => whole(rationalOf(x))),
    celFunc('string', [DECIMAL], STRING, (x) => finiteText(rationalOf(x))),
    celFunc('absent', [], ABSENT, () => celAbsent),
  ];
}

function exact(value: bigint): Rational {
  return { numerator: value, denominator: 1n };
}

function operand(value: bigint | ReflectMessage): Rational {
  return typeof value === 'bigint' ? exact(value) : rationalOf(value);
}

function arithmetic(name: string, of: (a: Rational, b: Rational) => Rational): CelFunc[] {
  return PAIRS.map((types) =>
    celFunc(name, types, DECIMAL, (a, b) => celDecimal(of(operand(a), operand(b)))),
  );
}

function comparison(name: string, holds: (order: number) => boolean): CelFunc[] {
  return PAIRS.map((types) => celFunc(name, types, BOOL, (a, b) => holds(compare(operand(a), operand(b)))));
}

function choice(name: string, takesFirst: (order: number) => boolean): CelFunc[] {
  return [...PAIRS, [INT, INT] as const].map((types) =>
    celFunc(name, types, DECIMAL, (a, b) => {
      const [x, y] = [operand(a), operand(b)];
      return celDecimal(takesFirst(compare(x, y)) ? x : y);
    }),
  );
}

function rounding<R extends typeof DECIMAL | typeof STRING>(
  name: string,
  result: R,
  of: (x: Rational, scale: number, mode: RoundingMode) => R extends typeof STRING ? string : ReflectMessage,
): CelFunc[] {
  const call = (x: bigint | ReflectMessage, scale: bigint, mode: string) =>
    of(operand(x), Number(scale), roundingMode(mode));
  return [DECIMAL, INT].flatMap((number) => [
    celFunc(name, [number, INT] as [CelType, typeof INT], result as CelType, (x, scale) =>
      call(x as bigint | ReflectMessage, scale, DEFAULT_MODE),
    ),
    celFunc(
      name,
      [number, INT, STRING] as [CelType, typeof INT, typeof STRING],
      result as CelType,
      (x, scale, mode) => call(x as bigint | ReflectMessage, scale, mode),
    ),
  ]);
}

/** @throws NumberError that lists what is accepted. */
export function roundingMode(text: string): RoundingMode {
  const mode = ROUNDING_MODES.find((known) => known === text);
  if (mode) return mode;
  throw new NumberError(
    `${JSON.stringify(text)} is no rounding mode; accepted: ${ROUNDING_MODES.join(', ')}`,
  );
}

function fixed(x: Rational, scale: number): string {
  const text = scale < 0 ? undefined : decimalText(x, scale);
  if (text === undefined) throw new NumberError(`${scale} is no number of digits after the point`);
  return text;
}

function absolute(x: Rational): Rational {
  return x.numerator < 0n ? negate(x) : x;
}

function whole(x: Rational): bigint {
  if (x.denominator === 1n) return x.numerator;
  throw new NumberError(`${finiteText(x)} is no whole number; round it, as in int(round(x, 0))`);
}

function sum(list: CelList, charge: Charge): Rational {
  let total = exact(0n);
  for (const item of list) {
    charge(1);
    const number = numberOf(item);
    if (number === undefined)
      throw new NumberError('sum takes a list of numbers; text becomes one by decimal(x)');
    total = add(total, number);
  }
  return total;
}

function includes(list: CelList, item: CelValue, charge: Charge): boolean {
  for (const candidate of list) if (celEqual(candidate, item, charge)) return true;
  return false;
}

/** Elements of lists made here, so that a list that grows element by element is not gone through anew each time. */
const elements = new WeakMap<CelList, readonly CelValue[]>();

function concatenated(a: CelList, b: CelList): CelList {
  const all = [...elementsOf(a), ...elementsOf(b)];
  const list = celList(all);
  elements.set(list, all);
  return list;
}

function elementsOf(list: CelList): readonly CelValue[] {
  return elements.get(list) ?? [...list];
}
