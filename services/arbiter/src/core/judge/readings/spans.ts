import { DAY, DAY_NS, readInstantText } from '../value/instants.ts';
import { rawOf, type Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { months, quarters, weeks } from './periods.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** A month or quarter, and the days from and to which it goes; the key is the first and the last day since 1970. */
export const spans: Domain = {
  name: 'span',
  reads:
    'A week (ISO 8601), a month or a quarter, told by its name or by its days: 2022-W41, Q3 2015, 2015-07-01/2015-09-30, {"from":"2015-07-01","to":"2015-09-30"}, also with the day after the last.',
  read: (side) => [...named(side), ...interval(side)],
  // A day lost or won at an end.
  near(legacy, modern) {
    const [ours, theirs] = [legacy, modern].map((key) => key.split(' to ').map(Number));
    const moved = ours?.map((day, i) => Math.abs(day - (theirs?.[i] ?? 0))) ?? [];
    return moved.includes(0) && moved.includes(1);
  },
};

function named(side: Side): readonly Reading[] {
  const [quarter] = quarters.read(side);
  if (quarter !== undefined) return monthSpan('quarter', (Number(quarter.key) - 1) * 3, 3);
  const week = weeks.read(side).find(({ strong }) => strong);
  if (week !== undefined) return isoWeek(Math.floor(Number(week.key) / 100), Number(week.key) % 100);
  const month = months.read(side).find(({ strong }) => strong);
  return month === undefined ? [] : monthSpan('month', Number(month.key), 1);
}

/** The first week is that of the fourth of January, and weeks begin on Mondays. */
function isoWeek(year: number, week: number): readonly Reading[] {
  const fourth = Date.UTC(year, 0, 4) / 86_400_000;
  const monday = fourth - ((fourth + 3) % 7) + (week - 1) * 7;
  return reading('week', `${monday} to ${monday + 6}`, true);
}

function monthSpan(reader: string, first: number, count: number): readonly Reading[] {
  const dayOf = (at: number) => Date.UTC(Math.floor(at / 12), at % 12, 1) / 86_400_000;
  return reading(reader, `${dayOf(first)} to ${dayOf(first + count) - 1}`, true);
}

/** Two intervals are compared field by field, not here: whether the last day belongs to them, only the name of the field tells. */
function interval(side: Side): readonly Reading[] {
  const ends = endsOf(side);
  if (ends.length !== 2) return countedDays(side);
  const [from, to] = ends.map(dayOf);
  if (from === undefined || to === undefined || to < from) return [];
  const [, end = ''] = namesOf(side);
  return [
    ...(EXCLUSIVE.test(end) ? [] : reading('first and last day', `${from} to ${to}`, true, true)),
    ...(INCLUSIVE.test(end) ? [] : reading('first day and day after', `${from} to ${to - 1}`, true, true)),
  ];
}

/** Two ends with the number of days from the one to the other, which says whether the last is one of them. */
function countedDays({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 3) return [];
  const entries = [...fields];
  const count = entries.find(([name]) => /\bdays?$|^tage$/.test(wordsOf(name)));
  const named = (words: RegExp) =>
    entries.find(([name]) => name !== count?.[0] && words.test(wordsOf(name)))?.[1];
  const [from, to] = [dayOf(named(FROM)), dayOf(named(TO))];
  if (count === undefined || from === undefined || to === undefined || to < from) return [];
  const days = Number(rawOf(count[1]).replaceAll('"', ''));
  if (days !== to - from + 1) return [];
  return reading('first and last day, and their count', `${from} to ${to}`, true);
}

/** The first is the one that its name says, whichever stands first; members of other names are no ends. */
function endsOf(side: Side): readonly unknown[] {
  const { text, fields } = side;
  if (text !== undefined) return text.split(/\/| - |–|\.\.| to | bis /);
  const [from, to] = namesOf(side);
  return from === undefined || to === undefined ? [] : [fields?.get(from), fields?.get(to)];
}

const FROM =
  /^(?:(?:valid|period|effective) )?(?:from|start|starts|begin|begins|first|since|von|ab)\b|(?:\b(?:start|from|begin))(?: date| day| on)?$/;
const TO =
  /^(?:(?:valid|period|effective) )?(?:to|until|till|thru|through|end|ends|last|bis)\b|(?:\b(?:end|to|until))(?: date| day| on| inclusive| exclusive)?$/;
const INCLUSIVE = /inclusive|last|night|thru|through/i;
const EXCLUSIVE = /exclusive|after|before/i;

/** The names of both ends; undefined where the names do not tell them. */
function namesOf({ fields }: Side): readonly [from: string | undefined, to: string | undefined] {
  const keys = fields?.size === 2 ? [...fields.keys()] : [];
  const named = (words: RegExp) => keys.find((key) => words.test(wordsOf(key)));
  const [from, to] = [named(FROM), named(TO)];
  return from === to ? [undefined, undefined] : [from, to];
}

function dayOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const found = readInstantText(text).filter(({ precision }) => precision === DAY);
  return found.length === 1 && found[0] !== undefined ? Number(found[0].ns / DAY_NS) : undefined;
}
