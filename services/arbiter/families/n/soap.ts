/** What SOAP answers look like once they are JSON, and what a rewrite makes of it. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

const nil = object({ '@xsi:nil': json('true') });

function nillable(random: Random) {
  if (random.chance(0.35)) return { legacy: nil, right: 'null' };
  if (random.chance(0.35)) return { legacy: json('0.00'), right: '0.00', wrong: 'null' };
  const text = decimal(minorUnits(random, 100, 400_000), 2);
  return { legacy: json(text), right: text };
}

/** One child element comes as an object, several as a list: as XML converters do it. */
function children(random: Random) {
  const count = random.pick([1, 1, 2, 3, 4]);
  const items = Array.from({ length: count }, () =>
    object({ ref: json(`TX${random.digits(8)}`), amount: json(decimal(minorUnits(random), 2)) }),
  );
  const legacy = object({ item: items.length === 1 ? items[0]! : list(items) });
  return shown(legacy, list(items), list(items.slice(0, 1)));
}

function truth(random: Random) {
  const [text, value] = random.pick([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ] as const);
  return shown(json(text), json(value), 'true');
}

/** xs:date with a zone: the day is the local one. */
function zonedDate(random: Random) {
  const day = Day.any(random, 1950, 2026);
  const zone = day.month > 3 && day.month < 10 ? '+02:00' : '+01:00';
  return shown(json(`${day.iso}${zone}`), json(day.iso), json(day.plus(-1).iso));
}

const zones = [
  ['+01:00', 1],
  ['+02:00', 2],
  ['+05:00', 5],
  ['-05:00', -5],
] as const;
function instant(random: Random) {
  const [day, { h, text }] = [Day.any(random, 2022, 2026), timeOfDay(random)];
  const [zone, hours] = random.pick(zones);
  const wall = `${day.iso}T${text}`;
  const utc = new Date(day.date.getTime() + (h - hours) * 3_600_000).toISOString().slice(0, 13);
  return shown(json(`${wall}${zone}`), json(`${utc}${text.slice(2)}Z`), json(`${wall}Z`));
}

export const families: Family[] = [
  ...twins(
    { fields: ['fee', 'overdraftInterest', 'charges'], least: 3, value: nillable },
    {
      name: 'n_nil_element_is_null',
      why: 'An element marked xsi:nil has no value, which JSON writes as null; zero stays zero.',
    },
    {
      name: 'n_zero_amount_is_null',
      critical: true,
      why: 'An amount of zero became null, as if it were not known.',
    },
  ),
  ...twins(
    { fields: ['transactions', 'bookings', 'items'], value: children },
    {
      name: 'n_element_list_always_a_list',
      why: 'One child element or many: the rewrite lists the same items.',
    },
    {
      name: 'n_element_list_first_only',
      critical: true,
      why: 'Where legacy lists several bookings, the rewrite has only the first.',
    },
  ),
  ...twins(
    { fields: ['active', 'mandateGiven', 'locked', 'isJoint'], clear: true, least: 2, value: truth },
    {
      name: 'n_schema_boolean_as_boolean',
      why: 'XML Schema writes true as true or 1 and false as false or 0, and so it is read.',
    },
    {
      name: 'n_schema_boolean_any_text_true',
      critical: true,
      why: 'The texts false and 0 became true, as any text does that is not empty.',
    },
  ),
  ...twins(
    { fields: ['birthDate', 'openedOn', 'dateOfBirth', 'contractDate'], clear: true, value: zonedDate },
    {
      name: 'n_schema_date_without_zone',
      why: 'The calendar day is the same, only the zone behind it is gone.',
    },
    {
      name: 'n_schema_date_a_day_early',
      critical: true,
      why: 'Midnight of the zone was turned to UTC and cut, which gives the day before.',
    },
  ),
  ...twins(
    { fields: ['executedAt', 'authorisedAt', 'admittedAt'], once: true, value: instant },
    { name: 'n_schema_time_in_utc', why: 'The same instant, given in UTC.' },
    {
      name: 'n_schema_time_zone_overwritten',
      critical: true,
      why: 'The clock time is kept but its offset replaced by Z, which is another instant.',
    },
  ),
];
