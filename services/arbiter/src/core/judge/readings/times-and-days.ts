import { NumberText, type Value } from '../../compare/value.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const TIME = /^([0-3]\d|4[0-7])(:?)([0-5]\d)(?::([0-5]\d))? ?([+-][0-3])?$/;
const DAYS_LATER = /^(?:(?:day|date) (?:offset|change|shift)|(?:plus|next|extra|added) days?)$/;
const DAY_S = 86_400;

/** Times of day that say how many days later (or before) they are, as timetables do; the key is the second from the midnight of the day told elsewhere. */
export const timesAndDays: Domain = {
  name: 'time-and-day',
  reads:
    'A time of day with its days after the day of departure: 0615+1, 06:15 +1 and {"time":"06:15","dayOffset":1}; with hours that go on beyond 24 on the day after: 30:15.',
  read: (side) => [...ofText(side), ...ofMembers(side)],
};

function ofText({ text }: Side): readonly Reading[] {
  const [, hour, colon, , , days] = TIME.exec(text ?? '') ?? [];
  // Hours beyond 24 may be a length of time; beside members that name the days they are none.
  if (Number(hour) > 23) return colon === '' || days !== undefined ? [] : at('time', text, 0, false);
  // 0615+1 may be a number with its extension; beside members that name the days it is none. A time alone is of the day itself.
  return colon === undefined
    ? []
    : at('time', text, 0, colon !== '' && days !== undefined, days === undefined);
}

function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 2) return [];
  const members = [...fields];
  const days = members.find(([key]) => DAYS_LATER.test(wordsOf(key)));
  const time = members.find((member) => member !== days)?.[1];
  const later = days && daysOf(days[1]);
  return later === undefined || typeof time !== 'string' || /[+-]|^(?:2[4-9]|[34])/.test(time)
    ? []
    : at('members', time, later, true);
}

function daysOf(value: Value): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof NumberText && /^-?[0-3]$/.test(value.text) ? Number(value.text) : undefined;
}

function at(
  reader: string,
  text: string | undefined,
  later: number,
  strong: boolean,
  plain = false,
): readonly Reading[] {
  const [whole, hour, , minute, second = '0', days = '0'] = TIME.exec(text ?? '') ?? [];
  if (whole === undefined) return [];
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return reading(reader, seconds + (Number(days) + later) * DAY_S, strong, plain);
}
