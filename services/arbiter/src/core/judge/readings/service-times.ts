import { DAY, DAY_NS, readInstantText } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const TIME = /^([0-3][0-9]|4[0-7]):([0-5][0-9])(?::([0-5][0-9]))?$/;
const OF_SERVICE = /^(?:service|operating|operation|traffic|betriebs?) ?(?:day|date|tag)$/;

/** A departure by the day of service and a time that may go on beyond midnight, as timetables (GTFS) have it; the key is the local moment. */
export const serviceTimes: Domain = {
  name: 'service-time',
  reads:
    'A local moment by the day of service and a time of that day, whose hours go on beyond 24 after midnight: {"serviceDay":"20240319","departs":"25:10:00"} and 2024-03-20T01:10:00, with or without the day of service beside it.',
  read: (side) => [...ofMembers(side), ...ofText(side.text, '', true)],
  near: (legacy, modern) => {
    const [ours, theirs] = [legacy, modern].map((key) => BigInt(key.split(' ').at(-1) ?? '0'));
    return ours !== undefined && theirs !== undefined && (ours - theirs) % DAY_NS === 0n;
  },
};

function ofMembers({ fields }: Side): readonly Reading[] {
  const members = [...(fields ?? [])];
  if (members.length === 0 || members.length > 2) return [];
  const days = members.filter(([, value]) => dayOf(value) !== undefined);
  const [[name, value] = ['', null], ...others] = members.filter((member) => !days.includes(member));
  const [[dayName, dayText] = ['', null]] = days;
  const day = dayOf(dayText);
  if (others.length > 0 || typeof value !== 'string' || name === '') return [];
  if (day === undefined) return members.length === 1 ? ofText(value, '') : [];
  const [, hour, minute, second = '0'] = TIME.exec(value) ?? [];
  if (hour === undefined) return ofText(value, `${day} `);
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const at = day + BigInt(seconds) * 1_000_000_000n;
  const isOfService = OF_SERVICE.test(wordsOf(dayName));
  return [
    ...reading('day and time', `${day} ${at}`, isOfService),
    ...reading('day and time', String(at), isOfService),
  ];
}

/** A local moment; of a zone it is another thing. */
function ofText(text: string | undefined, before: string, plain = false): readonly Reading[] {
  const [found, ...others] = text === undefined || text.length < 16 ? [] : readInstantText(text);
  return found === undefined || others.length > 0 || found.precision === DAY || found.zoned
    ? []
    : reading('local moment', `${before}${found.ns}`, true, plain);
}

function dayOf(value: unknown): bigint | undefined {
  const [found, ...others] = typeof value === 'string' && value.length <= 10 ? readInstantText(value) : [];
  return found?.precision === DAY && others.length === 0 ? found.ns : undefined;
}
