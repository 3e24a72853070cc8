/** Amounts and counts as texts of a country or a printer. */
import { twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits } from '../kit-values.ts';
import { shown } from '../shown.ts';

const protectedAmount = twins(
  {
    fields: ['chequeAmount', 'amountFigures', 'payout', 'printedAmount'],
    value(random) {
      const units = minorUnits(random, 1_000, 90_000_000);
      const text = grouped(decimal(units, 2), ',');
      const first = `${text.split(',')[0]}.00`;
      return shown(
        json(text.padStart(13, '*')),
        json(decimal(units, 2)),
        json(units < 100_000 ? decimal(units, 2) : first),
      );
    },
  },
  {
    name: 'e_protective_stars_left_out',
    why: 'Stars before a printed amount only protect it; the digits are equal.',
  },
  {
    name: 'e_amount_parse_stops_at_comma',
    critical: true,
    why: 'Reading stopped at the thousands comma: 1,250.00 became 1.00.',
  },
);

/** 1234567.50 as 12,34,567.50. */
function lakhs(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const head = whole.slice(0, -3).replace(/\B(?=(\d{2})+(?!\d))/g, ',');
  return `${head === '' ? '' : `${head},`}${whole.slice(-3)}.${fraction}`;
}

const indianGrouping = twins(
  {
    fields: ['sanctionedAmount', 'outstanding', 'limitText', 'emiTotal'],
    value(random) {
      const units = minorUnits(random, 1_000_000, 900_000_000);
      const text = lakhs(decimal(units, 2));
      const groups = text.split(',');
      const wrong =
        groups.length < 3
          ? decimal(units, 2)
          : groups
              .slice(1)
              .join('')
              .replace(/^0+(?=\d)/, '');
      return shown(json(text), decimal(units, 2), wrong);
    },
  },
  {
    name: 'e_indian_grouping_removed',
    why: 'Groups of lakhs and crores were removed; the digits are equal.',
  },
  {
    name: 'e_indian_grouping_loses_first_group',
    critical: true,
    why: 'The digits before the first comma are gone: 12,34,567.50 became 34567.50.',
  },
);

const narrowSpaces = twins(
  {
    fields: ['montant', 'displayAmount', 'solde', 'total'],
    value(random) {
      const units = minorUnits(random, 2_000, 90_000_000);
      const right = decimal(units, 2);
      const legacy = json(`${grouped(right, '\u202f', ',')}\u00a0€`);
      return shown(legacy, json(`${right} EUR`), json(`${decimal(units * 100, 2)} EUR`));
    },
  },
  {
    name: 'e_french_amount_to_plain',
    why: 'Narrow spaces, decimal comma and € sign became plain notation of the same.',
  },
  {
    name: 'e_french_decimal_comma_dropped',
    critical: true,
    why: 'The decimal comma was dropped as if it grouped: a hundred times the amount.',
  },
);

const notANumber = twins(
  {
    fields: ['betrag', 'saldo', 'amountText', 'praemie'],
    value(random) {
      const units = minorUnits(random, 2_000, 9_000_000);
      const right = decimal(units, 2);
      return shown(json(grouped(right, '.', ',')), json(right), units < 100_000 ? json(right) : json('NaN'));
    },
  },
  {
    name: 'e_german_amount_to_plain',
    why: 'Grouping dots and decimal comma became plain notation; the digits are equal.',
  },
  {
    name: 'e_german_amount_not_a_number',
    critical: true,
    why: 'The rewrite failed to read the amount and answers NaN.',
  },
);

const points = twins(
  {
    fields: ['points', 'bonusPoints', 'miles', 'loyaltyPoints'],
    clear: true,
    least: 6,
    value(random) {
      const count = minorUnits(random, 20_000, 9_000_000);
      const [head = '', next = ''] = grouped(String(count), '.').split('.');
      const wrong = count < 1_000_000 ? String(count) : `${head}.${next}`.replace(/\.?0+$/, '');
      return shown(json(grouped(String(count), '.')), String(count), wrong);
    },
  },
  {
    name: 'e_points_grouping_removed',
    why: 'Dots that group whole points were removed; the digits are equal.',
  },
  {
    name: 'e_points_read_as_decimal',
    critical: true,
    why: 'With two grouping dots the number was read up to the second: 1.250.300 points became 1.25.',
  },
);

export const families = [...protectedAmount, ...indianGrouping, ...narrowSpaces, ...notANumber, ...points];
