/** Families of securities and bank statements: treasury quotes, ISIN and CUSIP, splits, pence, day counts, MT940 marks. */
import { cusipDigit, isinDigit } from '../check-digits.ts';
import { defect, type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** A day count, another name of it, and another convention. */
const dayCounts = [
  ['ACT/360', 'Actual/360', 'Actual/365 (Fixed)'],
  ['ACT/365F', 'Actual/365 (Fixed)', 'Actual/360'],
  ['ACT/ACT ISDA', 'Actual/Actual (ISDA)', 'Actual/365 (Fixed)'],
  ['30E/360', 'Eurobond basis', '30/360 US'],
] as const;
/** The mark of an MT940 entry, and its camt.053 indicator and reversal. */
const marks = [
  ['C', 'CRDT', false],
  ['D', 'DBIT', false],
  ['RC', 'DBIT', true],
  ['RD', 'CRDT', true],
] as const;

export const families: Family[] = [
  ...twins(
    {
      fields: ['bondPrice', 'treasuryQuote', 'cleanPrice', 'px'],
      value(random) {
        const [handle, ticks, half] = [random.int(92, 109), random.int(1, 31), random.chance(0.3)];
        const legacy = `${handle}-${String(ticks).padStart(2, '0')}${half ? '+' : ''}`;
        const right = String(handle + ticks / 32 + (half ? 1 / 64 : 0));
        return shown(json(legacy), right, decimal(handle * 100 + ticks, 2));
      },
    },
    {
      name: 'b_treasury_thirty_seconds',
      why: 'Behind the dash of a treasury quote stand thirty-seconds, a plus adding half of one: the same price.',
    },
    {
      name: 'b_treasury_as_hundredths',
      critical: true,
      why: 'Thirty-seconds were taken for hundredths, so the price is another.',
    },
  ),
  ...twins(
    {
      fields: ['shares', 'fractionalUnits', 'optionPremium', 'tickPrice'],
      value(random) {
        const [whole, odd, power] = [random.int(1, 400), random.pick([1, 3, 5, 7]), random.pick([3, 4])];
        const right = String(whole + odd / 2 ** power);
        return shown(json(`${whole} ${odd}/${2 ** power}`), right, right.slice(0, -2));
      },
    },
    {
      name: 'b_fraction_as_decimal',
      why: 'Eighths and sixteenths are finite decimals; the number is the same.',
    },
    {
      name: 'b_fraction_truncated',
      critical: true,
      why: 'The decimals of the fraction were cut off after one or two places.',
    },
  ),
  ...twins(
    {
      fields: ['securityId', 'instrument', 'cusip', 'asset.code'],
      value(random) {
        const base = random.digits(8);
        const cusip = `${base}${cusipDigit(base)}`;
        const isin = (nine: string): string => json(`US${nine}${isinDigit(`US${nine}`)}`);
        const other = `${base.slice(0, 6)}${base[7]}${base[6]}`;
        return shown(json(cusip), isin(cusip), isin(`${other}${cusipDigit(other)}`));
      },
    },
    {
      name: 'b_cusip_as_isin',
      why: 'A United States ISIN holds the CUSIP between the country and a check digit.',
    },
    {
      name: 'b_cusip_issue_transposed',
      critical: true,
      why: 'The ISIN is valid but holds another CUSIP: two digits of the issue changed places.',
    },
  ),
  ...twins(
    {
      fields: ['splitRatio', 'corporateAction', 'exchangeRatio', 'terms'],
      value(random) {
        const [received, held] = [random.pick([2, 3, 4, 5, 10]), random.pick([1, 1, 1, 7])];
        const write = (newShares: number, oldShares: number): string => json({ newShares, oldShares });
        return shown(json(`${received} new for ${held} old`), write(received, held), write(held, received));
      },
    },
    { name: 'b_split_ratio_members', why: 'The numbers of new and old shares are named in both notations.' },
    {
      name: 'b_split_ratio_inverted',
      critical: true,
      why: 'New and old shares are swapped: a split became a reverse split.',
    },
  ),
  ...twins(
    {
      fields: ['sharePrice', 'lastTrade', 'marketValue', 'px_last'],
      value(random) {
        const pence = minorUnits(random, 100, 900_000);
        const pounds = object({ amount: decimal(pence, 2), currency: '"GBP"' });
        const kept = object({ amount: String(pence), currency: '"GBP"' });
        return shown(object({ amount: String(pence), currency: '"GBX"' }), pounds, kept);
      },
    },
    { name: 'b_pence_as_pounds', why: 'GBX is the market code of pence: a hundred of them are one pound.' },
    {
      name: 'b_pence_labelled_pounds',
      critical: true,
      why: 'The number of pence stands with the code of pounds, a hundred times the value.',
    },
  ),
  ...twins(
    {
      fields: ['dayCount', 'accrualBasis', 'interest.convention', 'dcc'],
      value(random) {
        const [legacy, right, wrong] = random.pick(dayCounts);
        return shown(json(legacy), json(right), json(wrong));
      },
    },
    { name: 'b_day_count_synonym', why: 'Both are usual names of the same day count convention of ISDA.' },
    {
      name: 'b_day_count_changed',
      critical: true,
      why: 'Another day count convention accrues another interest on the same loan.',
    },
  ),
  ...twins(
    {
      fields: ['debitCreditMark', 'entryDirection', 'statementMark', 'F61_3'],
      value(random) {
        const [mark, indicator, reversal] = random.pick([...marks, marks[2], marks[3]]);
        const write = (CdtDbtInd: string): string => json({ CdtDbtInd, RvslInd: reversal });
        const wrong = reversal ? mark.slice(1) : mark;
        return shown(json(mark), write(indicator), write(wrong === 'C' ? 'CRDT' : 'DBIT'));
      },
    },
    {
      name: 'b_mt940_mark_in_camt',
      why: 'In MT940 RC reverses a credit and so debits; camt.053 says the same with an indicator and a reversal flag.',
    },
    {
      name: 'b_mt940_reversal_direction',
      critical: true,
      why: 'A reversal keeps the direction of what it reverses: the account is credited instead of debited.',
    },
  ),
  defect(
    {
      fields: ['taxLots', 'holdings', 'positionsHeld', 'lots'],
      value(random) {
        const lot = (): string =>
          object({ units: String(random.int(1, 900)), price: decimal(minorUnits(random, 100, 90_000), 2) });
        const lots = Array.from({ length: random.int(2, 5) }, lot);
        return shown(`[${lots.join(',')}]`, `[${lots.join(',')}]`, `[${lots.slice(0, 1).join(',')}]`);
      },
    },
    {
      name: 'b_only_first_tax_lot',
      critical: true,
      why: 'Only the first of several tax lots is left, so the holding and its cost are too low.',
    },
  ),
];
