/** HL7 version 2 texts of a hospital and what a JSON API makes of them. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, givenNames, json, surnames, timeOfDay, two } from '../kit-values.ts';

const substances = ['PENICILLIN', 'LATEX', 'IODINE', 'ASPIRIN', 'PEANUT', 'SULFONAMIDE', 'CODEINE'];
const severities = ['MILD', 'MODERATE', 'SEVERE'];

const allergies = (random: Random) =>
  random
    .shuffled(substances)
    .slice(0, random.int(2, 4))
    .map((substance) => ({ substance, severity: random.pick(severities) }));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['allergies', 'AL1', 'intolerances'],
      once: true,
      value(random) {
        const items = allergies(random);
        return {
          legacy: json(items.map(({ substance, severity }) => `${substance}^${severity}`).join('~')),
          right: json(items),
          wrong: json(items.slice(0, 1)),
        };
      },
    },
    {
      name: 'l_hl7_repetitions_list',
      why: 'Each repetition of the HL7 text is one member of the list, with the same parts.',
    },
    {
      name: 'l_hl7_first_repetition_only',
      critical: true,
      why: 'Only the first allergy of the patient is returned, the others are lost.',
    },
  ),
  ...twins(
    {
      fields: ['allergyList', 'warnings', 'risks'],
      value(random) {
        const items = allergies(random);
        const turned = items.map(({ substance }, at) => ({
          substance,
          severity: items[(at + 1) % items.length]?.severity,
        }));
        const legacy = json({
          substances: items.map(({ substance }) => substance),
          severities: items.map(({ severity }) => severity),
        });
        const differs = turned.some(({ severity }, at) => severity !== items[at]?.severity);
        return { legacy, right: json(items), ...(differs ? { wrong: json(turned) } : {}) };
      },
    },
    {
      name: 'l_parallel_lists_zipped',
      why: 'Two parallel lists became a list of pairs, each with the partner of the same position.',
    },
    {
      name: 'l_parallel_lists_off_by_one',
      critical: true,
      why: 'The severities are paired with the next substance, so a severe allergy looks mild.',
    },
  ),
  ...twins(
    {
      fields: ['observedAt', 'administered', 'OBX14', 'specimenTime'],
      value(random) {
        const [day, { h, m, s }] = [Day.any(random, 2019), timeOfDay(random)];
        const offset = random.pick(['+01:00', '+02:00', '-05:00', '-06:00', '+10:00']);
        const local = `${two(h)}:${two(m)}:${two(s)}`;
        return {
          legacy: json(`${day.yyyy}${day.mm}${day.dd}${local.replaceAll(':', '')}${offset.replace(':', '')}`),
          right: json(`${day.iso}T${local}${offset}`),
          wrong: json(`${day.iso}T${local}Z`),
        };
      },
    },
    { name: 'l_hl7_time_iso', why: 'The same local time and offset, with separators.' },
    {
      name: 'l_hl7_time_offset_ignored',
      critical: true,
      why: 'The local time is returned as UTC although legacy states another offset.',
    },
  ),
  ...twins(
    {
      fields: ['patientName', 'PID5', 'subject'],
      value(random) {
        const [family, given] = [random.pick(surnames).toUpperCase(), random.pick(givenNames).toUpperCase()];
        return {
          legacy: json(`${family}^${given}`),
          right: json({ family, given }),
          wrong: json({ family: given, given: family }),
        };
      },
    },
    { name: 'l_hl7_name_parts', why: 'An HL7 name has the family name first, which the new members say.' },
    {
      name: 'l_hl7_name_swapped',
      critical: true,
      why: 'The given name is returned as the family name, another identity.',
    },
  ),
  ...twins(
    {
      fields: ['birthDate', 'dateOfBirth', 'dob'],
      clear: true,
      value(random) {
        const year = random.int(1925, 1990);
        const text = (rest: string) => json(`${year}${rest}`);
        if (random.chance(0.4)) {
          const day = Day.any(random, year, year);
          return { legacy: json(`${day.yyyy}-${day.mm}-${day.dd}`), right: json(day.iso) };
        }
        return { legacy: text('-00-00'), right: text(''), wrong: json(`${year - 1}-11-30`) };
      },
    },
    {
      name: 'l_birth_year_only',
      why: 'Where month and day are unknown (zeros), only the year is given, which is all that legacy knows.',
    },
    {
      name: 'l_zero_date_rolled_back',
      critical: true,
      why: 'Month 0 and day 0 were computed with, which gives a day in November of the year before.',
    },
  ),
  ...twins(
    {
      fields: ['appointment', 'slotStart', 'startsAt'],
      value(random) {
        const day = Day.of(random.int(2021, 2026), random.int(5, 9), random.int(1, 28));
        const [h, m] = [random.int(7, 17), random.pick([0, 15, 30, 45])];
        const utc = (hour: number) => json(`${day.iso}T${two(hour)}:${two(m)}:00Z`);
        return {
          legacy: json({ local: `${day.iso} ${two(h)}:${two(m)}`, zone: 'Europe/Berlin' }),
          right: utc(h - 2),
          wrong: utc(h - 1),
        };
      },
    },
    {
      name: 'l_appointment_summer_utc',
      why: 'In summer Berlin is two hours ahead of UTC, so both are the same moment.',
    },
    {
      name: 'l_appointment_winter_offset',
      critical: false,
      why: 'The winter offset was used in summer, so the appointment is an hour late.',
    },
  ),
];
