/** Times, wards and appointments of a hospital: from MUMPS globals and HL7 to TypeScript. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, object, timeOfDay, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

/** Days from 1840-12-31, the first day of $HOROLOG, to 1970-01-01. */
const horologOfEpoch = 47_117;

/** A time of a ward's day, in steps of ten minutes more often than not. */
function slot(random: Random): { h: number; m: number } {
  return { h: random.int(7, 18), m: random.chance(0.7) ? random.int(0, 5) * 10 : random.int(1, 59) };
}

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['collectedAt', 'administeredAt', 'effectiveDateTime'],
      value: (random) => {
        const day = Day.any(random, 2024, 2026);
        const { h, m } = timeOfDay(random);
        const offset = random.pick([60, 120, -300, -240]);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}00`;
        const utc = new Date(day.date.getTime() + (h * 60 + m - offset) * 60_000).toISOString();
        return shownJson(
          `${day.yyyy}${day.mm}${day.dd}${two(h)}${two(m)}${zone}`,
          utc.replace('.000', ''),
          `${day.iso}T${two(h)}:${two(m)}:00Z`,
        );
      },
    },
    {
      name: 'r_hl7_time_in_utc',
      why: 'The local time with its offset and the time in UTC are the same instant.',
    },
    {
      name: 'r_hl7_offset_dropped',
      critical: true,
      why: 'The offset is dropped and the local time called UTC: another instant, hours away.',
    },
  ),
  ...twins(
    {
      fields: ['appointmentAt', 'scheduledFor', 'slotStart'],
      clear: true,
      least: 2,
      value: (random) => {
        const day = Day.any(random, 2025, 2027);
        const { h, m } = slot(random);
        const at = `T${two(h)}:${two(m)}:00`;
        return shownJson(
          `${day.epochDay + horologOfEpoch},${h * 3_600 + m * 60}`,
          `${day.iso}${at}`,
          `${day.plus(1).iso}${at}`,
        );
      },
    },
    {
      name: 'r_horolog_to_iso',
      why: 'Days since 31 December 1840 and seconds since midnight, as MUMPS keeps them, are the date and time of the rewrite.',
    },
    {
      name: 'r_horolog_a_day_late',
      critical: true,
      why: 'Counted from 31 December 1840 as day 0, the rewrite is a day late: the patient comes on the wrong day.',
    },
  ),
  ...twins(
    {
      fields: ['visitTime', 'admissionTime', 'eventDateTime'],
      clear: true,
      least: 4,
      value: (random) => {
        const day = Day.any(random, 2023, 2026);
        const { h, m } = slot(random);
        const time = `${two(h)}${two(m)}`.replace(/0+$/, '');
        const minutes = time.slice(2);
        const iso = (text: string) => `${day.iso}T${two(h)}:${text}`;
        return shownJson(
          `${day.year - 1700}${day.mm}${day.dd}.${time}`,
          iso(two(m)),
          iso(minutes.padStart(2, '0')),
        );
      },
    },
    {
      name: 'r_fileman_time_to_iso',
      why: 'A FileMan date counts years from 1700 and drops trailing zeros of the time: .093 is 09:30 in both.',
    },
    {
      name: 'r_fileman_minutes_misread',
      critical: true,
      why: 'The dropped trailing zero of the minutes is put in front: .093 is 09:30 and becomes 09:03.',
    },
  ),
  ...twins(
    {
      fields: ['location', 'assignedBed', 'patientLocation'],
      value: (random) => {
        const [ward, room, bed] = [
          random.pick(['3W', 'ICU', 'MAT', 'ONC', '5E']),
          String(random.int(101, 540)),
          random.pick(['A', 'B', 'C']),
        ];
        return shownJson(`${ward}^${room}^${bed}`, { ward, room, bed }, { ward, room });
      },
    },
    {
      name: 'r_bed_components_named',
      why: 'Ward, room and bed are the same three components, named instead of parted by carets.',
    },
    {
      name: 'r_bed_of_room_lost',
      critical: false,
      why: 'The bed is missing in the rewrite, so the patient’s place in a shared room is unknown.',
    },
  ),
  ...twins(
    {
      fields: ['visit', 'encounterPeriod', 'stay'],
      value: (random) => {
        const admitted = Day.any(random, 2023, 2026);
        const discharged = admitted.plus(random.int(1, 21));
        const compact = (day: Day) => `${day.yyyy}${day.mm}${day.dd}`;
        const write = (last: Day) => object({ start: json(admitted.iso), end: json(last.iso) });
        return shown(
          json(`${compact(admitted)}-${compact(discharged)}`),
          write(discharged),
          write(discharged.plus(-1)),
        );
      },
    },
    {
      name: 'r_stay_as_period',
      why: 'The first and the last day of the stay are the same two days, as members of an object.',
    },
    {
      name: 'r_stay_a_day_short',
      critical: true,
      why: 'The stay ends a day before the discharge that legacy records, so a day of care is not billed.',
    },
  ),
];
