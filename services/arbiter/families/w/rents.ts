/** Rents, deposits and yearly statements of a housing company: German money texts to JSON numbers. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** Cents as Germans write them: 1.234,50 */
const euros = (cents: number): string => grouped(decimal(cents, 2), '.', ',');
/** Cents as the shortest JSON number: 845.5 */
const number = (cents: number): string => String(cents / 100);

const commas: Family[] = twins(
  {
    fields: ['rent', 'monthlyRent', 'arrears', 'deposit', 'miete'],
    value: (random) => {
      const cents = minorUnits(random, 4_000, 400_000);
      const text = euros(cents);
      const read = /^[\d.]*/.exec(text)?.[0] ?? '';
      const wrong = String(Number(read));
      return Number(wrong) * 100 === cents
        ? { legacy: json(text), right: number(cents) }
        : shown(json(text), number(cents), wrong);
    },
  },
  { name: 'w_german_amount_as_number', why: 'The point groups thousands and the comma sets off the cents.' },
  {
    name: 'w_amount_read_up_to_the_comma',
    critical: true,
    why: 'The text was read up to its comma, so cents are lost, and thousands become units.',
  },
);

const unitPrices: Family[] = twins(
  {
    fields: ['pricePerKwh', 'unitPrice', 'arbeitspreis', 'pricePerCubicMetre'],
    clear: true,
    value: (random) => {
      const units = random.int(800, 48_000);
      const cents = Math.round(units / 100);
      const right = String(units / 10_000);
      return cents * 100 === units
        ? { legacy: json(decimal(units, 4)), right }
        : shown(json(decimal(units, 4)), right, number(cents));
    },
  },
  { name: 'w_unit_price_of_four_decimals', why: 'The price has the same four decimals, as a number.' },
  {
    name: 'w_unit_price_rounded_to_cents',
    critical: true,
    why: 'The price of a unit lost its third and fourth decimal, which a year of consumption multiplies.',
  },
);

const instalments: Family[] = twins(
  {
    fields: ['depositInstalments', 'instalments', 'raten', 'paymentPlan'],
    value: (random) => {
      const parts = random.pick([3, 3, 6]);
      const total = random.int(60_000, 450_000);
      const each = Math.round(total / parts);
      const all = Array.from({ length: parts }, (_, at) =>
        at === parts - 1 ? total - each * (parts - 1) : each,
      );
      const legacy = json(all.map(euros).join('; '));
      const right = list(all.map(number));
      return all[parts - 1] === each
        ? { legacy, right }
        : shown(legacy, right, list(all.map(() => number(each))));
    },
  },
  { name: 'w_instalments_as_list', why: 'The instalments are the same amounts in the same order.' },
  {
    name: 'w_last_instalment_not_balanced',
    critical: true,
    why: 'The last instalment took up the odd cents; with equal ones the sum is another.',
  },
);

const balances: Family[] = twins(
  {
    fields: ['statementResult', 'balance', 'ergebnis', 'heatingStatement'],
    value: (random) => {
      const cents = minorUnits(random, 300, 120_000);
      const refund = random.chance(0.5);
      const written = (kind: string) => object({ kind: json(kind), amount: number(cents) });
      return shown(
        json(`${refund ? 'Guthaben' : 'Nachzahlung'} ${euros(cents)} EUR`),
        written(refund ? 'refund' : 'additional_payment'),
        written(refund ? 'additional_payment' : 'refund'),
      );
    },
  },
  { name: 'w_statement_result_in_parts', why: 'Guthaben is a refund and Nachzahlung an additional payment.' },
  {
    name: 'w_refund_and_claim_confused',
    critical: true,
    why: 'Who is owed money by the statement must pay it, or the other way round.',
  },
);

const components: Family[] = twins(
  {
    fields: ['rentComponents', 'rentBreakdown', 'sollstellung'],
    value: (random) => {
      const net = random.int(28_000, 160_000);
      const ancillary = random.int(60, 250) * 100;
      const heating = random.int(40, 180) * 100;
      const gross = net + ancillary + heating;
      const written = (sum: number) =>
        object({
          netRent: number(net),
          ancillary: number(ancillary),
          heating: number(heating),
          gross: number(sum),
        });
      const legacy = json({
        Kaltmiete: euros(net),
        Nebenkosten: euros(ancillary),
        Heizkosten: euros(heating),
        Warmmiete: euros(gross),
      });
      return shown(legacy, written(gross), written(net + ancillary));
    },
  },
  { name: 'w_rent_components_renamed', why: 'Each component has its English name and the same amount.' },
  {
    name: 'w_gross_rent_without_heating',
    critical: true,
    why: 'The gross rent no longer holds the heating costs that stand next to it.',
  },
);

const reminders: Family[] = coded(
  ['dunningLevel', 'reminderStage', 'mahnstufe', 'collectionState'],
  [
    ['keine Mahnung', 'none'],
    ['Zahlungserinnerung', 'payment_reminder'],
    ['1. Mahnung', 'first_notice', 'final_notice'],
    ['letzte Mahnung', 'final_notice', 'first_notice'],
    ['an Inkasso abgegeben', 'debt_collection', 'none'],
  ],
  { name: 'w_dunning_level_translated', why: 'Each German level of dunning has its English name.' },
  {
    name: 'w_dunning_level_confused',
    critical: true,
    why: 'A first notice is no final notice, and a claim given to collectors is not free of dunning.',
  },
  4,
);

const rentCaps: Family[] = twins(
  {
    fields: ['rentIncrease', 'increase', 'erhoehung'],
    value: (random) => {
      const cents = random.int(35_000, 140_000);
      const tenths = random.int(10, 195);
      const raised = cents + Math.round((cents * tenths) / 1000);
      const written = (to: number) =>
        object({ from: number(cents), percent: String(tenths / 10), to: number(to) });
      const legacy = json({
        alt: euros(cents),
        prozent: decimal(tenths, 1).replace('.', ','),
        neu: euros(raised),
      });
      return shown(legacy, written(raised), written(cents + tenths * 10));
    },
  },
  { name: 'w_rent_increase_renamed', why: 'Old rent, percentage and new rent are the same figures.' },
  {
    name: 'w_percentage_added_as_euros',
    critical: true,
    why: 'The percentage of the increase was added to the rent as an amount in euros.',
  },
);

export const families: Family[] = [
  ...commas,
  ...unitPrices,
  ...instalments,
  ...balances,
  ...components,
  ...reminders,
  ...rentCaps,
];
