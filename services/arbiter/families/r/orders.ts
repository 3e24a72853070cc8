/** Orders of medicines: infusions, current medication, refills. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const medicines = [
  'Metformin 850 mg',
  'Ramipril 5 mg',
  'Simvastatin 20 mg',
  'Warfarin 5 mg',
  'Bisoprolol 2.5 mg',
  'Furosemide 40 mg',
] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['infusionRate', 'flowRate', 'pumpRate'],
      value: (random) => {
        const perHour = random.int(2, 150) * 6;
        const write = (value: string, unit: string) => object({ value, unit: json(unit) });
        return shown(
          write(String(perHour), 'mL/h'),
          write(decimal(perHour / 6, 1), 'mL/min'),
          write(String(perHour), 'mL/min'),
        );
      },
    },
    {
      name: 'r_infusion_per_minute',
      why: 'The rate is converted with its unit: 60 mL/h are 1.0 mL/min.',
    },
    {
      name: 'r_infusion_hour_taken_for_minute',
      critical: true,
      why: 'The number stays while the unit goes from an hour to a minute: sixty times the rate.',
    },
  ),
  ...twins(
    {
      fields: ['currentMedication', 'medicationStatements', 'activeDrugs'],
      clear: true,
      value: (random) => {
        const taken = random.shuffled(medicines).slice(0, random.int(2, 5));
        const sorted = [...taken].sort();
        return shownJson(random.shuffled(taken), sorted, [...sorted, sorted[0]]);
      },
    },
    {
      name: 'r_medication_list_by_name',
      why: 'The same medicines once each, sorted by name; the list of current medication has no order.',
    },
    {
      name: 'r_medicine_listed_twice',
      critical: true,
      why: 'Besides being sorted, the list names one medicine twice, so it may be given twice.',
    },
  ),
  ...twins(
    {
      fields: ['refillsLeft', 'repeatsAllowed', 'dispensesRemaining'],
      least: 3,
      value: (random) => {
        const [allowed, used] = [random.int(2, 9), random.int(1, 2)];
        const write = (form: (count: number) => string, left: number) =>
          object({ allowed: form(allowed), used: form(used), left: form(left) });
        return shown(
          write((count) => json(two(count)), allowed - used),
          write(String, allowed - used),
          write(String, allowed),
        );
      },
    },
    {
      name: 'r_refill_counts_as_numbers',
      why: 'The refills allowed, used and left are the same counts, as numbers instead of two digits.',
    },
    {
      name: 'r_used_refills_not_taken_off',
      critical: true,
      why: 'The refills left are as many as were allowed though some were used; legacy states fewer.',
    },
  ),
];
