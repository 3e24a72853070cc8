/** Insurance policies and claims. */
import { type Family, mixed, type Random, twins } from '../kit.ts';
import { Day, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const letters: Readonly<Record<string, number>> = Object.fromEntries(
  'A1 B2 C3 D4 E5 F6 G7 H8 J1 K2 L3 M4 N5 P7 R9 S2 T3 U4 V5 W6 X7 Y8 Z9'
    .split(' ')
    .map((pair) => [pair[0], Number(pair[1])]),
);
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** A North American VIN with its right check digit in the ninth place (49 CFR 565). */
function vin(random: Random): string {
  const head = `${random.pick(['1HG', '1FT', '2T1', '5YJ', '1GC', '3VW'])}${random.text('ABCDEFGHJKLMNPRSTUVWXYZ0123456789', 5)}`;
  const tail = `${random.text('FGHJKLMNPR', 1)}${random.text('ABCDEFGHJKLMNPRST', 1)}${two(random.int(0, 19))}${random.digits(4)}`;
  const sum = [...`${head}0${tail}`].reduce(
    (total, character, at) => total + (letters[character] ?? Number(character)) * weights[at]!,
    0,
  );
  return `${head}${sum % 11 === 10 ? 'X' : sum % 11}${tail}`;
}

const vehicle = twins(
  mixed({
    fields: ['vin', 'insuredVehicle', 'chassisNumber', 'vehicle.id'],
    least: 8,
    once: true,
    value(random) {
      const number = vin(random);
      const split = (text: string) => `${text.slice(0, 3)}-${text.slice(3, 9)}-${text.slice(9)}`;
      return shownJson(number, split(number), split(number.replaceAll('0', 'O')));
    },
  }),
  {
    name: 'aa_vin_in_sections',
    why: 'The same seventeen characters, only split into manufacturer, descriptor and serial section.',
  },
  {
    name: 'aa_vin_zero_as_letter',
    why: 'A VIN never has the letter O; its zeros became letters, so no register knows the vehicle.',
    critical: true,
  },
);

const coverEnd = twins(
  {
    fields: ['coverEnd', 'policyExpiry', 'insuredUntil', 'versicherungsende'],
    least: 8,
    clear: true,
    value(random) {
      const day = random.chance(0.5) ? Day.of(random.int(2019, 2028), 12, 31) : Day.any(random, 2019, 2028);
      return shownJson(
        `${day.dd}.${day.mm}.${day.yyyy} 24:00`,
        `${day.plus(1).iso}T00:00`,
        `${day.iso}T00:00`,
      );
    },
  },
  {
    name: 'aa_cover_end_midnight_names',
    why: '24:00 of one day is 00:00 of the next: the cover ends at the same moment.',
  },
  {
    name: 'aa_cover_end_day_short',
    why: '24:00 became 00:00 of the same day: the last day is no longer insured.',
    critical: true,
  },
);

const universal = (fdi: number): number => {
  const [quadrant, tooth] = [Math.floor(fdi / 10), fdi % 10];
  return [9 - tooth, 8 + tooth, 25 - tooth, 24 + tooth][quadrant - 1]!;
};
const tooth = twins(
  {
    fields: ['toothNumber', 'treatedTooth', 'claimLine.site', 'zahn'],
    least: 8,
    value(random) {
      const [quadrant, number] = [random.int(1, 4), random.int(1, 8)];
      const mirrored = [2, 1, 4, 3][quadrant - 1]!;
      const procedure = random.pick(['extraction', 'root canal', 'filling', 'crown']);
      const modern = (fdi: number) => ({ system: 'Universal', tooth: universal(fdi), procedure });
      return shownJson(
        { system: 'FDI', tooth: quadrant * 10 + number, procedure },
        modern(quadrant * 10 + number),
        modern(mirrored * 10 + number),
      );
    },
  },
  {
    name: 'aa_tooth_fdi_to_universal',
    why: 'The same tooth in the two-digit FDI system and in the American numbers 1 to 32.',
  },
  {
    name: 'aa_tooth_left_right_mirrored',
    why: 'FDI counts quadrants from the patient: 11 is Universal 8 and 21 is 9; here left and right are exchanged.',
    critical: true,
  },
);

const clauses = [
  'This policy covers loss or damage by fire, lightning and explosion at the insured premises only.',
  'Cover applies while the vessel is laid up ashore and is suspended while she is under way.',
  'Tools left in an unattended vehicle overnight are covered up to 2,000 in any one period of insurance.',
  'The sum insured is index-linked and will be adjusted at each renewal by the building cost index.',
];
const exclusions = [
  'Loss caused by flood or rising ground water is excluded.',
  'Claims arising from wear and tear are not covered.',
  'No payment is made where the alarm was not switched on.',
  'Damage by subsidence is excluded unless endorsed in writing.',
];
function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
const endorsement = twins(
  {
    fields: ['endorsementText', 'clause', 'specialConditions', 'wording'],
    least: 8,
    common: (random) => random.pick([32, 35, 40]),
    value(random, width) {
      const text = [random.pick(clauses), ...random.shuffled(exclusions).slice(0, random.int(0, 2))].join(
        ' ',
      );
      const lines = wrap(text, width);
      return shownJson(
        lines.map((line) => line.padEnd(width)),
        text,
        lines.slice(0, 4).join(' '),
      );
    },
  },
  {
    name: 'aa_clause_lines_joined',
    why: 'Padded lines of a fixed width were joined to one running text; no word is missing.',
  },
  {
    name: 'aa_clause_after_fourth_line_lost',
    why: 'Only four lines are joined: longer clauses lose their ends, with them exclusions and limits.',
    critical: true,
  },
);

const triangle = twins(
  {
    fields: ['lossTriangle', 'paidDevelopment', 'runOff', 'reserving.table'],
    least: 8,
    value(random) {
      const size = random.int(3, 5);
      const first = random.int(2015, 2020);
      const rows = Array.from({ length: size }, (_, row) => {
        let paid = 0;
        return Array.from({ length: size - row }, (_, age) => {
          paid += Math.floor(random.int(200, 1400) / (age + 1) ** 2);
          return paid;
        });
      });
      const legacy = {
        basis: 'CUMULATIVE',
        rows: rows.map((row, at) => ({
          year: first + at,
          paid: [...row, ...Array.from({ length: at }, () => null)],
        })),
      };
      const modern = (steps: boolean) => ({
        basis: 'cumulative',
        paid: Object.fromEntries(
          rows.map((row, at) => [
            String(first + at),
            Object.fromEntries(
              row.map((paid, age) => [12 * (age + 1), steps ? paid - (row[age - 1] ?? 0) : paid]),
            ),
          ]),
        ),
      });
      return shownJson(legacy, modern(false), modern(true));
    },
  },
  {
    name: 'aa_triangle_by_months_of_age',
    why: 'The cells that are known are the same, now under accident year and age in months; the empty ones are left out.',
  },
  {
    name: 'aa_triangle_steps_called_cumulative',
    why: 'The payments of each single year stand where running totals are announced: reserves come out far too low.',
    critical: true,
  },
);

export const families: readonly Family[] = [...vehicle, ...coverEnd, ...tooth, ...endorsement, ...triangle];
