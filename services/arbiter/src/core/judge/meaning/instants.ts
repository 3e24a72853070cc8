import type { FieldProfile } from '../profile.ts';
import {
  DAY,
  DAY_NS,
  DateOrder,
  floorTo,
  type Instant,
  MINUTE,
  readInstants,
  stepOf,
  wallClock,
} from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { different, open, type Relation, same } from './relation.ts';

export interface InstantRelation extends Relation {
  readonly legacy: Instant;
  readonly modern: Instant;
  readonly kind: 'instant' | 'date' | 'sub-second';
}

const QUARTER_NS = 900n * 1_000_000_000n;
const FARTHEST_ZONE_NS = 14n * 3600n * 1_000_000_000n;

/**
 * Compares two values as points in time; undefined when one cannot be one, or when both are bare numbers (then they are compared as
 * numbers: a client that expects seconds is not served by milliseconds).
 */
export function relateInstants(
  legacySide: Side,
  modernSide: Side,
  profile: FieldProfile,
): InstantRelation | undefined {
  if (isDigits(legacySide) && isDigits(modernSide)) return undefined;
  const ours = kept(readInstants(legacySide), profile.data.legacy.dateOrders);
  if (ours.length === 0) return undefined;
  const theirs = kept(readInstants(modernSide), profile.data.modern.dateOrders);
  if (theirs.length === 0) return undefined;
  const found = ours.flatMap((legacy) => theirs.map((modern) => relate(legacy, modern)));
  const first = found.find(({ is }) => is === 'same') ?? found.find(({ is }) => is === 'open') ?? found[0];
  if (first === undefined) return undefined;
  if (first.is === 'same' && found.some(({ is }) => is === 'different'))
    return { ...first, ...open('day and month can be read in two orders') };
  return first;
}

function kept(instants: readonly Instant[], orders: number): readonly Instant[] {
  const left = instants.filter(({ order }) => (order & orders) !== 0 || order === DateOrder.ymd);
  return left.length > 0 ? left : instants;
}

function isDigits(side: Side): boolean {
  if (side.isNumber) return true;
  const text = side.text;
  return text !== undefined && /^[0-9]{9,19}(?:\.[0-9]+)?$/.test(text) && text.length !== 14;
}

export function relate(legacy: Instant, modern: Instant): InstantRelation {
  const dates = legacy.precision === DAY && modern.precision === DAY;
  const kind = dates ? 'date' : 'instant';
  const answer = (relation: Relation, as: InstantRelation['kind'] = kind): InstantRelation => ({
    ...relation,
    legacy,
    modern,
    kind: as,
  });
  if (dates)
    return answer(legacy.ns === modern.ns ? same('both are the same day') : different('it is another day'));
  if (legacy.precision === DAY || modern.precision === DAY) return answer(relateDay(legacy, modern), 'date');
  if (legacy.zoned !== modern.zoned) return answer(relateZone(legacy, modern));
  return relatePrecision(legacy, modern, legacy.ns, modern.ns, answer);
}

type Answer = (relation: Relation, as?: InstantRelation['kind']) => InstantRelation;

/** A date beside a time: equal at midnight; what the day's other hours say is lost or made up. */
function relateDay(legacy: Instant, modern: Instant): Relation {
  const [date, time] = legacy.precision === DAY ? [legacy, modern] : [modern, legacy];
  const clock = wallClock(time);
  const midnight = clock % DAY_NS === 0n;
  if (clock === date.ns) {
    return time.offset === 0 ? same('both are the same day, at midnight') : open('midnight of another zone');
  }
  if (floorTo(clock, DAY_NS) === date.ns) {
    if (legacy.precision === DAY) return open('modern adds a time of day that legacy does not tell');
    return different('the time of day is lost');
  }
  const distance = time.ns - date.ns;
  const sameDayElsewhere =
    !midnight && distance > -FARTHEST_ZONE_NS && distance < FARTHEST_ZONE_NS && distance % QUARTER_NS === 0n;
  return sameDayElsewhere ? open('midnight of that day in another zone') : different('it is another day');
}

/** One side does not tell its zone. */
function relateZone(legacy: Instant, modern: Instant): Relation {
  const [ours, theirs] = [wallClock(legacy), wallClock(modern)];
  const step = stepOf(Math.min(legacy.precision, modern.precision));
  if (floorTo(ours, step) === floorTo(theirs, step)) {
    if (step > 1_000_000_000n) return open('seconds are told by one side only');
    if (modern.zoned) return open('the clock shows the same, and modern tells a zone that legacy does not');
    return open(
      legacy.offset === 0
        ? 'the clock shows the same, but modern no longer tells that it is UTC'
        : 'the clock shows the same, but modern no longer tells the zone',
    );
  }
  const distance = theirs - ours;
  const zone = distance % QUARTER_NS === 0n && distance > -FARTHEST_ZONE_NS && distance < FARTHEST_ZONE_NS;
  return zone ? open('they may be the same instant in two zones') : different('it is another instant');
}

function relatePrecision(
  legacy: Instant,
  modern: Instant,
  ours: bigint,
  theirs: bigint,
  answer: Answer,
): InstantRelation {
  if (ours === theirs) return answer(same('both are the same instant'));
  const coarse = Math.min(legacy.precision, modern.precision);
  const step = stepOf(coarse);
  const alike = floorTo(ours, step) === floorTo(theirs, step);
  if (legacy.precision === modern.precision) {
    const stepShown = modern.precision > 0 && theirs % 1_000_000_000n === 0n;
    if (stepShown && floorTo(ours, 1_000_000_000n) === theirs)
      return answer(open('modern tells zeros where legacy tells parts of a second'));
    return answer(different('it is another instant'));
  }
  if (!alike) {
    const distance = theirs > ours ? theirs - ours : ours - theirs;
    if (distance * 2n <= step && coarse > MINUTE)
      return answer(open('modern rounds to the nearest second instead of cutting'));
    return answer(different('it is another instant'));
  }
  if (coarse === MINUTE) {
    const zeros = (legacy.precision === MINUTE ? theirs : ours) % stepOf(MINUTE) === 0n;
    return answer(
      zeros ? same('both are the same minute, with no seconds') : open('seconds are told by one side only'),
    );
  }
  return answer(same('both are the same instant to the precision that both tell'), 'sub-second');
}
