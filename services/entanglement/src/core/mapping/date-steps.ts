import { asText, literal, sqlText } from './sql.ts';
import { type Conversion, unreadable } from './step.ts';

/** A notation of dates in fields of fixed width: `YYYYMMDD`, `DD.MM.YYYY hh:mm`. */
export interface Notation {
  readonly pattern: string;
  readonly hasTime: boolean;
}

const FIELDS = /YYYY|MM|DD|hh|mm|ss/g;
const ORDER = ['YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'] as const;
const DIGITS: Readonly<Record<(typeof ORDER)[number], string>> = {
  YYYY: '[0-9]{4}',
  MM: '(?:0[1-9]|1[0-2])',
  DD: '(?:0[1-9]|[12][0-9]|3[01])',
  hh: '(?:[01][0-9]|2[0-3])',
  mm: '[0-5][0-9]',
  ss: '[0-5][0-9]',
};

/** Undefined unless year, month and day stand in it once each, and of hour, minute, second a beginning (a date alone, hh, hh mm, hh mm ss). */
export function parseNotation(pattern: string): Notation | undefined {
  const fields: readonly string[] = pattern.match(FIELDS) ?? [];
  if (
    new Set(fields).size !== fields.length ||
    /[A-Za-z0-9]/.test(pattern.replaceAll(FIELDS, '').replace('T', ''))
  )
    return undefined;
  return ORDER.slice(0, Math.max(3, fields.length)).every((field) => fields.includes(field))
    ? { pattern, hasTime: fields.length > 3 }
    : undefined;
}

/** Between a notation and the canonical date (or instant, where it has a time). */
export function dateStep({ pattern, hasTime }: Notation, fromNumber: boolean): Conversion {
  const regex = `^${pattern
    .split(/(YYYY|MM|DD|hh|mm|ss)/)
    .map(fragment)
    .join('')}$`;
  const isWritten = new RegExp(regex);
  const names: readonly string[] = ORDER;
  const part = (text: string, field: string): string => {
    const at = pattern.indexOf(field);
    return at < 0 ? '00' : text.slice(at, at + field.length);
  };
  const template = hasTime ? 'YYYY-MM-DDThh:mm:ss.000000Z' : 'YYYY-MM-DD';
  const padded = (text: string): string => (fromNumber ? text.padStart(pattern.length, '0') : text);
  return {
    read(text) {
      const written = padded(text);
      return isWritten.test(written)
        ? template.replace(FIELDS, (field) => part(written, field))
        : unreadable(text);
    },
    write(text) {
      const canonical =
        /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})[.]000000Z)?$/.exec(text);
      if (canonical === null || (canonical[4] !== undefined) !== hasTime)
        throw new Error(`${JSON.stringify(text)} cannot be written as ${pattern}`);
      const written = pattern.replace(FIELDS, (field) => canonical[names.indexOf(field) + 1] ?? '');
      if (this.read(written) !== text)
        throw new Error(`${JSON.stringify(text)} does not fit into ${pattern}`);
      return written;
    },
    sql(value) {
      const raw = asText(value);
      if (value.form === 'integer' && ORDER.join('').startsWith(pattern))
        return sqlText(digitsSql(value.sql, raw, pattern));
      const written = fromNumber ? `lpad(${raw}, greatest(${pattern.length}, length(${raw})), '0')` : raw;
      const pieces = template
        .split(/(YYYY|MM|DD|hh|mm|ss)/)
        .filter((piece) => piece !== '')
        .map((piece) => {
          if (!names.includes(piece)) return literal(piece);
          const at = pattern.indexOf(piece);
          return at < 0 ? `'00'` : `substr(${written}, ${at + 1}, ${piece.length})`;
        });
      return sqlText(
        `CASE WHEN ${written} ~ ${literal(regex)} THEN ${pieces.join(' || ')} ELSE '?' || ${raw} END`,
      );
    },
  };
}

/** The largest value of each field; its least is 0, of month and day 1. */
const MOST = { YYYY: 9999, MM: 12, DD: 31, hh: 23, mm: 59, ss: 59 } as const;

/**
 * The same of a whole number whose digits stand in the order of the fields, by arithmetic: text, padding and a regular expression cost a verification
 * more than all other fields of a row together.
 */
function digitsSql(number: string, raw: string, pattern: string): string {
  const fields = ORDER.slice(0, pattern.match(FIELDS)?.length ?? 0);
  let digits = pattern.length;
  const checks = fields.map((field) => {
    digits -= field.length;
    const least = field === 'MM' || field === 'DD' ? 1 : 0;
    return `(${number})::bigint / ${10 ** digits} % ${10 ** field.length} BETWEEN ${least} AND ${MOST[field]}`;
  });
  const shape =
    fields.length > 3
      ? `FM0000"-"00"-"00"T"00":"${fields.length > 4 ? '00' : '"00"'}":"${fields.length > 5 ? '00' : '"00"'}".000000Z"`
      : 'FM0000"-"00"-"00';
  return (
    `CASE WHEN (${number})::bigint BETWEEN 0 AND ${10 ** pattern.length - 1} AND ${checks.join(' AND ')} ` +
    `THEN to_char((${number})::bigint, ${literal(shape)}) ELSE '?' || ${raw} END`
  );
}

function fragment(piece: string): string {
  const field = ORDER.find((each) => each === piece);
  return field === undefined ? piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') : DIGITS[field];
}
