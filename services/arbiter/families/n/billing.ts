/** A hospital's bills and stays. */
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** The defect multiplies a binary number by a hundred and cuts: 19.99 becomes 1998. */
function cents(random: Random) {
  const units = minorUnits(random, 100, 90_000);
  const amount = decimal(units, 2);
  const minor = (count: number) => object({ minorUnits: String(count), currency: json('EUR') });
  return shown(
    object({ amount: json(amount), currency: json('EUR') }),
    minor(units),
    minor(Math.trunc(Number(amount) * 100)),
  );
}

const diagnoses = ['E1190', 'I1090', 'J4499', 'M5416', 'I5014', 'K3580', 'S7200', 'N1831', 'J20', 'R55'];
function diagnosis(random: Random) {
  const code = random.pick(diagnoses);
  const dotted = (text: string) => json(text.length > 3 ? `${text.slice(0, 3)}.${text.slice(3)}` : text);
  return shown(json(code), dotted(code), dotted(code.slice(0, 4)));
}

/** A .NET TimeSpan: days before a point, then hours, minutes, seconds. */
function stay(random: Random) {
  const [days, hours, minutes] = [random.pick([0, 0, 1, 2, 4, 9]), random.int(1, 23), random.int(1, 59)];
  const legacy = `${days > 0 ? `${days}.` : ''}${two(hours)}:${two(minutes)}:00`;
  const iso = (withDays: boolean) => json(`P${withDays && days > 0 ? `${days}D` : ''}T${hours}H${minutes}M`);
  return shown(json(legacy), iso(true), iso(false));
}

/** Share of the patient and of the insurer; both sum up to the bill. */
function shares(random: Random) {
  const total = minorUnits(random, 4_000, 900_000);
  const own = Math.round(total * random.pick([0.1, 0.2, 0.25]));
  const split = (copay: string, insurer: string) => object({ total: decimal(total, 2), copay, insurer });
  const [mine, theirs] = [decimal(own, 2), decimal(total - own, 2)];
  return shown(
    object({ total: json(decimal(total, 2)), copay: json(mine), insurer: json(theirs) }),
    split(mine, theirs),
    split('0.00', decimal(total, 2)),
  );
}

export const families: Family[] = [
  ...twins(
    { fields: ['price', 'invoiceTotal', 'charge'], least: 3, value: cents },
    { name: 'n_bill_in_minor_units', why: 'The amount in cents, named so, is exactly the amount in euros.' },
    {
      name: 'n_bill_cents_cut_by_float',
      critical: true,
      why: 'The amount times a hundred was cut instead of rounded, so some bills are a cent short.',
    },
  ),
  ...twins(
    { fields: ['diagnosis', 'icd', 'principalDiagnosis'], value: diagnosis },
    {
      name: 'n_diagnosis_with_dot',
      why: 'ICD-10 codes are written with a dot after three characters, nothing else changed.',
    },
    {
      name: 'n_diagnosis_last_place_lost',
      critical: true,
      why: 'The fifth place of the ICD-10 code is lost, so it is another, less exact diagnosis.',
    },
  ),
  ...twins(
    { fields: ['lengthOfStay', 'stay', 'duration'], value: stay },
    {
      name: 'n_time_span_as_iso_duration',
      why: 'Days, hours and minutes of the .NET time span are those of the ISO duration.',
    },
    {
      name: 'n_time_span_loses_days',
      critical: true,
      why: 'The days before the point are lost, so a stay of days is billed as hours.',
    },
  ),
  ...twins(
    { fields: ['split', 'costShares', 'billing'], value: shares },
    {
      name: 'n_bill_shares_as_numbers',
      why: 'The shares of patient and insurer are the same amounts, as numbers.',
    },
    {
      name: 'n_copay_left_to_insurer',
      critical: true,
      why: 'The patient pays nothing and the insurer all, where legacy splits the bill.',
    },
  ),
];
