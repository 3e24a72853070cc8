import { type CelValue, isCelList, isCelMap, isCelUint } from '@bufbuild/cel';
import { isReflectMessage } from '@bufbuild/protobuf/reflect';
import { sameBytes } from '../../compare/value.ts';
import type { Rational } from '../rational.ts';
import { isDecimal, rationalOf, sameNumber } from './decimal-type.ts';
import type { Charge } from './meter.ts';

/** The number that a CEL value is; undefined: it is none. */
export function numberOf(value: CelValue): Rational | undefined {
  if (typeof value === 'bigint') return { numerator: value, denominator: 1n };
  if (isCelUint(value)) return { numerator: value.value, denominator: 1n };
  return isReflectMessage(value) && isDecimal(value) ? rationalOf(value) : undefined;
}

/** CEL's equality, where the numbers are exact ones, however they came about: an integer literal equals the decimal of the same value. */
export function celEqual(a: CelValue, b: CelValue, charge: Charge): boolean {
  charge(1);
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined || y !== undefined) return x !== undefined && y !== undefined && sameNumber(x, y);
  if (isCelList(a)) {
    if (!isCelList(b) || a.size !== b.size) return false;
    for (let i = 0; i < a.size; i++) if (!celEqual(a.get(i) ?? null, b.get(i) ?? null, charge)) return false;
    return true;
  }
  if (isCelMap(a)) {
    if (!isCelMap(b) || a.size !== b.size) return false;
    for (const [key, value] of a) {
      const other = b.get(key);
      if (other === undefined || !celEqual(value, other, charge)) return false;
    }
    return true;
  }
  if (a instanceof Uint8Array) return b instanceof Uint8Array && sameBytes(a, b);
  // What is left as a message is the absent field.
  if (isReflectMessage(a)) return isReflectMessage(b) && a.desc.typeName === b.desc.typeName;
  return a === b;
}
