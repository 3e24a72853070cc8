/** Dates in the notations of other calendars, registries and spreadsheets. */
import type { Family } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { pair } from './common.ts';

const eras = [
  { kanji: '令和', letter: 'R', first: Day.of(2019, 5, 1) },
  { kanji: '平成', letter: 'H', first: Day.of(1989, 1, 8) },
  { kanji: '昭和', letter: 'S', first: Day.of(1926, 12, 25) },
] as const;

const japaneseEras = pair(
  {
    fields: ['seinengappi', 'BIRTH-YMD', 'dateOfBirth', 'qualifiedOn'],
    routes: ['GET /residents/{id}', 'POST /pension/inquiry'],
    common: (random) => random.chance(0.5),
    value(random, kanji) {
      let day = Day.any(random, 1948, 2024);
      while (day.day > 28) day = Day.any(random, 1948, 2024);
      const era = eras.find(({ first }) => first.epochDay <= day.epochDay) ?? eras[2];
      const year = day.year - era.first.year + 1;
      const legacy = kanji
        ? `${era.kanji}${year === 1 ? '元' : year}年${day.month}月${day.day}日`
        : `${era.letter}${two(year)}.${day.mm}.${day.dd}`;
      return shownJson(legacy, day.iso, `${day.year + 1}-${day.mm}-${day.dd}`);
    },
  },
  {
    name: 'cc_japanese_era_to_iso',
    why: 'The era year plus the year before the era began gives exactly the ISO year, so both sides name one day.',
  },
  {
    name: 'cc_japanese_era_counted_from_zero',
    critical: true,
    why: 'The first year of an era is year 1, so the rewrite makes the person a year younger than the register says.',
  },
);

const monday = (day: Day): Day => day.plus(-((day.date.getUTCDay() + 6) % 7));

const isoWeeks = pair(
  {
    fields: ['deliverySlot', 'plannedWeekDay', 'KW_TAG', 'harvest_day'],
    routes: ['GET /shipments/{id}/plan', 'GET /production/orders/{id}'],
    least: 10,
    always: true,
    value(random) {
      const [year, week, weekday] = [random.int(2014, 2026), random.int(2, 51), random.int(1, 7)];
      const of = (anchor: Day) => monday(anchor).plus((week - 1) * 7 + weekday - 1).iso;
      return shownJson(`${year}-W${two(week)}-${weekday}`, of(Day.of(year, 1, 4)), of(Day.of(year, 1, 1)));
    },
  },
  {
    name: 'cc_iso_week_date_to_day',
    why: 'ISO week 1 is the one with 4 January, and every calendar day is the one its week date names.',
  },
  {
    name: 'cc_iso_week_one_with_january_first',
    critical: false,
    why: 'The rewrite starts week 1 with 1 January, so in years that begin on Friday to Sunday deliveries move a week early.',
  },
);

const partialDates = pair(
  {
    fields: ['PID-7', 'birthDate', 'onset', 'deceased'],
    routes: ['GET /patients/{mrn}', 'POST /hl7/adt'],
    value(random) {
      const day = Day.any(random, 1931, 2012);
      const known = random.pick([4, 6, 6, 8, 8, 8]);
      const legacy = `${day.yyyy}${day.mm}${day.dd}`.slice(0, known);
      const right = day.iso.slice(0, { 4: 4, 6: 7, 8: 10 }[known]);
      const wrong = known === 4 ? `${day.yyyy}-01-01` : known === 6 ? `${day.yyyy}-${day.mm}-01` : right;
      return shownJson(legacy, right, wrong);
    },
  },
  {
    name: 'cc_partial_date_keeps_precision',
    why: 'Year, year and month, or the whole day: the rewrite states with hyphens just what legacy knew.',
  },
  {
    name: 'cc_partial_date_made_up_day',
    critical: true,
    why: 'Legacy knows only the year or the month; the rewrite asserts the first day, which then fails to match the patient elsewhere.',
  },
);

const endOfDay = pair(
  {
    fields: ['deadline', 'closesAt', 'ABGABE-BIS', 'valid_until'],
    routes: ['GET /tenders/{id}', 'GET /applications/{id}'],
    always: true,
    value(random) {
      const day = Day.any(random, 2019, 2026);
      if (random.chance(0.4))
        return shownJson(`${day.iso} 24:00`, `${day.plus(1).iso}T00:00:00`, `${day.iso}T00:00:00`);
      const time = `${two(random.int(8, 18))}:${random.pick(['00', '15', '30', '45'])}`;
      return { legacy: json(`${day.iso} ${time}`), right: json(`${day.iso}T${time}:00`) };
    },
  },
  {
    name: 'cc_hour_24_is_next_midnight',
    why: '24:00 of a day and 00:00 of the next day are one instant, and the other times are unchanged.',
  },
  {
    name: 'cc_hour_24_read_as_hour_zero',
    critical: true,
    why: '24:00 became 00:00 of the same day, so the deadline passes a full day too early.',
  },
);

const coverRanges = pair(
  {
    fields: ['coverPeriod', 'GUELTIGKEIT', 'tenancy', 'period'],
    routes: ['GET /policies/{no}', 'GET /leases/{id}'],
    value(random) {
      const first = Day.any(random, 2015, 2025);
      const last = first.plus(random.pick([30, 89, 180, 364, 365, random.int(1, 900)]));
      return shownJson(
        `${first.iso} to ${last.iso} inclusive`,
        `[${first.iso},${last.plus(1).iso})`,
        `[${first.iso},${last.iso})`,
      );
    },
  },
  {
    name: 'cc_inclusive_period_as_half_open_range',
    why: 'A half-open range that ends on the day after the last one holds exactly the days of the inclusive period.',
  },
  {
    name: 'cc_inclusive_period_loses_last_day',
    critical: true,
    why: 'The round bracket shuts out the last covered day, so somebody is uninsured or homeless on it.',
  },
);

const monthEnds = pair(
  {
    fields: ['instalment', 'nextDue', 'renewal', 'TERMIN'],
    routes: ['GET /loans/{id}/schedule', 'GET /subscriptions/{id}'],
    least: 10,
    always: true,
    value(random) {
      const start = random.chance(0.45)
        ? Day.of(random.int(2019, 2025), random.pick([1, 3, 5, 8, 10, 12]), random.pick([29, 30, 31]))
        : Day.any(random, 2019, 2025);
      const months = random.pick([1, 1, 3, 6]);
      const overflown = new Day(Date.UTC(start.year, start.month - 1 + months, start.day));
      const lastDay = new Day(Date.UTC(start.year, start.month + months, 0));
      const due = overflown.epochDay > lastDay.epochDay ? lastDay : overflown;
      const modern = (day: Day) => ({ startDate: start.iso, termMonths: months, dueDate: day.iso });
      return shownJson({ due: due.iso, start: start.iso, months }, modern(due), modern(overflown));
    },
  },
  {
    name: 'cc_month_end_due_renamed',
    why: 'Only the names of the members changed: start, number of months and due day are the same in every observation.',
  },
  {
    name: 'cc_month_end_overflows',
    critical: true,
    why: 'A month after the 31st is the last day of a shorter month; the rewrite spills over into the month after.',
  },
);

const instants = pair(
  {
    fields: ['eventTime', 'lastSeen', 'TS_UMGEB', 'changed'],
    routes: ['GET /events/{id}', 'GET /devices/{id}/log'],
    always: true,
    least: 10,
    value(random) {
      const at = Day.any(random, 2021, 2025).date.getTime() + random.int(0, 86_399) * 1000;
      const utc = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');
      const right = utc(at);
      const notation = random.pick(['seconds', 'milliseconds', 'http', 'zulu', 'offset', 'offset']);
      if (notation === 'seconds') return { legacy: json(at / 1000), right: json(right) };
      if (notation === 'milliseconds') return { legacy: json(at), right: json(right) };
      if (notation === 'http') return { legacy: json(new Date(at).toUTCString()), right: json(right) };
      if (notation === 'zulu') return { legacy: json(right), right: json(right) };
      const hours = random.pick([-8, -5, -3, 1, 2, 3, 9]);
      const local = utc(at + hours * 3_600_000);
      const offset = `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}:00`;
      return shownJson(local.replace('Z', offset), right, local);
    },
  },
  {
    name: 'cc_instants_of_many_notations_in_utc',
    why: 'Unix seconds, milliseconds, HTTP dates and local times with offset are each told as the same instant in UTC.',
  },
  {
    name: 'cc_instants_with_offset_cut_off',
    critical: false,
    why: 'Where legacy has an offset, the rewrite replaces it by Z without converting, so these instants are hours off.',
  },
);

export const families: readonly Family[] = [
  ...japaneseEras,
  ...isoWeeks,
  ...partialDates,
  ...endOfDay,
  ...coverRanges,
  ...monthEnds,
  ...instants,
];
