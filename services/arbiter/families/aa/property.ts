/** Land registers, leases, parcels. */
import { type Family, mixed, type Random, twins } from '../kit.ts';
import { Day, decimal, givenNames, json, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const area = twins(
  {
    fields: ['parcelArea', 'contenance', 'flaeche', 'surface'],
    least: 10,
    value(random) {
      const [ha, a, ca] = [random.int(0, 14), random.int(0, 99), random.int(0, 99)];
      const legacy = ha > 0 ? `${ha} ha ${a} a ${ca} ca` : `${a} a ${ca} ca`;
      const modern = (metres: number) => ({ value: metres, unit: 'm2' });
      const glued = Number(ha > 0 ? `${ha}${a}${ca}` : `${a}${ca}`);
      return shownJson(legacy, modern(ha * 10_000 + a * 100 + ca), modern(glued));
    },
  },
  {
    name: 'aa_area_hectare_are_centiare',
    why: 'A hectare is 10 000, an are 100 and a centiare one square metre: the same area.',
  },
  {
    name: 'aa_area_digits_glued',
    why: 'The figures are put side by side without their zeros: 1 ha 5 a 3 ca is 10503 and not 153 square metres.',
    critical: true,
  },
);

const rents = twins(
  {
    fields: ['rentDay', 'quarterDay', 'nextRentDue', 'leaseTerms'],
    least: 10,
    value(random) {
      const year = random.int(2019, 2027);
      const [name, month, day] = random.pick([
        ['LADY DAY', 3, 25],
        ['MIDSUMMER', 6, 24],
        ['MICHAELMAS', 9, 29],
        ['CHRISTMAS', 12, 25],
      ] as const);
      return shownJson(`${name} ${year}`, Day.of(year, month, day).iso, Day.of(year, month, 25).iso);
    },
  },
  {
    name: 'aa_quarter_day_as_date',
    why: 'The English quarter days fall on 25 March, 24 June, 29 September and 25 December.',
  },
  {
    name: 'aa_quarter_day_always_25th',
    why: 'Midsummer is the 24th and Michaelmas the 29th; the rewrite sets the rent due on the 25th of any quarter.',
    critical: true,
  },
);

const owners = twins(
  {
    fields: ['proprietors', 'ownership', 'eigentuemer', 'abteilung1'],
    least: 8,
    value(random) {
      const parts = random.pick([
        ['1/2', '1/3', '1/6'],
        ['3/4', '1/4'],
        ['5/8', '1/4', '1/8'],
        ['2/3', '1/3'],
        ['1/2', '3/10', '1/5'],
      ]);
      const names = random.shuffled(surnames).slice(0, parts.length);
      const people = names.map((name) => `${name}, ${random.pick(givenNames)}`);
      const legacy = { names: people, shares: parts };
      const right = people
        .map((name, at) => ({ name, share: parts[at] }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const wrong = right.map(({ name }, at) => ({ name, share: parts[at] }));
      return shownJson(legacy, right, wrong);
    },
  },
  {
    name: 'aa_owners_sorted_with_shares',
    why: 'The co-owners are listed by name, and each keeps their own share.',
  },
  {
    name: 'aa_owners_sorted_shares_left',
    why: 'The names were sorted but the shares stayed where they were: owners hold the share of somebody else.',
    critical: true,
  },
);

type Point = readonly [number, number];
const polygon = twins(
  {
    fields: ['geometry', 'parcelShape', 'the_geom', 'boundary'],
    least: 8,
    value(random) {
      const [x, y] = [random.int(300_000, 900_000), random.int(5_200_000, 6_100_000)];
      const [w, h] = [random.int(30, 200), random.int(30, 200)];
      const outer: Point[] = [
        [x, y],
        [x + w, y + random.int(0, 6)],
        [x + w + random.int(0, 5), y + h],
        [x - random.int(0, 5), y + h - 3],
      ];
      const [hx, hy] = [x + random.int(5, 10), y + random.int(10, 14)];
      const hole: Point[] | undefined = random.chance(0.5)
        ? [
            [hx, hy],
            [hx, hy + 8],
            [hx + 9, hy + 8],
            [hx + 9, hy],
          ]
        : undefined;
      const rings = hole === undefined ? [outer] : [outer, hole];
      const closed = (ring: readonly Point[], turn: number) => {
        const turned = [...ring.slice(turn), ...ring.slice(0, turn)];
        return [...turned, turned[0]!];
      };
      const wkt = `POLYGON(${rings
        .map(
          (ring) =>
            `(${closed(ring, 0)
              .map((point) => point.join(' '))
              .join(', ')})`,
        )
        .join(', ')})`;
      const turn = random.int(0, 3);
      const modern = (kept: readonly (readonly Point[])[]) => ({
        type: 'Polygon',
        coordinates: kept.map((ring) => closed(ring, turn)),
      });
      return shownJson(wkt, modern(rings), modern([outer]));
    },
  },
  {
    name: 'aa_polygon_ring_starts_elsewhere',
    why: 'WKT became GeoJSON and the rings begin at another corner; corners, their order and the holes are the same.',
  },
  {
    name: 'aa_polygon_hole_dropped',
    why: 'The inner ring is missing, so that the enclave of another owner belongs to the parcel.',
    critical: true,
  },
);

const charges = twins(
  {
    fields: ['charges', 'encumbrances', 'abteilung3', 'mortgagesRegistered'],
    least: 8,
    value(random) {
      const count = random.int(2, 4);
      const all = Array.from({ length: count }, (_, at) => ({
        rank: at + 1,
        creditor: random.pick([
          'Sparkasse Bremen',
          'Credit Foncier',
          'Alpine Mutual',
          'Nordea',
          'City of Graz',
        ]),
        amount: decimal(random.int(10, 800) * 100_000, 2),
        entered: Day.any(random, 1998, 2023).iso,
      }));
      const byDate = [...all].sort((a, b) => (a.entered < b.entered ? -1 : 1));
      const value = shownJson(
        random.shuffled(all),
        [...all],
        byDate.map((charge, at) => ({ ...charge, rank: at + 1 })),
      );
      return { ...value, legacy2: json(random.shuffled(all)) };
    },
  },
  {
    name: 'aa_charges_listed_by_rank',
    why: 'Legacy keeps no order; each charge carries its rank, and the rewrite lists the same charges by it.',
  },
  {
    name: 'aa_charges_ranked_by_date',
    why: 'Ranks are numbered anew by date of entry, though ranks may be exchanged by deed: creditors move up or down.',
    critical: true,
  },
);

const control = 'MQWERTYUIOPASDFGHJKLBZX';
const controlWeights = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1];
/** A Spanish cadastral reference of an urban unit: parcel, sheet, unit and its two control letters. */
function cadastral(random: Random): readonly string[] {
  const [parcel, sheet, unit] = [
    random.digits(7),
    `${random.text('UVWX', 1)}${random.text('FGHJKL', 1)}${random.digits(4)}${random.pick(['S', 'N', 'A'])}`,
    String(random.int(1, 90)).padStart(4, '0'),
  ];
  const letter = (half: string) => {
    const sum = [...`${half}${unit}`].reduce((total, character, at) => {
      const code = character.charCodeAt(0);
      const value = code < 65 ? Number(character) : code - (code > 78 ? 63 : 64);
      return total + value * controlWeights[at]!;
    }, 0);
    return control[sum % 23];
  };
  return [parcel, sheet, unit, `${letter(parcel)}${letter(sheet)}`];
}
const catastro = twins(
  mixed({
    fields: ['referenciaCatastral', 'cadastralReference', 'parcelId', 'finca'],
    least: 8,
    value(random) {
      const parts = cadastral(random);
      return shownJson(parts.join(''), parts.join(' '), parts.slice(0, 2).join(' '));
    },
  }),
  {
    name: 'aa_cadastral_reference_grouped',
    why: 'The same twenty characters of the reference, written in their four groups.',
  },
  {
    name: 'aa_cadastral_unit_cut_off',
    why: 'Only the fourteen characters of the plot remain: all flats of a house share one reference.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...area,
  ...rents,
  ...owners,
  ...polygon,
  ...charges,
  ...catastro,
];
