/** Energy and transport: hourly series, contracts, timetables. */
import { type Family, twins } from '../kit.ts';
import { Day, grouped, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const hourly = twins(
  {
    fields: ['loadProfile', 'hourlyValues', 'lastgang', 'series'],
    least: 10,
    value(random) {
      const change = random.chance(0.4);
      const october = Day.of(random.int(2019, 2026), 10, 31);
      const sunday = october.plus(-october.date.getUTCDay());
      const day = change ? sunday : sunday.plus(random.pick([-20, -9, -3, 1, 4, 12, 40]));
      const long = change ? 25 : 24;
      const summer = day.epochDay <= sunday.epochDay;
      const start = day.date.getTime() - (summer ? 7_200_000 : 3_600_000);
      const values = Array.from({ length: long }, () => random.int(80, 900));
      const at = (hour: number) => `${new Date(start + hour * 3_600_000).toISOString().slice(0, 16)}Z`;
      const legacy = { day: day.iso, zone: 'Europe/Berlin', kWh: values };
      const modern = (list: readonly (readonly [string, number])[]) => ({
        deliveryDay: day.iso,
        zone: 'Europe/Berlin',
        kWh: Object.fromEntries(list),
      });
      const all = values.map((value, hour) => [at(hour), value] as const);
      return shownJson(legacy, modern(all), modern(all.slice(0, 24)));
    },
  },
  {
    name: 'aa_hourly_profile_in_utc',
    why: 'Each hour of the local day under its instant; the day on which summer time ends has 25 of them.',
  },
  {
    name: 'aa_hourly_profile_25th_hour_lost',
    why: 'The last hour of the long day in October is missing: its energy is never billed.',
    critical: true,
  },
);

const contract = twins(
  {
    fields: ['supplyContract', 'tarif', 'agreement', 'liefervertrag'],
    least: 10,
    value(random) {
      const from = Day.any(random, 2018, 2025);
      const until = random.chance(0.5) ? undefined : from.plus(random.pick([365, 730, 1095]));
      const yearly = random.int(4, 120) * 100;
      const green = random.chance(0.5);
      const german = (day: Day) => `${day.dd}.${day.mm}.${day.yyyy}`;
      const legacy = {
        beginn: german(from),
        ende: until === undefined ? '31.12.9999' : german(until),
        jahresverbrauch: `${grouped(String(yearly), '.')} kWh`,
        oekostrom: green ? 'J' : 'N',
      };
      const modern = (kWh: number) => ({
        from: from.iso,
        until: until?.iso ?? null,
        greenPower: green,
        annualConsumption: { value: kWh, unit: 'kWh' },
      });
      return shownJson(legacy, modern(yearly), modern(yearly >= 1000 ? yearly / 1000 : yearly));
    },
  },
  {
    name: 'aa_supply_contract_all_notations',
    why: 'Dates, the far end that means none, German thousands and J/N all changed their notation and none its meaning.',
  },
  {
    name: 'aa_supply_contract_thousandth_consumption',
    why: 'Between right dates and flags, the German thousands point of the consumption was taken for a decimal point.',
    critical: true,
  },
);

const timetable = twins(
  {
    fields: ['departureTime', 'nightBus', 'stopTime', 'gtfs.departure'],
    least: 10,
    value(random) {
      const day = Day.any(random, 2023, 2026);
      const [hour, minute] = [random.chance(0.5) ? random.int(24, 27) : random.int(5, 23), random.int(0, 59)];
      const stop = random.pick(['Central Station', 'Town Hall', 'Hospital', 'Airport T2']);
      const modern = (late: number) => ({
        stop,
        serviceDay: day.iso,
        departs: `${day.plus(late).iso}T${two(hour % 24)}:${two(minute)}`,
      });
      return shownJson(
        `${stop}|service ${day.yyyy}${day.mm}${day.dd}|${two(hour)}:${two(minute)}:00`,
        modern(hour >= 24 ? 1 : 0),
        modern(0),
      );
    },
  },
  {
    name: 'aa_timetable_hours_beyond_24',
    why: 'Hour 25 of a service day is one o’clock of the next calendar day, as in GTFS.',
  },
  {
    name: 'aa_timetable_night_a_day_early',
    why: 'The hours beyond 24 wrap round on the same date: the night bus left a day before.',
    critical: false,
  },
);

export const families: readonly Family[] = [...hourly, ...contract, ...timetable];
