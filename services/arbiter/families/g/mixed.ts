/** Absent members, drawn tokens, noise of doubles, and short scalars that lose a sign or a zero. */
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const guarantor = twins(
  {
    fields: ['guarantor', 'coBorrower', 'insuredSpouse'],
    least: 5,
    value(random: Random) {
      if (random.chance(0.5)) return { legacy: 'null', right: undefined };
      const [name, id] = [
        json(`${random.pick(givenNames)} ${random.pick(surnames)}`),
        json(`C${random.digits(7)}`),
      ];
      return {
        legacy: object({ customer: id, name }),
        right: object({ name, customer: id }),
        wrong: undefined,
      };
    },
  },
  {
    name: 'g_no_guarantor_left_out',
    why: 'Where legacy says null the field is left out; every person is still there.',
  },
  {
    name: 'g_guarantor_left_out',
    why: 'People whom legacy names are missing, not only the empty ones.',
    critical: true,
  },
);

const token = twins(
  {
    fields: ['login', 'access', 'grant'],
    least: 4,
    value(random: Random) {
      const roles = random.shuffled(['viewer', 'payer', 'auditor']).slice(0, random.int(1, 2)).map(json);
      const as = (granted: readonly string[]) =>
        object({ token: json(random.hex(40)), roles: list(granted) });
      return {
        legacy: as(roles),
        legacy2: as(roles),
        right: as(roles),
        wrong: as([...roles, json('admin')]),
      };
    },
  },
  {
    name: 'g_login_token_each_time',
    why: 'Only the drawn token differs, as between two runs of legacy; the roles agree.',
  },
  {
    name: 'g_login_grants_admin',
    why: 'Beside the drawn token stands the role of administrator, which legacy never gives.',
    critical: true,
  },
);

const accrued = twins(
  {
    fields: ['accrual', 'interestToDate', 'lateInterest'],
    value(random: Random) {
      const days = random.int(3, 90);
      const perDay = random.int(120, 98_000);
      const as = (interest: string) => object({ days: String(days), interest });
      const noise = String((Number(decimal(perDay * days, 4)) / 3 + 0.1) * 3 - 0.3);
      return shown(as(decimal(perDay * days, 4)), as(noise), as(decimal(perDay * (days + 1), 4)));
    },
  },
  {
    name: 'g_accrued_interest_as_double',
    why: 'The interest differs only by the noise of a double, far below any coin.',
  },
  {
    name: 'g_accrued_interest_of_a_day_more',
    why: 'The interest is that of one day more than the days beside it.',
    critical: true,
  },
);

const sortCode = twins(
  {
    fields: ['sortCode', 'branchCode', 'routing'],
    value(random: Random) {
      const code = [random.pick(['04', '07', '09', '20', '40', '60']), random.digits(2), random.digits(2)];
      return shown(json(code.join('-')), json(code.join('')), json(String(Number(code.join('')))));
    },
  },
  { name: 'g_sort_code_without_dashes', why: 'The same six digits without dashes.' },
  {
    name: 'g_sort_code_leading_zero_lost',
    why: 'The code went through a number and lost its leading zero.',
    critical: true,
  },
);

const negative = twins(
  {
    fields: ['depositRate', 'referenceRate', 'yield'],
    least: 3,
    value(random: Random) {
      const thousandths = random.int(100, 2900) * (random.chance(0.4) ? -1 : 1);
      const as = (value: number) => String(Number(decimal(value, 3)));
      return shown(json(`${decimal(thousandths, 3)} %`), as(thousandths), as(Math.abs(thousandths)));
    },
  },
  {
    name: 'g_rate_below_zero_without_sign_of_percent',
    why: 'The same rate, below zero too, without its percent sign.',
  },
  {
    name: 'g_rate_below_zero_made_positive',
    why: 'Rates below zero are answered as positive ones.',
    critical: true,
  },
);

const cart = twins(
  {
    fields: ['cart', 'checkout', 'receipt'],
    value(random: Random) {
      const [goods, shipping] = [minorUnits(random, 900, 90_000), random.int(290, 1990)];
      const off = Math.round((goods * random.pick([5, 10, 15, 20])) / 100);
      const as = (write: (cents: number) => string, total: number) =>
        object({ goods: write(goods), discount: write(off), shipping: write(shipping), total: write(total) });
      const text = (cents: number) => json(decimal(cents, 2));
      const number = (cents: number) => decimal(cents, 2);
      return shown(
        as(number, goods - off + shipping),
        as(text, goods - off + shipping),
        as(text, goods + shipping),
      );
    },
  },
  { name: 'g_cart_amounts_as_texts', why: 'All four amounts are the same, written as texts.' },
  {
    name: 'g_cart_discount_not_taken',
    why: 'The discount is shown, yet the total does not take it off.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...guarantor, ...token, ...accrued, ...sortCode, ...negative, ...cart,
]; // biome-ignore format: a list of names
