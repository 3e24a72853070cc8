/** A telephone company and a clinic: numbers, calls, doses, allergies. */
import { type Family, twins } from '../kit.ts';
import { json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const numbers = twins(
  {
    fields: ['msisdn', 'phone', 'contactNumber'],
    once: true,
    value(random) {
      const [country, prefix, start, length] = random.pick([
        ['DE', '+49', '0171', 7],
        ['GB', '+44', '07700', 6],
        ['FR', '+33', '06', 8],
        ['CH', '+41', '079', 7],
      ] as const);
      const rest = random.digits(length);
      const line = (number: string) => object({ country: json(country), number: json(number) });
      return shown(
        line(`${start} ${rest}`),
        line(`${prefix}${start.slice(1)}${rest}`),
        line(`${prefix}${start}${rest}`),
      );
    },
  },
  {
    name: 'number_with_country_prefix',
    why: 'the country’s prefix replaced the leading zero: the same line in the international form',
  },
  {
    name: 'zero_behind_country_prefix',
    critical: true,
    why: 'the leading zero stayed behind the country’s prefix: such a number reaches nobody',
  },
);

const calls = twins(
  {
    fields: ['callDuration', 'talkTime', 'length'],
    least: 2,
    value(random) {
      const [m, s] = [random.int(1, 23), random.int(1, 59)];
      return shown(json(`00:${two(m)}:${two(s)}`), json(`PT${m}M${s}S`), json(`PT${m}H${s}M`));
    },
  },
  { name: 'call_as_iso_duration', why: 'the same minutes and seconds as an ISO 8601 duration' },
  { name: 'minutes_billed_as_hours', critical: true, why: 'minutes became hours and seconds became minutes' },
);

const doses = twins(
  {
    fields: ['dose', 'dosage', 'medication'],
    value(random) {
      const tenths = random.int(2, 120);
      const unit = json(random.pick(['mg', 'ml']));
      const whole = tenths % 10 === 0;
      const text = whole ? `${tenths / 10}` : `${Math.floor(tenths / 10)},${tenths % 10}`;
      const dose = (value: number) => object({ value: `${value}`, unit });
      return shown(
        json(`${text} ${JSON.parse(unit)}`),
        dose(tenths / 10),
        dose(whole ? tenths / 10 : tenths),
      );
    },
  },
  { name: 'dose_comma_to_point', why: 'the decimal comma became a point; number and unit stand apart' },
  {
    name: 'dose_comma_dropped',
    critical: true,
    why: 'the decimal comma was dropped: the dose is ten times as high',
  },
);

const allergies = twins(
  {
    fields: ['allergies', 'warnings', 'intolerances'],
    value(random) {
      const all = ['penicillin', 'nuts', 'latex', 'iodine', 'aspirin', 'lactose'];
      const chosen = random.shuffled(all).slice(0, random.int(1, 4));
      return shown(json(chosen.join('; ')), list(chosen.map(json)), list(chosen.slice(0, 1).map(json)));
    },
  },
  { name: 'allergies_as_list', why: 'the entries between semicolons became a list with all of them' },
  { name: 'first_allergy_only', critical: true, why: 'only the first of the patient’s allergies is left' },
);

export const families: readonly Family[] = [...numbers, ...calls, ...doses, ...allergies];
