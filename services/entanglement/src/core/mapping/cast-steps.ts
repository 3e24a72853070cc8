import { ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import { asText, literal, sqlText } from './sql.ts';
import { type Conversion, unreadable } from './step.ts';
import { hexStep, numberStep } from './value-steps.ts';

/** From values of one type to another; undefined where there is no exact way. An empty list: nothing to do. */
export function castSteps(from: ValueType, to: ValueType): readonly Conversion[] | undefined {
  if (from === to) return [];
  return CASTS.get(`${from} ${to}`);
}

/** Words and digits that are truth values. */
function booleanStep(yes: string, no: string): Conversion {
  return {
    read: (text) => (text === yes ? 'true' : text === no ? 'false' : unreadable(text)),
    write(text) {
      if (text !== 'true' && text !== 'false')
        throw new Error(`${JSON.stringify(text)} is neither true nor false`);
      return text === 'true' ? yes : no;
    },
    sql(value) {
      const raw = asText(value);
      return sqlText(
        `CASE ${raw} WHEN ${literal(yes)} THEN 'true' WHEN ${literal(no)} THEN 'false' ELSE '?' || ${raw} END`,
      );
    },
  };
}

/** Dates as instants at midnight UTC. */
const midnight = 'T00:00:00.000000Z';
const dateAsInstant: Conversion = {
  read: (text) => text + midnight,
  write(text) {
    if (!text.endsWith(midnight)) throw new Error(`${JSON.stringify(text)} is no midnight`);
    return text.slice(0, -midnight.length);
  },
  sql: (value) => sqlText(`${asText(value)} || '${midnight}'`),
};
/** Instants as dates: those at midnight; others stay what they are, which equals no date. */
const instantAsDate: Conversion = {
  read: (text) => (text.endsWith(midnight) ? text.slice(0, -midnight.length) : text),
  write: (text) => (/^[0-9-]+$/.test(text) ? text + midnight : text),
  sql(value) {
    const raw = asText(value);
    return sqlText(
      `CASE WHEN ${raw} LIKE '%${midnight}' THEN left(${raw}, -${midnight.length}) ELSE ${raw} END`,
    );
  },
};

/** Text of a number, a truth value … as it is. */
const asItIs: Conversion = {
  read: (text) => text,
  write: (text) => text,
  sql: (value) => sqlText(asText(value)),
};

const { NUMBER, TEXT, INSTANT, DATE, BOOLEAN, BYTES, JSON: JSON_TYPE } = ValueType;
const CASTS: ReadonlyMap<string, readonly Conversion[]> = new Map([
  [`${TEXT} ${NUMBER}`, [numberStep]],
  [`${TEXT} ${BOOLEAN}`, [booleanStep('true', 'false')]],
  [`${TEXT} ${BYTES}`, [hexStep]],
  [`${NUMBER} ${BOOLEAN}`, [booleanStep('1', '0')]],
  [`${NUMBER} ${TEXT}`, [numberAsText()]],
  [`${BOOLEAN} ${TEXT}`, [asItIs]],
  [`${BYTES} ${TEXT}`, [asItIs]],
  [`${DATE} ${TEXT}`, [asItIs]],
  [`${JSON_TYPE} ${TEXT}`, [asItIs]],
  [`${DATE} ${INSTANT}`, [dateAsInstant]],
  [`${INSTANT} ${DATE}`, [instantAsDate]],
]);

/** The canonical text of the number; only such a text is written back. */
function numberAsText(): Conversion {
  return { ...asItIs, write: (text) => numberStep.write(text) };
}
