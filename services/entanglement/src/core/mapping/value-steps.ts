/** Conversions that a field may declare, each undone by its `write`. */
import { canonicalNumber, type Factor, PLAIN_SQL, SPECIAL_NUMBERS, times } from './numbers.ts';
import { asText, literal, type SqlValue, sqlText } from './sql.ts';
import { type Conversion, unreadable } from './step.ts';

const shown = (text: string): string => JSON.stringify(text.slice(0, 64));

/** Text that stands for no value. */
export function absentStep(absent: string): Conversion {
  return {
    read: (text) => (text === absent ? null : text),
    write(text) {
      if (text === absent) throw new Error(`${shown(text)} would be read as no value`);
      return text;
    },
    writtenAbsent: absent,
    // A whole number stays one, for what comes after it.
    sql: (value) =>
      value.form === 'integer' && /^(?:0|-?[1-9][0-9]{0,17})$/.test(absent)
        ? { sql: `NULLIF((${value.sql})::bigint, ${absent})`, form: 'integer' }
        : sqlText(`NULLIF(${asText(value)}, ${literal(absent)})`),
  };
}

/** Null and blanks are `text` on the other side; written out when it comes back. */
export function defaultStep(text: string): Conversion {
  return {
    read: (value) => (value === '' ? text : value),
    write: (value) => value,
    absent: text,
    sql: (value) => sqlText(`coalesce(NULLIF(${asText(value)}, ''), ${literal(text)})`),
  };
}

/** `000042` and `42`; nothing but padding is the padding once, when it is a digit. A minus stands before the padding and is none of the width. */
export function paddingStep(pad: string, width: number): Conversion {
  const kept = /[0-9]/.test(pad) ? pad : '';
  return {
    read: (text) => {
      let from = 0;
      while (text[from] === pad) from += 1;
      return text.slice(from) || (text === '' ? '' : kept);
    },
    write(text) {
      const sign = kept !== '' && text.startsWith('-') ? '-' : '';
      const bare = text.slice(sign.length);
      if (bare.length > width) throw new Error(`${shown(text)} is longer than ${width} characters`);
      return sign + bare.padStart(width, pad);
    },
    sql(value) {
      const raw = asText(value);
      const stripped = `ltrim(${raw}, ${literal(pad)})`;
      return sqlText(
        kept === ''
          ? stripped
          : // Of nothing but padding the first character, of nothing nothing.
            `coalesce(NULLIF(${stripped}, ''), left(${raw}, 1))`,
      );
    },
  };
}

/** `123-` is −123. */
export const trailingSignStep: Conversion = {
  read: (text) =>
    text.endsWith('-') ? `-${text.slice(0, -1)}` : text.endsWith('+') ? text.slice(0, -1) : text,
  write: (text) => (text.startsWith('-') ? `${text.slice(1)}-` : text),
  sql(value) {
    const raw = asText(value);
    return sqlText(
      `CASE right(${raw}, 1) WHEN '-' THEN '-' || left(${raw}, -1) WHEN '+' THEN left(${raw}, -1) ELSE ${raw} END`,
    );
  },
};

export function decimalMarkStep(mark: string): Conversion {
  return {
    read: (text) => text.replaceAll(mark, '.'),
    write: (text) => text.replaceAll('.', mark),
    sql: (value) => sqlText(`replace(${asText(value)}, ${literal(mark)}, '.')`),
  };
}

export function codesStep(codes: ReadonlyMap<string, string>): Conversion {
  const back = new Map([...codes].map(([code, meaning]) => [meaning, code]));
  const cases = [...codes].map(([code, meaning]) => `WHEN ${literal(code)} THEN ${literal(meaning)}`);
  return {
    read: (text) => codes.get(text) ?? unreadable(text),
    marks: (text) => text.startsWith('?') && !back.has(text),
    write(text) {
      const code = back.get(text);
      if (code === undefined)
        throw new Error(`${shown(text)} has no code (${[...back.keys()].slice(0, 10).join(', ')})`);
      return code;
    },
    sql(value) {
      const raw = asText(value);
      return sqlText(`CASE ${raw} ${cases.join(' ')} ELSE '?' || ${raw} END`);
    },
  };
}

/** Text that spells a number, as a number; of a column that is one already this does nothing. */
export const numberStep: Conversion = {
  read: (text) => (SPECIAL_NUMBERS.includes(text) ? text : (canonicalNumber(text) ?? unreadable(text))),
  write(text) {
    if (!SPECIAL_NUMBERS.includes(text) && canonicalNumber(text) === undefined)
      throw new Error(`${shown(text)} is no number`);
    return text;
  },
  sql(value) {
    if (value.form !== 'text') return value;
    const special = SPECIAL_NUMBERS.map(literal).join(', ');
    return sqlText(
      `CASE WHEN ${value.sql} ~ '${PLAIN_SQL}' THEN trim_scale((${value.sql})::numeric)::text WHEN ${value.sql} IN (${special}) ` +
        `THEN ${value.sql} ELSE '?' || ${value.sql} END`,
    );
  },
};

/** Legacy's number times the factor is modern's. Stands behind {@link numberStep}. */
export function factorStep({ text: factor, inverse }: Factor): Conversion {
  const product = (number: string, by: string): string =>
    canonicalNumber(number) === undefined ? number : times(number, by);
  return {
    read: (text) => product(text, factor),
    write: (text) => product(text, inverse),
    sql(value: SqlValue) {
      if (value.form !== 'text') {
        const number = value.form === 'integer' ? `(${value.sql})::numeric` : value.sql;
        return { sql: `(${number} * ${factor})`, form: 'numeric' };
      }
      return sqlText(
        `CASE WHEN ${value.sql} ~ '${PLAIN_SQL}' THEN trim_scale((${value.sql})::numeric * ${factor})::text ELSE ${value.sql} END`,
      );
    },
  };
}

/** Hexadecimal digits of either case, as Chronos and Postgres write bytes. */
export const hexStep: Conversion = {
  read: (text) => (/^(?:[0-9a-fA-F]{2})*$/.test(text) ? text.toLowerCase() : unreadable(text)),
  write: (text) => text,
  sql(value) {
    const raw = asText(value);
    return sqlText(`CASE WHEN ${raw} ~ '^([0-9a-fA-F]{2})*$' THEN lower(${raw}) ELSE '?' || ${raw} END`);
  },
};
