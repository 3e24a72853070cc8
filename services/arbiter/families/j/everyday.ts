/** What every migration meets in any service: single answers that fall out of line while all others are copied exactly. */
import { defect, type Family, faithful } from '../kit.ts';
import {
  cities,
  companies,
  currencies,
  Day,
  decimal,
  json,
  minorUnits,
  object,
  surnames,
} from '../kit-values.ts';
import { shown } from '../shown.ts';

const states = ['OPEN', 'ACTIVE', 'SETTLED', 'PENDING', 'CLOSED'];

/** A field both sides write alike, except where the defect shows. */
const same = (legacy: string, wrong: string | undefined) =>
  legacy === wrong ? { legacy, right: legacy } : { legacy, right: legacy, wrong };

export const families: readonly Family[] = [
  defect(
    {
      fields: ['amount', 'instalment', 'fee', 'BETRAG'],
      least: 6,
      value(random) {
        const units = minorUnits(random, 200, 900_000);
        return same(decimal(units, 2), decimal(units + random.pick([-1, 1]), 2));
      },
    },
    {
      name: 'j-any-cent-off',
      critical: true,
      why: 'Some amounts are a cent off: another rounding of halves.',
    },
  ),
  defect(
    {
      fields: ['total', 'premium', 'price'],
      least: 6,
      value(random) {
        const units = minorUnits(random, 2_000, 900_000);
        return same(decimal(units, 2), decimal(Math.floor(units / 100) * 100, 2));
      },
    },
    {
      name: 'j-any-cents-cut',
      critical: true,
      why: 'Some amounts lost their cents: whole numbers in between.',
    },
  ),
  defect(
    {
      fields: ['balance', 'limit', 'saldo'],
      least: 5,
      value: (random) => same(decimal(minorUnits(random, 200, 9_000_000), 2), 'null'),
    },
    { name: 'j-any-amount-null', critical: true, why: 'Amounts that legacy knows are null.' },
  ),
  defect(
    {
      fields: ['amount', 'refund', 'correction'],
      least: 4,
      value(random) {
        const text = decimal(minorUnits(random, 200, 900_000), 2);
        return random.chance(0.5) ? same(`-${text}`, text) : { legacy: text, right: text };
      },
    },
    {
      name: 'j-any-minus-lost',
      critical: true,
      why: 'Negative amounts lost their minus and became positive.',
    },
  ),
  defect(
    {
      fields: ['currency', 'ccy', 'WAEHRUNG'],
      least: 4,
      value: (random) => same(json(random.pick(currencies)), '"EUR"'),
    },
    { name: 'j-any-currency-default', critical: true, why: 'Other currencies became the default one.' },
  ),
  defect(
    {
      fields: ['status', 'state', 'STATUS'],
      least: 4,
      value: (random) => same(json(random.pick(states)), '"UNKNOWN"'),
    },
    {
      name: 'j-any-state-unknown',
      critical: false,
      why: 'States that legacy knows are unknown in the rewrite.',
    },
  ),
  defect(
    {
      fields: ['dueDate', 'validUntil', 'DATUM_BIS'],
      least: 5,
      value(random) {
        const day = Day.any(random, 2022, 2027);
        return same(json(day.iso), json(day.plus(1).iso));
      },
    },
    { name: 'j-any-day-late', critical: true, why: 'Some days are a day after those of legacy.' },
  ),
  defect(
    {
      fields: ['city', 'companyName', 'comment'],
      least: 4,
      value(random) {
        const text = `${random.pick(companies)} ${random.pick(cities)} ${random.pick(surnames)}`;
        return same(json(text), json(text.slice(0, 20)));
      },
    },
    { name: 'j-any-text-cut', critical: false, why: 'Texts are cut after twenty characters.' },
  ),
  defect(
    {
      fields: ['email', 'contact', 'MAIL'],
      least: 4,
      value: (random) =>
        same(json(`${random.pick(surnames).toLowerCase()}${random.digits(3)}@mail.example`), undefined),
    },
    { name: 'j-any-member-forgotten', critical: false, why: 'A value that legacy answers is absent.' },
  ),
  defect(
    {
      fields: ['partnerId', 'customerId', 'KUNDE'],
      least: 4,
      value(random) {
        const id = random.digits(7);
        return same(json(`K${id}`), json(`K${random.digits(7)}`));
      },
    },
    { name: 'j-any-other-id', critical: true, why: 'The identifier is that of somebody else.' },
  ),
  defect(
    {
      fields: ['account', 'customer', 'result'],
      least: 2,
      value(random) {
        const units = minorUnits(random, 200, 900_000);
        const of = (amount: number) =>
          object({ id: json(random.digits(6)), currency: '"EUR"', amount: decimal(amount, 2) });
        const legacy = of(units);
        return same(legacy, legacy.replace(`${decimal(units, 2)}}`, `${decimal(units * 10, 2)}}`));
      },
    },
    {
      name: 'j-any-object-tenfold',
      critical: true,
      why: 'One member of the object, the amount, is ten times as high.',
    },
  ),
  faithful(
    {
      fields: ['amount', 'price', 'WERT'],
      least: 2,
      value(random) {
        const text = decimal(minorUnits(random), 2);
        return shown(json(text), text, text);
      },
    },
    { name: 'j-any-number-for-text', why: 'The same digits without quotes.' },
  ),
  faithful(
    {
      fields: ['updatedAt', 'lastChange', 'AEND_TS'],
      value(random) {
        const stamp = `${Day.any(random, 2019, 2025).iso}T${random.pick(['08', '13', '19'])}:${random.int(10, 59)}:07`;
        return { legacy: json(`${stamp}.000+0000`), right: json(`${stamp}Z`) };
      },
    },
    { name: 'j-any-offset-zulu', why: 'An offset of zero is Z, and milliseconds of zero are left out.' },
  ),
  faithful(
    {
      fields: ['comment', 'remark', 'note'],
      least: 3,
      value(random) {
        if (random.chance(0.5)) return { legacy: '""', right: undefined };
        const text = json(`see ${random.pick(companies)}`);
        return { legacy: text, right: text };
      },
    },
    { name: 'j-any-empty-absent', why: 'An empty text is left out; all other texts are the same.' },
  ),
];
