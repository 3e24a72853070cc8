/** Rules of pricing, tax and interest that a rewrite got wrong, and amounts that it only restructured. */
import { defect, faithful, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';

export const families = [
  defect(
    {
      fields: ['invoice', 'taxSummary', 'receipt'],
      value(random) {
        const lines = Array.from({ length: random.int(3, 6) }, () => minorUnits(random, 105, 9_999));
        const net = lines.reduce((sum, line) => sum + line, 0);
        const shape = (tax: number) =>
          object({
            lines: `[${lines.map((line) => decimal(line, 2)).join(',')}]`,
            vatPercent: '19',
            vat: decimal(tax, 2),
            gross: decimal(net + tax, 2),
          });
        const onTotal = Math.round((net * 19) / 100);
        const perLine = lines.reduce((sum, line) => sum + Math.round((line * 19) / 100), 0);
        const legacy = shape(onTotal);
        return perLine === onTotal
          ? { legacy, right: legacy }
          : { legacy, right: legacy, wrong: shape(perLine) };
      },
    },
    {
      name: 'vat_rounded_per_line',
      critical: true,
      why: 'Tax and gross differ by cents: VAT is rounded on every line and no longer on the total.',
    },
  ),
  faithful(
    {
      fields: ['invoice', 'taxSummary', 'receipt'],
      value(random) {
        const net = minorUnits(random, 500, 900_000);
        const tax = Math.round((net * 19) / 100);
        const [a, b, c] = [decimal(net, 2), decimal(tax, 2), decimal(net + tax, 2)];
        return {
          legacy: object({ net: json(a), vat: json(b), gross: json(c) }),
          right: object({ gross: json(c), net: json(a), vat: json(b) }),
        };
      },
    },
    {
      name: 'members_in_another_order',
      why: 'The members of a JSON object have no order; names and amounts are the same.',
    },
  ),
  defect(
    {
      fields: ['invoice', 'taxSummary', 'receipt'],
      value(random) {
        const net = minorUnits(random, 500, 900_000);
        const tax = Math.round((net * 19) / 100);
        const [a, b, c] = [decimal(net, 2), decimal(tax, 2), decimal(net + tax, 2)];
        return {
          legacy: object({ net: json(a), vat: json(b), gross: json(c) }),
          right: object({ gross: json(c), net: json(a), vat: json(b) }),
          wrong: object({ gross: json(a), net: json(c), vat: json(b) }),
        };
      },
    },
    {
      name: 'net_and_gross_exchanged',
      critical: true,
      why: 'Net and gross changed places: the gross amount is now lower than the net one.',
    },
  ),
  defect(
    {
      fields: ['pricing', 'transferFee', 'tariffStep'],
      least: 4,
      value(random) {
        const limit = random.pick([1_000, 5_000, 10_000]);
        const exact = random.chance(0.4);
        const amount = exact ? limit * 100 : minorUnits(random, 10_000, 2_000_000);
        const shape = (fee: string) =>
          object({ amount: decimal(amount, 2), freeUpTo: decimal(limit * 100, 2), fee });
        const legacy = shape(amount <= limit * 100 ? '0.00' : '4.90');
        return exact ? { legacy, right: legacy, wrong: shape('4.90') } : { legacy, right: legacy };
      },
    },
    {
      name: 'fee_at_the_exact_limit',
      critical: true,
      why: 'An amount of exactly the free limit is charged by the rewrite: <= became <.',
    },
  ),
  defect(
    {
      fields: ['payout', 'cashDue', 'changeGiven', 'refundAmount'],
      least: 4,
      value(random) {
        const units = minorUnits(random, 103, 90_000);
        const rounded = Math.round(units / 5) * 5;
        const legacy = json(decimal(units, 2));
        return rounded === units
          ? { legacy, right: legacy }
          : { legacy, right: legacy, wrong: json(decimal(rounded, 2)) };
      },
    },
    {
      name: 'rounded_to_five_cents',
      critical: true,
      why: 'Legacy pays to the cent; the rewrite rounds to multiples of five cents.',
    },
  ),
  ...twins(
    {
      fields: ['collectedTotal', 'benefit', 'subsidy', 'grossPay'],
      least: 2,
      value(random) {
        const plain = `${random.int(1_100, 900_000)}.${random.int(10, 99)}`;
        const legacy = json(`USD ${grouped(plain, ',')}`);
        return {
          legacy,
          right: object({ amount: json(plain), currency: json('USD') }),
          wrong: object({ amount: json(plain.slice(0, -3)), currency: json('USD') }),
        };
      },
    },
    {
      name: 'money_text_to_object',
      why: 'Currency and amount of the text stand in the members of the object, unchanged.',
    },
    {
      name: 'money_text_to_object_without_cents',
      critical: true,
      why: 'The cents of the text are missing in the object.',
    },
  ),
  defect(
    {
      fields: ['maturityValue', 'projected', 'savingsAfterTerm'],
      value(random) {
        const [principal, hundredths, years] = [
          minorUnits(random, 100_000, 9_000_000),
          random.int(150, 620),
          random.int(2, 10),
        ];
        const shape = (value: number) =>
          object({
            principal: decimal(principal, 2),
            ratePercent: decimal(hundredths, 2),
            years: String(years),
            compounding: '"YEARLY"',
            value: decimal(Math.round(value), 2),
          });
        const rate = hundredths / 10_000;
        const legacy = shape(principal * (1 + rate) ** years);
        return { legacy, right: legacy, wrong: shape(principal * (1 + rate * years)) };
      },
    },
    {
      name: 'simple_interest_despite_compounding',
      critical: true,
      why: 'The product compounds yearly, and the rewrite computes simple interest: the value is too low.',
    },
  ),
];
