/** An energy retailer and grid operator: counters, their registers and places (ABAP and Delphi to Java). */
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const deliveryPoint = (random: Random): string =>
  `DE000${random.digits(8)}${random.text('0123456789ABCDEFGH', 20)}`;

const reading = twins(
  {
    fields: ['meterReading', 'registerValue', 'counter'],
    clear: true,
    value: (random) => {
      const units = random.int(1_000, 99_999_999);
      const text = decimal(units, 3);
      return shown(json(text.padStart(13, '0')), text, String(units));
    },
  },
  {
    name: 'padded_counter_as_number',
    why: 'The same reading without the leading zeros of its column, all three decimals kept.',
  },
  {
    name: 'counter_decimal_point_lost',
    critical: true,
    why: 'The decimal point of the reading is gone, so the counter stands a thousand times too high.',
  },
);

const rollover = twins(
  {
    fields: ['billingInterval', 'consumptionLine', 'F0032', 'val'],
    least: 4,
    clear: true,
    always: true,
    value: (random) => {
      const used = random.int(20, 900);
      const over = random.chance(0.35);
      const from = over ? 100_000 - random.int(1, used - 1) : random.int(100, 98_000);
      const to = (from + used) % 100_000;
      const texts = (previous: string, current: string, consumption: string) =>
        object({ previous, current, consumption });
      const five = (n: number) => json(String(n).padStart(5, '0'));
      const legacy = texts(five(from), five(to), json(String(used)));
      const right = texts(String(from), String(to), String(used));
      return shown(legacy, right, texts(String(from), String(to), String(to - from)));
    },
  },
  {
    name: 'rolled_counter_interval_as_numbers',
    why: 'Both readings and the consumption are the same numbers, also where the five-digit counter passed 99999.',
  },
  {
    name: 'rolled_counter_gives_negative_use',
    critical: true,
    why: 'Where the counter passed 99999 the rewrite answers a negative consumption in place of the positive one.',
  },
);

const energyUnit = twins(
  {
    fields: ['annualConsumption', 'energy', 'data', 'attr12'],
    clear: true,
    value: (random) => {
      const kwh = random.int(1_100, 98_000);
      const right = object({ value: decimal(kwh, 3).replace(/0+$/, '').replace(/\.$/, ''), unit: '"MWh"' });
      return shown(
        object({ value: String(kwh), unit: '"KWH"' }),
        right,
        object({ value: String(kwh), unit: '"MWh"' }),
      );
    },
  },
  { name: 'kwh_to_mwh_with_value', why: 'Value and unit change together: 4350 kWh are 4.35 MWh.' },
  {
    name: 'kwh_to_mwh_unit_only',
    critical: true,
    why: 'The unit became MWh but the number stayed that of kWh: a thousand times the energy.',
  },
);

const obis = twins(
  {
    fields: ['obisCode', 'register', 'x1', 'FLD-014'],
    least: 3,
    value: (random) => {
      const [right, wrong] = random.pick([
        ['1.8.0', '2.8.0'],
        ['1.8.1', '1.8.2'],
        ['1.8.2', '1.8.1'],
        ['2.8.0', '1.8.0'],
      ] as const);
      return shownJson(`1-1:${right}*255`, `1-1:${right}`, `1-1:${wrong}`);
    },
  },
  {
    name: 'obis_without_default_billing_period',
    why: '*255 is the default of the last group of an OBIS code; the register is the same.',
  },
  {
    name: 'obis_names_another_register',
    critical: true,
    why: 'The OBIS code names another register: feed-in for import, or the night tariff for the day tariff.',
  },
);

const point = twins(
  {
    fields: ['deliveryPoint', 'meteringPoint', 'p3', 'col7', 'note'],
    value: (random) => {
      const id = deliveryPoint(random);
      const spaced = `${id.slice(0, 2)} ${id.slice(2, 8)} ${id.slice(8, 13)} ${id.slice(13)}`;
      return shownJson(spaced, id, random.chance(0.5) ? id.slice(0, 32) : id.replace('DE000', 'DE'));
    },
  },
  {
    name: 'metering_point_ungrouped',
    why: 'The same 33 characters of the metering point without the spaces between its parts.',
  },
  {
    name: 'metering_point_characters_lost',
    critical: true,
    why: 'Characters of the metering point identifier are missing, so it is no longer that point.',
  },
);

export const families: Family[] = [reading, rollover, energyUnit, obis, point].flat();
