/** Orders, instruments and corporate actions at a stock broker. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, object } from '../kit-values.ts';

const tickers = ['AAPL', 'MSFT', 'XOM', 'KO', 'NVDA', 'IBM', 'GE', 'PFE'];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['option', 'contract', 'instrument'],
      value(random) {
        const [root, day] = [random.pick(tickers), Day.any(random, 2023)];
        const [dollars, call] = [random.int(2, 180) * 5, random.chance(0.5)];
        const symbol = `${root.padEnd(6)}${day.yyyy.slice(2)}${day.mm}${day.dd}${call ? 'C' : 'P'}`;
        const parts = (strike: string) =>
          object({ root: json(root), expiry: json(day.iso), type: json(call ? 'CALL' : 'PUT'), strike });
        return {
          legacy: json(`${symbol}${String(dollars * 1000).padStart(8, '0')}`),
          right: parts(decimal(dollars * 100, 2)),
          wrong: parts(decimal(dollars * 1000, 2)),
        };
      },
    },
    {
      name: 'l_occ_symbol_parts',
      why: 'The option symbol states the strike in thousandths, and the parts say the same.',
    },
    {
      name: 'l_occ_strike_tenfold',
      critical: true,
      why: 'The strike of the symbol is in thousandths but was divided by 100: ten times too high.',
    },
  ),
  ...coded(
    ['orderSide', 'side', 'fixSide'],
    [
      ['54=1 (Buy)', 'BUY'],
      ['54=2 (Sell)', 'SELL'],
      ['54=5 (Sell short)', 'SELL_SHORT', 'BUY'],
    ],
    {
      name: 'l_fix_side_words',
      why: 'The side that the FIX tag states in words is the side of the rewrite.',
    },
    { name: 'l_fix_short_falls_to_buy', critical: true, why: 'A short sale is returned as a purchase.' },
  ),
  ...twins(
    {
      fields: ['splitRatio', 'corporateAction', 'exchangeRatio'],
      once: true,
      value(random) {
        const [fresh, old] = random.pick([
          [2, 1],
          [3, 1],
          [3, 2],
          [5, 1],
          [10, 1],
          [1, 10],
          [1, 20],
        ] as const);
        const ratio = (newShares: number, oldShares: number) => json({ newShares, oldShares });
        return {
          legacy: json(`${fresh} NEW FOR ${old} OLD`),
          right: ratio(fresh, old),
          wrong: ratio(old, fresh),
        };
      },
    },
    { name: 'l_split_ratio_members', why: 'The counts of new and old shares are the same as in the text.' },
    {
      name: 'l_split_ratio_inverted',
      critical: true,
      why: 'New and old shares changed places, so a split became a reverse split.',
    },
  ),
  ...twins(
    {
      fields: ['orderQuantity', 'quantity', 'nominal'],
      value(random) {
        const count = random.int(2, 900);
        const [text, factor] = random.pick([
          ['K', 1_000],
          ['M', 1_000_000],
          ['', 1],
        ] as const);
        const both = { legacy: json(`${count}${text}`), right: String(count * factor) };
        return factor === 1 ? both : { ...both, wrong: String(count) };
      },
    },
    {
      name: 'l_quantity_suffix_expanded',
      why: 'K stands for thousand and M for million, and the number is written out.',
    },
    {
      name: 'l_quantity_suffix_ignored',
      critical: true,
      why: 'The suffix for thousand or million is dropped, so far too few are traded.',
    },
  ),
  ...twins(
    {
      fields: ['limit', 'orderType', 'priceCondition'],
      least: 2,
      value(random) {
        const price = decimal(random.int(500, 60_000), 2);
        if (random.chance(0.5)) {
          return { legacy: json(`LMT ${price}`), right: object({ type: '"LIMIT"', price }) };
        }
        return {
          legacy: json(`STP ${price}`),
          right: object({ type: '"STOP"', price }),
          wrong: object({ type: '"LIMIT"', price }),
        };
      },
    },
    {
      name: 'l_order_condition_members',
      why: 'The type of the order is spelled out and its price is the same.',
    },
    {
      name: 'l_stop_taken_for_limit',
      critical: true,
      why: 'A stop order is returned as a limit order, which would be executed at once.',
    },
  ),
];
