/** Prices with their tax, payments and loyalty points of an online shop. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const taxes: Family[] = twins(
  {
    fields: ['linePrice', 'priceParts', 'vat', 'preis'],
    value: (random) => {
      const gross = minorUnits(random, 900, 90_000);
      const rate = random.pick([7, 19, 19, 20, 21]);
      const net = Math.round((gross * 100) / (100 + rate));
      const wrong = Math.round((gross * (100 - rate)) / 100);
      const members = (part: number) => ({
        gross: decimal(gross, 2),
        vatRate: String(rate),
        net: decimal(part, 2),
      });
      return shown(json(members(net)), object(members(net)), object(members(wrong)));
    },
  },
  {
    name: 'w_price_parts_as_numbers',
    why: 'The gross price, the rate and the net price are the same figures.',
  },
  {
    name: 'w_net_price_by_subtracting_the_rate',
    critical: true,
    why: 'The net price is the gross one divided by 1.19, and not the gross one less 19 percent of itself.',
  },
);

const payments: Family[] = twins(
  {
    fields: ['payments', 'captures', 'transactions', 'zahlungen'],
    value: (random) => {
      const one = { id: `pay_${random.hex(10)}`, amount: decimal(minorUnits(random, 1_200, 30_000), 2) };
      const row = object({ id: json(one.id), amount: one.amount });
      const other = object({ id: json(`pay_${random.hex(10)}`), amount: '10.00' });
      const rows = random.chance(0.3) ? [other, row] : [row];
      const legacy = list(rows.map((text) => text.replace(/"amount":([\d.]+)/, '"amount":"$1"')));
      return shown(legacy, list(rows), list([...rows, row]));
    },
  },
  { name: 'w_payments_with_number_amounts', why: 'The same payments with the same amounts, as numbers.' },
  {
    name: 'w_payment_listed_twice',
    critical: true,
    why: 'The payment of the same id stands twice in the list, so the customer has paid twice.',
  },
);

const paymentStates: Family[] = coded(
  ['paymentStatus', 'paymentState', 'zahlstatus'],
  [
    ['offen', 'open'],
    ['reserviert', 'authorized', 'paid'],
    ['bezahlt', 'paid'],
    ['erstattet', 'refunded'],
    ['Rücklastschrift', 'charged_back', 'refunded'],
    ['abgelehnt', 'declined', 'open'],
  ],
  { name: 'w_payment_status_translated', why: 'Each German state of the payment has its English name.' },
  {
    name: 'w_payment_status_too_good',
    critical: true,
    why: 'Reserved money is shown as paid, a charge-back as a refund, or a declined payment as open.',
  },
  4,
);

const points: Family[] = twins(
  {
    fields: ['loyaltyPoints', 'bonusPoints', 'punktestand'],
    least: 4,
    value: (random) => {
      const count = minorUnits(random, 40, 48_000);
      const text = String(count).replace(/\B(?=(\d{3})+$)/g, '.');
      const legacy = json(`${text} Punkte`);
      return count < 1000
        ? { legacy, right: String(count) }
        : shown(legacy, String(count), String(Number(text)));
    },
  },
  {
    name: 'w_grouped_points_as_number',
    why: 'The point groups thousands, as points of a customer are whole.',
  },
  {
    name: 'w_thousand_points_as_one',
    critical: true,
    why: 'The point that groups thousands was read as a decimal point.',
  },
);

export const families: Family[] = [...taxes, ...payments, ...paymentStates, ...points];
