import type { Side } from '../value/side.ts';
import { type Domain, reading } from './reading.ts';

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

interface Field {
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

/** Minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). */
const FIELDS: readonly Field[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 7, names: DAYS },
];

const WORDS: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
]);

/** When a job runs; the key has the values of each field. */
export const cronTimes: Domain = {
  name: 'cron-time',
  reads:
    'When a job runs, as cron is told it: 0 7 * * 0 and 0 7 * * SUN; */15 * * * * and 0,15,30,45 * * * *; @daily; or Quartz, with seconds in front, ? for any day and Sunday as 1: 0 0 7 ? * 1.',
  read(side) {
    const text = expressionOf(side);
    const word = WORDS.get(text.toLowerCase());
    const fives = (word ?? text).split(' ');
    const quartz = ofQuartz(fives);
    const parts = quartz ?? fives;
    if (parts.length !== FIELDS.length || !(word !== undefined || quartz || text.includes('*'))) return [];
    const sets = parts.map((part, i) => valuesOf(part, FIELDS[i] as Field));
    if (sets.includes(undefined)) return [];
    const key = keyOf(sets as readonly string[], parts);
    const reader = quartz === undefined ? 'five fields' : 'Quartz';
    return reading(word === undefined ? reader : text.toLowerCase(), key, true);
  },
};

const SCHEDULERS = /^(?:unix(?:-cron)?|vixie|cron(?:tab)?|quartz)$/i;

/** The text, or the one beside the name of the scheduler that reads it. */
function expressionOf({ text = '', fields }: Side): string {
  if (fields?.size !== 2) return text;
  const values = [...fields.values()];
  const scheduler = values.find((value) => typeof value === 'string' && SCHEDULERS.test(value));
  const expression = values.find((value) => value !== scheduler);
  if (scheduler === undefined || typeof expression !== 'string') return text;
  const isQuartz = /quartz/i.test(String(scheduler));
  return isQuartz === expression.includes('?') ? expression : text;
}

/** The five fields that cron has for a job of whole minutes: one of the two days is told as ?, and Sunday is 1. */
function ofQuartz(parts: readonly string[]): readonly string[] | undefined {
  const [second, minute = '', hour = '', date = '', month = '', weekday = '', year = '*'] = parts;
  if (parts.length < 6 || parts.length > 7 || second !== '0' || year !== '*') return undefined;
  if ((date === '?') === (weekday === '?')) return undefined;
  const days = weekday.replaceAll(/(?<![\w/#])[1-7](?![\w#])/g, (day) => String(Number(day) - 1));
  return [minute, hour, date, month, days].map((part) => (part === '?' ? '*' : part));
}

const ALL_DAYS = '0,1,2,3,4,5,6';

/** Beside days of the week, a day of the month that begins with * narrows them, and any other adds to them. */
function keyOf(sets: readonly string[], parts: readonly string[]): string {
  const [minute, hour, date = '', month, weekday = ''] = sets;
  if (date === '*') return [minute, hour, date, month, weekday === ALL_DAYS ? '*' : weekday].join(' ');
  if (weekday === '*') return sets.join(' ');
  const days = [date, weekday].map((days, i) => (parts[i * 2 + 2]?.startsWith('*') ? `*${days}` : days));
  return [minute, hour, days[0], month, days[1]].join(' ');
}

function valuesOf(part: string, field: Field): string | undefined {
  const values = new Set<number>();
  for (const piece of part.split(',')) {
    const [, from = '', to, step] = /^(\*|\w{1,3})(?:-(\w{1,3}))?(?:\/([1-9][0-9]?))?$/.exec(piece) ?? [];
    const low = from === '*' ? field.low : numberOf(from, field);
    const last = from === '*' || (step !== undefined && to === undefined) ? top(field) : low;
    const high = to === undefined ? last : numberOf(to, field);
    if (low === undefined || high === undefined || high < low || (from === '*' && to !== undefined))
      return undefined;
    for (let value = low; value <= high; value += Number(step ?? 1))
      values.add(field.high === 7 ? value % 7 : value);
  }
  // All days told one by one are more than any day (*): beside the other days, they say every day.
  const isAny = part.startsWith('*') || (field !== FIELDS[2] && field !== FIELDS[4]);
  return isAny && values.size === top(field) - field.low + 1
    ? '*'
    : [...values].sort((a, b) => a - b).join(',');
}

/** Sunday is counted once. */
function top({ high }: Field): number {
  return high === 7 ? 6 : high;
}

function numberOf(text: string, { low, high, names }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + low : /^[0-9]{1,2}$/.test(text) ? Number(text) : -1;
  return value >= low && value <= high ? value : undefined;
}
