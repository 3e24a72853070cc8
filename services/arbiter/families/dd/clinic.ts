/** Hospitals and practices: doses, schedules, blood groups, allergies, pregnancies, wave forms. */

import { coded } from '../code-table.ts';
import { json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, inDomain, only, pair, short, some } from './domain.ts';

const routes = [
  'GET /patients/{mrn}/chart',
  'GET /encounters/{id}',
  'POST /fhir/$everything',
  'GET /ward/{ward}/kardex',
];
const allergens = [
  'penicillin',
  'latex',
  'peanut',
  'iodinated contrast',
  'bee venom',
  'ibuprofen',
  'egg',
  'cefaclor',
  'nickel',
  'soya',
];

const dose = pair(
  routes,
  {
    fields: ['dose', 'strength', 'doseQuantity'],
    value(random) {
      const micrograms = random.pick([
        25, 50, 62, 75, 88, 100, 112, 125, 137, 150, 175, 200, 250, 375, 500, 1250,
      ]);
      return shownJson(`${short(micrograms, 3)} mg`, `${micrograms} µg`, `${micrograms} mg`);
    },
  },
  {
    name: 'dd_dose_in_micrograms',
    why: 'A milligram is 1000 micrograms and both sides name their unit: the same dose.',
  },
  {
    name: 'dd_dose_micrograms_called_milligrams',
    why: 'The number was turned into micrograms but the unit says mg: a thousandfold dose.',
    critical: true,
  },
);

const parts = ['morning', 'noon', 'evening', 'night'] as const;
const intake = pair(
  routes,
  {
    fields: ['sig', 'intakeSchedule', 'dosierung'],
    value(random) {
      const counts = parts.map((): string => random.pick(['0', '0', '1', '1', '2', '½']));
      if (!counts.some((count) => count !== '0')) counts[0] = '1';
      const number = (count: string | undefined) => (count === '½' ? '0.5' : (count ?? '0'));
      const plan = (order: readonly number[]) =>
        object(Object.fromEntries(parts.map((part, at) => [part, number(counts[order[at]!])])));
      return shown(json(counts.join('-')), plan([0, 1, 2, 3]), plan([0, 2, 1, 3]));
    },
  },
  {
    name: 'dd_intake_scheme_by_name',
    why: 'The scheme morning-noon-evening-night is spelled out by name with the same number of tablets at each time.',
  },
  {
    name: 'dd_intake_noon_for_evening',
    why: 'Noon and evening of the scheme morning-noon-evening-night are exchanged, so the patient takes tablets at the wrong time.',
    critical: true,
  },
);

const gestation = pair(
  routes,
  {
    fields: ['gestationalAge', 'ssw', 'gestAge'],
    value(random) {
      const [weeks, days] = [random.int(6, 41), random.int(0, 6)];
      return shownJson(`${weeks}+${days}`, weeks * 7 + days, Math.round((weeks + days / 10) * 7));
    },
  },
  {
    name: 'dd_gestation_in_days',
    why: 'Weeks plus days of a pregnancy given as a number of days: 7 times the weeks plus the days.',
  },
  {
    name: 'dd_gestation_days_as_tenths',
    why: 'The days after the plus sign were read as tenths of a week, so the pregnancy is some days too young.',
    critical: true,
  },
);

const blood = inDomain(
  routes,
  coded(
    ['bloodGroup', 'abo_rh', 'blutgruppe'],
    [
      ['0 Rh pos', 'O+'],
      ['0 Rh neg', 'O-', 'O+'],
      ['A Rh pos', 'A+'],
      ['A Rh neg', 'A-', 'A+'],
      ['B Rh pos', 'B+'],
      ['B Rh neg', 'B-', 'B+'],
      ['AB Rh pos', 'AB+'],
      ['AB Rh neg', 'AB-', 'AB+'],
    ],
    {
      name: 'dd_blood_group_short',
      why: 'The group 0 is written O and the rhesus factor as a sign; every patient keeps group and factor.',
    },
    {
      name: 'dd_blood_group_rhesus_flipped',
      why: 'Rhesus-negative patients are answered as rhesus-positive.',
      critical: true,
    },
    8,
  ),
);

const allergies = pair(
  routes,
  {
    fields: ['allergies', 'intolerances', 'CAVE'],
    value(random) {
      const known = some(random, allergens, random.int(2, 6));
      const right = random.shuffled(known);
      return {
        legacy: json(known),
        legacy2: json(random.shuffled(known)),
        right: json(right),
        wrong: json(right.filter((_, at) => at !== right.length - 1)),
      };
    },
  },
  {
    name: 'dd_allergies_in_any_order',
    why: 'Legacy itself lists the allergies in another order each time; the rewrite lists the same ones.',
  },
  {
    name: 'dd_allergies_one_lost',
    why: 'Under the shuffling that legacy has too, one allergy of the patient is missing.',
    critical: true,
  },
);

const ecg = pair(
  routes,
  {
    fields: ['waveform', 'leadII', 'samples'],
    value(random) {
      const samples = Array.from({ length: random.int(8, 16) }, () => random.int(-400, 1400));
      const bytes = Buffer.alloc(samples.length * 2);
      samples.forEach((sample, at) => {
        bytes.writeInt16LE(sample, at * 2);
      });
      return shownJson(
        bytes.toString('base64'),
        samples,
        samples.map((sample) => (sample < 0 ? sample + 65_536 : sample)),
      );
    },
  },
  {
    name: 'dd_waveform_unpacked',
    why: 'The base64 text holds 16-bit little-endian samples, and the list gives just these numbers.',
  },
  {
    name: 'dd_waveform_sign_lost',
    why: 'Negative 16-bit samples were read as unsigned, so dips of the curve became peaks near 65 000.',
    critical: true,
  },
);

const acuity = only(
  routes,
  {
    fields: ['visualAcuity', 'visus', 'vaRight'],
    value(random) {
      const [feet, metres] = random.pick([
        [15, '4.5'],
        [20, '6'],
        [25, '7.5'],
        [30, '9'],
        [40, '12'],
        [50, '15'],
        [60, '18'],
        [80, '24'],
        [100, '30'],
        [200, '60'],
      ] as const);
      return { legacy: json(`20/${feet}`), right: json(`6/${metres}`) };
    },
  },
  {
    name: 'dd_acuity_in_metres',
    why: 'A Snellen fraction at 20 feet written at 6 metres: the quotient, and so the eyesight, is the same.',
  },
);

const panic = broken(
  routes,
  {
    fields: ['abnormalFlag', 'OBX-8', 'interpretation'],
    value(random) {
      const [flag, right, wrong] = random.pick([
        ['N', 'normal'],
        ['H', 'high'],
        ['L', 'low'],
        ['HH', 'critically high', 'high'],
        ['LL', 'critically low', 'low'],
      ] as const);
      return wrong === undefined ? { legacy: json(flag), right: json(right) } : shownJson(flag, right, wrong);
    },
  },
  {
    name: 'dd_lab_panic_flag_weakened',
    why: 'HL7 flags HH and LL (panic values) are answered as merely high or low, so nobody is alarmed.',
    critical: true,
  },
);

const findings = [
  'Chest clear on both sides, no wheeze.',
  'Abdomen soft, no tenderness.',
  'No known allergies to medicines.',
  'Wound dry, stitches to be removed on day ten.',
  'Patient must not drive for 24 hours.',
  'Blood thinner paused until Friday.',
  'Temperature normal since Tuesday.',
  'Left knee swollen, right knee without finding.',
  'To come back at once if the pain gets worse.',
  'Weight bearing as tolerated with crutches.',
];
const note = pair(
  routes,
  {
    fields: ['dischargeNote', 'freeText', 'progressNote'],
    value(random) {
      const text = some(random, findings, random.int(3, 5)).join(' ');
      const lines = text.split(' ').reduce<string[]>((done, word) => {
        const last = done.length - 1;
        if (last >= 0 && `${done[last]} ${word}`.length <= 40) done[last] += ` ${word}`;
        else done.push(word);
        return done;
      }, []);
      const lost = random.int(1, lines.length - 1);
      return shownJson(lines.join('\n'), text, lines.filter((_, at) => at !== lost).join(' '));
    },
  },
  {
    name: 'dd_note_unwrapped',
    why: 'The lines of forty characters were only the width of the old screen; the text is the same word for word.',
  },
  {
    name: 'dd_note_line_lost',
    why: 'On joining the lines of the note one of them was lost, and with it what the doctor said there.',
    critical: true,
  },
);

export const families = [
  ...note,
  ...dose,
  ...intake,
  ...gestation,
  ...blood,
  ...allergies,
  ...ecg,
  ...acuity,
  ...panic,
];
