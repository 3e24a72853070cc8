/** Transfers and batches: amounts, parties, dates, states. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { currencies, Day, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['amount', 'instructedAmount', 'BETRAG'],
      value(random) {
        const amount = decimal(minorUnits(random), 2);
        const currency = random.pick(currencies);
        const split = (code: string) => object({ amount: json(amount), currency: json(code) });
        return shown(json(`${currency} ${amount}`), split(currency), split('EUR'));
      },
    },
    { name: 'j-payment-amount-split', why: 'Amount and currency are the same, now as two members.' },
    {
      name: 'j-payment-currency-fixed',
      critical: true,
      why: 'Payments in other currencies are answered in euro with the same figure.',
    },
  ),
  ...coded(
    ['status', 'paymentStatus', 'txSts'],
    [
      ['ACSC', 'SETTLED'],
      ['ACSC', 'SETTLED'],
      ['PDNG', 'PENDING', 'SETTLED'],
      ['RJCT', 'REJECTED', 'PENDING'],
      ['CANC', 'CANCELLED'],
    ],
    { name: 'j-payment-status-words', why: 'Each ISO 20022 status became the word for it.' },
    {
      name: 'j-payment-rejected-is-pending',
      critical: true,
      why: 'Rejected payments look pending, or pending ones settled.',
    },
    5,
  ),
  ...twins(
    {
      fields: ['executionDate', 'valueDate', 'AUSF_DAT'],
      value(random) {
        const day = Day.any(random, 2020, 2026);
        return shown(day.iso.replaceAll('-', ''), json(day.iso), json(day.plus(-1).iso));
      },
    },
    { name: 'j-payment-date-from-digits', why: 'The same day, digits became an ISO date.' },
    {
      name: 'j-payment-date-day-early',
      critical: true,
      why: 'A conversion of time zones moved the payment to the day before.',
    },
  ),
  ...twins(
    {
      fields: ['amount', 'total', 'amt'],
      least: 6,
      value(random) {
        const units = random.chance(0.4) ? random.int(1, 900) * 100 : minorUnits(random, 500);
        const whole = units % 100 === 0;
        const text = String(units / 100);
        return shown(text, decimal(units, 2), whole ? decimal(units / 100, 2) : decimal(units, 2));
      },
    },
    { name: 'j-payment-whole-amount-decimals', why: 'Whole amounts gained .00, nothing else changed.' },
    {
      name: 'j-payment-whole-amount-as-cents',
      critical: true,
      why: 'Amounts without a decimal point were taken for cents.',
    },
  ),
  ...twins(
    {
      fields: ['batch', 'paymentFile', 'bulk'],
      value(random) {
        const amounts = Array.from({ length: random.int(2, 7) }, () => minorUnits(random, 500, 500_000));
        const total = amounts.reduce((sum, amount) => sum + amount, 0);
        const of = (sum: number, quote: (text: string) => string) =>
          object({ items: list(amounts.map((a) => decimal(a, 2))), total: quote(decimal(sum, 2)) });
        return shown(of(total, json), of(total, String), of(total - amounts.at(-1)!, String));
      },
    },
    {
      name: 'j-payment-batch-total-number',
      why: 'The same items and the same total, a number instead of text.',
    },
    {
      name: 'j-payment-batch-total-lacks-last',
      critical: true,
      why: 'The control total leaves out the last item.',
    },
  ),
  ...twins(
    {
      fields: ['amount', 'movement', 'UMS_BETR'],
      value(random) {
        const text = decimal(minorUnits(random), 2);
        return random.chance(0.5)
          ? { legacy: json(`${text}+`), right: text }
          : { legacy: json(`${text}-`), right: `-${text}`, wrong: text };
      },
    },
    { name: 'j-payment-trailing-sign', why: 'The sign moved from the end to the front.' },
    {
      name: 'j-payment-trailing-minus-lost',
      critical: true,
      why: 'Debits lost their minus and look like credits.',
    },
  ),
];
