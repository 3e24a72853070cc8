/** Clinical records: laboratory results, prescriptions, bundles of resources, curves. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const tests = [
  ['Troponin T', 'ng/L', 3, 10_000, 0],
  ['CRP', 'mg/L', 6, 3500, 1],
  ['TSH', 'mU/L', 1, 10_000, 2],
  ['D-dimer', 'mg/L', 19, 3520, 2],
] as const;

const results = twins(
  {
    fields: ['labResult', 'obx5', 'observation.value'],
    least,
    value(random) {
      const [test, unit, low, high, scale] = random.pick(tests);
      const comparator = random.chance(0.4) ? random.pick(['<', '<', '>']) : '';
      const limit = comparator === '<' ? low : high;
      const units = comparator ? limit : low + Math.floor((high - low) * random.next() ** 4);
      const number = (units / 10 ** scale).toFixed(scale);
      const shape = (sign: string) => ({ test, comparator: sign || null, value: number, unit });
      return shownJson(`${test} ${comparator}${number} ${unit}`, shape(comparator), shape(''));
    },
  },
  {
    name: 'z_lab_comparator_apart',
    why: 'The sign before the number says that the result lies beyond the range; it is kept in a member of its own.',
  },
  {
    name: 'z_lab_comparator_dropped',
    why: 'A result below or above the limit of measurement is shown as if exactly that value had been measured.',
    critical: true,
  },
);

const schedules = [
  ['QD', { times: 1, perDays: 1 }],
  ['BID', { times: 2, perDays: 1 }],
  ['TID', { times: 3, perDays: 1 }],
  ['QID', { times: 4, perDays: 1 }],
  ['QOD', { times: 1, perDays: 2 }, { times: 4, perDays: 1 }],
  ['QWK', { times: 1, perDays: 7 }, { times: 1, perDays: 1 }],
] as const;

const prescriptions = twins(
  {
    fields: ['sig', 'dosageInstruction', 'rx.directions'],
    least: 10,
    value(random) {
      const [code, timing, confused] = random.pick(schedules);
      const [drug, dose] = random.pick([
        ...(code === 'QWK'
          ? ([
              ['METHOTREXATE', '7.5 mg'],
              ['ALENDRONATE', '70 mg'],
            ] as const)
          : ([
              ['DIGOXIN', '0.125 mg'],
              ['PREDNISOLONE', '10 mg'],
              ['IBUPROFEN', '400 mg'],
              ['METFORMIN', '500 mg'],
            ] as const)),
      ]);
      const needed = drug === 'IBUPROFEN' && random.chance(0.5);
      const shape = (rhythm: object) => ({ drug, dose, route: 'ORAL', timing: rhythm, asNeeded: needed });
      return shownJson(
        `${drug} ${dose} PO ${code}${needed ? ' PRN' : ''}`,
        shape(timing),
        shape(confused ?? timing),
      );
    },
  },
  {
    name: 'z_prescription_latin_spelled_out',
    why: 'The Latin abbreviations are spelled out: BID twice a day, QOD every other day, PRN as needed.',
  },
  {
    name: 'z_prescription_rhythm_confused',
    why: 'Every other day becomes four times a day or once a week becomes daily, which can poison the patient.',
    critical: true,
  },
);

const uuid = (random: Random) =>
  `urn:uuid:${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;

const bundles = twins(
  {
    fields: ['bundle', 'documentEntries', 'fhirBundle'],
    least: 10,
    value(random) {
      const family = random.pick(surnames);
      const born = Day.any(random, 2023, 2025);
      const weight = random.int(2600, 4300);
      const heavy = random.int(58, 92);
      const write = (swapped: boolean) => {
        const [mother, child] = [uuid(random), uuid(random)];
        return json(
          random.shuffled([
            { fullUrl: mother, type: 'Patient', name: family, role: 'mother' },
            { fullUrl: child, type: 'Patient', name: `${family} (newborn)`, birthDate: born.iso },
            {
              fullUrl: uuid(random),
              type: 'Observation',
              code: 'birth-weight',
              value: `${weight} g`,
              subject: swapped ? mother : child,
            },
            {
              fullUrl: uuid(random),
              type: 'Observation',
              code: 'body-weight',
              value: `${heavy} kg`,
              subject: swapped ? child : mother,
            },
          ]),
        );
      };
      return { legacy: write(false), legacy2: write(false), right: write(false), wrong: write(true) };
    },
  },
  {
    name: 'z_fhir_bundle_ids_anew',
    why: 'The identifiers within a bundle are drawn anew each time and its entries come in any order; every reference still leads to the same person.',
  },
  {
    name: 'z_fhir_bundle_subjects_exchanged',
    why: 'Behind the new identifiers the weights refer to the wrong persons: the birth weight to the mother and the mother’s weight to the newborn.',
    critical: true,
  },
);

const gestation = twins(
  {
    fields: ['gestationalAge', 'ssw', 'pregnancy.age'],
    least,
    value(random) {
      const weeks = random.int(22, 41);
      const days = random.int(0, 6);
      return shownJson(
        `${weeks}+${days}`,
        { totalDays: weeks * 7 + days, weeks, days },
        { totalDays: Math.round((weeks + days / 10) * 7), weeks, days: 0 },
      );
    },
  },
  {
    name: 'z_gestational_age_in_days',
    why: 'Completed weeks plus days of pregnancy are given with their total in days, which is seven times the weeks plus the days.',
  },
  {
    name: 'z_gestational_age_as_decimal_weeks',
    why: 'The days after the plus sign are read as tenths of a week, so the age is days too low and the extra days are lost.',
    critical: true,
  },
);

const curves = twins(
  {
    fields: ['waveform', 'ecg.lead2', 'samples'],
    least,
    value(random) {
      const samples = Array.from({ length: random.int(10, 18) }, () =>
        random.chance(0.15) ? random.int(600, 1400) : random.int(-180, 160),
      );
      const bytes = Buffer.alloc(samples.length * 2);
      samples.forEach((sample, at) => {
        bytes.writeInt16LE(sample, at * 2);
      });
      const unsigned = samples.map((sample) => (sample < 0 ? sample + 65_536 : sample));
      return shownJson(
        { encoding: 's16le', unit: 'uV', data: bytes.toString('base64') },
        { unit: 'uV', samples },
        { unit: 'uV', samples: unsigned },
      );
    },
  },
  {
    name: 'z_ecg_samples_decoded',
    why: 'The base64 text holds signed 16-bit numbers, which the rewrite lists one by one.',
  },
  {
    name: 'z_ecg_samples_without_sign',
    why: 'Negative voltages come out as values above 65000 microvolts, because the numbers are read without a sign.',
    critical: true,
  },
);

const allergies = coded(
  ['allergyStatus', 'allergies', 'al1.text'],
  [
    ['NKA', 'no known allergies'],
    ['NKDA', 'no known drug allergies'],
    ['NOT ASKED', 'not asked', 'no known allergies'],
    ['UNABLE TO OBTAIN', 'could not be determined', 'no known allergies'],
    ['PENICILLIN - ANAPHYLAXIS', 'penicillin (anaphylaxis)'],
    ['LATEX - RASH', 'latex (rash)'],
    ['PEANUT - ANAPHYLAXIS', 'peanut (anaphylaxis)'],
  ],
  {
    name: 'z_allergy_status_in_words',
    why: 'The abbreviations and capitals are given in plain words; what is not known stays apart from what is known to be absent.',
  },
  {
    name: 'z_allergy_unknown_as_none',
    why: 'Patients who were not or could not be asked are shown as having no known allergies.',
    critical: true,
  },
  10,
);

export const families: readonly Family[] = [
  ...results,
  ...prescriptions,
  ...bundles,
  ...gestation,
  ...curves,
  ...allergies,
];
