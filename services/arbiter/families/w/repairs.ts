/** Where the utility sends its craftsmen, when, and how cold the pipes are there. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const houses: Family[] = twins(
  {
    fields: ['supplyAddress', 'street', 'objekt', 'premises'],
    value: (random) => {
      const stem = random.pick(['Haupt', 'Linden', 'Schul', 'Berg', 'Kirch', 'Mozart', 'Garten', 'Ring']);
      const number = random.int(1, 148);
      const letter = random.chance(0.5) ? random.pick(['a', 'b', 'c', 'd']) : '';
      const legacy = json(`${stem}str. ${number}${letter && ` ${letter}`}`);
      const right = json(`${stem}straße ${number}${letter}`);
      return letter ? shown(legacy, right, json(`${stem}straße ${number}`)) : { legacy, right };
    },
  },
  { name: 'w_street_written_out', why: 'Str. is short for Straße, and the house is the same.' },
  {
    name: 'w_house_letter_lost',
    critical: true,
    why: 'Number 12 a is another house than number 12.',
  },
);

const priorities: Family[] = coded(
  ['repairPriority', 'urgency', 'dringlichkeit', 'ticketClass'],
  [
    ['Notfall - sofort', 'emergency', 'low'],
    ['dringend - 24 Std', 'high', 'normal'],
    ['normal - 5 Tage', 'normal'],
    ['kann warten', 'low', 'emergency'],
  ],
  { name: 'w_repair_priority_translated', why: 'Each German urgency has its English name.' },
  {
    name: 'w_repair_priority_reversed',
    critical: true,
    why: 'An emergency that is handled at once has become a matter of low or normal priority.',
  },
  3,
);

const visits: Family[] = twins(
  {
    fields: ['visitWindow', 'appointment', 'termin', 'timeSlot'],
    once: true,
    value: (random) => {
      const from = random.pick([7, 8, 9, 10, 13, 14, 15]);
      const to = from + random.pick([2, 3]);
      const written = (start: number, end: number) =>
        json({ from: `${two(start)}:00`, to: `${two(end)}:00` });
      const legacy = json(`${two(from)}-${two(to)} Uhr`);
      return from > 12
        ? shown(legacy, written(from, to), written(from - 12, to - 12))
        : { legacy, right: written(from, to) };
    },
  },
  { name: 'w_visit_window_in_parts', why: 'The craftsman comes within the same hours.' },
  {
    name: 'w_afternoon_visit_in_the_night',
    critical: false,
    why: 'A visit between 13 and 16 o’clock is announced for one to four in the night.',
  },
);

const frost: Family[] = twins(
  {
    fields: ['flowTemperature', 'outsideTemperature', 'sensor', 'vorlauf'],
    least: 4,
    value: (random) => {
      const tenths = random.int(-160, 240);
      const legacy = json(`${(tenths / 10).toFixed(1).replace('.', ',')} °C`);
      const written = (value: number) => object({ celsius: String(value / 10) });
      return tenths < 0
        ? shown(legacy, written(tenths), written(-tenths))
        : { legacy, right: written(tenths) };
    },
  },
  { name: 'w_temperature_in_parts', why: 'The temperature is the same number of degrees Celsius.' },
  {
    name: 'w_frost_without_its_sign',
    critical: true,
    why: 'Frost is reported as warmth, so that no frost alarm goes off.',
  },
);

export const families: Family[] = [...houses, ...priorities, ...visits, ...frost];
