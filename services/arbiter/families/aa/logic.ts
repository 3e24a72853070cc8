/** The same statement put otherwise: ranks with ties, relations, periods, odds, policies, doses, colours. */
import { type Family, mixed, twins } from '../kit.ts';
import { companies, Day, decimal, givenNames, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const ranking = twins(
  {
    fields: ['tenderRanking', 'allocationList', 'standings', 'waitingList'],
    least: 10,
    value(random) {
      let points = random.int(80, 100);
      const bidders = random.shuffled(surnames).slice(0, random.int(3, 6));
      const listed = bidders.map((name, at) => {
        if (at > 0 && random.chance(0.65)) points -= random.int(1, 9);
        return { name, points };
      });
      const rank = (of: number) => 1 + listed.filter((other) => other.points > of).length;
      const legacy = listed.map((entry) => ({ rank: rank(entry.points), ...entry }));
      const right = [...legacy].sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
      const wrong = right.map((entry, at) => ({ ...entry, rank: at + 1 }));
      return shownJson(legacy, right, wrong);
    },
  },
  {
    name: 'aa_ranking_order_within_ties',
    why: 'Those with equal points share a rank in both; only within a shared rank the names are now sorted.',
  },
  {
    name: 'aa_ranking_ties_broken_by_name',
    why: 'Equal points no longer share a rank: who comes later in the alphabet falls behind.',
    critical: true,
  },
);

const mutual = ['MARRIED_TO', 'JOINT_HOLDER_WITH', 'SIBLING_OF', 'BUSINESS_PARTNER_OF'];
const directed = ['GUARANTOR_OF', 'LEGAL_GUARDIAN_OF', 'BENEFICIARY_OF', 'ATTORNEY_FOR'];
const corporate = ['PARENT_COMPANY_OF', 'CREDITOR_OF', 'AUDITOR_OF'];
const relation = twins(
  {
    fields: ['relatedParties', 'partyLink', 'connections', 'kyc.edges'],
    least: 10,
    value(random) {
      const links = Array.from({ length: random.int(1, 3) }, () => {
        const business = random.chance(0.25);
        const people = random.shuffled(surnames).map((surname) => `${random.pick(givenNames)} ${surname}`);
        const [from, to] = business ? random.shuffled(companies) : people;
        const kinds = business ? corporate : random.chance(0.6) ? mutual : directed;
        return { from, to, relation: random.pick(kinds) };
      });
      const turned = (kinds: readonly string[]) =>
        links.map((link) =>
          kinds.includes(link.relation) ? { from: link.to, to: link.from, relation: link.relation } : link,
        );
      return shownJson(links, turned(mutual), turned([...mutual, ...directed, ...corporate]));
    },
  },
  {
    name: 'aa_relation_symmetric_turned',
    why: 'Only mutual relations (married to, partner of) are written from the other side, and they say the same from there.',
  },
  {
    name: 'aa_relation_directed_turned',
    why: 'Relations with a direction are turned as well: the guarantor becomes the debtor, the ward the guardian.',
    critical: true,
  },
);

const periods = twins(
  {
    fields: ['coverPeriods', 'insuredPeriods', 'eligibility', 'membershipSpans'],
    least: 10,
    value(random) {
      let from = Day.any(random, 2016, 2020);
      const spans = Array.from({ length: random.int(2, 4) }, () => {
        const to = from.plus(random.int(60, 400));
        const span = { from, to };
        from = to.plus(random.chance(0.6) ? 1 : random.int(3, 40));
        return span;
      });
      const text = (list: typeof spans) => list.map((span) => ({ from: span.from.iso, to: span.to.iso }));
      const merged = (gap: number) => {
        const joined: typeof spans = [];
        for (const span of spans) {
          const last = joined.at(-1);
          if (last !== undefined && span.from.epochDay - last.to.epochDay <= gap)
            joined[joined.length - 1] = { from: last.from, to: span.to };
          else joined.push(span);
        }
        return joined;
      };
      return shownJson(text(spans), text(merged(1)), text(merged(100)));
    },
  },
  {
    name: 'aa_periods_adjoining_joined',
    why: 'Periods of which one begins on the day after the other ends are put together: the same days are covered.',
  },
  {
    name: 'aa_periods_joined_over_gaps',
    why: 'Periods with days in between are joined as well: somebody counts as insured on days without cover.',
    critical: true,
  },
);

const odds = twins(
  {
    fields: ['odds', 'price', 'selection.price', 'quote'],
    least: 10,
    value(random) {
      const [up, down] = random.pick([
        [1, 2],
        [4, 5],
        [1, 1],
        [6, 4],
        [7, 4],
        [5, 2],
        [9, 2],
        [10, 1],
        [33, 1],
        [11, 10],
        [2, 5],
      ] as const);
      const selection = `R${random.int(1, 8)}-${random.int(1, 16)}`;
      const modern = (hundredths: number) => ({
        selection,
        decimalOdds: decimal(hundredths, 2),
        stakeIncluded: true,
      });
      const net = Math.round((up / down) * 100);
      return shownJson(`${selection} @ ${up}/${down}`, modern(net + 100), modern(net));
    },
  },
  {
    name: 'aa_odds_fraction_to_decimal',
    why: 'Fractional odds leave the stake out and decimal odds have it in: 5/2 is 3.50.',
  },
  {
    name: 'aa_odds_stake_left_out',
    why: 'The fraction was merely divided although the stake is said to be in: winners are paid a stake too little.',
    critical: true,
  },
);

const facts = ['sanctioned', 'minor', 'dormant', 'unverified', 'insolvent', 'frozen', 'deceased'];
const policy = twins(
  {
    fields: ['payoutRule', 'accessPolicy', 'condition', 'eligibilityExpr'],
    least: 8,
    value(random) {
      const [a, b, c] = random.shuffled(facts);
      const role = random.pick(['owner', 'teller', 'auditor', 'agent']);
      const either = random.chance(0.7);
      const legacy = either ? `${role} AND NOT (${a} OR ${b} OR ${c})` : `${role} AND NOT (${a} AND ${b})`;
      const right = either
        ? `${role} AND NOT ${a} AND NOT ${b} AND NOT ${c}`
        : `${role} AND (NOT ${a} OR NOT ${b})`;
      const wrong = either
        ? `${role} AND (NOT ${a} OR NOT ${b} OR NOT ${c})`
        : `${role} AND NOT ${a} AND NOT ${b}`;
      return shownJson(legacy, right, wrong);
    },
  },
  {
    name: 'aa_policy_negation_spread',
    why: 'By De Morgan: neither of several is the same as not the one and not the other, not both the same as one of them not.',
  },
  {
    name: 'aa_policy_negation_half_spread',
    why: 'The negation was spread but AND and OR were not exchanged: who has one of the hindrances only is let through, or refused.',
    critical: true,
  },
);

const dose = twins(
  {
    fields: ['dosage', 'medicationPlan', 'einnahme', 'sig'],
    least: 10,
    value(random) {
      const parts = random.chance(0.5)
        ? random.pick(['1-0-0-1', '0-0-0-1', '1-1-1-1', '0-0-0-2', '½-0-0-½', '2-0-1-1'])
        : random.pick(['1-0-1', '1-1-1', '0-0-1', '½-0-½', '2-0-1']);
      const drug = random.pick([
        'Metoprolol 50 mg',
        'Levetiracetam 500 mg',
        'Ramipril 5 mg',
        'Metformin 500 mg',
      ]);
      const [morning, noon, evening, night = '0'] = parts.split('-');
      const modern = (late: string) => ({ drug, tablets: { morning, noon, evening, night: late } });
      return shownJson(`${drug} ${parts}`, modern(night), modern('0'));
    },
  },
  {
    name: 'aa_dose_scheme_by_time_of_day',
    why: 'The figures of the scheme stand for morning, noon, evening and, where there is a fourth, for the night.',
  },
  {
    name: 'aa_dose_night_tablet_lost',
    why: 'The fourth figure is ignored: the tablet for the night is never given.',
    critical: true,
  },
);

const colour = twins(
  mixed({
    fields: ['colour', 'wireMarking', 'brandColor', 'swatch'],
    least: 8,
    value(random) {
      const [r, g, b] = [random.int(0, 15) * 17, random.int(0, 15) * 17, random.int(0, 15) * 17];
      const hex = [r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('');
      return shownJson(`#${hex.toUpperCase()}`, `rgb(${r}, ${g}, ${b})`, `rgb(${b}, ${g}, ${r})`);
    },
  }),
  {
    name: 'aa_colour_hex_to_rgb',
    why: 'The three pairs of hexadecimal digits are red, green and blue: the same colour.',
  },
  {
    name: 'aa_colour_red_blue_swapped',
    why: 'Red and blue changed places: the customer sees another colour than the one they get.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...ranking,
  ...relation,
  ...periods,
  ...odds,
  ...policy,
  ...dose,
  ...colour,
];
