/** Leased vehicles and their contracts. */
import { twins } from '../kit.ts';
import { Day, json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const vinAlphabet = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const german = (day: Day) => `${day.dd}.${day.mm}.${day.yyyy}`;
const plates = [
  ['B', 'MW', 'BM', 'W'],
  ['H', 'HA', 'HH', 'A'],
  ['K', 'AB', 'KA', 'B'],
  ['M', 'SX', 'MS', 'X'],
  ['S', 'LK', 'SL', 'K'],
] as const;

export const families = [
  ...twins(
    {
      fields: ['mileageAllowance', 'kmPerYear', 'freikilometer'],
      value(random) {
        const thousands = random.pick([8, 10, 12, 15, 20, 25, 30, 40]);
        const distance = (value: string) => object({ value, unit: '"km"' });
        return shown(json(`${thousands}.000 km`), distance(`${thousands}000`), distance(String(thousands)));
      },
    },
    {
      name: 'u_mileage_thousands_point',
      why: 'A German mileage with a point between thousands is the same number of kilometres.',
    },
    {
      name: 'u_mileage_point_as_decimal',
      critical: true,
      why: 'The point between thousands was read as a decimal point: 15.000 km became 15 km.',
    },
  ),
  ...twins(
    {
      fields: ['vin', 'chassisNumber', 'fahrgestellnummer'],
      value(random) {
        const vin = `${random.pick(['WVWZZZ', 'WBA3A5', 'VF1RFB', 'SALGA2', 'TMBJJ7'])}${random.text(vinAlphabet, 5)}${random.digits(6)}`;
        return shownJson(vin.toLowerCase(), vin, vin.slice(0, 16));
      },
    },
    {
      name: 'u_vin_upper_case',
      why: 'Vehicle identification numbers know no case: the same seventeen characters in capitals.',
    },
    {
      name: 'u_vin_last_digit_cut',
      critical: true,
      why: 'The vehicle identification number lost its seventeenth character and no longer names one car.',
    },
  ),
  ...twins(
    {
      fields: ['plate', 'registration', 'kennzeichen'],
      once: true,
      least: 2,
      value(random) {
        const number = String(random.int(10, 9_999));
        const [place, letters, otherPlace, otherLetters] = random.pick(plates);
        return shownJson(
          `${place.padEnd(3)}${letters.padEnd(2)}${number.padStart(4, '0')}`,
          `${place}-${letters} ${number}`,
          `${otherPlace}-${otherLetters} ${number}`,
        );
      },
    },
    {
      name: 'u_plate_columns_joined',
      why: 'Place, letters and number of the plate, padded in columns, are written as on the car.',
    },
    {
      name: 'u_plate_place_boundary_moved',
      critical: true,
      why: 'A letter moved from the second group to the place: B-MW 1234 became BM-W 1234, another car.',
    },
  ),
  ...twins(
    {
      fields: ['leasePeriod', 'laufzeit', 'contractTerm'],
      once: true,
      value(random) {
        const start = Day.of(random.int(2019, 2026), random.int(1, 12), 1);
        const end = Day.of(start.year, start.month + random.pick([24, 36, 48]), 0);
        const period = (last: Day) => ({ from: start.iso, to: last.iso });
        return shownJson(`${german(start)} - ${german(end)}`, period(end), period(end.plus(-1)));
      },
    },
    { name: 'u_lease_period_split', why: 'First and last day of the lease, from one text to two members.' },
    {
      name: 'u_lease_last_day_lost',
      critical: true,
      why: 'The lease ends a day earlier than in legacy, whose last day was meant to be included.',
    },
  ),
  ...twins(
    {
      fields: ['engine', 'motor', 'powertrain'],
      value(random) {
        const kw = random.pick([44, 55, 66, 77, 85, 96, 110, 125, 140, 150, 180, 210]);
        const ps = Math.round(kw * 1.35962);
        return shownJson(`${kw} kW (${ps} PS)`, { kw, ps }, { kw: ps, ps: kw });
      },
    },
    { name: 'u_engine_power_split', why: 'Kilowatts and horsepower from one text, each under its own unit.' },
    {
      name: 'u_engine_power_units_swapped',
      critical: false,
      why: 'The figure of horsepower stands under kilowatts and the other way round.',
    },
  ),
];
