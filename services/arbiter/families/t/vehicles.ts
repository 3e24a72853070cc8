/** A public administration: vehicles, travel documents, letters, appointments (COBOL and Natural to Python). */
import { type Family, twins } from '../kit.ts';
import { Day, grouped, json, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const plate = twins(
  {
    fields: ['licencePlate', 'registrationMark'],
    clear: true,
    value: (random) => {
      const [area, letters, digits] = [
        random.pick(['B', 'M', 'K', 'HH', 'S']),
        random.text('ABCDEFKLMPRSTX', 2),
        String(random.int(12, 9_899)),
      ];
      const wrong = `${area}${letters[0]}-${letters[1]} ${digits}`;
      return shownJson(
        `${area.padEnd(3)} ${letters} ${digits.padStart(4)}`,
        `${area}-${letters} ${digits}`,
        wrong,
      );
    },
  },
  {
    name: 'licence_plate_columns_joined',
    why: 'District, letters and digits of the plate are the same; only the columns became a hyphen and a space.',
  },
  {
    name: 'licence_plate_of_another_district',
    critical: true,
    why: 'A letter moved before the hyphen: B-AB 123 and BA-B 123 are two cars of two districts.',
  },
);

const mass = twins(
  {
    fields: ['unladenMass', 'grossVehicleMass', 'massInService'],
    clear: true,
    value: (random) => {
      const kilograms = random.int(101, 3_499) * 10;
      const thousands = grouped(String(kilograms), '.');
      return shown(json(`${thousands} kg`), String(kilograms), String(Number(thousands)));
    },
  },
  {
    name: 'vehicle_mass_without_thousands_point',
    why: 'The point groups thousands of kilograms; no vehicle weighs 1.54 kg.',
  },
  {
    name: 'vehicle_mass_thousands_point_as_decimal',
    critical: true,
    why: 'The point that groups thousands was read as a decimal point: a car of 1.54 kg.',
  },
);

const vin = twins(
  {
    fields: ['vin', 'vehicleIdentificationNumber', 'chassisNumber'],
    clear: true,
    value: (random) => {
      const text =
        random.pick(['WVW', 'VF1', 'TMB', 'WDB']) +
        random.text('ABCDEFGHJKLMNPRSTUVWXYZ0123456789', 8) +
        `0${random.digits(5)}`;
      return shownJson(
        `${text.slice(0, 3)} ${text.slice(3, 9)} ${text.slice(9)}`,
        text,
        random.chance(0.5) ? text.replaceAll('0', 'O') : text.slice(0, 16),
      );
    },
  },
  {
    name: 'vin_ungrouped',
    why: 'The same 17 characters of the vehicle identification number without spaces.',
  },
  {
    name: 'vin_altered',
    critical: true,
    why: 'A character is missing or zeros became the letter O, which a VIN never has: another vehicle or none.',
  },
);

const passport = twins(
  {
    fields: ['travelDocument', 'machineReadableDates', 'identityCard'],
    clear: true,
    least: 2,
    value: (random) => {
      const born = Day.any(random, 1941, 1999);
      const expires = Day.any(random, 2027, 2036);
      const short = (day: Day) => json(`${day.yyyy.slice(2)}${day.mm}${day.dd}`);
      const answer = (birth: string, end: string) =>
        object({ birthDate: json(birth), expiryDate: json(end) });
      const late = born.year < 1970 ? born.iso.replace(/^19/, '20') : born.iso;
      const wrong = answer(late, born.year < 1970 ? expires.iso : expires.iso.replace(/^20/, '19'));
      return shown(
        object({ birthDate: short(born), expiryDate: short(expires) }),
        answer(born.iso, expires.iso),
        wrong,
      );
    },
  },
  {
    name: 'passport_dates_with_century',
    why: 'Births lie in the past and expiries of documents in this century: the same days with their century.',
  },
  {
    name: 'passport_dates_in_wrong_century',
    critical: true,
    why: 'A holder is born in the future, or a document expired long before anybody living could hold it.',
  },
);

const appointment = twins(
  {
    fields: ['appointment', 'slot', 'bookedFor', 'data'],
    value: (random) => {
      const day = Day.any(random, 2024, 2026);
      const hour = random.int(8, 17);
      const minute = two(random.pick([0, 15, 30, 45]));
      const half = `${two(hour > 12 ? hour - 12 : hour)}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
      const answer = (h: number) => json(`${day.iso}T${two(h)}:${minute}`);
      return shown(
        json(`${day.dd}.${day.mm}.${day.yyyy} ${half}`),
        answer(hour),
        answer(hour > 12 ? hour - 12 : hour),
      );
    },
  },
  { name: 'appointment_on_24_hour_clock', why: 'The same day and minute on a clock of 24 hours.' },
  {
    name: 'appointment_afternoon_lost',
    critical: true,
    why: 'Afternoon appointments lost their PM and are twelve hours too early.',
  },
);

const notice = twins(
  {
    fields: ['noticeText', 'letterText', 'instructions', 'x1'],
    value: (random) => {
      const lines = [
        `Your application of ${Day.any(random, 2023, 2026).iso} was ${random.pick(['granted', 'refused', 'granted in part'])}.`,
        `The fee of EUR ${random.int(15, 240)}.00 is due within ${random.pick([14, 21, 30])} days.`,
        random.pick([
          'Please bring your identity card and one photograph.',
          'Documents can be collected on weekdays.',
        ]),
        `You may object within ${random.pick(['one month', 'two weeks'])}.`,
      ];
      return shownJson(
        lines.map((line) => line.padEnd(62)).join(''),
        lines.join(' '),
        lines.slice(0, -1).join(' '),
      );
    },
  },
  {
    name: 'letter_lines_joined',
    why: 'The same sentences; the padding of the lines of the letter became single spaces.',
  },
  {
    name: 'last_line_of_letter_lost',
    critical: true,
    why: 'The sentence on the right to object, the last line of the letter, is missing.',
  },
);

const queue = twins(
  {
    fields: ['nextCallAt', 'estimatedCall'],
    clear: true,
    least: 5,
    common: (random) => ({
      day: Day.any(random, 2025, 2026).iso,
      hour: random.int(8, 16),
      minute: random.int(0, 59),
    }),
    value: (random, { day, hour, minute }) => {
      const moment = () => json(`${day}T${two(hour)}:${two(minute)}:${two(random.int(0, 59))}`);
      return { legacy: moment(), right: moment(), legacy2: moment(), wrong: '"1970-01-01T00:00:00"' };
    },
  },
  {
    name: 'next_call_estimate_varies',
    why: 'The estimate moves by seconds from run to run, in legacy as in the rewrite.',
  },
  {
    name: 'next_call_estimate_at_epoch',
    critical: false,
    why: 'Legacy varies by seconds around today, but the rewrite answers the first of January 1970.',
  },
);

export const families: Family[] = [plate, mass, vin, passport, appointment, notice, queue].flat();
