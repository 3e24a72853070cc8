import { type CelFunc, type CelValue, celFunc, celMethod, isCelError } from '@bufbuild/cel';
import { isReflectMessage } from '@bufbuild/protobuf/reflect';
import { isDecimal, rationalOf } from './decimal-type.ts';
import type { Charge } from './meter.ts';

/**
 * The same function, which pays for each call by the size of what it is given.
 *
 * @throws TooCostly by way of CEL's errors.
 */
export function metered(func: CelFunc, charge: Charge): CelFunc {
  const call = (target: CelValue | undefined, args: CelValue[]) => {
    let steps = 1 + (target === undefined ? 0 : sizeOf(target));
    for (const arg of args) steps += sizeOf(arg);
    // What these do grows with the product of two texts: states of a pattern, replacements.
    if (func.name === 'matches') steps *= 1 + textLength(args[0]);
    if (func.name === 'replace') steps *= 1 + textLength(args[1]);
    charge(Math.ceil(steps));
    const result = func.call(0, target, args);
    if (result === undefined) throw new Error(`${func.name} does not take these values`);
    // CEL turns what is thrown into an error of its own.
    if (isCelError(result)) throw result;
    charge(Math.ceil(sizeOf(result)));
    return result;
  };
  const args = [...func.arguments];
  if (func.target === undefined) {
    return celFunc(func.name, args, func.result, (...values: CelValue[]) => call(undefined, values));
  }
  return celMethod(func.name, func.target, args, func.result, function (...values: CelValue[]) {
    return call(this, values);
  });
}

/** Steps that a value weighs: about one for each 64 bytes that a function may have to go through. */
function sizeOf(value: CelValue): number {
  if (typeof value === 'string') return value.length / 64;
  if (typeof value !== 'object' || value === null) return 0;
  if (isReflectMessage(value)) {
    if (!isDecimal(value)) return 0;
    const { numerator, denominator } = rationalOf(value);
    return bitsOf(numerator) / 256 + bitsOf(denominator) / 256;
  }
  if ('size' in value && typeof value.size === 'number') return value.size / 64;
  return value instanceof Uint8Array ? value.length / 64 : 0;
}

function textLength(value: CelValue | undefined): number {
  return typeof value === 'string' ? value.length : 0;
}

function bitsOf(value: bigint): number {
  // One comparison for nearly all numbers; the exact size matters for huge ones only.
  return value < 1n << 64n && value > -1n << 64n ? 0 : value.toString(16).length * 4;
}
