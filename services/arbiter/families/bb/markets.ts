/** Trading, lending and betting: prices in 32nds, forward points, odds, repayment plans. */
import type { Family } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './sized.ts';

/** US Treasury prices: 99-16+ is 99 and 16.5 thirty-seconds. */
const treasuries = pair(
  {
    fields: ['cleanPrice', 'quote', 'bid', 'ustPrice'],
    value(random) {
      const handle = random.int(88, 108);
      const ticks = random.int(0, 31);
      const half = random.chance(0.3);
      const note = random.pick(['UST 2Y', 'UST 5Y', 'UST 10Y', 'UST 30Y']);
      const legacy = `${note} ${handle}-${String(ticks).padStart(2, '0')}${half ? '+' : ''}`;
      const modern = (price: string) => ({ instrument: note, cleanPrice: price, per: 100 });
      const right = (handle + (ticks * 2 + (half ? 1 : 0)) / 64).toFixed(6);
      const wrong = `${handle}.${String(ticks).padStart(2, '0')}${half ? '5000' : '0000'}`;
      return shownJson(legacy, modern(right), modern(wrong));
    },
  },
  {
    name: 'bb_treasury_32nds_as_decimal',
    why: 'The price after the dash counts thirty-seconds, with a plus for half of one; the decimal price is exactly that.',
  },
  {
    name: 'bb_treasury_32nds_read_as_hundredths',
    why: 'The thirty-seconds of the price are taken for hundredths, so 99-16 trades at 99.16 instead of 99.50.',
    critical: true,
  },
);

/** Forward points are hundredths of the last but one usual digit: 0.0001, and 0.01 for the yen. */
const forwards = pair(
  {
    fields: ['outright', 'forwardRate', 'terminkurs', 'fwd'],
    value(random) {
      const [pair, low, high] = random.pick([
        ['EURUSD', 10_200, 11_900],
        ['GBPUSD', 12_100, 13_600],
        ['USDCHF', 8000, 9300],
        ['USDJPY', 12_800, 16_100],
        ['EURJPY', 14_000, 17_400],
      ] as const);
      const yen = pair.endsWith('JPY');
      const scale = yen ? 2 : 4;
      const spot = random.int(low, high);
      const tenths = random.int(-300, 300) || 15;
      const points = decimal(tenths, 1);
      const legacy = `${pair} SPOT ${decimal(spot, scale)} 3M ${tenths > 0 ? '+' : ''}${points} PTS`;
      const modern = (rate: string) => ({ pair: `${pair.slice(0, 3)}/${pair.slice(3)}`, tenor: 'P3M', rate });
      const right = decimal(spot * 10 + tenths, scale + 1);
      const wrong = yen ? decimal(spot * 1000 + tenths, 5) : right;
      return shownJson(legacy, modern(right), modern(wrong));
    },
  },
  {
    name: 'bb_forward_points_added_to_spot',
    why: 'The outright rate is the spot rate plus the points, which count 0.0001, and 0.01 against the yen.',
  },
  {
    name: 'bb_forward_points_of_yen_as_0_0001',
    why: 'Against the yen a point is 0.01 but is added as 0.0001, so the forward rate is hardly more than spot.',
    critical: true,
  },
);

/** British odds tell the winnings for a stake, decimal odds include the stake. */
const odds = pair(
  {
    fields: ['odds', 'price', 'startingPrice', 'quoteWin'],
    once: true,
    value(random) {
      const [won, staked] = random.pick([
        [5, 2],
        [1, 4],
        [9, 4],
        [7, 1],
        [11, 10],
        [100, 1],
        [1, 2],
        [3, 1],
        [6, 5],
        [33, 1],
        [4, 5],
      ] as const);
      const modern = (price: number) => ({ decimalOdds: price.toFixed(2) });
      return shownJson(`SP ${won}/${staked}`, modern(won / staked + 1), modern(won / staked));
    },
  },
  {
    name: 'bb_fractional_odds_as_decimal_odds',
    why: 'Decimal odds are the fraction plus the stake that is paid back.',
  },
  {
    name: 'bb_fractional_odds_without_stake',
    why: 'The bare quotient of fractional odds is called decimal odds, so every winner is paid one stake too little.',
    critical: true,
  },
);

/** A repayment plan with the balance after each payment. */
const plans = pair(
  {
    fields: ['schedule', 'tilgungsplan', 'repaymentPlan', 'amortisation'],
    value(random) {
      const monthly = random.int(20, 60) / 12_000;
      const payment = random.int(25_000, 180_000);
      let balance = payment * random.int(10, 90);
      const rows = Array.from({ length: random.int(3, 5) }, () => {
        const interest = Math.round(balance * monthly);
        const opening = balance;
        balance -= payment - interest;
        return { opening, interest, principal: payment - interest, closing: balance };
      });
      const legacy = object({
        columns: json(['NO', 'INTEREST', 'PRINCIPAL', 'BALANCE AFTER PAYMENT']),
        rows: json(
          rows.map((row, at) => [
            at + 1,
            decimal(row.interest, 2),
            decimal(row.principal, 2),
            decimal(row.closing, 2),
          ]),
        ),
      });
      const modern = (which: 'opening' | 'closing') =>
        list(
          rows.map((row, at) =>
            object({
              number: String(at + 1),
              interest: decimal(row.interest, 2),
              principal: decimal(row.principal, 2),
              closingBalance: decimal(row[which], 2),
            }),
          ),
        );
      return shown(legacy, modern('closing'), modern('opening'));
    },
  },
  {
    name: 'bb_repayment_table_as_objects',
    why: 'Every row keeps its number, interest, principal and the balance after the payment; only the shape is another.',
  },
  {
    name: 'bb_repayment_balance_before_payment',
    why: 'The balance called closing is the one before the payment, so the remaining debt is told one instalment too high.',
    critical: true,
  },
);

export const families: readonly Family[] = [...treasuries, ...forwards, ...odds, ...plans];
