/** Collateral and borrowers of mortgage loans: tenure, valuations, ownership, addresses, borrowers, limits. */
import { mixed, twins } from '../kit.ts';
import { cities, Day, decimal, givenNames, json, list, object, streets, surnames } from '../kit-values.ts';

const tenures = [
  ['F', 'FREEHOLD'],
  ['L', 'LEASEHOLD'],
  ['C', 'COMMONHOLD'],
] as const;

export const families = [
  ...twins(
    {
      fields: ['tenure', 'property.tenure', 'PROP-TEN-CD'],
      clear: true,
      least: 2,
      value(random) {
        const [code, word] = random.pick(tenures);
        return {
          legacy: json(code),
          right: json(word),
          ...(code === 'F' ? {} : { wrong: json('FREEHOLD') }),
        };
      },
    },
    {
      name: 'tenure-letter-to-word',
      why: 'Each letter becomes the word it begins: F freehold, L leasehold, C commonhold.',
    },
    {
      name: 'tenure-default-freehold',
      why: 'Leasehold and commonhold properties come out as freehold, which changes what the loan is secured on.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['securedProperties', 'collateral', 'pledges'],
      least: 3,
      value(random) {
        const titles = Array.from({ length: random.int(2, 5) }, () => ({
          title: json(`${random.pick(['WYK', 'GM', 'SYK', 'NGL'])}${random.digits(6)}`),
          value: String(random.int(60, 900) * 1000 + random.int(0, 9) * 100),
        }));
        const rows = titles.map((row) => object(row));
        const shifted = titles.map(({ title }, at) =>
          object({ title, value: titles[(at + 1) % titles.length]!.value }),
        );
        return {
          legacy: list(rows),
          legacy2: list(random.shuffled(rows)),
          right: list(random.shuffled(rows)),
          wrong: list(random.shuffled(shifted)),
        };
      },
    },
    {
      name: 'secured-properties-in-any-order',
      why: 'Legacy itself lists the properties in a new order each time; each title keeps its value in the rewrite.',
    },
    {
      name: 'secured-properties-with-neighbours-value',
      why: 'Order is free in legacy, but the rewrite gives titles the valuation that belongs to another title.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['lastValuationDate', 'valuedOn', 'valuation.date'],
      clear: true,
      least: 6,
      value(random) {
        const day = json(Day.any(random, 2008, 2026).iso);
        return random.chance(0.35)
          ? { legacy: json('0001-01-01'), right: 'null' }
          : { legacy: day, right: day, wrong: 'null' };
      },
    },
    {
      name: 'valuation-date-low-value-is-null',
      why: 'The database filler 0001-01-01 for "never valued" becomes null; every real date is unchanged.',
    },
    {
      name: 'valuation-date-lost',
      why: 'Real valuation dates come out as null, as if the property had never been valued.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['ownershipShare', 'share', 'owner.part'],
      least: 3,
      value(random) {
        const [part, whole] = random.pick([[1, 2], [1, 3], [2, 3], [1, 4], [3, 4], [1, 6]] as const); // biome-ignore format: short
        const share = (numerator: number, denominator: number) =>
          object({ numerator: String(numerator), denominator: String(denominator) });
        return {
          legacy: json(`${part}/${whole}`),
          right: share(part, whole),
          wrong: share(1, 1),
        };
      },
    },
    {
      name: 'ownership-share-as-object',
      why: 'The fraction of ownership keeps its numerator and denominator, as two members instead of a text.',
    },
    {
      name: 'ownership-share-becomes-sole',
      why: 'A part of the ownership (a half, a third) comes out as 1/1, sole ownership.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['correspondenceAddress', 'addressLines', 'ADDR-TAB'],
      value(random) {
        const lines = [
          ...(random.chance(0.5) ? [`Flat ${random.int(1, 40)}`] : []),
          `${random.int(1, 180)} ${random.pick(streets)}`,
          random.pick(cities),
        ];
        const padded = [...lines.map((line) => line.padEnd(30)), ...Array(5 - lines.length).fill('')];
        return {
          legacy: json(padded),
          right: json(lines),
          ...(lines.length === 3 ? { wrong: json(lines.slice(1)) } : {}),
        };
      },
    }),
    {
      name: 'address-lines-unpadded',
      why: 'Padding blanks and unused empty lines of the fixed address table are gone; every written line stays.',
    },
    {
      name: 'address-lines-lose-flat',
      why: 'Besides the padding, the line with the flat number is gone, so letters go to the wrong door.',
      critical: false,
    },
  ),
  ...twins(
    mixed({
      fields: ['borrowers', 'accountHolders', 'parties'],
      value(random) {
        const family = random.pick(surnames);
        const names = random
          .shuffled(givenNames)
          .slice(0, random.int(1, 3))
          .map((given) => `${given} ${family}`);
        return {
          legacy: json(names.join(' / ')),
          right: json(names),
          ...(names.length === 1 ? {} : { wrong: json(names.slice(0, 1)) }),
        };
      },
    }),
    {
      name: 'borrowers-split-into-list',
      why: 'Names joined by slashes become a list of the same names in the same order.',
    },
    {
      name: 'borrowers-only-first',
      why: 'Only the first of the joint borrowers is left; the others no longer appear as parties to the loan.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['drawdownLimit', 'facilityXml', 'limitElement'],
      value(random) {
        const amount = random.int(20, 900) * 25_000 + random.pick([0, 50]);
        const element = (pence: number) => json(`<Limit amt="${decimal(pence, 2)}" ccy="GBP"></Limit>`);
        return {
          legacy: json(`<Limit ccy="GBP" amt="${decimal(amount, 2)}"/>`),
          right: element(amount),
          wrong: element(amount * 100),
        };
      },
    }),
    {
      name: 'limit-element-attributes-reordered',
      why: 'XML gives no meaning to the order of attributes or to an empty element being written with an end tag.',
    },
    {
      name: 'limit-element-pence-as-pounds',
      why: 'Behind the harmless attribute order the amount is a hundred times larger than in legacy.',
      critical: true,
    },
  ),
];
