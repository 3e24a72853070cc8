/** Stock brokers: prices, pairs, splits, expiries and order sides. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, object, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const monthNames = [
  'JAN',
  'FEB',
  'MAR',
  'APR',
  'MAY',
  'JUN',
  'JUL',
  'AUG',
  'SEP',
  'OCT',
  'NOV',
  'DEC',
] as const;

const treasuries = twins(
  {
    fields: ['bondPrice32nds', 'treasuryPrice', 'notePrice'],
    clear: true,
    least: 4,
    value(random: Random) {
      const [whole, ticks] = [random.int(88, 112), random.pick([4, 8, 12, 16, 20, 24, 28])];
      return shown(json(`${whole} ${ticks}/32`), String(whole + ticks / 32), `${whole}.${two(ticks)}`);
    },
  },
  {
    name: 'k_price_32nds_to_decimal',
    why: 'The thirty-seconds and the decimal fraction are the same price.',
  },
  {
    name: 'k_price_32nds_as_hundredths',
    why: 'The number of thirty-seconds was written as hundredths, which is another price.',
    critical: true,
  },
);

const pairs = twins(
  {
    fields: ['fxQuote', 'exchangeRate', 'crossRate'],
    value(random: Random) {
      const [base, quote, middle] = random.pick([
        ['EUR', 'USD', 10850],
        ['GBP', 'USD', 12710],
        ['EUR', 'CHF', 9410],
        ['USD', 'CAD', 13620],
      ] as const);
      const rate = decimal(middle + random.int(-300, 300), 4);
      const fx = (first: string, second: string) => object({ base: json(first), quote: json(second), rate });
      return shown(json(`1 ${base} = ${rate} ${quote}`), fx(base, quote), fx(quote, base));
    },
  },
  { name: 'k_fx_text_to_object', why: 'Both sides give the same rate for one unit of the same currency.' },
  {
    name: 'k_fx_base_and_quote_swapped',
    why: 'The currencies changed places but the rate was not inverted.',
    critical: true,
  },
);

const points = twins(
  {
    fields: ['spread', 'yieldSpread', 'margin'],
    once: true,
    value(random: Random) {
      const bp = random.int(12, 640);
      return shown(json(`${bp} bp`), json(`${decimal(bp, 2)} %`), json(`${decimal(bp, 1)} %`));
    },
  },
  {
    name: 'k_basis_points_to_percent',
    why: 'A hundred basis points are one per cent, so both are the same margin.',
  },
  {
    name: 'k_basis_points_by_ten',
    why: 'The basis points were divided by ten instead of a hundred.',
    critical: true,
  },
);

const splits = twins(
  {
    fields: ['splitRatio', 'stockSplit', 'corporateAction'],
    value(random: Random) {
      const [fresh, old] = random.pick([
        [2, 1],
        [3, 1],
        [4, 1],
        [3, 2],
        [1, 10],
        [1, 5],
      ] as const);
      const ratio = (now: number, before: number) =>
        object({ newShares: String(now), oldShares: String(before) });
      return shown(json(`${fresh} new for ${old} old`), ratio(fresh, old), ratio(old, fresh));
    },
  },
  { name: 'k_split_text_to_object', why: 'New and old shares stand in the same ratio on both sides.' },
  {
    name: 'k_split_ratio_inverted',
    why: 'New and old shares changed places, so a split became a reverse split.',
    critical: true,
  },
);

const pence = twins(
  {
    fields: ['lastPrice', 'limitPrice', 'closingPrice'],
    value(random: Random) {
      const tenths = random.int(800, 45_000);
      const price = (value: string, currency: string) => object({ price: value, currency: json(currency) });
      return shown(
        price(decimal(tenths, 1), 'GBX'),
        price(decimal(tenths, 3), 'GBP'),
        price(decimal(tenths, 1), 'GBP'),
      );
    },
  },
  { name: 'k_pence_to_pounds', why: 'GBX are pence, and a hundredth of them is the price in pounds.' },
  {
    name: 'k_pence_relabelled_pounds',
    why: 'The figure in pence is answered as pounds, a hundred times the price.',
    critical: true,
  },
);

const expiries = twins(
  {
    fields: ['contractMonth', 'futuresExpiry', 'deliveryMonth'],
    value(random: Random) {
      const [month, year] = [random.int(2, 12), random.int(24, 29)];
      return shown(
        json(`${monthNames[month - 1]}${year}`),
        json(`20${year}-${two(month)}`),
        json(`20${year}-${two(month - 1)}`),
      );
    },
  },
  {
    name: 'k_contract_month_iso',
    why: 'The name of the month and its number are the same month of the same year.',
  },
  {
    name: 'k_contract_month_counted_from_zero',
    why: 'Months were counted from zero, so each contract expires a month early.',
    critical: true,
  },
);

const stamps = twins(
  {
    fields: ['tradeTime', 'executedAt', 'matchedAt'],
    least: 3,
    value(random: Random) {
      const [day, time] = [Day.any(random, 2021, 2026), timeOfDay(random)];
      const milliseconds = random.chance(0.4) ? random.int(1, 99) : random.int(100, 999);
      const legacy = `${day.yyyy}${day.mm}${day.dd}-${time.text}.${String(milliseconds).padStart(3, '0')}Z`;
      const modern = (fraction: string) => json(`${day.iso}T${time.text}.${fraction}Z`);
      return shown(json(legacy), modern(String(milliseconds).padStart(3, '0')), modern(String(milliseconds)));
    },
  },
  {
    name: 'k_trade_time_iso',
    why: 'The compact and the ISO writing give the same instant to the millisecond.',
  },
  {
    name: 'k_trade_time_milliseconds_unpadded',
    why: 'Milliseconds below a hundred lost their zeros, so .045 s became .45 s.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...treasuries,
  ...pairs,
  ...points,
  ...splits,
  ...pence,
  ...expiries,
  ...stamps,
];
