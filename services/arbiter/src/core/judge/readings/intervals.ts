import { readDuration } from '../value/durations.ts';
import { DAY, DAY_NS, readInstantText } from '../value/instants.ts';
import { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

interface End {
  readonly ns: bigint;
  readonly zoned: boolean;
}

/** From one moment to another (ISO 8601); the key is both and whether they are of a zone. Periods of whole days are spans. */
export const intervals: Domain = {
  name: 'interval',
  reads:
    'From one moment to another, by its ends or by one of them and its length: 2024-08-26T13:00/2024-08-26T13:45, 2024-08-26T13:00/13:45, 2024-08-26T13:00/PT45M, {"from":…,"to":…}; also as the hours of a duty, which ends on the next day where it ends earlier than it begins: 17.09.2025 2200-0600.',
  read: (side) => [...ofText(side.text ?? ''), ...ofMembers(side)],
};

function ofText(text: string): readonly Reading[] {
  const [from = '', to = '', ...more] = text.split('/');
  if (more.length > 0) return [];
  if (to === '') return ofDuty(text);
  if (/^P[0-9T]/.test(from)) {
    const [end, length] = [endOf(to), lengthOf(from)];
    return end && length ? interval('length and end', { ...end, ns: end.ns - length }, end, false) : [];
  }
  const start = endOf(from);
  if (start === undefined) return [];
  if (/^P[0-9T]/.test(to)) {
    const length = lengthOf(to);
    return length ? interval('start and length', start, { ...start, ns: start.ns + length }, false) : [];
  }
  const isShort = /^[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?$/.test(to) && from.includes('T');
  const end = endOf(isShort ? `${from.slice(0, from.indexOf('T') + 1)}${to}` : to);
  return end === undefined ? [] : interval('start and end', start, end, !isShort);
}

/** A day and the hours from and to which somebody is on duty. */
function ofDuty(text: string): readonly Reading[] {
  const [, day = '', from = '', to = ''] =
    /^(\S{8,10}),? ([0-2][0-9]:?[0-5][0-9]) ?[-–] ?([0-2][0-9]:?[0-5][0-9])$/.exec(text) ?? [];
  const [date, ...others] = readInstantText(day);
  if (date === undefined || others.length > 0 || date.precision !== DAY) return [];
  const [start, end] = [from, to].map((time) => date.ns + minutesOf(time) * 60_000_000_000n);
  if (start === undefined || end === undefined || start === end) return [];
  const late = end < start ? end + DAY_NS : end;
  return interval('day and hours', { ns: start, zoned: false }, { ns: late, zoned: false }, false);
}

function minutesOf(time: string): bigint {
  return BigInt(Number(time.slice(0, 2)) * 60 + Number(time.slice(-2)));
}

/** Ends under names that say which is the first, or the first with a length beside it. */
function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 2) return [];
  const told = (names: RegExp) => {
    const name = [...fields.keys()].find((key) => names.test(key));
    const value = name === undefined ? undefined : fields.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const from = told(/^(?:from|start|starts|begin|begins)(?:At|_at|Time|_time)?$/i);
  const to = told(/^(?:to|until|end|ends)(?:At|_at|Time|_time)?$/i);
  const length = told(/^(?:duration|length)$/i);
  const start = endOf(from ?? '');
  if (start === undefined) return [];
  const end = endOf(to ?? '');
  // One that ends before it begins is read as well: it is another one.
  if (end !== undefined && end.ns < start.ns)
    return reading('both ends', `${start.ns} ${end.ns}`, true, true);
  if (end !== undefined) return interval('both ends', start, end, true);
  const ns = length === undefined ? undefined : lengthOf(length);
  return ns ? interval('start and its length', start, { ...start, ns: start.ns + ns }, false) : [];
}

function interval(reader: string, from: End, to: End, plain: boolean): readonly Reading[] {
  if (from.zoned !== to.zoned || to.ns <= from.ns) return [];
  return reading(reader, `${from.ns} ${to.ns} ${from.zoned ? 'UTC' : 'local'}`, true, plain);
}

/** A moment with its time, told in one way. */
function endOf(text: string): End | undefined {
  const [found, ...others] = text.length < 10 ? [] : readInstantText(text);
  return found === undefined || others.length > 0 || found.precision === DAY ? undefined : found;
}

function lengthOf(text: string): bigint | undefined {
  return /^P[0-9T]/.test(text) ? readDuration(new Side(JSON.stringify(text)))?.ns : undefined;
}
