/** Insurance claims: states, damage, deductibles, attachments. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...coded(
    ['claimStatus', 'status', 'SCHADENSTATUS'],
    [
      ['OPN', 'OPEN'],
      ['OPN', 'OPEN'],
      ['SET', 'SETTLED'],
      ['REJ', 'REJECTED', 'SETTLED'],
      ['REO', 'REOPENED', 'REJECTED'],
    ],
    { name: 'j-claim-status-words', why: 'Each abbreviation became its own full word.' },
    {
      name: 'j-claim-rejected-is-settled',
      critical: true,
      why: 'Rejected claims look settled, reopened ones rejected.',
    },
    4,
  ),
  ...twins(
    {
      fields: ['claimNumber', 'claimRef', 'SCHADENNR'],
      value(random) {
        const number = random.int(1, 89_999);
        const padded = String(number).padStart(7, '0');
        const year = random.int(2019, 2025);
        return shown(
          json(`${year} ${padded} `),
          json(`${year} ${padded}`),
          json(`${year} ${number < 10_000 ? padded : number % 10_000}`),
        );
      },
    },
    { name: 'j-claim-number-trimmed', why: 'Only a closing blank of the number is gone.' },
    {
      name: 'j-claim-number-four-digits',
      critical: true,
      why: 'Only four digits of the running number are kept, so claims are confused.',
    },
  ),
  ...twins(
    {
      fields: ['deductible', 'excess', 'SB'],
      value(random) {
        const text = decimal(random.int(2, 40) * 5_000, 2);
        return shown(json(`${text.replace('.', ',')} EUR`), json(`${text} EUR`), json('0.00 EUR'));
      },
    },
    { name: 'j-claim-deductible-point', why: 'The same amount with a decimal point.' },
    { name: 'j-claim-deductible-zero', critical: true, why: 'The deductible of the contract became zero.' },
  ),
  ...twins(
    {
      fields: ['settlement', 'payoutDetails', 'result'],
      value(random) {
        const damage = minorUnits(random, 60_000, 3_000_000);
        const deductible = random.pick([15_000, 30_000, 50_000]);
        const of = (payout: number, form: (text: string) => string) =>
          object({
            damage: form(decimal(damage, 2)),
            deductible: form(decimal(deductible, 2)),
            payout: form(decimal(payout, 2)),
          });
        return shown(of(damage - deductible, json), of(damage - deductible, String), of(damage, String));
      },
    },
    { name: 'j-claim-settlement-numbers', why: 'The same three amounts without quotes.' },
    {
      name: 'j-claim-payout-without-deductible',
      critical: true,
      why: 'The deductible is not taken off the payout.',
    },
  ),
  ...twins(
    {
      fields: ['attachments', 'photos', 'documents'],
      least: 4,
      value(random) {
        if (random.chance(0.5)) return { legacy: 'null', right: '[]' };
        const ids = list(Array.from({ length: random.int(1, 4) }, () => json(`IMG_${random.digits(5)}.jpg`)));
        return { legacy: ids, right: ids, wrong: '[]' };
      },
    },
    {
      name: 'j-claim-no-attachments-empty',
      why: 'A null list and an empty one both say that nothing is attached.',
    },
    { name: 'j-claim-attachments-lost', critical: false, why: 'Attachments that legacy lists are missing.' },
  ),
  ...twins(
    {
      fields: ['reserve', 'caseReserve', 'RESERVE'],
      value(random) {
        const [lead, power] = [random.int(101, 999), random.int(4, 6)];
        const value = (lead * 10 ** power) / 100;
        return shown(`${lead / 100}E+${power}`, String(value), String(lead / 100));
      },
    },
    { name: 'j-claim-reserve-no-exponent', why: 'The same number written without an exponent.' },
    {
      name: 'j-claim-reserve-exponent-lost',
      critical: true,
      why: 'The exponent was dropped, so thousands became units.',
    },
  ),
];
