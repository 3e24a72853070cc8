/** Fares, taxes, vouchers and points of a travel company. */
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const taxCodes = ['YQ', 'DE', 'RA', 'GB', 'UB', 'XA', 'XY', 'US'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['fare', 'baseFare', 'ticketTotal', 'equivalentPaid'],
      value(random) {
        const [currency, digits] = random.pick([
          ['EUR', 2],
          ['JPY', 0],
          ['KRW', 0],
          ['USD', 2],
          ['KWD', 3],
        ] as const);
        const units = minorUnits(random, 5000, 900_000);
        const legacy = object({ units: String(units), currency: json(currency), decimals: String(digits) });
        const answer = (scale: number) =>
          object({ amount: json(decimal(units, scale)), currency: json(currency) });
        return shown(legacy, answer(digits), answer(2));
      },
    },
    {
      name: 'minor_units_with_stated_decimals',
      why: 'The amount has as many decimals as legacy states and as its currency has.',
    },
    {
      name: 'minor_units_always_two_decimals',
      why: 'Every amount is divided by a hundred although yen and won have no decimals and dinars three.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['taxes', 'surcharges', 'taxBreakdown', 'xt'],
      value(random) {
        const codes = random.shuffled(taxCodes).slice(0, random.int(2, 3));
        const rows = [...codes, codes[0]!].map((code) => ({
          code,
          amount: decimal(random.int(150, 9900), 2),
        }));
        const answer = (kept: typeof rows) =>
          list(kept.map(({ code, amount }) => object({ code: json(code), amount })));
        const legacy = json(rows.map(({ code, amount }) => `${code}${amount}`).join(' '));
        return shown(legacy, answer(rows), answer(rows.slice(1)));
      },
    },
    {
      name: 'tax_line_into_list',
      why: 'Each tax of the line is an element with its code and amount, also where a code appears twice.',
    },
    {
      name: 'tax_repeated_code_overwritten',
      why: 'Of two taxes with one code only one is left, as in a map keyed by the code.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['voucher', 'giftCard', 'creditShell', 'emd'],
      value(random) {
        const issued = random.int(4, 60) * 2500;
        const used = random.int(1, Math.floor(issued / 100) - 1) * 100;
        const answer = (left: number, text: (units: number) => string) =>
          object({ issued: text(issued), used: text(used), left: text(left) });
        const number = (units: number) => decimal(units, 2);
        return shown(
          answer(issued - used, (units) => json(decimal(units, 2))),
          answer(issued - used, number),
          answer(issued, number),
        );
      },
    },
    {
      name: 'voucher_amounts_as_numbers',
      why: 'Issued, used and remaining value are the same amounts, as numbers.',
    },
    {
      name: 'voucher_full_value_left',
      why: 'What is left of the voucher is its full value although part of it was used.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['voucherCode', 'couponCode', 'promoCode', 'redemptionCode'],
      value(random) {
        const code = random.text('ABCDEFGHJKMNPQRSTUVWXYZ23456789', 12);
        return shownJson(code.padEnd(20), code, code.slice(0, 10));
      },
    },
    {
      name: 'voucher_code_unpadded',
      why: 'Only the blanks that fill the fixed column are gone from the code.',
    },
    {
      name: 'voucher_code_cut_at_ten',
      why: 'The code is cut to ten characters and cannot be redeemed.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['pointsBalance', 'miles', 'statusPoints', 'awardBalance'],
      value(random) {
        const points = random.int(400, 3_000_000);
        const text = grouped(String(points), ',');
        return shown(json(text), String(points), text.split(',')[0]!);
      },
    },
    {
      name: 'points_grouping_removed',
      why: 'Commas between thousands are gone and the number of points is the same.',
    },
    {
      name: 'points_cut_at_comma',
      why: 'The number ends at the first comma, as Perl reads 12,500 as 12.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['baggage', 'allowance', 'freeBags', 'luggage'],
      least: 3,
      value(random) {
        if (random.chance(0.5)) {
          const pieces = random.int(1, 3);
          return { legacy: json(`${pieces}PC`), right: json({ pieces }) };
        }
        const kilograms = random.pick([15, 20, 23, 30, 32]);
        return shownJson(`${kilograms}K`, { kilograms }, { pieces: kilograms });
      },
    },
    {
      name: 'baggage_code_into_object',
      why: 'PC counts pieces and K kilograms, and the member is named accordingly.',
    },
    {
      name: 'baggage_kilograms_as_pieces',
      why: 'Twenty-three kilograms became twenty-three pieces of luggage.',
      critical: true,
    },
  ),
];
