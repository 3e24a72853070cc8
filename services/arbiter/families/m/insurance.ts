/** Contracts of an insurer: covers, premiums, beneficiaries, persons, terms. */
import { type Family, twins } from '../kit.ts';
import {
  Day,
  decimal,
  givenNames,
  grouped,
  json,
  list,
  minorUnits,
  object,
  surnames,
} from '../kit-values.ts';
import { shown } from '../shown.ts';

const perils = ['LIABILITY', 'FIRE', 'THEFT', 'GLASS', 'FLOOD', 'STORM', 'LEGAL'];

const covers = twins(
  {
    fields: ['covers', 'insuredPerils', 'coverage'],
    least: 5,
    value(random) {
      const chosen = random.shuffled(perils).slice(0, random.int(3, 6));
      const any = (of: readonly string[]) => list(random.shuffled(of).map(json));
      return { legacy: any(chosen), right: any(chosen), wrong: any(chosen.slice(1)), legacy2: any(chosen) };
    },
  },
  {
    name: 'covers_any_order',
    why: 'the same covers in another order, and legacy’s own second run answers them in another order too',
  },
  { name: 'cover_lost', critical: true, why: 'one of the covers that both runs of legacy answer is missing' },
);

const intervals = twins(
  {
    fields: ['premium', 'instalment', 'beitrag'],
    value(random) {
      const premium = json(decimal(minorUnits(random, 1_500, 200_000), 2));
      const months = random.pick([2, 3, 4, 6]);
      const all = (every: string) => object({ amount: premium, every: json(every) });
      return shown(all(`${months} months`), all(`P${months}M`), all(`PT${months}M`));
    },
  },
  { name: 'months_as_iso_duration', why: 'P3M is the ISO 8601 writing of 3 months; the amount is the same' },
  {
    name: 'premium_every_few_minutes',
    critical: true,
    why: 'PT3M are three minutes, legacy says three months',
  },
);

const shares = twins(
  {
    fields: ['beneficiaries', 'owners', 'payees'],
    value(random) {
      const heirs = random.shuffled(givenNames).slice(0, random.int(2, 3));
      const first = random.int(10, 60) * 100 + random.pick([25, 33, 50, 75]);
      const second = heirs.length === 2 ? 10_000 - first : Math.floor((10_000 - first) / 2);
      const parts = [first, second, 10_000 - first - second].slice(0, heirs.length);
      const rows = (write: (part: number) => string) =>
        list(heirs.map((name, at) => object({ name: json(name), sharePercent: write(parts[at] ?? 0) })));
      return shown(
        rows((part) => json(decimal(part, 2))),
        rows((part) => decimal(part, 2)),
        rows((part) => `${Math.floor(part / 100)}`),
      );
    },
  },
  { name: 'shares_as_numbers', why: 'each beneficiary keeps the share, as a number instead of a text' },
  {
    name: 'shares_cut_to_whole',
    critical: true,
    why: 'decimals of the shares were cut off, so they do not make 100 percent any more',
  },
);

const persons = twins(
  {
    fields: ['policyHolder', 'insured', 'person'],
    least: 2,
    value(random) {
      const [last, first] = [random.pick(surnames), random.pick(givenNames)];
      const person = (lastName: string, firstName: string) =>
        object({ firstName: json(firstName), lastName: json(lastName) });
      return shown(json(`${last}, ${first}`), person(last, first), person(first, last));
    },
  },
  {
    name: 'name_in_two_parts',
    why: 'the name before the comma became the last name, the one behind it the first name',
  },
  { name: 'names_exchanged', critical: true, why: 'first name and last name of the person changed places' },
);

const zeros = twins(
  {
    fields: ['waitingDays', 'excess', 'graceDays'],
    least: 4,
    common: (random) => ({ fallback: random.pick([14, 30, 90]), text: random.chance(0.5) }),
    value(random, { fallback, text }) {
      const days = random.pick([0, 0, 7, 10, 21, 45, 60]);
      const write = (value: number) => (text ? json(`${value}`) : `${value}.0`);
      return days === 0
        ? shown(`${days}`, write(days), write(fallback))
        : { legacy: `${days}`, right: write(days) };
    },
  },
  { name: 'whole_number_other_form', why: 'the same number, written as a text or with a decimal zero' },
  {
    name: 'zero_became_default',
    critical: true,
    why: 'where legacy answers zero the rewrite answers its own default value',
  },
);

const ends = twins(
  {
    fields: ['validUntil', 'contractEnd', 'cancelledOn'],
    least: 3,
    value(random) {
      const end = json(Day.any(random, 2024, 2026).iso);
      return random.chance(0.5)
        ? { legacy: 'null', right: undefined, wrong: '"1970-01-01"' }
        : { legacy: end, right: end };
    },
  },
  {
    name: 'open_end_left_out',
    why: 'a contract without an end has no date on either side: null or no member at all',
  },
  {
    name: 'open_end_became_1970',
    critical: true,
    why: 'a contract without an end is answered as ended on 1970-01-01',
  },
);

const sums = twins(
  {
    fields: ['insuredSum', 'versicherungssumme', 'coverAmount'],
    once: true,
    value(random) {
      const units = random.int(5, 4_000) * 50_000;
      const text = grouped(decimal(units, 2), ' ', ',');
      return shown(json(text), decimal(units, 2), text.split(/[ ,]/)[0] ?? '0');
    },
  },
  {
    name: 'grouped_sum_as_number',
    why: 'blanks group the digits and the comma is decimal; the number is the same',
  },
  {
    name: 'sum_read_to_the_blank',
    critical: true,
    why: 'only the digits before the first blank were read: thousands are lost',
  },
);

const claims = twins(
  {
    fields: ['claim', 'damage', 'schaden'],
    value(random) {
      const damage = minorUnits(random, 20_000, 900_000);
      const excess = random.pick([150, 250, 300, 500]) * 100;
      const paid = Math.max(0, damage - excess);
      const all = (amounts: readonly number[], write: (units: number) => string) =>
        object(
          Object.fromEntries(['damage', 'excess', 'paid'].map((key, at) => [key, write(amounts[at] ?? 0)])),
        );
      const plain = (units: number) => decimal(units, 2);
      return shown(
        all([damage, excess, paid], (units) => json(grouped(plain(units), ','))),
        all([damage, excess, paid], plain),
        all([damage, excess, damage], plain),
      );
    },
  },
  {
    name: 'claim_amounts_ungrouped',
    why: 'damage, excess and payment are the same amounts without commas between thousands',
  },
  {
    name: 'excess_not_subtracted',
    critical: true,
    why: 'the whole damage is paid although the excess stands beside it',
  },
);

export const families: readonly Family[] = [
  ...covers,
  ...intervals,
  ...shares,
  ...persons,
  ...zeros,
  ...ends,
  ...sums,
  ...claims,
];
