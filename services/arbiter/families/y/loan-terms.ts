/** Terms of mortgage loans at a building society, once COBOL on DB2: numbers, rates, remaining terms, charges, quotes. */
import { mixed, twins } from '../kit.ts';
import { Day, decimal, grouped, json, minorUnits, two } from '../kit-values.ts';

export const families = [
  ...twins(
    mixed({
      fields: ['loanNumber', 'accountNo', 'LN-ACCT', 'mortgageAccount'],
      value(random) {
        const [branch, serial, part] = [`0${random.digits(3)}`, random.digits(6), random.int(1, 3)];
        return {
          legacy: json(`${branch}-${serial}-0${part}`),
          right: json(`${branch}${serial}0${part}`),
          ...(part === 1 ? {} : { wrong: json(`${branch}${serial}01`) }),
        };
      },
    }),
    {
      name: 'loan-number-without-hyphens',
      why: 'The rewrite leaves out the hyphens of the loan number and keeps every digit in its place.',
    },
    {
      name: 'loan-part-always-first',
      why: 'The last two digits name the part of the loan; the rewrite names part 01 for parts 02 and 03.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['interestRate', 'nominalRate', 'zinssatz', 'rate'],
      value(random) {
        const [whole, hundredths] = [random.int(1, 7), random.int(1, 99)];
        return {
          legacy: json(`${whole},${two(hundredths)} %`),
          right: json(`${whole}.${two(hundredths)} %`),
          wrong: json(`${whole}${two(hundredths)} %`),
        };
      },
    }),
    {
      name: 'rate-comma-to-point',
      why: 'A percentage with a decimal comma is the same percentage with a decimal point.',
    },
    {
      name: 'rate-comma-read-as-grouping',
      why: 'The decimal comma was dropped while parsing, so a rate of some percent became hundreds of percent.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['remainingTerm', 'restlaufzeit', 'termLeft'],
      value(random) {
        const [years, months] = [random.int(1, 34), random.int(0, 11)];
        return {
          legacy: json(`${two(years)}Y${two(months)}M`),
          right: json(months === 0 ? `P${years}Y` : `P${years}Y${months}M`),
          ...(months === 0 ? {} : { wrong: json(`P${years}Y`) }),
        };
      },
    },
    {
      name: 'remaining-term-as-iso-duration',
      why: 'Years and months of the remaining term are the same, written as an ISO 8601 duration.',
    },
    {
      name: 'remaining-term-loses-months',
      why: 'The months beyond whole years are missing from the remaining term of the rewrite.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['quoteValidUntil', 'redemption.validTo', 'offerExpires'],
      least: 2,
      value(random) {
        const day = Day.any(random, 2023, 2026);
        const [hour, offset] = [random.pick([12, 17, 23]), random.pick([1, 2])];
        const clock = `${day.iso}T${two(hour)}:59:59`;
        return {
          legacy: json(`${clock}+0${offset}:00`),
          right: json(`${day.iso}T${two(hour - offset)}:59:59Z`),
          wrong: json(`${clock}Z`),
        };
      },
    }),
    {
      name: 'quote-end-in-utc',
      why: 'The end of the redemption quote is the same instant, written in UTC instead of local time with its offset.',
    },
    {
      name: 'quote-end-local-clock-called-utc',
      why: 'The local clock time is kept but marked as UTC, so the quote ends an hour or two later than in legacy.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['earlyRepaymentCharge', 'erc.applies', 'portable', 'VORFAELL-KZ'],
      least: 4,
      value(random) {
        const yes = random.chance(0.45);
        return {
          legacy: json(yes ? 'J' : 'N'),
          right: json(yes),
          ...(yes ? {} : { wrong: json(true) }),
        };
      },
    },
    {
      name: 'repayment-charge-ja-nein-to-boolean',
      why: 'J (ja) and N (nein) become true and false without exception.',
    },
    {
      name: 'repayment-charge-nein-is-true',
      why: 'N (nein) comes out as true, the same as J (ja): the charge would be levied where none applies.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['redemptionAmount', 'settlementFigure', 'payoffText'],
      least: 3,
      value(random) {
        const amount = minorUnits(random, 9_000, 60_000_000);
        const text = decimal(amount, 2);
        return {
          legacy: json(`£${grouped(text, ',')}`),
          right: json(`£${text}`),
          ...(amount % 100 === 0 ? {} : { wrong: json(`£${text.split('.')[0]}.00`) }),
        };
      },
    }),
    {
      name: 'settlement-figure-without-grouping',
      why: 'Only the thousands separators are gone from the settlement figure; pounds and pence are the same.',
    },
    {
      name: 'settlement-figure-loses-pence',
      why: 'The pence of the settlement figure are cut to .00, so the loan would not be redeemed in full.',
      critical: true,
    },
  ),
];
