/** Public services and insurers: elections, licences, plates, bonus classes. */
import type { Family, Random } from '../kit.ts';
import { Day, json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { harmlessOnly, pair } from './common.ts';

/** Seats by highest averages: divisors 1, 2, 3 … (D'Hondt) or 1, 3, 5 … (Sainte-Laguë). */
function seatsOf(votes: readonly number[], seats: number, step: number): number[] {
  const won = votes.map(() => 0);
  for (let left = seats; left > 0; left -= 1) {
    const averages = votes.map((count, at) => count / ((won[at] ?? 0) * step + 1));
    const best = averages.indexOf(Math.max(...averages));
    won[best] = (won[best] ?? 0) + 1;
  }
  return won;
}

const elections = pair(
  {
    fields: ['allocation', 'seats', 'SITZE', 'councilResult'],
    routes: ['GET /elections/{id}/districts/{no}', 'GET /councils/{id}/result'],
    always: true,
    value(random) {
      const parties = ['Green', 'Civic List', 'Labour', 'Farmers', 'Liberal'].slice(0, random.int(3, 5));
      const votes = parties.map(() => random.int(900, 26_000));
      const total = random.pick([7, 9, 11, 13, 15]);
      const modern = (step: number) =>
        seatsOf(votes, total, step).map((won, at) => ({ list: parties[at], votes: votes[at], seats: won }));
      const legacySeats = seatsOf(votes, total, 1);
      return shownJson(
        {
          method: "D'Hondt",
          votes: Object.fromEntries(parties.map((party, at) => [party, votes[at]])),
          seats: Object.fromEntries(parties.map((party, at) => [party, legacySeats[at]])),
        },
        { method: "D'Hondt", lists: modern(1) },
        { method: "D'Hondt", lists: modern(2) },
      );
    },
  },
  {
    name: 'cc_seats_by_list_regrouped',
    why: 'Every list has the same votes and seats, gathered by list instead of in two objects.',
  },
  {
    name: 'cc_seats_by_another_method',
    critical: true,
    why: "From the same votes, and still called D'Hondt, other lists win some of the seats (divisors 1, 3, 5).",
  },
);

const plates = pair(
  {
    fields: ['plate', 'KENNZEICHEN', 'vehicleRegistration', 'parkedVehicle'],
    routes: ['GET /fines/{no}', 'POST /parking/permits'],
    value(random) {
      const [district, letters] = random.pick([
        ['M', 'AB'],
        ['HH', 'K'],
        ['K', 'LE'],
        ['B', 'ZX'],
        ['F', 'RT'],
        ['MA', 'B'],
        ['S', 'TU'],
        ['D', 'AX'],
      ] as const);
      const number = random.int(1, 9999);
      const all = `${district}${letters}`;
      const moved = district.length === 1 ? 2 : 1;
      return shownJson(
        `${district}-${letters} ${number}`,
        { district, letters, number: String(number) },
        { district: all.slice(0, moved), letters: all.slice(moved), number: String(number) },
      );
    },
  },
  {
    name: 'cc_german_plate_in_parts',
    why: 'District, letters and figures are split where the hyphen and the space stand.',
  },
  {
    name: 'cc_german_plate_split_elsewhere',
    critical: true,
    why: 'M-AB 12 and MA-B 12 are two cars of two towns; the fine goes to somebody else.',
  },
);

const bonusClasses = pair(
  {
    fields: ['noClaimsClass', 'SF-KLASSE', 'bonusClass', 'tariffStep'],
    routes: ['GET /motor/policies/{no}', 'POST /quotes/motor'],
    least: 12,
    always: true,
    value(random) {
      const step = random.pick(['M', 'S', '0', '1/2', '1/2', '1', '2', '4', '7', '12', '12', '18', '35']);
      const half = step === '1/2';
      return shownJson(
        /\d/.test(step) ? `SF ${step}` : step,
        {
          klass: step === 'M' || step === 'S' ? step : 'SF',
          years: /\d/.test(step) ? (half ? 0.5 : Number(step)) : null,
        },
        {
          klass: step === 'M' || step === 'S' ? step : 'SF',
          years: /\d/.test(step) ? (half ? 12 : Number(step)) : null,
        },
      );
    },
  },
  {
    name: 'cc_no_claims_class_split',
    why: 'SF 1/2 is half a year without claims and M and S are classes without years, as they were.',
  },
  {
    name: 'cc_no_claims_class_slash_dropped',
    critical: true,
    why: 'The slash of SF 1/2 was dropped, which makes it SF 12: a beginner pays the premium of an old hand.',
  },
);

const shares = [
  ['1/2', '1/3', '1/6'],
  ['2/3', '1/3'],
  ['3/4', '1/4'],
  ['1/2', '1/4', '1/4'],
  ['3/5', '1/5', '1/5'],
  ['1/2', '1/8', '3/8'],
] as const;

const heirs = ['Olga', 'Ahmed', 'Chloe', 'Lars', 'Ines', 'Yuki', 'Paul'];

const beneficiaries = pair(
  {
    fields: ['beneficiaries', 'ERBQUOTEN', 'coOwners', 'entitled'],
    routes: ['GET /life/policies/{no}', 'GET /land-register/{folio}'],
    value(random) {
      const parts = random.shuffled(random.pick(shares));
      const names = random.shuffled(heirs).slice(0, parts.length);
      const sorted = [...names].sort();
      const shareOf = (text: string) => {
        const [numerator, denominator] = text.split('/').map(Number);
        return { numerator, denominator };
      };
      return shownJson(
        names.map((name, at) => `${name}: ${parts[at]}`).join('; '),
        sorted.map((name) => ({ name, ...shareOf(parts[names.indexOf(name)] ?? '') })),
        sorted.map((name, at) => ({ name, ...shareOf(parts[at] ?? '') })),
      );
    },
  },
  {
    name: 'cc_shares_sorted_with_their_names',
    why: 'The list is now in alphabetical order, and each name still has the share which it had.',
  },
  {
    name: 'cc_shares_sorted_without_their_names',
    critical: true,
    why: 'The names were sorted but the shares stayed where they were, so people inherit the part of another.',
  },
);

const triangle = (random: Random): number[][] =>
  [3, 2, 1].map((length) => {
    let paid = random.int(100, 900);
    return Array.from({ length }, () => {
      paid += random.int(5, 300);
      return paid;
    });
  });

const claimTriangles = harmlessOnly(
  {
    fields: ['triangle', 'SCHADENDREIECK', 'runOff', 'paidClaims'],
    routes: ['GET /reserving/{line}/triangle', 'GET /reports/{id}'],
    value(random) {
      const [first, rows] = [random.int(2018, 2022), triangle(random)];
      const cells = rows.flatMap((row, at) =>
        row.map((paid, development) => ({ accidentYear: first + at, developmentYear: development, paid })),
      );
      return { legacy: json({ firstYear: first, rows }), right: json(random.shuffled(cells)) };
    },
  },
  {
    name: 'cc_claims_triangle_as_cells',
    why: 'Each cell names its accident year and development year, so their order means nothing and no figure is lost.',
  },
);

const deductibles = pair(
  {
    fields: ['remainingDeductible', 'RESTSELBSTBEHALT', 'arrears', 'openCopayment'],
    routes: ['GET /policies/{no}/benefits', 'GET /patients/{id}/account'],
    always: true,
    least: 10,
    value(random) {
      const kind = random.pick(['unknown', 'unknown', 'zero', 'sum', 'sum']);
      if (kind === 'unknown') return { legacy: 'null', right: undefined };
      if (kind === 'zero') return { legacy: '0', right: '0', wrong: undefined };
      const amount = json(random.int(1, 60) * 25);
      return { legacy: amount, right: amount };
    },
  },
  {
    name: 'cc_unknown_amount_left_out',
    why: 'Where legacy says null the rewrite leaves the member out, both no value; zeros and sums are all there.',
  },
  {
    name: 'cc_zero_amount_left_out_too',
    critical: true,
    why: 'Nothing left to pay is a value; left out like an unknown amount, it makes the patient pay again.',
  },
);

const pensionPoints = pair(
  {
    fields: ['insuredMonths', 'contributionRecord', 'VERSICHERUNGSVERLAUF', 'timeline'],
    routes: ['GET /pensions/{id}/record', 'GET /residents/{id}/stays'],
    value(random) {
      let from = Day.of(random.int(1996, 2008), random.int(1, 12), 1);
      const kinds = [
        'employment',
        'parental leave',
        'unemployment',
        'military service',
        'employment',
      ] as const;
      const spells = Array.from({ length: random.int(2, 4) }, (_, at) => {
        const spell = { from, to: from.plus(random.int(40, 900)), kind: kinds[at] ?? 'employment' };
        from = spell.to.plus(random.pick([1, 1, random.int(20, 200)]));
        return spell;
      });
      const modern = (list: typeof spells) =>
        list.map(({ from: start, to, kind }) => ({ kind, start: start.iso, end: to.iso }));
      const joined = spells.map((spell, at) => {
        const next = spells[at + 1];
        return next ? { ...spell, to: next.from.plus(-1) } : spell;
      });
      return shownJson(
        spells.map(({ from: start, to, kind }) => `${start.iso}..${to.iso} ${kind}`),
        modern(spells),
        modern(joined),
      );
    },
  },
  {
    name: 'cc_insurance_spells_as_objects',
    why: 'Each period has its kind, its first and its last day as before, one object instead of one text.',
  },
  {
    name: 'cc_insurance_spells_gaps_closed',
    critical: true,
    why: 'Each period is drawn out to the next one, so months without contributions count for the pension.',
  },
);

export const families: readonly Family[] = [
  ...elections,
  ...plates,
  ...bonusClasses,
  ...beneficiaries,
  ...claimTriangles,
  ...pensionPoints,
  ...deductibles,
];
