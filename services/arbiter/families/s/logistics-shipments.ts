/** Families of a logistics house: containers, weights, temperatures, scans and addresses, from RPG on AS/400 to Kotlin. */
import { defect, type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, object, streets, surnames, timeOfDay } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

/** The check digit of a container number (ISO 6346): letters count from 10 upwards without 11, 22 and 33. */
function containerDigit(base: string): number {
  const worth = (character: string) => {
    const place = Number.parseInt(character, 36);
    return place + [11, 21, 31].filter((first) => place >= first).length;
  };
  return ([...base].reduce((sum, character, at) => sum + worth(character) * 2 ** at, 0) % 11) % 10;
}

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['container', 'containerNo', 'EQUIP_NO'],
      value(random) {
        const base = random.pick(['MSKU', 'HLXU', 'CMAU', 'TGHU', 'OOLU']) + random.digits(6);
        const digit = containerDigit(base);
        const written = `${base.slice(0, 4)} ${base.slice(4)}-${digit}`;
        return shownJson(written, base + digit, base);
      },
    },
    {
      name: 'container_number_closed_up',
      why: 'The same owner, serial and check digit without space and hyphen.',
    },
    {
      name: 'container_check_digit_lost',
      critical: true,
      why: 'The check digit behind the hyphen is cut off; the container number is incomplete.',
    },
  ),
  ...twins(
    {
      fields: ['grossWeight', 'weight', 'BRGEW'],
      value(random) {
        const grams = random.int(400, 24_000_000);
        const pounds = Math.round(grams / 0.45359237);
        const modern = (value: string) => object({ value, unit: '"kg"' });
        const legacy = json({ value: decimal(grams, 3), unit: 'KG' });
        return shown(legacy, modern(String(grams / 1000)), modern(String(pounds / 1000)));
      },
    },
    { name: 'gross_weight_typed', why: 'The same number of kilograms, typed, with the unit in lower case.' },
    {
      name: 'gross_weight_pounds_as_kilograms',
      critical: true,
      why: 'The number becomes that of pounds while the unit stays kilograms: 2.2 times the load.',
    },
  ),
  ...twins(
    {
      fields: ['setTemperature', 'reeferTemp', 'TEMP'],
      value(random) {
        const tenths = random.chance(0.7) ? -random.int(5, 280) : random.int(5, 180);
        const fahrenheit = (tenths * 9) / 5 + 320;
        const modern = (value: string, unit: string) => object({ value, unit: json(unit) });
        return shown(
          modern(decimal(tenths, 1), 'C'),
          modern(String(Math.round(fahrenheit * 10) / 100), 'F'),
          modern(String(Math.round(fahrenheit * 10) / 100), 'C'),
        );
      },
    },
    {
      name: 'reefer_temperature_in_fahrenheit',
      why: 'The Fahrenheit value with its unit is the same temperature.',
    },
    {
      name: 'reefer_fahrenheit_labelled_celsius',
      critical: true,
      why: 'The number is converted to Fahrenheit but still labelled Celsius: the cargo spoils.',
    },
  ),
  ...twins(
    {
      fields: ['minTemp', 'temperatureLow', 'TEMP_MIN'],
      value(random) {
        const tenths = random.chance(0.5) ? -random.int(20, 280) : random.int(20, 80);
        const sign = tenths > 0 ? '+' : '';
        return shownJson(`${sign}${decimal(tenths, 1)} C`, tenths / 10, Math.abs(tenths) / 10);
      },
    },
    {
      name: 'temperature_text_typed',
      why: 'The text with sign and unit and the number are the same degrees.',
    },
    {
      name: 'temperature_minus_lost',
      critical: true,
      why: 'Degrees below zero come out above zero, so frozen goods travel warm.',
    },
  ),
  ...twins(
    {
      fields: ['trackingHistory', 'events', 'scans'],
      value(random) {
        const start = Day.any(random, 2024, 2026);
        const codes = ['PICKUP', 'DEPOT', 'HUB', 'CUSTOMS', 'DELIVERED'].slice(0, random.int(2, 5));
        const rows = codes.map((code, at) => ({ day: start.plus(at), time: timeOfDay(random).text, code }));
        const old = rows.map(({ day, time, code }) => ({ date: day.iso, time, code }));
        const modern = rows.map(({ day, time, code }) => ({ code, time, date: day.iso }));
        return shownJson(old, modern, modern.slice(0, -1));
      },
    },
    {
      name: 'tracking_keys_in_other_order',
      why: 'Every scan is there in the same order; only keys inside moved.',
    },
    {
      name: 'tracking_latest_scan_lost',
      critical: false,
      why: 'The newest scan of a parcel is missing, so it never seems to arrive.',
    },
  ),
  ...twins(
    {
      fields: ['parcels', 'packages', 'COLLI'],
      least: 3,
      value(random) {
        const parcels = Array.from({ length: random.int(2, 5) }, () => ({
          no: `3S${random.digits(9)}`,
          kg: random.int(2, 310) / 10,
        }));
        const old = list(parcels.map(({ no, kg }) => object({ no: json(no), kg: json(kg.toFixed(2)) })));
        return shown(old, json(parcels), json([...parcels, parcels[0]]));
      },
    },
    { name: 'parcel_weights_typed', why: 'The same parcels in the same order with equal weights, typed.' },
    {
      name: 'parcel_counted_twice',
      critical: true,
      why: 'The first parcel stands in the list a second time, as after a join that multiplies rows.',
    },
  ),
  ...twins(
    {
      fields: ['consigneeAddress', 'address', 'ADDR_LINES'],
      value(random) {
        const street = `${random.int(1, 180)} ${random.pick(streets)}`;
        const second = random.chance(0.6) ? `c/o ${random.pick(surnames)}` : `Dock ${random.int(1, 40)}`;
        return shownJson([street, second, ''], [street, second], [street]);
      },
    },
    { name: 'address_blank_line_dropped', why: 'Only the empty last line of the address is gone.' },
    {
      name: 'address_second_line_dropped',
      critical: false,
      why: 'The second line (care of, dock) is gone, so the goods go to the wrong door.',
    },
  ),
  defect(
    {
      fields: ['chargeableWeight', 'billedKg', 'FRT_WGT'],
      least: 4,
      value(random) {
        const halves = random.int(2, 140);
        const down = random.chance(0.5) ? halves - 1 : halves;
        return shown(decimal(halves * 5, 1), String(halves / 2), String(down / 2));
      },
    },
    {
      name: 'chargeable_weight_not_rounded_up',
      critical: true,
      why: 'The weight that freight is charged by is half a kilogram lower than legacy says.',
    },
  ),
];
