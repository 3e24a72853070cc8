/** Insurers: deductibles, periods of cover, beneficiaries, claims triangles, ages. */
import type { Family } from '../kit.ts';
import { Day, decimal, givenNames, json, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './sized.ts';

const deductibles = pair(
  {
    fields: ['deductible', 'excess', 'selbstbehalt', 'retention'],
    once: true,
    value(random) {
      const percent = random.pick([1, 2, 5, 10, 15, 20]);
      const ofSum = random.chance(0.35);
      const least = random.int(2, 20) * 5000;
      const most = random.chance(0.6) ? least * random.int(4, 20) : undefined;
      const limits = `min ${decimal(least, 2)}${most === undefined ? '' : ` max ${decimal(most, 2)}`}`;
      const modern = (of: string) =>
        object({
          percent: String(percent),
          of: json(of),
          atLeast: json(decimal(least, 2)),
          atMost: json(most === undefined ? null : decimal(most, 2)),
        });
      const legacy = `${percent}% of ${ofSum ? 'sum insured' : 'loss'}, ${limits}`;
      return shown(json(legacy), modern(ofSum ? 'SUM_INSURED' : 'LOSS'), modern('LOSS'));
    },
  },
  {
    name: 'bb_deductible_clause_as_members',
    why: 'Rate, basis and both limits of the deductible are the same, in members instead of a clause.',
  },
  {
    name: 'bb_deductible_basis_always_loss',
    why: 'A deductible in percent of the sum insured is given as a percentage of the loss, so claims are paid too high.',
    critical: true,
  },
);

/** Cover until the end of the last day, or before the day after it. */
const cover = pair(
  {
    fields: ['coverPeriod', 'policyTerm', 'validity', 'insuredTime'],
    value(random) {
      const from = Day.any(random, 2015, 2026);
      const last = random.chance(0.6)
        ? Day.of(from.year + 1, from.month, Math.min(from.day, 28)).plus(-1)
        : from.plus(random.int(3, 180));
      const local = (day: Day) => `${day.dd}.${day.mm}.${day.yyyy}`;
      const modern = (before: Day) => ({ from: from.iso, before: before.iso });
      return shownJson(
        { begin: `${local(from)} 00:00`, end: `${local(last)} 24:00` },
        modern(last.plus(1)),
        modern(last),
      );
    },
  },
  {
    name: 'bb_cover_end_2400_as_exclusive_day',
    why: 'Cover until 24:00 of a day ends before the next day; "before" names that next day.',
  },
  {
    name: 'bb_cover_exclusive_end_one_day_short',
    why: 'The last insured day itself is given as the exclusive end, so losses of that day are not covered any more.',
    critical: true,
  },
);

const splits = [
  [50, 30, 20],
  [60, 25, 15],
  [70, 20, 10],
  [75, 25],
  [40, 35, 25],
] as const;
const beneficiaries = pair(
  {
    fields: ['beneficiaries', 'bezugsberechtigte', 'payees', 'heirs'],
    value(random) {
      const shares = random.shuffled(random.pick(splits));
      const surname = random.pick(surnames);
      const people = random.shuffled(givenNames).slice(0, shares.length);
      const legacy = people.map((name, at) => `${surname}, ${name} ${shares[at]}%`).join(' / ');
      const sorted = [...people].sort();
      const right = sorted.map((name) => ({
        name: `${name} ${surname}`,
        share: shares[people.indexOf(name)]! / 100,
      }));
      const wrong = sorted.map((name, at) => ({ name: `${name} ${surname}`, share: shares[at]! / 100 }));
      return shownJson(legacy, right, wrong);
    },
  },
  {
    name: 'bb_beneficiaries_sorted_with_their_shares',
    why: 'The beneficiaries are sorted by name and each keeps the share that legacy gives them.',
  },
  {
    name: 'bb_beneficiaries_sorted_without_their_shares',
    why: 'The names are sorted but the shares stay where they were, so the sum goes to the wrong people.',
    critical: true,
  },
);

/** Payments of claims by year of accident and of development. */
const triangles = pair(
  {
    fields: ['paidTriangle', 'development', 'lossRun', 'claimsPaid'],
    once: true,
    value(random) {
      const last = random.int(2016, 2025);
      const years = random.int(3, 4);
      const rows = Array.from({ length: years }, (_, row) =>
        Array.from({ length: years - row }, (_, at) =>
          random.int(Math.round(90_000 / (at * 2 + 1)), Math.round(400_000 / (at * 2 + 1))),
        ),
      );
      const running = (row: readonly number[]) =>
        row.map((_, at) => row.slice(0, at + 1).reduce((sum, paid) => sum + paid, 0));
      const modern = (each: (row: readonly number[]) => readonly number[]) => ({
        incremental: Object.fromEntries(
          rows.map((row, at) => [
            `AY${last - years + 1 + at}`,
            Object.fromEntries(each(row).map((paid, age) => [`${(age + 1) * 12} months`, paid])),
          ]),
        ),
      });
      const legacy = { basis: 'INCREMENTAL', firstYear: last - years + 1, rows };
      return shownJson(
        legacy,
        modern((row) => row),
        modern(running),
      );
    },
  },
  {
    name: 'bb_claims_triangle_rows_keyed',
    why: 'The rows of incremental payments are keyed by accident year and age in months; every figure is the same.',
  },
  {
    name: 'bb_claims_triangle_silently_cumulated',
    why: 'Figures that are still called incremental are running totals, so reserves computed from them are wrong.',
    critical: true,
  },
);

const ageBasis = pair(
  {
    fields: ['insuredAge', 'entryAge', 'ratingAge', 'eintrittsalter'],
    value(random) {
      const born = Day.any(random, 1945, 2003);
      const at = Day.any(random, 2022, 2026);
      const reached = at.mm + at.dd >= born.mm + born.dd;
      const age = at.year - born.year - (reached ? 0 : 1);
      const birthday = (years: number) =>
        Date.UTC(born.year + years, born.month - 1, Math.min(born.day, 28)) / 86_400_000;
      const nearest = at.epochDay - birthday(age) > birthday(age + 1) - at.epochDay ? age + 1 : age;
      const modern = (years: number) => ({
        born: born.iso,
        valuationDate: at.iso,
        ageLastBirthday: years,
      });
      const legacy = `ALB ${age} (DOB ${born.dd}/${born.mm}/${born.yyyy}, VAL ${at.dd}/${at.mm}/${at.yyyy})`;
      return shownJson(legacy, modern(age), modern(nearest));
    },
  },
  {
    name: 'bb_age_last_birthday_as_members',
    why: 'The age at the last birthday, and both dates it follows from, are the same in another shape.',
  },
  {
    name: 'bb_age_last_birthday_becomes_nearest',
    why: 'Where the next birthday is nearer, the age called "last birthday" is one year too high, and so is the premium.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...deductibles,
  ...cover,
  ...beneficiaries,
  ...triangles,
  ...ageBasis,
];
