/** Families of a broker: quotes, order books and portfolios. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const money = (value: string, currency: string) => object({ value, currency: json(currency) });

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['bondPrice', 'treasuryQuote', 'tsyPrice'],
      clear: true,
      least: 3,
      value(random) {
        const [points, ticks] = [random.int(92, 108), random.int(1, 31)];
        return shown(json(`${points}-${two(ticks)}`), String(points + ticks / 32), `${points}.${two(ticks)}`);
      },
    },
    { name: 'treasury_price_in_32nds', why: 'Treasuries are quoted in points and 32nds: 99-16 is 99.5.' },
    {
      name: 'treasury_price_ticks_as_decimals',
      critical: true,
      why: 'The 32nds behind the hyphen are taken for decimals: 99-16 becomes 99.16.',
    },
  ),
  ...twins(
    {
      fields: ['lastPrice', 'quote', 'KURS'],
      value(random) {
        const hundredths = minorUnits(random, 9000, 900_000);
        const pounds = String(hundredths / 10_000);
        const pence = String(hundredths / 100);
        return shown(money(decimal(hundredths, 2), 'GBX'), money(pounds, 'GBP'), money(pence, 'GBP'));
      },
    },
    {
      name: 'pence_quote_in_pounds',
      why: 'GBX is pence; the price divided by 100 in GBP is the same money.',
    },
    {
      name: 'pence_quote_labelled_pounds',
      critical: true,
      why: 'The currency becomes pounds but the number stays in pence: a hundredfold.',
    },
  ),
  ...twins(
    {
      fields: ['cash', 'buyingPower', 'SALDO'],
      least: 3,
      value(random) {
        const currency = random.pick(['EUR', 'JPY', 'KWD', 'USD']);
        const scale = { EUR: 2, USD: 2, JPY: 0, KWD: 3 }[currency] ?? 2;
        const minor = minorUnits(random, 2000, 9_000_000);
        const modern = (places: number) =>
          object({ amount: json(decimal(minor, places)), currency: json(currency) });
        return shown(object({ minor: String(minor), currency: json(currency) }), modern(scale), modern(2));
      },
    },
    {
      name: 'minor_units_by_currency',
      why: 'Yen have no decimals, dinars three, the others two (ISO 4217).',
    },
    {
      name: 'minor_units_always_two',
      critical: true,
      why: 'Yen and dinars are divided by 100 like euros, so their amounts are wrong by a factor.',
    },
  ),
  ...twins(
    {
      fields: ['bid', 'indicativePrice', 'live'],
      least: 6,
      common: (random) => random.int(4000, 90_000),
      value(random, base) {
        const tick = () => decimal(base + random.int(-12, 12), 2);
        return {
          legacy: tick(),
          legacy2: tick(),
          right: tick(),
          wrong: decimal(base + random.int(-12, 12), 4),
        };
      },
    },
    { name: 'live_quote_ticks', why: 'The quote moves by cents between two runs of legacy as it does here.' },
    {
      name: 'live_quote_hundredth',
      critical: true,
      why: 'The quote moves by cents, but the rewrite answers a hundredth of its level.',
    },
  ),
  ...twins(
    {
      clear: true,
      fields: ['bids', 'book', 'depth'],
      value(random) {
        const top = random.int(2000, 20_000);
        const levels = Array.from({ length: random.int(3, 5) }, (_, at) => [
          decimal(top - at, 2),
          String(random.int(1, 90) * 100),
        ]);
        const typed = levels.map((level) => list(level.map((text) => String(Number(text)))));
        return shown(json(levels), list(typed), list([...typed].reverse()));
      },
    },
    { name: 'bid_levels_typed', why: 'The same levels with the best bid first, as numbers.' },
    {
      name: 'bid_levels_worst_first',
      critical: true,
      why: 'The levels stand in reverse, so the first bid is no longer the best one.',
    },
  ),
  ...twins(
    {
      fields: ['tradedVolume', 'turnover', 'UMSATZ'],
      least: 3,
      value(random) {
        const volume = random.chance(0.5) ? random.int(4000, 2e9) : random.int(2_150_000_000, 4_290_000_000);
        return shownJson(String(volume), volume, volume | 0);
      },
    },
    { name: 'traded_volume_typed', why: 'The same whole number, as a number instead of text.' },
    {
      name: 'traded_volume_turns_negative',
      critical: false,
      why: 'Volumes above 2147483647 become negative, as in 32 bits with a sign.',
    },
  ),
  ...twins(
    {
      fields: ['marketValue', 'positionValue', 'DEPOTWERT'],
      value(random) {
        const minor = random.int(300_000_000, 2_000_000_000);
        const text = decimal(minor, 2);
        const single = Math.fround(Number(text));
        const value = { legacy: json(text), right: String(Number(text)) };
        return Math.abs(single - Number(text)) < 0.015 ? value : { ...value, wrong: String(single) };
      },
    },
    { name: 'market_value_typed', why: 'The same value to the cent, as a number.' },
    {
      name: 'market_value_single_precision',
      critical: true,
      why: 'Large values are off by cents to a euro, as in floating point of single precision.',
    },
  ),
  ...twins(
    {
      fields: ['cashByCurrency', 'balances', 'KONTEN'],
      value(random) {
        const [eur, usd] = [minorUnits(random, 1000), minorUnits(random, 1000)];
        const old = object({ EUR: json(decimal(eur, 2)), USD: json(decimal(usd, 2)) });
        const row = (amount: number, currency: string) =>
          object({ currency: json(currency), amount: json(decimal(amount, 2)) });
        return shown(old, list([row(eur, 'EUR'), row(usd, 'USD')]), list([row(eur, 'USD'), row(usd, 'EUR')]));
      },
    },
    { name: 'balances_map_to_rows', why: 'Each currency keeps its amount; a map became a list of rows.' },
    {
      name: 'balances_under_other_currency',
      critical: true,
      why: 'The amounts of euros and dollars are exchanged.',
    },
  ),
  ...twins(
    {
      fields: ['performance', 'yearToDate', 'ytdReturn'],
      value(random) {
        const hundredths = random.int(15, 4200) * (random.chance(0.5) ? -1 : 1);
        const sign = hundredths > 0 ? '+' : '';
        return shownJson(`${sign}${decimal(hundredths, 2)}%`, hundredths / 100, Math.abs(hundredths) / 100);
      },
    },
    { name: 'performance_percent_number', why: 'The number of percent is the same, with its sign.' },
    {
      name: 'performance_losses_as_gains',
      critical: true,
      why: 'Losses lose their minus sign and look like gains.',
    },
  ),
];
