/** Bills of a utility and how they are paid. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const bare = (text: string) => json(Number(text));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['invoiceTotal', 'RECHBETRAG', 'amountDue', 'openAmount'],
      value: (random) => {
        const units = random.chance(0.6) ? random.int(100_100, 2_900_000) : random.int(1_900, 99_000);
        const text = decimal(units, 2);
        const [, head = ''] = /^(\d{1,3}\.\d{3})/.exec(grouped(text, '.', ',')) ?? [];
        return shown(json(grouped(text, '.', ',')), text, head === '' ? text : head);
      },
    },
    {
      name: 'comma-amount-to-number',
      why: 'The point groups thousands and the comma starts the cents; the number says the same amount.',
    },
    {
      name: 'grouping-point-read-as-decimal',
      critical: true,
      why: 'The point that groups thousands was read as the decimal point, so the amount is a thousandth.',
    },
  ),
  ...twins(
    {
      fields: ['taxBreakdown', 'sums', 'invoiceSums', 'totals'],
      value: (random) => {
        const net = minorUnits(random, 2_000, 300_000);
        const vat = Math.round(net * random.pick([0.19, 0.07]));
        const answer = (gross: number, wrap: (text: string) => string) =>
          object({ net: wrap(decimal(net, 2)), vat: wrap(decimal(vat, 2)), gross: wrap(decimal(gross, 2)) });
        return shown(answer(net + vat, json), answer(net + vat, bare), answer(net, bare));
      },
    },
    {
      name: 'tax-sums-as-numbers',
      why: 'Net, tax and gross are the same three amounts, written as numbers.',
    },
    {
      name: 'gross-without-tax',
      critical: true,
      why: 'The gross amount no longer contains the tax that is listed beside it.',
    },
  ),
  ...twins(
    {
      fields: ['lines', 'invoiceItems', 'charges', 'T_POSITION'],
      value: (random) => {
        const lines = random
          .shuffled(['Base fee', 'Working price', 'Metering', 'Grid usage', 'Electricity tax', 'Bonus'])
          .slice(0, random.int(2, 5))
          .map((text) => ({ text, amount: decimal(minorUnits(random, 150, 90_000), 2) }));
        const legacy = list(
          lines.map(({ text, amount }) => object({ TEXT: json(text), BETRAG: json(amount) })),
        );
        const modern = lines.map(({ text, amount }) => object({ text: json(text), amount: bare(amount) }));
        return shown(legacy, list(modern), list(modern.slice(0, -1)));
      },
    },
    {
      name: 'invoice-lines-renamed-keys',
      why: 'All lines of the bill are there in the same order with the same texts and amounts; only keys are spelled otherwise.',
    },
    {
      name: 'invoice-last-line-missing',
      critical: true,
      why: 'The last line of the bill is missing in the rewrite.',
    },
  ),
  ...twins(
    {
      fields: ['instalments', 'paymentPlan', 'abschlaege', 'budgetPlan'],
      least: 2,
      value: (random) => {
        const [rate, count] = [random.int(25, 320) * 100, random.pick([6, 11, 12])];
        const last = rate + random.int(1, 99);
        const plan = [...Array.from({ length: count - 1 }, () => rate), last].map((unit) => decimal(unit, 2));
        return shown(
          list(plan.map(json)),
          list(plan.map(bare)),
          list([...plan.slice(0, -1), decimal(rate, 2)].map(bare)),
        );
      },
    },
    {
      name: 'payment-plan-as-numbers',
      why: 'The plan has as many instalments of the same amounts, as numbers instead of texts.',
    },
    {
      name: 'rounding-rest-not-in-last-instalment',
      critical: true,
      why: 'The last instalment lost the cents that made the plan add up to the total.',
    },
  ),
  ...twins(
    {
      fields: ['billingPeriod', 'period', 'ABRZEIT', 'settlementPeriod'],
      value: (random) => {
        const from = Day.of(random.int(2021, 2025), random.int(1, 12), 1);
        const to = Day.of(from.year + 1, from.month, 1).plus(-1);
        const compact = (day: Day) => json(day.iso.replaceAll('-', ''));
        const answer = (first: Day, last: Day) => object({ from: json(first.iso), to: json(last.iso) });
        return shown(
          object({ von: compact(from), bis: compact(to) }),
          answer(from, to),
          answer(from.plus(-1), to.plus(-1)),
        );
      },
    },
    {
      name: 'billing-period-iso',
      why: 'The period begins and ends on the same days, written the ISO way.',
    },
    {
      name: 'billing-period-a-day-early',
      critical: true,
      why: 'First and last day of the period moved to the days before, as midnight does on its way through UTC.',
    },
  ),
  ...twins(
    {
      fields: ['maskedIban', 'paymentAccount', 'debitAccount', 'mandateAccount'],
      value: (random) => {
        const [check, tail] = [random.int(10, 97), random.digits(4)];
        const other = random.digits(4);
        return shown(json(`DE${check}************${tail}`), json(`**** ${tail}`), json(`**** ${other}`));
      },
    },
    {
      name: 'account-mask-shorter',
      why: 'Both masks leave the same last four digits of the account to be seen.',
    },
    {
      name: 'account-mask-of-another',
      critical: true,
      why: 'The last four digits that the mask leaves are those of another account.',
    },
  ),
  ...twins(
    {
      fields: ['services', 'sparten', 'products', 'divisions'],
      value: (random) => {
        const names = random
          .shuffled(['POWER', 'GAS', 'WATER', 'HEAT', 'SEWAGE', 'FIBRE'])
          .slice(0, random.int(1, 4));
        return shown(json(names.join(';')), json(names), json(names.slice(0, 1)));
      },
    },
    {
      name: 'semicolon-text-to-list',
      why: 'The text separated by semicolons and the list name the same services in the same order.',
    },
    {
      name: 'only-first-of-semicolon-text',
      critical: false,
      why: 'Only the first of several services that legacy names is left.',
    },
  ),
];
