import { type Family, twins } from '../kit.ts';
import { Day, givenNames, json, object, surnames, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

const reports = [
  'Rear bumper dented',
  'Water damage in kitchen',
  'Windscreen cracked',
  'Bicycle stolen',
  'Hail on roof',
];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['damageAt', 'occurredAt', 'lossDate'],
      value(random) {
        const { h, m, s } = timeOfDay(random);
        const ms = Day.any(random, 2018, 2025).date.getTime() + ((h * 60 + m) * 60 + s) * 1000;
        return shown(String(ms), json(new Date(ms).toISOString()), json(new Date(ms / 1000).toISOString()));
      },
    },
    {
      name: 'j-claim-time-from-epoch',
      why: 'Milliseconds since 1970 became the same moment in ISO notation.',
    },
    {
      name: 'j-claim-time-in-1970',
      critical: false,
      why: 'Milliseconds were divided once more, so damages happened in January 1970.',
    },
  ),
  ...twins(
    {
      fields: ['description', 'report', 'TEXT1'],
      value(random) {
        const lines = random.shuffled(reports).slice(0, random.int(1, 3));
        return shown(json(lines.join('\r\n')), json(lines.join('\n')), json(lines[0]));
      },
    },
    { name: 'j-claim-report-line-ends', why: 'Lines end in LF instead of CR LF.' },
    { name: 'j-claim-report-first-line', critical: false, why: 'Only the first line of the report is left.' },
  ),
  ...twins(
    {
      fields: ['adjuster', 'insured', 'contactPerson'],
      value(random) {
        const [given, family] = [random.pick(givenNames), random.pick(surnames)];
        return shown(
          json(`${family}, ${given}`),
          json(`${given} ${family}`),
          json(`${given} ${random.pick(surnames)}`),
        );
      },
    },
    { name: 'j-claim-person-given-first', why: 'The same person, given name first.' },
    { name: 'j-claim-person-other', critical: true, why: 'The surname is that of another person.' },
  ),
  ...twins(
    {
      fields: ['personInjured', 'thirdPartyInjured'],
      clear: true,
      least: 5,
      value(random) {
        if (random.chance(0.4)) return { legacy: 'null', right: undefined };
        return random.chance(0.5)
          ? { legacy: 'false', right: 'false' }
          : { legacy: 'true', right: 'true', wrong: 'false' };
      },
    },
    {
      name: 'j-claim-injury-unknown-absent',
      why: 'Unknown is absent instead of null, answers are the same.',
    },
    { name: 'j-claim-injury-denied', critical: true, why: 'An injured person is reported as not injured.' },
  ),
  ...twins(
    {
      fields: ['location', 'place'],
      value(random) {
        const lat = `${random.int(42, 56)}.${random.digits(4)}`;
        const lon = `${random.int(1, 19)}.${random.digits(4)}`;
        return shown(
          object({ lat: json(lat), lon: json(lon) }),
          object({ lat, lon }),
          object({ lat: lon, lon: lat }),
        );
      },
    },
    { name: 'j-claim-location-numbers', why: 'The same coordinates as numbers.' },
    { name: 'j-claim-location-swapped', critical: false, why: 'Latitude and longitude changed places.' },
  ),
];
