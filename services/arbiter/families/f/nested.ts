/** Objects within objects, and values that belong together: pairs, taxes, parties. */
import { germanIbanDigits } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { currencies, decimal, givenNames, json, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** Roughly what one euro buys. */
const perEuro: Readonly<Record<string, number>> = {
  EUR: 1,
  USD: 1.08,
  GBP: 0.85,
  SEK: 11.3,
  PLN: 4.3,
  CAD: 1.48,
};
const iban = (account: string): string => json(`DE${germanIbanDigits(account)}${account}`);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['payload', 'isoMessage', 'rawAmount', 'camtEntry'],
      value: (random) => {
        const [code, amount] = [random.pick(currencies), decimal(minorUnits(random), 2)];
        return shown(
          json(`<Amt Ccy="${code}">${amount}</Amt>`),
          json(`<Amt  Ccy='${code}' >${amount}</Amt >`),
          json(`<Amt>${amount}</Amt>`),
        );
      },
    },
    {
      name: 'f_xml_quotes_and_spaces',
      why: 'In XML the kind of quotes and the spaces within a tag mean nothing.',
    },
    {
      name: 'f_xml_currency_lost',
      critical: true,
      why: 'The attribute with the currency of the amount is gone.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['parties', 'transfer', 'directDebit', 'instruction'],
      value: (random) => {
        const party = () => [
          json(`${random.pick(givenNames)} ${random.pick(surnames)}`),
          iban(random.digits(18)),
        ];
        const [[from = '', fromIban = ''], [to = '', toIban = '']] = [party(), party()];
        const nested = (iban: string) =>
          object({
            debtor: object({ name: from, iban: fromIban }),
            creditor: object({ name: to, iban }),
          });
        return shown(
          object({ debtor_name: from, debtor_iban: fromIban, creditor_name: to, creditor_iban: toIban }),
          nested(toIban),
          nested(fromIban),
        );
      },
    },
    {
      name: 'f_parties_nested',
      why: 'Each party has the same name and account, in objects instead of prefixed keys.',
    },
    {
      name: 'f_creditor_with_debtor_account',
      critical: true,
      why: 'The creditor has the account of the debtor, so the money would go back to its sender.',
    },
  ),
  ...twins(
    {
      fields: ['update', 'limitChange', 'profileUpdate', 'confirmation'],
      value: (random) => {
        const [before, after] = random.shuffled([250, 500, 750, 1000, 2000, 5000]);
        const answer = (write: (text: string) => string, stored = 0) =>
          object({ requested: write(String(after)), stored: write(String(stored)) });
        return shown(answer(json, after), answer(String, after), answer(String, before));
      },
    },
    {
      name: 'f_update_answer_numbers',
      why: 'What was asked for and what is stored are the same, as numbers.',
    },
    {
      name: 'f_update_answer_stale',
      critical: true,
      why: 'What is stored is not what was asked for, unlike in legacy: a stale read or a lost write.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['tax', 'vatLine', 'invoiceTax', 'levy'],
      value: (random) => {
        const [net, rate] = [minorUnits(random, 10_00, 9_000_00), random.pick([0, 5, 5, 20, 20])];
        const tax = (write: (text: string) => string, percent: number) =>
          object({
            net: write(decimal(net, 2)),
            ratePercent: String(rate),
            tax: write(decimal(Math.round((net * percent) / 100), 2)),
          });
        return shown(tax(json, rate), tax(String, rate), tax(String, 20));
      },
    },
    { name: 'f_tax_numbers', why: 'The same net amount, rate and tax, as numbers instead of texts.' },
    {
      name: 'f_tax_at_standard_rate',
      critical: true,
      why: 'The tax is 20 % of the net amount although the rate beside it is lower.',
    },
  ),
  ...twins(
    {
      fields: ['quote', 'fx', 'exchangeRate', 'conversion'],
      value: (random) => {
        const [base = '', counter = ''] = random.shuffled(Object.keys(perEuro));
        const cross = (perEuro[counter] ?? 1) / (perEuro[base] ?? 1);
        const rate = decimal(Math.round(cross * random.int(9_800, 10_200)), 4);
        const pair = (from: string, to: string) => object({ base: json(from), quote: json(to), rate });
        return shown(
          object({ pair: json(`${base}/${counter}`), rate }),
          pair(base, counter),
          pair(counter, base),
        );
      },
    },
    {
      name: 'f_pair_split',
      why: 'The base stands before the bar and the quoted currency behind it: the same rate.',
    },
    {
      name: 'f_pair_swapped',
      critical: true,
      why: 'Base and quoted currency are swapped while the rate is the same.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['bic', 'bankCode', 'swift', 'creditorAgent'],
      value: (random) => {
        const bank = `${random.text('BCDFHKLMNPRSTVW', 4)}${random.pick(['DE', 'FR', 'GB', 'IT', 'ES'])}${random.text('2FLMRX', 2)}`;
        if (random.chance(0.5)) return shown(json(bank), json(`${bank}XXX`), json(`${bank}XXX`));
        const branch = `${bank}${random.text('123456789', 1)}${random.digits(2)}`;
        return shown(json(branch), json(branch), json(`${bank}XXX`));
      },
    },
    {
      name: 'f_bic_of_eleven',
      why: 'XXX is the head office (ISO 9362), which the BIC of eight places denotes.',
    },
    {
      name: 'f_bic_branch_lost',
      critical: true,
      why: 'The code of a branch was replaced by that of the head office.',
    },
  ),
];
