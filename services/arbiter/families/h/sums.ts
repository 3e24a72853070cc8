/** Objects whose figures belong together: instalments, taxes, totals, limits, discounts. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const money = (units: number): string => decimal(units, 2);
const quoted = (units: number): string => json(money(units));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['instalments', 'paymentPlan', 'rates', 'schedule'],
      value(random) {
        const parts = random.pick([3, 3, 4, 6, 7, 9, 12]);
        const total = minorUnits(random, 5_000, 400_000);
        const each = Math.floor(total / parts);
        const amounts = Array.from({ length: parts }, (_, at) =>
          at === parts - 1 ? total - each * (parts - 1) : each,
        );
        const equal = amounts.map(() => quoted(each));
        return shown(list(amounts.map(money)), list(amounts.map(quoted)), list(equal));
      },
    },
    { name: 'instalments_quoted', why: 'Every instalment is the same decimal, as text instead of a number.' },
    {
      name: 'rest_of_last_instalment_lost',
      why: 'The last instalment no longer carries the rest of the division, so the plan does not add up.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['tax', 'vatLine', 'taxBreakdown', 'position'],
      value(random) {
        const net = minorUnits(random, 199, 900_000);
        const rate = random.pick([7, 19, 20, 21, 25]);
        const write = (vat: number) => object({ vat: quoted(vat), net: quoted(net), rate: json(`${rate}`) });
        const legacy = object({
          net: money(net),
          rate: `${rate}`,
          vat: money(Math.round((net * rate) / 100)),
        });
        return shown(legacy, write(Math.round((net * rate) / 100)), write(Math.floor((net * rate) / 100)));
      },
    },
    {
      name: 'tax_line_reordered_and_quoted',
      why: 'Net, rate and tax are the same decimals under the same keys.',
    },
    {
      name: 'tax_cut_instead_of_rounded',
      why: 'The tax is cut to cents where legacy rounds, one cent less in about half of the lines.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['balances', 'accountsTotal', 'summary', 'claimPayments'],
      least: 3,
      value(random) {
        const parts = Array.from({ length: random.int(2, 4) }, () => minorUnits(random, 500, 2_000_000));
        const total = parts.reduce((sum, part) => sum + part, 0);
        const write = (sum: number) => object({ total: money(sum), parts: list(parts.map(money)) });
        const legacy = object({ parts: list(parts.map(money)), total: money(total) });
        return shown(legacy, write(total), write(total * 2));
      },
    },
    {
      name: 'total_before_its_parts',
      why: 'The same members stand in another order, which JSON objects do not have.',
    },
    {
      name: 'total_doubled_by_join',
      why: 'The total is twice the sum of its parts, as when a join repeats each row.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['price', 'basket', 'invoiceTotals', 'premium'],
      least: 3,
      value(random) {
        const net = minorUnits(random, 1_000, 700_000);
        const gross = Math.round(net * random.pick([1.07, 1.19, 1.2, 1.25]));
        const write = (n: number, g: number) => object({ grossAmount: money(g), netAmount: money(n) });
        return shown(object({ net: money(net), gross: money(gross) }), write(net, gross), write(gross, net));
      },
    },
    { name: 'net_and_gross_renamed', why: 'Net and gross keep their figures under longer keys.' },
    {
      name: 'net_and_gross_swapped',
      why: 'The figure of net stands under gross and the other way round; gross is below net.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['discount', 'rebate', 'promotion', 'loyaltyBenefit'],
      value(random) {
        const value = random.pick([2, 3, 5, 10, 15, 20, 25]);
        const amount = json(`${value}.00 EUR`);
        return random.chance(0.6)
          ? {
              legacy: object({ kind: json('PERCENT'), value: `${value}` }),
              right: json(`${value} %`),
              wrong: amount,
            }
          : {
              legacy: object({ kind: json('AMOUNT'), value: `${value}`, currency: json('EUR') }),
              right: amount,
            };
      },
    },
    { name: 'discount_object_to_text', why: 'Kind and value of the discount are said in one text.' },
    {
      name: 'percent_discount_taken_as_euros',
      why: 'A discount in percent is granted as the same number of euros.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['progress', 'loanInstalments', 'repayment', 'contractMonths'],
      least: 3,
      value(random) {
        const all = random.pick([12, 24, 36, 48, 60, 84]);
        const paid = random.int(0, all - 2);
        const write = (open: number) => object({ open: `${open}`, paid: `${paid}`, of: `${all}` });
        const legacy = object({ paid: `${paid}`, of: `${all}`, open: `${all - paid}` });
        return shown(legacy, write(all - paid), write(all - paid - 1));
      },
    },
    {
      name: 'open_count_first',
      why: 'Paid, open and all instalments are the same counts in another key order.',
    },
    {
      name: 'one_open_instalment_missing',
      why: 'One open instalment fewer than all minus paid, an off-by-one.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['cardLimit', 'dailyLimit', 'overdraft', 'limits'],
      value(random) {
        const limit = random.pick([50_000, 100_000, 250_000, 500_000]);
        const used = random.chance(0.25) ? 0 : random.int(100, limit);
        const write = (left: number, text: (units: number) => string) =>
          object({ limit: text(limit), used: text(used), available: text(left) });
        return shown(write(limit - used, money), write(limit - used, quoted), write(limit, quoted));
      },
    },
    { name: 'limit_figures_quoted', why: 'Limit, use and rest are the same decimals as texts.' },
    {
      name: 'available_ignores_use',
      why: 'The whole limit is called available although some of it is used.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['annuity', 'instalment', 'nextPayment', 'loanRate'],
      least: 3,
      value(random) {
        const interest = minorUnits(random, 500, 90_000);
        const principal = interest + minorUnits(random, 500, 90_000);
        const write = (i: number, p: number) =>
          object({ payment: money(i + p), interestPart: money(i), principalPart: money(p) });
        const legacy = object({
          principal: money(principal),
          interest: money(interest),
          payment: money(principal + interest),
        });
        return shown(legacy, write(interest, principal), write(principal, interest));
      },
    },
    {
      name: 'annuity_parts_renamed',
      why: 'Interest, principal and payment keep their figures under clearer keys.',
    },
    {
      name: 'interest_and_principal_swapped',
      why: 'Interest is booked as principal and principal as interest.',
      critical: true,
    },
  ),
];
