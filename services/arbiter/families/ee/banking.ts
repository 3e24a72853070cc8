/** A savings bank moves its core from COBOL under CICS to Java. */
import type { Family } from '../kit.ts';
import { companies, Day, decimal, givenNames, json, minorUnits, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both, bugOnly } from './mirrored.ts';

const accountRoutes = [
  'GET /accounts/{iban}',
  'GET /accounts/{iban}/balance',
  'POST /cics/KTO1',
  'GET /customers/{cif}/accounts',
];

const trailingSign = both(
  {
    fields: ['bookedBalance', 'availableBalance', 'KTO-SALDO', 'turnover'],
    routes: accountRoutes,
    always: true,
    alike: true,
    common: (random) => ({ plus: random.pick(['+', ' ', '']), overdrawn: random.pick([0.1, 0.25, 0.5]) }),
    value(random, { plus, overdrawn }) {
      const units = minorUnits(random);
      const negative = random.chance(overdrawn);
      const legacy = json(`${decimal(units, 2).padStart(13, '0')}${negative ? '-' : plus}`);
      return shown(legacy, decimal(negative ? -units : units, 2), decimal(units, 2));
    },
  },
  {
    name: 'ee_trailing_sign',
    why: 'The sign moves from the end of the padded picture to the front of a number; the amount is the same.',
  },
  {
    name: 'ee_trailing_sign_lost',
    critical: true,
    why: 'Amounts with a trailing minus come out positive: an overdrawn account seems to hold money.',
  },
);

const noMinorUnits = ['JPY', 'KRW', 'CLP', 'ISK'] as const;
const twoMinorUnits = ['EUR', 'USD', 'GBP', 'CHF', 'NOK'] as const;
const minorUnitsOfCurrency = both(
  {
    fields: ['instructedAmount', 'transferAmount', 'ZV-BETRAG'],
    routes: ['POST /transfers', 'GET /payments/{id}', 'GET /accounts/{iban}/transactions'],
    always: true,
    alike: true,
    common: (random) => ({ exotic: random.pick([0.1, 0.2, 0.4]) }),
    value(random, { exotic }) {
      const whole = random.chance(exotic);
      const currency = whole ? random.pick(noMinorUnits) : random.pick(twoMinorUnits);
      const units = whole ? random.int(120, 90_000) * 10 + random.int(1, 9) : minorUnits(random, 100);
      const amount = (text: string) => object({ amount: text, currency: json(currency) });
      return shown(
        amount(json(String(units).padStart(15, '0'))),
        amount(decimal(units, whole ? 0 : 2)),
        amount(decimal(units, 2)),
      );
    },
  },
  {
    name: 'ee_minor_units',
    why: "Minor units in a padded picture become a number in major units, by each currency's number of decimals.",
  },
  {
    name: 'ee_minor_units_yen',
    critical: true,
    why: 'Currencies without minor units are divided by 100 like the euro: a hundredth of the yen are shown.',
  },
);

const longNames = [
  'Wohnungsbaugenossenschaft Nordstern eG',
  'Maria Fernanda Gonzalez de la Torre',
  'Stadtwerke Oberkirch und Umgebung GmbH',
  'Erbengemeinschaft nach Heinrich Kowalski',
  'Evangelische Kirchengemeinde Altenburg',
  'Christoph Alexander Freiherr von Hagen',
  'Nguyen Import-Export Handelsgesellschaft',
];
const paddedName = both(
  {
    fields: ['accountHolder', 'beneficiaryName', 'KD-NAME', 'holderName'],
    routes: accountRoutes,
    always: true,
    alike: true,
    common: (random) => ({ long: random.pick([0.08, 0.15, 0.3]) }),
    value(random, { long }) {
      const name = random.chance(long)
        ? random.pick(longNames)
        : random.chance(0.25)
          ? random.pick(companies)
          : `${random.pick(givenNames)} ${random.pick(surnames)}`;
      return shownJson(name.padEnd(40), name, name.slice(0, 30).trimEnd());
    },
  },
  {
    name: 'ee_padded_name',
    why: 'Only the blanks that fill the fixed-width field are gone; the name is whole.',
  },
  {
    name: 'ee_padded_name_cut',
    critical: true,
    why: 'Names of more than 30 characters are cut, so the holder is named incompletely.',
  },
);

const noDate = both(
  {
    fields: ['accountClosedOn', 'closingDate', 'blockedSince', 'deceasedOn'],
    clear: true,
    routes: ['GET /accounts/{iban}', 'GET /customers/{cif}', 'POST /cics/KTO1'],
    always: true,
    alike: true,
    common: (random) => ({
      open: random.pick([0.3, 0.6, 0.9]),
      epoch: random.pick(['1970-01-01', '0001-01-01', '1900-01-01']),
    }),
    value(random, { open, epoch }) {
      if (random.chance(open)) return { legacy: json('00000000'), right: 'null', wrong: json(epoch) };
      const day = Day.any(random, 2005, 2025);
      return { legacy: json(day.iso.replaceAll('-', '')), right: json(day.iso) };
    },
  },
  {
    name: 'ee_zero_date_is_null',
    why: 'Eight zeros are how the fixed-width record says that there is no date; the rewrite says null.',
  },
  {
    name: 'ee_zero_date_is_a_date',
    critical: true,
    why: 'Records without a date get a real one of long ago: open accounts appear closed, living customers dead.',
  },
);

const nextInstalment = both(
  {
    fields: ['instalmentDates', 'dueDates', 'schedule'],
    routes: ['GET /loans/{id}/schedule', 'GET /standing-orders/{id}'],
    always: true,
    alike: true,
    value(random) {
      const year = random.int(2019, 2026);
      const month = random.int(1, 12);
      const last = Day.of(year, month + 1, 0).day;
      const from = Day.of(year, month, random.chance(0.35) ? last : random.int(1, 28));
      const lastOfNext = Day.of(year, month + 2, 0).day;
      const next = Day.of(year, month + 1, Math.min(from.day, lastOfNext));
      const overflowed = Day.of(year, month + 1, from.day);
      const german = (day: Day) => json(`${day.dd}.${day.mm}.${day.yyyy}`);
      return shown(
        object({ last: german(from), next: german(next) }),
        object({ last: json(from.iso), next: json(next.iso) }),
        object({ last: json(from.iso), next: json(overflowed.iso) }),
      );
    },
  },
  {
    name: 'ee_next_instalment',
    why: 'The same two days in ISO order; instalments after a 31st fall on the last day of a shorter month in both.',
  },
  {
    name: 'ee_next_instalment_overflows',
    critical: true,
    why: 'An instalment after a 31st slides into the month after next instead of the end of a shorter month.',
  },
);

const interestRounded = bugOnly(
  {
    fields: ['accruedInterest', 'interestCalculation', 'ZINS-POSTEN'],
    routes: ['GET /accounts/{iban}/interest', 'POST /cics/ZINS'],
    always: true,
    value(random) {
      const principal = minorUnits(random, 50_000, 8_000_000);
      const rate = random.int(2, 36) * 125;
      const days = random.int(1, 92);
      const exact = (principal * rate * days) / 36_000_000;
      const posting = (interest: number) =>
        object({
          principal: decimal(principal, 2),
          ratePercent: decimal(rate, 3),
          days: String(days),
          interest: decimal(interest, 2),
        });
      const legacy = posting(Math.floor(exact));
      return shown(legacy, legacy, posting(Math.round(exact)));
    },
  },
  {
    name: 'ee_interest_rounded_up',
    critical: true,
    why: 'Legacy cuts the interest to whole cents and the rewrite rounds it: about every second posting is a cent higher.',
  },
);

export const families: Family[] = [
  ...trailingSign,
  ...minorUnitsOfCurrency,
  ...paddedName,
  ...noDate,
  ...nextInstalment,
  interestRounded,
];
