/** Who and when in a laboratory service, once MUMPS: names, blood groups, sample numbers, day counts. */
import { mixed, twins } from '../kit.ts';
import { Day, givenNames, json, object, surnames, two } from '../kit-values.ts';

/** MUMPS counts days from 1840-12-31 ($HOROLOG): 1970-01-01 is day 47117. */
const horologOfEpoch = 47_117;
const groups = ['O', 'A', 'B', 'AB'] as const;

export const families = [
  ...twins(
    {
      fields: ['patientName', 'subject', 'PN'],
      least: 2,
      value(random) {
        const [family, given] = [random.pick(surnames), random.pick(givenNames)];
        const name = (last: string, first: string) => object({ family: json(last), given: json(first) });
        return {
          legacy: json(`${family}^${given}`),
          right: name(family, given),
          wrong: name(given, family),
        };
      },
    },
    {
      name: 'patient-name-pieces-as-members',
      why: 'The first piece of the name is the family name and the second the given name, on both sides.',
    },
    {
      name: 'patient-name-pieces-swapped',
      why: 'Family name and given name changed places, so the patient is not found or is taken for another.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['bloodGroup', 'aboRh', 'BG'],
      value(random) {
        const [group, positive] = [random.pick(groups), random.chance(0.6)];
        return {
          legacy: json(`${group} ${positive ? 'POS' : 'NEG'}`),
          right: json(`${group}${positive ? '+' : '-'}`),
          ...(positive ? {} : { wrong: json(`${group}+`) }),
        };
      },
    }),
    {
      name: 'blood-group-plus-minus',
      why: 'POS and NEG become + and - after the same ABO group.',
    },
    {
      name: 'blood-group-negative-as-positive',
      why: 'Rhesus negative patients come out as positive.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['accessionNumber', 'sampleId', 'specimen'],
      least: 3,
      value(random) {
        const [year, day] = [random.int(21, 26), String(random.int(1, 365)).padStart(3, '0')];
        const serial = random.int(1, 9998);
        const number = (of: number) => json(`${year}${day}${String(of).padStart(4, '0')}`);
        return {
          legacy: json(`${year}-${day}-${String(serial).padStart(4, '0')}`),
          right: number(serial),
          wrong: number(serial + 1),
        };
      },
    }),
    {
      name: 'accession-number-without-hyphens',
      why: 'Year, day and serial of the sample are the same digits without hyphens.',
    },
    {
      name: 'accession-number-of-next-sample',
      why: 'The serial is that of the next sample, so the result belongs to another patient.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['collectedAt', 'sampledOn', 'orderTime'],
      clear: true,
      least: 3,
      value(random) {
        const day = Day.any(random, 2015, 2026);
        const [h, m] = [random.int(6, 19), random.int(0, 59)];
        const stamp = (of: Day) => json(`${of.iso}T${two(h)}:${two(m)}:00`);
        return {
          legacy: json(`${day.epochDay + horologOfEpoch},${h * 3600 + m * 60}`),
          right: stamp(day),
          wrong: stamp(day.plus(-1)),
        };
      },
    },
    {
      name: 'collected-at-from-horolog',
      why: 'Days since the end of 1840 and seconds of the day ($HOROLOG) become exactly that date and time.',
    },
    {
      name: 'collected-at-a-day-before',
      why: 'The date is one day before the one that the day count of $HOROLOG denotes.',
      critical: false,
    },
  ),
];
