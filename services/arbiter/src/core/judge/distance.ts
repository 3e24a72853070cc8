import { type Decimal, subtract } from './value/decimal.ts';
import { type Instant, readInstants } from './value/instants.ts';
import { NumberStyle, readNumber } from './value/numbers.ts';
import { Side } from './value/side.ts';

const NS_SCALE = 6;

/** modern − legacy in milliseconds, where both values are points in time that can be read in one way only, told the same way. */
export function instantDistance(legacy: string | undefined, modern: string | undefined): Decimal | undefined {
  const [a, b] = [legacy, modern].map(onlyInstant);
  if (a === undefined || b === undefined || a.zoned !== b.zoned) return undefined;
  return { units: b.ns - a.ns, scale: NS_SCALE };
}

/** modern − legacy, where both values are numbers written plainly with the same marks. */
export function numberDistance(legacy: string | undefined, modern: string | undefined): Decimal | undefined {
  const [a, b] = [legacy, modern].map((raw) => readNumber(new Side(raw)));
  if (a === undefined || b === undefined || a.native !== b.native) return undefined;
  if (a.marks.currency !== b.marks.currency || a.marks.unit !== b.marks.unit) return undefined;
  const from = a.values.get(NumberStyle.plain);
  const to = b.values.get(NumberStyle.plain);
  return from === undefined || to === undefined ? undefined : subtract(to, from);
}

function onlyInstant(raw: string | undefined): Instant | undefined {
  const readings = readInstants(new Side(raw));
  return readings.length === 1 ? readings[0] : undefined;
}

/** As written in a rule: `-12.5`. */
export function decimalText({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  if (scale === 0) return `${sign}${digits}`;
  const point = digits.length - scale;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return `${sign}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
}
