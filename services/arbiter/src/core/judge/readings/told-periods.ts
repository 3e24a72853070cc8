import { DAY, DAY_NS, readInstantText } from '../value/instants.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, reading } from './reading.ts';

const FROM =
  /^(?:(?:valid|period|effective|cover|insured) )?(?:from|start|starts|begin|begins|since|von|ab|beginn)(?: date| day)?$/;
const LAST = /\b(?:inclusive|last|through|thru|letzter)\b/;
const AFTER = /\b(?:exclusive|before|excl)\b/;

/** A period of days whose end says by its name or its time whether it is part of it; the key is the first and the last day. */
export const toldPeriods: Domain = {
  name: 'period-of-days',
  reads:
    'A period of days whose end says whether it is part of it: {"from":"2024-05-01","lastDay":"2024-12-23"}, {"from":"2024-05-01","endExclusive":"2024-12-24"}, {"begin":"01.05.2024 00:00","end":"23.12.2024 24:00"}, {"from":"2024-05-01","before":"2024-12-24"}.',
  read({ fields }) {
    const members = fields?.size === 2 ? [...fields] : [];
    const start = members.find(([name]) => FROM.test(wordsOf(name)));
    const [name = '', end] = members.find((member) => member !== start) ?? [];
    const [from, to] = [dayOf(start?.[1]), dayOf(end)];
    if (from === undefined || to === undefined || from.late) return [];
    const isLast = to.late || LAST.test(wordsOf(name));
    if (isLast === AFTER.test(wordsOf(name))) return [];
    const last = isLast ? to.day : to.day - 1;
    // Two names that say inclusive and exclusive are for the rule of that.
    const isPlain = /\b(?:inclusive|exclusive)\b/.test(wordsOf(name));
    return last < from.day
      ? []
      : reading(isLast ? 'last day' : 'day after', `${from.day} ${last}`, true, isPlain);
  },
  near: (legacy, modern) => legacy.split(' ')[0] === modern.split(' ')[0],
};

/** A day, at its begin or at its end (24:00). */
function dayOf(value: unknown): { readonly day: number; readonly late: boolean } | undefined {
  if (typeof value !== 'string' || value.length > 20) return undefined;
  const [, date = '', time = '00:00'] = /^(\S{8,10})(?:[ T](00:00|24:00)(?::00)?)?$/.exec(value) ?? [];
  const [found, ...others] = readInstantText(date);
  return found?.precision === DAY && others.length === 0
    ? { day: Number(found.ns / DAY_NS), late: time === '24:00' }
    : undefined;
}
