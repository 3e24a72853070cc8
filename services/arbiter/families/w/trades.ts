/** Positions, prices and settlement of a securities custodian: PL/I records and Smalltalk objects to Scala's JSON. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const months = 'January February March April May June July August September October November December';
/** 11 March 2024, as Smalltalk prints a Date. */
const printed = (day: Day): string => `${day.day} ${months.split(' ')[day.month - 1]} ${day.yyyy}`;

const thirtySeconds: Family[] = twins(
  {
    fields: ['treasuryPrice', 'bondPrice', 'quotedPrice', 'PRC-32'],
    clear: true,
    least: 4,
    value: (random) => {
      const [points, parts] = [random.int(88, 109), random.int(0, 31)];
      return shown(
        json(`${points}-${two(parts)}`),
        String(points + parts / 32),
        String(Number(`${points}.${two(parts)}`)),
      );
    },
  },
  {
    name: 'w_thirty_seconds_as_decimals',
    why: 'Treasury prices are quoted in points and thirty-seconds: 99-16 is 99.5.',
  },
  {
    name: 'w_thirty_seconds_as_hundredths',
    critical: true,
    why: 'The price 99-16 means 99 and 16 thirty-seconds, and not 99.16.',
  },
);

const shorts: Family[] = twins(
  {
    fields: ['position', 'holding', 'openPosition', 'bestand'],
    value: (random) => {
      const quantity = random.int(1, 400) * random.pick([1, 5, 25, 100]);
      const short = random.chance(0.35);
      const legacy = json({ quantity: String(quantity).padStart(9, '0'), side: short ? 'SHORT' : 'LONG' });
      const written = (value: number) => json({ quantity: value });
      return short
        ? shown(legacy, written(-quantity), written(quantity))
        : { legacy, right: written(quantity) };
    },
  },
  {
    name: 'w_short_position_as_negative',
    why: 'A short position is a negative quantity, and a long one positive.',
  },
  {
    name: 'w_short_position_turned_long',
    critical: true,
    why: 'What the customer owes as a short position is shown as a holding.',
  },
);

const settlements: Family[] = twins(
  {
    fields: ['settlement', 'tradeDates', 'valuta', 'dates'],
    least: 4,
    value: (random) => {
      const any = Day.any(random, 2019, 2024);
      const weekday = any.date.getUTCDay();
      const trade = weekday === 0 ? any.plus(1) : weekday === 6 ? any.plus(2) : any;
      const overWeekend = trade.date.getUTCDay() >= 4;
      const settle = trade.plus(overWeekend ? 4 : 2);
      const legacy = json({ trade: printed(trade), settle: printed(settle) });
      const written = (day: Day) => json({ tradeDate: trade.iso, settlementDate: day.iso });
      return overWeekend
        ? shown(legacy, written(settle), written(trade.plus(2)))
        : { legacy, right: written(settle) };
    },
  },
  { name: 'w_printed_dates_as_iso', why: 'Both sides name the same trade and settlement days.' },
  {
    name: 'w_settlement_on_the_weekend',
    critical: true,
    why: 'Trades late in the week settle on a Saturday or Sunday in the rewrite, and on a working day in legacy.',
  },
);

const statuses: Family[] = coded(
  ['settlementStatus', 'matchingStatus', 'tradeState'],
  [
    ['MACH', 'matched'],
    ['NMAT', 'unmatched', 'matched'],
    ['PENF', 'failing', 'pending'],
    ['PEND', 'pending'],
    ['CAND', 'cancelled', 'pending'],
  ],
  {
    name: 'w_settlement_status_in_words',
    why: 'The words are what these settlement codes of ISO 15022 stand for.',
  },
  {
    name: 'w_settlement_status_too_good',
    critical: true,
    why: 'An unmatched, failing or cancelled instruction is shown in a better state than it is in.',
  },
  5,
);

const pairs: Family[] = twins(
  {
    fields: ['fxRate', 'exchangeRate', 'conversion', 'devisenkurs'],
    value: (random) => {
      const [base, quote, middle] = random.pick([
        ['EUR', 'USD', 10_870],
        ['EUR', 'CHF', 9_630],
        ['GBP', 'USD', 12_710],
        ['USD', 'CAD', 13_520],
        ['EUR', 'SEK', 113_400],
      ] as const);
      const rate = String((middle + random.int(-300, 300)) / 10_000);
      const written = (from: string, to: string) => object({ base: json(from), quote: json(to), rate });
      return shown(
        object({ pair: json(`${base}/${quote}`), rate }),
        written(base, quote),
        written(quote, base),
      );
    },
  },
  {
    name: 'w_currency_pair_in_parts',
    why: 'The first currency of the pair is the base, the second the quote.',
  },
  {
    name: 'w_currency_pair_turned_round',
    critical: true,
    why: 'Base and quote changed places while the rate stayed, which is the rate of the other direction.',
  },
);

const priceKinds: Family[] = twins(
  {
    fields: ['price', 'limit', 'dealPrice', 'kurs'],
    value: (random) => {
      const [code, kind, other] = random.pick([
        ['PRCT', 'percent_of_nominal', 'amount_per_unit'],
        ['PRCT', 'percent_of_nominal', 'amount_per_unit'],
        ['ACTU', 'amount_per_unit', 'percent_of_nominal'],
      ] as const);
      const price = decimal(random.int(8_200, 11_900), 2);
      const value = String(Number(price));
      const written = (as: string) => object({ value, kind: json(as) });
      return shown(json(`${code}/${price}`), written(kind), written(other));
    },
  },
  {
    name: 'w_price_qualifier_in_words',
    why: 'PRCT is a percentage of the nominal value and ACTU an actual amount.',
  },
  {
    name: 'w_percent_price_as_amount',
    critical: true,
    why: 'A price in percent of the nominal value is shown as an amount for a unit, or the other way round.',
  },
);

export const families: Family[] = [
  ...thirtySeconds,
  ...shorts,
  ...settlements,
  ...statuses,
  ...pairs,
  ...priceKinds,
];
