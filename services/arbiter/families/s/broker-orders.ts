/** Families of a broker: orders, their terms and their dates, from Delphi and PHP to Node and Rust. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, timeOfDay } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['side', 'orderSide', 'BUY_SELL_IND'],
      clear: true,
      least: 3,
      value(random) {
        const code = random.pick(['B', 'S', 'SS'] as const);
        const right = { B: 'BUY', S: 'SELL', SS: 'SELL_SHORT' }[code];
        return shownJson(code, right, code === 'SS' ? 'SELL' : right);
      },
    },
    { name: 'order_side_words', why: 'B, S and SS become buy, sell and sell short.' },
    {
      name: 'order_side_short_sale_as_sale',
      critical: true,
      why: 'Short sales (SS) come out as ordinary sales, although S is the ordinary sale.',
    },
  ),
  ...coded(
    ['orderType', 'ORD_TYP', 'execType'],
    [
      ['MKT', 'market'],
      ['LMT', 'limit'],
      ['STP', 'stop'],
      ['STP LMT', 'stop_limit', 'limit'],
      ['TRAIL', 'trailing_stop', 'stop'],
    ],
    { name: 'order_type_words', why: 'Each usual abbreviation becomes the order type that it stands for.' },
    {
      name: 'order_type_loses_its_stop',
      critical: true,
      why: 'A stop limit becomes a plain limit, or a trailing stop a fixed one: it executes otherwise.',
    },
    3,
  ),
  ...twins(
    {
      fields: ['validUntil', 'expiry', 'GTD'],
      least: 4,
      value(random) {
        const day = Day.any(random, 2025, 2027);
        if (random.chance(0.4)) return shownJson('', null, '1899-12-30');
        return shownJson(`${day.dd}.${day.mm}.${day.yyyy}`, day.iso, day.iso);
      },
    },
    {
      name: 'order_expiry_blank_as_null',
      why: 'The same days in ISO form, and no day where legacy has none.',
    },
    {
      name: 'order_expiry_delphi_day_zero',
      critical: true,
      why: "An order without expiry expires on 30 December 1899, day zero of Delphi's dates.",
    },
  ),
  ...twins(
    {
      fields: ['tradeDate', 'DATUM', 'bookedOn'],
      least: 3,
      value(random) {
        const day = Day.any(random, 2019, 2026);
        const serial = day.epochDay + 25_569;
        return shownJson(serial, day.iso, day.plus(2).iso);
      },
    },
    {
      name: 'trade_date_serial_number',
      why: 'Days since 30 December 1899 (Delphi, Excel) and the ISO date agree.',
    },
    {
      name: 'trade_date_two_days_late',
      critical: true,
      why: 'The serial day is counted from 1 January 1900, so every date is two days late.',
    },
  ),
  ...twins(
    {
      fields: ['settlementDate', 'valueDate', 'VALUTA'],
      value(random) {
        const day = Day.any(random, 2021, 2027);
        return shownJson(day.iso, `${day.iso}T00:00:00`, day.plus(-1).iso);
      },
    },
    {
      name: 'settlement_date_at_midnight',
      why: 'Midnight at the start of a day, without a zone, is that day.',
    },
    {
      name: 'settlement_date_a_day_before',
      critical: true,
      why: 'The date is a day earlier, as when local midnight is cut to a date in UTC.',
    },
  ),
  ...twins(
    {
      fields: ['settlesOn', 'payDate', 'exDate'],
      least: 6,
      value(random) {
        const day = Day.any(random, 2022, 2026);
        const right = `${day.dd}.${day.mm}.${day.yyyy}`;
        return shownJson(day.iso, right, day.day > 12 ? right : `${day.mm}.${day.dd}.${day.yyyy}`);
      },
    },
    { name: 'pay_date_dotted', why: 'Day, month and year with dots are the same day as the ISO date.' },
    {
      name: 'pay_date_month_first',
      critical: true,
      why: 'Where the day is at most 12, day and month are exchanged.',
    },
  ),
  ...twins(
    {
      fields: ['bookingDate', 'statementDate', 'BUCHDAT'],
      value(random) {
        const day = Day.of(random.pick([2018, 2019, 2024]), 12, random.int(30, 31));
        return shownJson(`${day.dd}/${day.mm}/${day.yyyy}`, day.iso, `${day.year + 1}${day.iso.slice(4)}`);
      },
    },
    { name: 'new_years_eve_iso', why: 'The last days of a year in another notation.' },
    {
      name: 'new_years_eve_of_week_year',
      critical: true,
      why: 'The last days of December get the next year, as with the year of the week.',
    },
  ),
  ...twins(
    {
      fields: ['executedAt', 'tradeTime', 'EXEC_TS'],
      value(random) {
        const [day, time] = [Day.any(random, 2023, 2026), timeOfDay(random)];
        const zone = random.pick([330, 345, 570, -210] as const);
        const local = day.date.getTime() + (time.h * 3600 + time.m * 60 + time.s) * 1000;
        const utc = (minutes: number) => `${new Date(local - minutes * 60_000).toISOString().slice(0, 19)}Z`;
        const sign = zone < 0 ? '-' : '+';
        const hours = String(Math.floor(Math.abs(zone) / 60)).padStart(2, '0');
        const old = `${day.iso}T${time.text}${sign}${hours}:${Math.abs(zone) % 60}`;
        return shownJson(old, utc(zone), utc(Math.trunc(zone / 60) * 60));
      },
    },
    { name: 'half_hour_zone_to_utc', why: 'Both timestamps, with their offsets, are the same instant.' },
    {
      name: 'half_hour_zone_cut_to_hours',
      critical: true,
      why: 'The minutes of the zone offset are ignored, so executions move by half an hour or more.',
    },
  ),
  ...twins(
    {
      fields: ['tradingEnabled', 'marginAllowed', 'canTrade'],
      least: 5,
      value(random) {
        const on = random.chance(0.5);
        return shownJson(on ? -1 : 0, on, false);
      },
    },
    { name: 'delphi_minus_one_is_true', why: 'In Delphi and Visual Basic -1 is true and 0 is false.' },
    {
      name: 'delphi_minus_one_as_false',
      critical: true,
      why: 'Accounts with -1 (true) come out false like those with 0, and are locked out of trading.',
    },
  ),
  ...twins(
    {
      fields: ['fees', 'costs', 'GEBUEHREN'],
      value(random) {
        const [commission, venue] = [minorUnits(random, 390, 9900), minorUnits(random, 50, 1500)];
        const text = (minor: number) => json(decimal(minor, 2));
        const old = object({
          commission: text(commission),
          venue: text(venue),
          total: text(commission + venue),
        });
        const modern = (total: number) =>
          object({ commission: decimal(commission, 2), venue: decimal(venue, 2), total: decimal(total, 2) });
        return shown(old, modern(commission + venue), modern(commission));
      },
    },
    { name: 'order_costs_typed', why: 'The same fees and the same total, as numbers.' },
    {
      name: 'order_costs_total_without_venue',
      critical: true,
      why: 'The total leaves out the fee of the venue, which stands beside it.',
    },
  ),
];
