/** Securities and funds: quotes, orders, prices, amounts, lots. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const thirtySeconds = twins(
  {
    fields: ['treasuryQuote', 'bidPrice', 'px', 'lastQuote'],
    least: 8,
    value(random) {
      const [whole, ticks, sign] = [
        random.int(88, 112),
        random.int(0, 31),
        random.pick(['', '', '2', '+', '6']),
      ];
      const eighths = sign === '' ? 0 : sign === '+' ? 4 : Number(sign);
      const price = (part: number) =>
        (whole + (ticks * 8 + part) / 256).toFixed(8).replace(/0+$/, '').replace(/\.$/, '.0');
      const text = `${whole}-${String(ticks).padStart(2, '0')}${sign}`;
      return shown(json(text), price(eighths), price(0));
    },
  },
  {
    name: 'aa_quote_thirty_seconds_decimal',
    why: 'Treasury quotes in 32nds (+ is half of one, 2 and 6 are quarters) written as the exactly same decimal price.',
  },
  {
    name: 'aa_quote_half_tick_dropped',
    why: 'The eighths behind the 32nds (+, 2, 6) are ignored: the price is up to three quarters of a tick too low.',
    critical: true,
  },
);

const sides = { '1': 'BUY', '2': 'SELL', '5': 'SELL_SHORT', '6': 'SELL_SHORT_EXEMPT' } as const;
const order = twins(
  {
    fields: ['order', 'message', 'rawOrder', 'execRequest'],
    least: 8,
    value(random) {
      const side = random.pick(['1', '1', '2', '2', '5', '6'] as const);
      const [type, tif] = [random.pick(['1', '2']), random.pick(['0', '1', '3', '4'])];
      const id = `${random.text('ABCDEFGH', 2)}${random.digits(7)}`;
      const symbol = random.pick(['VOD.L', 'SAP.DE', 'AAPL', 'MC.PA', '7203.T', 'NOVN.SW']);
      const [quantity, price] = [random.int(1, 400) * 25, decimal(minorUnits(random, 200, 90_000), 2)];
      const fix = [
        'FIX.4.4',
        `35=D`,
        `11=${id}`,
        `55=${symbol}`,
        `54=${side}`,
        `38=${quantity}`,
        `40=${type}`,
        ...(type === '2' ? [`44=${price}`] : []),
        `59=${tif}`,
      ];
      const modern = (name: string) => ({
        kind: 'newOrder',
        clientOrderId: id,
        symbol,
        side: name,
        quantity,
        type: type === '2' ? 'LIMIT' : 'MARKET',
        ...(type === '2' ? { limit: price } : {}),
        timeInForce: { '0': 'DAY', '1': 'GTC', '3': 'IOC', '4': 'FOK' }[tif],
      });
      return shownJson(`8=${fix.join('|')}`, modern(sides[side]), modern(side === '1' ? 'BUY' : 'SELL'));
    },
  },
  {
    name: 'aa_fix_order_as_object',
    why: 'The tags of a FIX new-order message by their names, the enumerated values by their meanings.',
  },
  {
    name: 'aa_fix_short_sale_as_sale',
    why: 'Side 5 and 6 (short sales) are reported as plain sales: the marking the regulator wants is gone.',
    critical: true,
  },
);

const navs = twins(
  {
    fields: ['navHistory', 'prices', 'series', 'valuation'],
    least: 8,
    value(random) {
      let day = Day.any(random, 2020, 2025);
      let units = random.int(80_000, 2_500_000);
      const rows = Array.from({ length: random.int(4, 8) }, () => {
        do day = day.plus(1);
        while ([0, 6].includes(day.date.getUTCDay()));
        units += random.int(1, 9_000) * random.pick([1, -1]);
        return [day.iso, decimal(units, 4)] as const;
      });
      const legacy = { dates: rows.map(([date]) => date), nav: rows.map(([, nav]) => nav) };
      const right = rows.map(([date, nav]) => ({ date, nav }));
      const wrong = right.slice(1).map(({ date }, at) => ({ date, nav: right[at]?.nav }));
      return shownJson(legacy, right, wrong);
    },
  },
  { name: 'aa_nav_columns_to_rows', why: 'Two parallel columns became rows; every day keeps its value.' },
  {
    name: 'aa_nav_rows_shifted_a_day',
    why: 'Each day stands beside the value of the day before, and the first day and the last value are gone.',
    critical: true,
  },
);

const swiftAmount = twins(
  {
    fields: ['settlementAmount', 'field32B', 'amt', 'grossAmount'],
    least: 10,
    value(random) {
      const currency = random.pick(['EUR', 'USD', 'JPY', 'GBP', 'CHF', 'KWD']);
      const scale = currency === 'JPY' ? 0 : currency === 'KWD' ? 3 : 2;
      const step = random.pick([1, 5, 10, 10, 50, 100]);
      const units = minorUnits(random, 1_000, 90_000_000) * step;
      const exact = decimal(units, scale);
      const [whole = '0', fraction = ''] = exact.split('.');
      const short = fraction.replace(/0+$/, '');
      const read = scale === 0 ? whole : `${whole}.${short.padStart(scale, '0')}`;
      return shownJson(`${currency}${whole},${short}`, { currency, value: exact }, { currency, value: read });
    },
  },
  {
    name: 'aa_mt_amount_decimal_comma',
    why: 'The SWIFT comma with as many digits as needed, written out to the digits of the currency.',
  },
  {
    name: 'aa_mt_amount_tenths_as_hundredths',
    why: 'A single digit behind the comma is taken for the last one: 100,5 becomes 100.05.',
    critical: true,
  },
);

const lots = twins(
  {
    fields: ['taxLots', 'openLots', 'holdings', 'positions'],
    least: 8,
    value(random) {
      const all = Array.from({ length: random.int(3, 6) }, () => ({
        acquired: Day.any(random, 2008, 2024).iso,
        quantity: random.int(1, 60) * 5,
        cost: decimal(minorUnits(random, 500, 40_000), 2),
      }));
      if (random.chance(0.5)) all.push({ ...all[0]! });
      const sorted = [...all].sort((a, b) => (a.acquired < b.acquired ? -1 : 1));
      const seen = new Set<string>();
      const distinct = sorted.filter((lot) => !seen.has(json(lot)) && seen.add(json(lot)));
      const value = shownJson(random.shuffled(all), sorted, distinct);
      return { ...value, legacy2: json(random.shuffled(all)) };
    },
  },
  {
    name: 'aa_lots_order_not_kept',
    why: 'Legacy itself lists the lots in another order each time; the rewrite sorts the very same lots by date.',
  },
  {
    name: 'aa_lots_equal_ones_merged',
    why: 'Two purchases of the same day, size and price are no duplicates: one of them vanishes behind the changing order.',
    critical: true,
  },
);

export const families: readonly Family[] = [...thirtySeconds, ...order, ...navs, ...swiftAmount, ...lots];
