import type { Side } from './side.ts';

/** An angle on the globe in degrees, south and west negative, and half of what its last digit tells. */
export interface Angle {
  readonly degrees: number;
  readonly slack: number;
  readonly coded: boolean;
}

const CODED =
  /^([0-9]{1,3})[°d: ] ?([0-5]?[0-9])['′m: ] ?([0-5]?[0-9](?:\.[0-9]{1,4})?)(?:["″s]|'')? ?([NSEW])$/;
/** Without seconds, told by its signs. */
const MINUTES = /^([0-9]{1,3})° ?([0-5]?[0-9])(\.[0-9]{1,5})?['′] ?([NSEW])$/;

/** 52°31'12"N, 52 31 12 N, or beside such a text a plain number of degrees. */
export function readAngle(side: Side): Angle | undefined {
  const match = CODED.exec(side.text ?? '');
  if (match !== null) {
    const [, d, m, s = '', half = ''] = match;
    const digits = s.split('.')[1]?.length ?? 0;
    const size = Number(d) + Number(m) / 60 + Number(s) / 3600;
    return { degrees: 'SW'.includes(half) ? -size : size, slack: 0.5 / 3600 / 10 ** digits, coded: true };
  }
  const short = MINUTES.exec(side.text ?? '');
  if (short !== null) {
    const [, d, m, fraction = '.', half = ''] = short;
    const size = Number(d) + Number(`${m}${fraction}0`) / 60;
    return {
      degrees: 'SW'.includes(half) ? -size : size,
      slack: 0.5 / 60 / 10 ** (fraction.length - 1),
      coded: true,
    };
  }
  const text = side.text ?? (side.isNumber ? side.raw : undefined);
  if (text === undefined || !/^-?[0-9]{1,3}(?:\.[0-9]{1,15})?$/.test(text)) return undefined;
  return { degrees: Number(text), slack: 0.5 * 10 ** -(text.split('.')[1]?.length ?? 0), coded: false };
}

/** Undefined unless one side is written with degrees, minutes and seconds. */
export function sameAngle(legacy: Side, modern: Side): boolean | undefined {
  const l = readAngle(legacy);
  const m = l === undefined ? undefined : readAngle(modern);
  if (l === undefined || m === undefined || !(l.coded || m.coded)) return undefined;
  return Math.abs(l.degrees - m.degrees) <= Math.min(l.slack, m.slack) * 1.0001;
}
