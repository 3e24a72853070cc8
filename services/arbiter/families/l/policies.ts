/** Insurance policies: cover, deductibles, shares, premiums. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, object, surnames } from '../kit-values.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['coverEnd', 'insuredUntil', 'expiry'],
      value(random) {
        const day = Day.any(random, 2018);
        return {
          legacy: json(`${day.dd}.${day.mm}.${day.yyyy} 24:00`),
          right: json(`${day.plus(1).iso}T00:00`),
          wrong: json(`${day.iso}T00:00`),
        };
      },
    },
    { name: 'l_midnight_24_next_day', why: '24:00 of a day is 00:00 of the next day.' },
    {
      name: 'l_midnight_24_same_day',
      critical: true,
      why: 'Cover ends at the beginning of the last day instead of at its end.',
    },
  ),
  ...twins(
    {
      fields: ['deductible', 'excess', 'selbstbehalt'],
      value(random) {
        const [percent, min, max] = [
          random.pick([5, 10, 15, 20]),
          random.int(2, 9) * 50,
          random.int(10, 40) * 100,
        ];
        const rule = (low: number, high: number) =>
          object({ rate: decimal(percent, 2), min: String(low), max: String(high) });
        return {
          legacy: json(`${percent}% MIN ${min} MAX ${max}`),
          right: rule(min, max),
          wrong: rule(max, min),
        };
      },
    },
    {
      name: 'l_deductible_parsed',
      why: 'The rate and both limits of the text stand in members of the same meaning.',
    },
    {
      name: 'l_deductible_limits_swapped',
      critical: true,
      why: 'The greatest deductible is returned as the least one.',
    },
  ),
  ...twins(
    {
      fields: ['beneficiaries', 'heirs', 'shares'],
      value(random) {
        const [one = '', two = ''] = random.shuffled(surnames);
        const [part, whole] = random.pick([
          [1, 3],
          [1, 4],
          [2, 5],
          [1, 5],
          [3, 8],
        ] as const);
        const share = (numerator: number) => ({ numerator, denominator: whole });
        return {
          legacy: json(`${one} ${part}/${whole}; ${two} ${whole - part}/${whole}`),
          right: json([
            { name: one, share: share(part) },
            { name: two, share: share(whole - part) },
          ]),
          wrong: json([
            { name: one, share: share(whole - part) },
            { name: two, share: share(part) },
          ]),
        };
      },
    },
    { name: 'l_shares_structured', why: 'Everybody keeps the same fraction, as numerator and denominator.' },
    {
      name: 'l_shares_of_the_other',
      critical: true,
      why: 'The two beneficiaries have got each other’s share.',
    },
  ),
  ...twins(
    {
      fields: ['premium', 'contribution', 'installment'],
      value(random) {
        const cents = random.int(600, 30_000);
        const [code, name, times] = random.pick([
          ['M', 'MONTH', 12],
          ['Q', 'QUARTER', 4],
          ['H', 'HALF_YEAR', 2],
        ] as const);
        return {
          legacy: object({ amount: decimal(cents, 2), per: json(name), code: json(code) }),
          right: object({ amount: decimal(cents * times, 2), per: '"YEAR"', code: '"Y"' }),
          wrong: object({ amount: decimal(cents, 2), per: '"YEAR"', code: '"Y"' }),
        };
      },
    },
    {
      name: 'l_premium_per_year',
      why: 'The instalment times the instalments of a year is the yearly premium that is stated.',
    },
    {
      name: 'l_premium_period_only',
      critical: true,
      why: 'The amount of one instalment is returned as the premium of the whole year.',
    },
  ),
  ...twins(
    {
      fields: ['sumInsured', 'coverLimit', 'versicherungssumme'],
      value(random) {
        const thousands = random.int(5, 900) * 10;
        const sum = (text: string) => object({ amount: text, currency: '"EUR"' });
        return {
          legacy: json(`${thousands} TEUR`),
          right: sum(`${thousands}000.00`),
          wrong: sum(`${thousands}.00`),
        };
      },
    },
    {
      name: 'l_thousand_euro_expanded',
      why: 'TEUR are thousands of euros, and the amount is written out in euros.',
    },
    {
      name: 'l_thousand_euro_ignored',
      critical: true,
      why: 'The prefix for thousand is dropped, so a thousandth of the sum is insured.',
    },
  ),
  ...twins(
    {
      fields: ['waitingPeriod', 'noticePeriod', 'benefitPeriod'],
      value(random) {
        const [count, unit, iso, wrong] = random.pick([
          [random.int(1, 11), 'MTH', 'M', 'D'],
          [random.int(2, 12), 'WK', 'W', 'M'],
          [random.int(10, 90), 'DAY', 'D', undefined],
          [random.int(1, 5), 'YR', 'Y', 'M'],
        ] as const);
        const both = { legacy: json(`${count} ${unit}`), right: json(`P${count}${iso}`) };
        return wrong === undefined ? both : { ...both, wrong: json(`P${count}${wrong}`) };
      },
    },
    { name: 'l_period_iso', why: 'The same count of the same calendar unit as an ISO duration.' },
    {
      name: 'l_period_other_unit',
      critical: true,
      why: 'The count stays but the unit is another, so the period is far too short or long.',
    },
  ),
];
