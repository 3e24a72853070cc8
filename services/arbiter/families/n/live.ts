/** Figures of a carrier's warehouse that live, and days as its labels print them. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

function freeDocks(random: Random, usual: number) {
  const near = () => String(Math.max(0, usual + random.int(-2, 2)));
  return { legacy: near(), legacy2: near(), right: near(), wrong: String(usual * 10 + random.int(-9, 9)) };
}

/** The time of the answer: a few seconds apart in each run; the defect takes local time for UTC. */
function scanned(random: Random, { day, minute }: { day: Day; minute: number }) {
  const at = (seconds: number) =>
    json(new Date(day.date.getTime() + minute * 60_000 + seconds * 1000).toISOString().replace('.000', ''));
  const start = random.int(0, 7_200);
  return {
    legacy: at(start),
    legacy2: at(start + random.int(1, 4)),
    right: at(start + random.int(0, 4)),
    wrong: at(start + 7_200 + random.int(0, 4)),
  };
}

/** Julian day of packing, YYDDD; the defect counts by a table of months without the 29th of February. */
function packedOn(random: Random) {
  const day = Day.any(
    random,
    ...random.pick([
      [2024, 2024],
      [2020, 2020],
      [2021, 2026],
    ] as const),
  );
  const late = day.ordinal > 59 && day.year % 4 === 0;
  const legacy = `${two(day.year % 100)}${String(day.ordinal).padStart(3, '0')}`;
  return shown(json(legacy), json(day.iso), json(late ? day.plus(1).iso : day.iso));
}

export const families: Family[] = [
  ...twins(
    {
      fields: ['freeDocks', 'openBeds', 'freeSlots'],
      least: 8,
      always: true,
      common: (random) => random.int(15, 60),
      value: freeDocks,
    },
    {
      name: 'n_free_docks_move_a_little',
      why: 'The number moves by a few between two runs of legacy, and the rewrite moves within the same range.',
    },
    {
      name: 'n_free_docks_tenfold',
      critical: true,
      why: 'Legacy moves by a few between its runs, the rewrite is at ten times the number.',
    },
  ),
  ...twins(
    {
      fields: ['scannedAt', 'asOf', 'generatedAt'],
      least: 6,
      common: (random) => ({ day: Day.any(random, 2023, 2026), minute: random.int(0, 1_200) }),
      value: scanned,
    },
    {
      name: 'n_time_of_answer_seconds_apart',
      why: 'The time of the answer differs by seconds, as it does between two runs of legacy.',
    },
    {
      name: 'n_time_of_answer_two_hours_ahead',
      critical: false,
      why: 'Two runs of legacy are seconds apart, the rewrite is two hours ahead: local time called UTC.',
    },
  ),
  ...twins(
    { fields: ['packedOn', 'productionDate', 'packDate'], least: 3, value: packedOn },
    { name: 'n_day_of_year_as_date', why: 'Year and day of the year give this calendar day.' },
    {
      name: 'n_day_of_year_without_leap_day',
      critical: false,
      why: 'After the 28th of February of a leap year the date is a day later than the day of the year says.',
    },
  ),
];
