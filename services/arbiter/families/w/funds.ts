/** Fund administration: corporate actions, net asset values, fees and maturities. */
import { isinDigit } from '../check-digits.ts';
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const ratios: Family[] = twins(
  {
    fields: ['splitRatio', 'exchangeRatio', 'subscriptionRatio', 'ratio'],
    once: true,
    value: (random) => {
      const [fresh, old] = random.pick([
        [2, 1],
        [3, 1],
        [1, 10],
        [1, 25],
        [5, 2],
        [1, 8],
      ] as const);
      return shownJson(
        { newShares: fresh, oldShares: old },
        `${fresh} new for ${old} old`,
        `${old} new for ${fresh} old`,
      );
    },
  },
  { name: 'w_ratio_of_new_and_old_in_words', why: 'As many new shares are given for as many old ones.' },
  {
    name: 'w_ratio_of_new_and_old_reversed',
    critical: true,
    why: 'Holders get many shares instead of few, or few instead of many.',
  },
);

const assetValues: Family[] = twins(
  {
    fields: ['navPerUnit', 'unitValue', 'anteilswert', 'redemptionPrice'],
    value: (random) => {
      const units = random.int(81_000, 4_120_000);
      const legacy = json(`${decimal(units, 4)}s4`);
      const right = String(units / 10_000);
      const cents = Math.floor(units / 100);
      return cents * 100 === units ? { legacy, right } : shown(legacy, right, decimal(cents, 2));
    },
  },
  {
    name: 'w_smalltalk_scaled_decimal_as_number',
    why: 'The s4 of a Smalltalk ScaledDecimal only tells its four places.',
  },
  {
    name: 'w_unit_value_cut_to_cents',
    critical: true,
    why: 'The value of a unit lost two of its four decimals, which thousands of units multiply.',
  },
);

const securities: Family[] = twins(
  {
    fields: ['security', 'instrument', 'wertpapier', 'securityId'],
    value: (random) => {
      const wkn = random.text('0123456789ABCDEFGHJKLMNPQRSTUVWXYZ', 6);
      const other = `${wkn.slice(0, 4)}${wkn.slice(5)}${wkn[4]}`;
      const isin = (of: string) => `DE000${of}${isinDigit(`DE000${of}`)}`;
      const legacy = json({ wkn });
      return other === wkn
        ? { legacy, right: json({ isin: isin(wkn) }) }
        : shown(legacy, json({ isin: isin(wkn) }), json({ isin: isin(other) }));
    },
  },
  { name: 'w_wkn_as_isin', why: 'A German ISIN is DE, three zeros, this WKN and its check digit.' },
  {
    name: 'w_isin_of_another_wkn',
    critical: true,
    why: 'The last characters of the WKN changed places within the ISIN, which names another security.',
  },
);

const events: Family[] = coded(
  ['corporateAction', 'eventType', 'CAEV', 'kapitalmassnahme'],
  [
    ['DVCA', 'cash_dividend'],
    ['DVOP', 'optional_dividend', 'cash_dividend'],
    ['SPLF', 'forward_split'],
    ['SPLR', 'reverse_split', 'forward_split'],
    ['RHTS', 'rights_issue', 'bonus_issue'],
    ['BONU', 'bonus_issue'],
    ['MRGR', 'merger'],
  ],
  {
    name: 'w_corporate_action_code_in_words',
    why: 'The words are what these event codes of ISO 15022 stand for.',
  },
  {
    name: 'w_corporate_action_code_confused',
    critical: true,
    why: 'A reverse split is no forward split, and an optional dividend or a rights issue asks for a choice.',
  },
  5,
);

const smallRates: Family[] = twins(
  {
    fields: ['managementFee', 'feeRate', 'verwaltungsverguetung', 'expenseRatio'],
    least: 10,
    value: (random) => {
      const hundredths = random.chance(0.5) ? random.int(5, 95) : random.int(105, 240);
      const legacy = json(`${decimal(hundredths, 2)}%`);
      const right = String(hundredths / 10_000);
      return hundredths < 100 ? shown(legacy, right, String(hundredths / 100)) : { legacy, right };
    },
  },
  { name: 'w_percentage_as_fraction', why: 'A percentage divided by hundred is the same rate.' },
  {
    name: 'w_small_percentage_left_undivided',
    critical: true,
    why: 'Rates under one percent were not divided by hundred, while those above were.',
  },
);

const maturities: Family[] = twins(
  {
    fields: ['maturityDate', 'bondMaturity', 'redemptionDate', 'faelligkeit'],
    clear: true,
    value: (random) => {
      const day = Day.any(random, 2027, 2056);
      const yy = two(day.year % 100);
      const right = json(day.iso);
      const legacy = json(`${yy}${day.mm}${day.dd}`);
      return day.year >= 2030 ? shown(legacy, right, json(`19${yy}-${day.mm}-${day.dd}`)) : { legacy, right };
    },
  },
  {
    name: 'w_short_maturity_in_this_century',
    why: 'A bond that is held falls due in the future, so the century is this one.',
  },
  {
    name: 'w_maturity_a_century_early',
    critical: true,
    why: 'Bonds that are held would have been due in the last century.',
  },
);

export const families: Family[] = [
  ...ratios,
  ...assetValues,
  ...securities,
  ...events,
  ...smallRates,
  ...maturities,
];
