/** A health insurer's claims: what is paid, by whom, and what is left. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, givenNames, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const claimStatus = coded(
  ['claimStatus', 'claim.state', 'decision'],
  [
    ['PAID', 'paid_in_full'],
    ['PARTLY PAID', 'paid_in_part', 'paid_in_full'],
    ['REJECTED', 'rejected'],
    ['IN REVIEW', 'in_review'],
    ['DOCUMENTS MISSING', 'documents_missing'],
  ],
  {
    name: 'v_claim_status_renamed',
    why: 'Each state of a claim has one new word that says the same.',
  },
  {
    name: 'v_claim_part_payment_as_full',
    why: 'A claim that was only partly paid is answered as paid in full.',
    critical: true,
  },
  3,
);

const copayment = twins(
  {
    fields: ['copayment', 'patientShare', 'prescriptionCharge'],
    clear: true,
    least: 4,
    value(random) {
      const price = random.int(600, 24_000);
      const tenth = Math.round(price / 10);
      const share = Math.min(1_000, Math.max(500, tenth));
      const legacy = object({ PRICE: json(decimal(price, 2)), COPAY: json(decimal(share, 2)) });
      const modern = (paid: number) => object({ price: decimal(price, 2), copayment: decimal(paid, 2) });
      return shown(legacy, modern(share), modern(tenth));
    },
  },
  {
    name: 'v_copayment_members_lowercase',
    why: 'Price and co-payment are the same amounts, under lower-case names and as numbers.',
  },
  {
    name: 'v_copayment_without_floor_and_cap',
    why: 'The co-payment is a plain tenth of the price, where legacy never asks for less than 5.00 or more than 10.00.',
    critical: true,
  },
);

const deductible = twins(
  {
    fields: ['deductible', 'annualExcess', 'data'],
    value(random) {
      const annual = random.pick([30_000, 50_000, 100_000, 250_000]);
      const used = random.int(0, 14) * 10_000 + random.int(0, 9_999);
      const written = (left: number, text: (cents: number) => string) =>
        object({ annual: text(annual), spent: text(used), remaining: text(left) });
      const legacy = written(Math.max(0, annual - used), (cents) => json(decimal(cents, 2)));
      const modern = (left: number) => written(left, (cents) => decimal(cents, 2));
      return shown(legacy, modern(Math.max(0, annual - used)), modern(annual - used));
    },
  },
  {
    name: 'v_deductible_amounts_as_numbers',
    why: 'The same amounts of the deductible, as JSON numbers instead of texts.',
  },
  {
    name: 'v_deductible_remaining_below_zero',
    why: 'A deductible that is used up has nothing left in legacy but a negative remainder in the rewrite.',
    critical: true,
  },
);

const lines = twins(
  {
    fields: ['settlement', 'claimLines', 'F0032'],
    value(random) {
      const items = Array.from({ length: random.int(2, 6) }, () => ({
        code: `${random.pick(['A', 'B', 'C'])}${random.digits(3)}`,
        cents: minorUnits(random, 800, 60_000),
      }));
      const sum = (kept: typeof items) => kept.reduce((total, { cents }) => total + cents, 0);
      const written = (total: number, text: (cents: number) => string) =>
        object({
          lines: list(items.map(({ code, cents }) => object({ code: json(code), amount: text(cents) }))),
          total: text(total),
        });
      const modern = (total: number) => written(total, (cents) => decimal(cents, 2));
      return shown(
        written(sum(items), (cents) => json(decimal(cents, 2).padStart(10, ' '))),
        modern(sum(items)),
        modern(sum(items.slice(0, -1))),
      );
    },
  },
  {
    name: 'v_claim_lines_unpadded',
    why: 'The same lines and the same total; the amounts lost only the blanks before them.',
  },
  {
    name: 'v_claim_total_without_last_line',
    why: 'The total is no longer the sum of the lines: the last line is left out of it.',
    critical: true,
  },
);

const dependants = twins(
  {
    fields: ['dependants', 'insuredChildren', 'coInsured'],
    clear: true,
    least: 3,
    value(random) {
      const names = random.shuffled(givenNames).slice(0, random.pick([0, 0, 1, 2, 3]));
      if (names.length === 0) return { legacy: undefined, right: '[]' };
      return shownJson(names, names, []);
    },
  },
  {
    name: 'v_dependants_absent_or_empty',
    why: 'Contracts without dependants answer an empty list instead of no list; all others list the same persons.',
  },
  {
    name: 'v_dependants_lost',
    why: 'Dependants whom legacy names are missing from the list of the rewrite.',
    critical: true,
  },
);

const factor = twins(
  {
    fields: ['feeFactor', 'multiplier', 'p3'],
    value(random) {
      const tenths = random.pick([10, 12, 15, 18, 18, 23, 23, 23, 25, 30, 35]);
      const text = decimal(tenths, 1);
      return shown(json(text.replace('.', ',')), text, String(tenths));
    },
  },
  {
    name: 'v_fee_factor_decimal_comma',
    why: 'The same factor, as a number with a point instead of a text with a decimal comma.',
  },
  {
    name: 'v_fee_factor_comma_dropped',
    why: 'The decimal comma was dropped, so the factor is ten times as high.',
    critical: true,
  },
);

export const families: Family[] = [
  ...claimStatus,
  ...copayment,
  ...deductible,
  ...lines,
  ...dependants,
  ...factor,
];
