/** Families of an insurer and a pension fund: classes, premiums, cover, persons covered and their shares. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, givenNames, json, list, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const noClaims = coded(
  ['noClaimsClass', 'sfClass', 'bonusClass'],
  [
    ['SF 1/2', 'SF½', 'SF12'],
    ['SF 1', 'SF1'],
    ['SF 2', 'SF2'],
    ['SF 3', 'SF3'],
    ['SF 12', 'SF12'],
    ['SF 25', 'SF25'],
  ],
  {
    name: 'no_claims_half',
    why: 'The same no-claims class: SF 1/2 is the half class, written with the half sign.',
  },
  {
    name: 'no_claims_slash_lost',
    why: 'The slash of SF 1/2 was dropped, so beginners count as twelve years without claims.',
    critical: true,
  },
);

const coverEnd = twins(
  {
    fields: ['cover', 'insuredPeriod', 'validity'],
    value(random) {
      const from = Day.any(random, 2015, 2025);
      const to = from.plus(random.pick([30, 90, 180, 364, 729]));
      const modern = (end: Day) => object({ from: json(from.iso), toExclusive: json(end.iso) });
      return shown(
        object({ FROM: json(from.iso), TO_INCLUSIVE: json(to.iso) }),
        modern(to.plus(1)),
        modern(to),
      );
    },
  },
  {
    name: 'cover_end_exclusive',
    why: 'The last covered day became the first day no more covered: the same days.',
  },
  {
    name: 'cover_last_day_lost',
    why: 'The inclusive end was taken over as the exclusive one: the last day has no cover.',
    critical: true,
  },
);

const premium = twins(
  {
    fields: ['premium', 'contribution', 'instalment'],
    least: 2,
    value(random) {
      const monthly = random.int(900, 45_000);
      const modern = (units: number) => object({ amount: decimal(units, 2), per: json('MONTH') });
      return shown(
        object({ amount: json(decimal(monthly * 12, 2)), per: json('YEAR') }),
        modern(monthly),
        modern(monthly * 12),
      );
    },
  },
  {
    name: 'premium_per_month',
    why: 'A twelfth of the yearly premium, and said to be monthly: the same price, without a rest.',
  },
  {
    name: 'premium_period_relabelled',
    why: 'The yearly premium is said to be due every month.',
    critical: true,
  },
);

const dependants = twins(
  {
    fields: ['dependants', 'coInsured', 'householdMembers'],
    value(random) {
      const surname = random.pick(surnames).toUpperCase();
      const people = random
        .shuffled(givenNames)
        .slice(0, random.int(1, 6))
        .map((name) => json(`${surname} ${name.toUpperCase()}`));
      const slots = [...people, ...Array.from({ length: 6 - people.length }, () => '""')];
      return shown(list(slots), list(people), list(people.slice(0, 5)));
    },
  },
  { name: 'unused_slots_trimmed', why: 'Legacy always answers six slots; only its blank ones are gone.' },
  {
    name: 'sixth_slot_lost',
    why: 'The sixth person of full lists is missing, though legacy insures six.',
    critical: true,
  },
);

const shareSplits = [
  [50, 30, 20],
  [70, 20, 10],
  [60, 25, 15],
  [45, 35, 20],
] as const;
const beneficiaries = twins(
  {
    fields: ['beneficiaries', 'deathBenefitShares', 'entitled'],
    least: 3,
    value(random) {
      const names = random.shuffled(surnames).slice(0, 3);
      const shares = random.pick(shareSplits);
      const sorted = [...names].sort();
      const rows = names.map((name, at) =>
        object({ NAME: json(name.toUpperCase()), PCT: json(decimal((shares[at] ?? 0) * 100, 2)) }),
      );
      const entry = (name: string, percent: number | undefined) =>
        object({ name: json(name.toUpperCase()), percent: String(percent) });
      return shown(
        list(rows),
        list(sorted.map((name) => entry(name, shares[names.indexOf(name)]))),
        list(sorted.map((name, at) => entry(name, shares[at]))),
      );
    },
  },
  {
    name: 'beneficiaries_by_name',
    why: 'The list is sorted by name and everybody keeps the own percentage.',
  },
  {
    name: 'beneficiaries_shares_moved',
    why: 'Names were sorted but percentages stayed in their places: people get the shares of others.',
    critical: true,
  },
);

const waitingPeriod = twins(
  {
    fields: ['waitingPeriod', 'noticePeriod', 'deferredPeriod'],
    clear: true,
    value(random) {
      const unit = random.pick(['M', 'M', 'Y', 'D']);
      const count = random.int(1, unit === 'D' ? 28 : 9);
      const right = `P${count}${unit}`;
      return shown(
        json(`${String(count).padStart(2, '0')}${unit}`),
        json(right),
        json(unit === 'M' ? `PT${count}M` : right),
      );
    },
  },
  { name: 'period_iso_months', why: 'Years, months or days as an ISO 8601 period of the same length.' },
  {
    name: 'period_months_as_minutes',
    why: 'PT6M is six minutes, not the six months of legacy: the waiting period is over at once.',
    critical: true,
  },
);

const annuityEnd = twins(
  {
    fields: ['annuity', 'membership', 'assignment'],
    least: 4,
    value(random) {
      const from = Day.any(random, 1990, 2015);
      const end = Day.any(random, 2016, 2024);
      const modern = (to: string) => object({ from: json(from.iso), to });
      const open = random.chance(0.5);
      return shown(
        object({ DATE_FROM: json(from.iso), DATE_TO: json(open ? '4712-12-31' : end.iso) }),
        modern(open ? 'null' : json(end.iso)),
        modern('null'),
      );
    },
  },
  {
    name: 'end_of_time_null',
    why: 'The 31st of December 4712 is the end of time of the old system: no end.',
  },
  {
    name: 'ended_shown_open',
    why: 'Assignments with a real end are answered without one, so payment goes on.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...noClaims,
  ...coverEnd,
  ...premium,
  ...dependants,
  ...beneficiaries,
  ...waitingPeriod,
  ...annuityEnd,
];
