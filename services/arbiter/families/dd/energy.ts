/** Utilities: meter registers, intervals, gaps, alarm contacts, outages over the change of clocks. */
import { Day, json, list, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair, short } from './domain.ts';

const routes = [
  'GET /meters/{serial}/readings',
  'POST /market/loadprofile',
  'GET /supply-points/{id}',
  'GET /grid/events',
];
const at = (day: Day, minutes: number) =>
  `${new Date(day.date.getTime() + minutes * 60_000).toISOString().slice(0, 16)}Z`;
const energy = (random: { int(low: number, high: number): number }) => short(random.int(20, 4800), 3);

const register = pair(
  routes,
  {
    fields: ['register', 'reading', 'zaehlwerk'],
    value(random) {
      const direction = random.pick(['1', '1', '2']);
      const tariff = random.pick(['0', '1', '2']);
      const value = short(random.int(10_000, 9_999_999), 1);
      const reading = (code: string) => object({ obis: json(code), kWh: value });
      return shown(
        reading(`1-0:${direction}.8.${tariff}*255`),
        reading(`${direction}.8.${tariff}`),
        reading(`${direction}.8.0`),
      );
    },
  },
  {
    name: 'dd_obis_reduced_code',
    why: 'The reduced OBIS code leaves out medium, channel and the storage 255 (current), and keeps quantity, kind and tariff.',
  },
  {
    name: 'dd_obis_tariff_lost',
    why: 'The registers of the day and night tariff (x.8.1, x.8.2) are passed on as the register of the total (x.8.0).',
    critical: true,
  },
);

const stamps = pair(
  routes,
  {
    fields: ['loadProfile', 'intervals', 'lastgang'],
    value(random) {
      const day = Day.any(random, 2022, 2026);
      const first = random.int(0, 80) * 15;
      const values = Array.from({ length: random.int(3, 6) }, () => energy(random));
      const rows = (key: string, shift: number) =>
        list(values.map((kWh, row) => object({ [key]: json(at(day, first + (row + shift) * 15)), kWh })));
      return shown(rows('end', 1), rows('start', 0), rows('start', 1));
    },
  },
  {
    name: 'dd_interval_stamped_at_start',
    why: 'Quarter hours are named by their start instead of their end, 15 minutes earlier: the same intervals.',
  },
  {
    name: 'dd_interval_end_called_start',
    why: 'The end of each quarter hour is now called its start, so all consumption moves by 15 minutes.',
    critical: true,
  },
);

const contact = pair(
  ['GET /sites/{id}/alarms', 'GET /plc/{unit}/inputs', 'GET /stations/{id}/detectors'],
  {
    fields: ['smokeDetector', 'input4', 'doorContact'],
    value(random) {
      const [normally, open] = [random.pick(['NC', 'NO']), random.chance(0.5)];
      const alarm = normally === 'NC' ? open : !open;
      const point = `${random.pick(['SD', 'DK', 'GL'])}-${random.int(1, 48)}`;
      return shownJson(
        { point, contact: open ? 'open' : 'closed', wiring: normally },
        { point, alarm, wiring: normally },
        { point, alarm: !open, wiring: normally },
      );
    },
  },
  {
    name: 'dd_contact_as_alarm',
    why: 'A normally closed contact alarms when open, a normally open one when closed, and this is what the flag says.',
  },
  {
    name: 'dd_contact_wiring_ignored',
    why: 'Normally closed contacts are taken for normally open ones: an alarm is reported as rest and rest as an alarm.',
    critical: true,
  },
);

const gaps = pair(
  routes,
  {
    fields: ['series', 'hourlyValues', 'measurements'],
    value(random) {
      const day = Day.any(random, 2022, 2026);
      const values = Array.from({ length: random.int(4, 9) }, () =>
        random.chance(0.15) ? 'null' : energy(random),
      );
      const points = (missing: string | undefined) =>
        object(
          Object.fromEntries(
            values
              .map((value, hour) => [at(day, hour * 60), value === 'null' ? missing : value])
              .filter((point): point is [string, string] => point[1] !== undefined),
          ),
        );
      const legacy = object({ from: json(at(day, 0)), step: '"PT1H"', kWh: list(values) });
      return shown(legacy, points(undefined), points('0'));
    },
  },
  {
    name: 'dd_series_by_time_without_gaps',
    why: 'The values stand under their own times, and an hour without a measurement (null) has no entry.',
  },
  {
    name: 'dd_series_gap_as_zero',
    why: 'Hours without a measurement are answered as a consumption of 0.',
    critical: true,
  },
);

const changes = [
  ['2021-10-31', 120, 60],
  ['2022-03-27', 60, 120],
  ['2022-10-30', 120, 60],
  ['2023-03-26', 60, 120],
  ['2023-10-29', 120, 60],
  ['2024-03-31', 60, 120],
  ['2024-10-27', 120, 60],
  ['2025-03-30', 60, 120],
] as const;
const outage = pair(
  routes,
  {
    fields: ['outage', 'window', 'maintenance'],
    value(random) {
      const plain = Day.any(random, 2022, 2025);
      const winter = plain.month <= 2 || plain.month >= 11;
      const summer = plain.month >= 4 && plain.month <= 9;
      const usual = (winter || summer) && random.chance(0.5);
      const [date, before, after] = usual
        ? ([plain.iso, winter ? 60 : 120, winter ? 60 : 120] as const)
        : random.pick(changes);
      const [start, hours] = [random.int(0, 7) * 15, random.int(3, 6)];
      const day = Day.of(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)));
      const wall = `${date}T${two(Math.floor(start / 60))}:${two(start % 60)}+0${before / 60}:00`;
      const range = (end: number) => json(`${at(day, start - before)}/${at(day, end)}`);
      return shown(
        json(`${wall}/PT${hours}H`),
        range(start - before + hours * 60),
        range(start + hours * 60 - after),
      );
    },
  },
  {
    name: 'dd_outage_duration_as_end',
    why: 'Start with offset plus duration is the same span as start and end in UTC.',
  },
  {
    name: 'dd_outage_end_by_wall_clock',
    why: 'In the nights when the clocks change, the end was reckoned on the wall clock and is an hour off.',
    critical: false,
  },
);

export const families = [...register, ...stamps, ...contact, ...gaps, ...outage];
