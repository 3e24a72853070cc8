/** Prices, flags and terms of a utility's contracts. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const compact = (day: Day) => day.iso.replaceAll('-', '');

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['pricePerKwh', 'workingPrice', 'ARBEITSPREIS', 'unitPrice'],
      value: (random) => {
        const price = random.int(1804, 4399) * 10;
        const text = decimal(price, 5);
        return shown(json(text), json(Number(text)), json(Number(decimal(Math.round(price / 1000), 2))));
      },
    },
    {
      name: 'unit-price-trailing-zeros',
      why: 'The price of a kilowatt-hour is the same number without the zeros at its end.',
    },
    {
      name: 'unit-price-in-whole-cents',
      critical: true,
      why: 'A price of a kilowatt-hour with four decimals was rounded to cents, which every bill multiplies by thousands.',
    },
  ),
  ...twins(
    {
      fields: ['vatRate', 'surcharge', 'concessionLevy', 'discountRate'],
      value: (random) => {
        const [text, right, wrong] = random.pick([
          ['19 %', '0.19', '0.19'],
          ['7 %', '0.07', '0.7'],
          ['5 %', '0.05', '0.5'],
          ['5.5 %', '0.055', '0.55'],
          ['2.6 %', '0.026', '0.26'],
          ['3 %', '0.03', '0.3'],
          ['21 %', '0.21', '0.21'],
        ] as const);
        return shown(json(text), right, wrong);
      },
    },
    {
      name: 'percent-as-fraction',
      why: 'A rate in percent and the fraction of one are the same rate.',
    },
    {
      name: 'one-digit-percent-as-tenths',
      critical: true,
      why: 'Rates of one digit before the point became ten times as high: 7 % is 0.07 and not 0.7.',
    },
  ),
  ...twins(
    {
      fields: ['dunningBlock', 'SPERR_KZ', 'disconnectionLock', 'loevm'],
      least: 3,
      value: (random) =>
        random.chance(0.4)
          ? { legacy: '"X"', right: 'true', wrong: 'false' }
          : { legacy: random.pick(['""', '" "']), right: 'false' },
    },
    {
      name: 'abap-flag-to-boolean',
      why: 'The ABAP flag "X" is true and the blank is false, as everywhere in that system.',
    },
    {
      name: 'abap-flag-never-set',
      critical: true,
      why: 'A flag that was set with "X" comes back false, like the flags that were blank.',
    },
  ),
  ...twins(
    {
      fields: ['moveOutDate', 'AUSZDAT', 'terminatedOn', 'endOfSupply'],
      least: 2,
      value: (random) => {
        const day = Day.any(random, 2016, 2025);
        return random.chance(0.5)
          ? shown(json(compact(day)), json(day.iso), json(day.iso))
          : { legacy: '"00000000"', right: 'null', wrong: '"1970-01-01"' };
      },
    },
    {
      name: 'initial-date-to-null',
      why: 'The initial ABAP date of eight zeros is no date, and so is null; real dates are the same days.',
    },
    {
      name: 'initial-date-to-epoch',
      critical: true,
      why: 'Where no date was entered the rewrite answers 1 January 1970, so running contracts have ended long ago.',
    },
  ),
  ...twins(
    {
      fields: ['validTo', 'contractEnd', 'BISDATUM', 'tariffUntil'],
      least: 3,
      value: (random) => {
        const day = Day.any(random, 2026, 2031);
        return random.chance(0.55)
          ? { legacy: '"99991231"', right: 'null' }
          : { legacy: json(compact(day)), right: json(day.iso), wrong: 'null' };
      },
    },
    {
      name: 'last-day-of-time-to-null',
      why: '31 December 9999 says that there is no end, and so does null; real ends are kept.',
    },
    {
      name: 'real-end-to-null',
      critical: true,
      why: 'A contract with a real last day has none in the rewrite, as if it ran for ever.',
    },
  ),
  ...twins(
    {
      fields: ['openItem', 'posting', 'ledgerLine', 'balance'],
      least: 4,
      value: (random) => {
        const amount = decimal(minorUnits(random, 200, 400_000), 2);
        const credit = random.chance(0.5);
        const legacy = object({ DMBTR: json(amount), SHKZG: credit ? '"H"' : '"S"' });
        const plain = json(Number(amount));
        return credit ? shown(legacy, `-${plain}`, plain) : { legacy, right: plain };
      },
    },
    {
      name: 'debit-credit-letter-to-sign',
      why: 'SAP marks a credit with H and a debit with S; the rewrite gives credits a minus instead.',
    },
    {
      name: 'credit-letter-forgotten',
      critical: true,
      why: 'A credit, marked H, has become a positive amount like the debits.',
    },
  ),
  ...twins(
    {
      fields: ['correction', 'netEnergy', 'settlement', 'adjustment'],
      once: true,
      value: (random) => {
        const amount = decimal(random.int(150, 980_000), 3);
        const negative = random.chance(0.5);
        const plain = json(Number(amount));
        const legacy = json(`${amount}${negative ? '-' : ' '}`.padStart(15));
        return negative ? shown(legacy, `-${plain}`, plain) : { legacy, right: plain };
      },
    },
    {
      name: 'packed-text-minus-to-front',
      why: 'ABAP writes the minus behind the number; the rewrite writes the same number with it in front.',
    },
    {
      name: 'packed-text-minus-lost',
      critical: true,
      why: 'The minus that ABAP writes behind the number was dropped, so a deduction became an addition.',
    },
  ),
];
