import { type CelInput, type CelValue, isCelList, isCelMap } from '@bufbuild/cel';
import { isReflectMessage } from '@bufbuild/protobuf/reflect';
import { isArray, NumberText, type Value } from '../compare/value.ts';
import { celAbsent, celDecimal, finiteText, isAbsent, isDecimal, rationalOf } from './cel/decimal-type.ts';
import { NumberError, parseRational } from './rational.ts';

/** Values that one answer or request may hold where expressions read it. */
const VALUES_MAX = 50_000;

/** A value as expressions see it: every number exact, what is absent as `absent()`.
 * @throws NumberError for numbers beyond the bounds and bodies of too many values.
 */
export function toCel(value: Value | undefined): CelInput {
  return new Converter().convert(value);
}

class Converter {
  #count = 0;

  convert(value: Value | undefined): CelInput {
    this.#count += 1;
    if (this.#count > VALUES_MAX)
      throw new NumberError(`more than ${VALUES_MAX} values are too many for expressions`);
    if (value === undefined) return celAbsent;
    if (value instanceof NumberText) return number(value.text);
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
    if (isArray(value)) return value.map((item) => this.convert(item));
    return new Map([...value].map(([key, item]) => [key, this.convert(item)]));
  }
}

/** What protobuf's JSON writes for floats that are no numbers stays text. */
function number(text: string): CelInput {
  return /^-?[0-9]/.test(text) ? celDecimal(parseRational(text)) : text;
}

/** The value that an expression computed; undefined: the field must be absent.
 * @throws NumberError for what no answer can hold, as a third without rounding.
 */
export function fromCel(value: CelValue): Value | undefined {
  if (isReflectMessage(value) && isAbsent(value)) return undefined;
  return present(value);
}

function present(value: CelValue): Value {
  if (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'string' ||
    value instanceof Uint8Array
  )
    return value;
  if (typeof value === 'bigint') return new NumberText(String(value));
  if (isReflectMessage(value) && isDecimal(value)) return new NumberText(finiteText(rationalOf(value)));
  if (isCelList(value)) return [...value].map(present);
  if (isCelMap(value)) return new Map([...value].map(([key, item]) => [String(key), present(item)]));
  throw new NumberError('an answer cannot hold what this computes');
}
