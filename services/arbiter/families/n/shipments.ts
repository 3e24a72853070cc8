/** A carrier's shipments: mainframe screens and EDIFACT segments, rewritten in TypeScript. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, object, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** ISO 6346: letters count from 10 without multiples of 11, weights are powers of two, modulo 11, modulo 10. */
function containerDigit(base: string): string {
  const value = (character: string) => {
    const letter = Number.parseInt(character, 36);
    return letter < 10 ? letter : letter + Math.floor((letter - 1) / 10);
  };
  const sum = [...base].reduce((total, character, at) => total + value(character) * 2 ** at, 0);
  return String((sum % 11) % 10);
}

function container(random: Random) {
  const base = `${random.pick(['MSCU', 'HLXU', 'TGHU', 'CMAU', 'OOLU'])}${random.digits(6)}`;
  const digit = containerDigit(base);
  const legacy = `${base.slice(0, 4)} ${base.slice(4)}-${digit}`;
  return shown(json(legacy), json(`${base}${digit}`), json(base));
}

/** EDIFACT DTM: the qualifier says how the digits are to be read. */
function eventTime(random: Random) {
  const [day, { h, m, text }] = [Day.any(random, 2022, 2026), timeOfDay(random)];
  const date = `${day.yyyy}${day.mm}${day.dd}`;
  if (random.chance(0.3))
    return { legacy: object({ value: json(date), format: json('102') }), right: json(day.iso) };
  const legacy = object({ value: json(`${date}${text.slice(0, 5).replace(':', '')}`), format: json('203') });
  const wrong = h + m === 0 ? day.iso : `${day.iso}T00:00`;
  return shown(legacy, json(`${day.iso}T${text.slice(0, 5)}`), json(wrong));
}

const ports = ['DEHAM', 'NLRTM', 'USNYC', 'CNSHA', 'SGSIN', 'BEANR', 'GBFXT', 'JPTYO'];
function voyage(random: Random) {
  const [from, to] = random.shuffled(ports);
  const leg = (load: string | undefined, discharge: string | undefined) =>
    object({ portOfLoading: json(load), portOfDischarge: json(discharge) });
  return shown(json(`${from}-${to}`), leg(from, to), leg(to, from));
}

const goods = [
  ['1203', '3', 'II'],
  ['1263', '3', 'III'],
  ['1789', '8', 'II'],
  ['1830', '8', 'II'],
  ['2811', '6.1', 'I'],
  ['1993', '3', 'I'],
] as const;
function dangerous(random: Random) {
  const [number, hazard, group] = random.pick(goods);
  const entry = (packing: string) =>
    object({ unNumber: json(number), class: json(hazard), packingGroup: json(packing) });
  return shown(json(`UN${number} CL ${hazard} PG ${group}`), entry(group), entry('III'));
}

/** Reefer temperatures carry their sign behind, as a mainframe prints it. */
function reefer(random: Random) {
  const degrees = random.pick([-25, -20, -18, -15, -1, 2, 4, 7, 13]);
  const legacy = `${String(Math.abs(degrees)).padStart(3, '0')}${degrees < 0 ? '-' : '+'} C`;
  const setting = (value: number) => object({ value: String(value), unit: json('C') });
  return shown(json(legacy), setting(degrees), setting(Math.abs(degrees)));
}

function dimensions(random: Random) {
  const [length, width, height] = [random.int(40, 120), random.int(20, 80), random.int(10, 60)];
  const legacy = `L${length} W${width} H${height} CM`;
  const box = (l: number, w: number, h: number) => json({ length: l, width: w, height: h, unit: 'cm' });
  return shown(json(legacy), box(length, width, height), box(length, height, width));
}

function seals(random: Random) {
  const numbers = Array.from({ length: random.int(1, 4) }, () => `ML${random.digits(7)}`);
  return shown(json(numbers.join(' ')), json(numbers), json(numbers.slice(0, 1)));
}

export const families: Family[] = [
  ...twins(
    { fields: ['container', 'equipment', 'unitNumber'], value: container },
    {
      name: 'n_container_number_plain',
      why: 'The same owner code, serial number and check digit, without blank and dash.',
    },
    {
      name: 'n_container_check_digit_lost',
      critical: true,
      why: 'The check digit of the container number is lost, so it names no container.',
    },
  ),
  ...twins(
    { fields: ['eventTime', 'arrival', 'gateIn'], least: 2, value: eventTime },
    {
      name: 'n_edifact_time_by_qualifier',
      why: 'Qualifier 102 is a day and 203 a day with hours and minutes, and so they are written.',
    },
    {
      name: 'n_edifact_time_cut_to_day',
      critical: false,
      why: 'The hours and minutes of the event are lost, it seems to have happened at midnight.',
    },
  ),
  ...twins(
    { fields: ['voyage', 'leg', 'routing'], value: voyage },
    {
      name: 'n_ports_of_voyage_in_parts',
      why: 'The first port is where is loaded, the second where is discharged.',
    },
    {
      name: 'n_ports_of_voyage_swapped',
      critical: true,
      why: 'The port of loading and the port of discharge have changed places.',
    },
  ),
  ...twins(
    { fields: ['dangerousGoods', 'hazmat', 'dgr'], value: dangerous },
    { name: 'n_dangerous_goods_in_parts', why: 'UN number, class and packing group are the same, in parts.' },
    {
      name: 'n_packing_group_always_three',
      critical: true,
      why: 'Goods of packing group I or II are declared as the least dangerous group III.',
    },
  ),
  ...twins(
    { once: true, fields: ['setPoint', 'reeferTemp', 'temperature'], value: reefer },
    {
      name: 'n_reefer_sign_in_front',
      why: 'The sign behind the digits stands in front, the degrees are the same.',
    },
    {
      name: 'n_reefer_minus_lost',
      critical: true,
      why: 'The minus behind the digits was dropped, so frozen goods are kept warm.',
    },
  ),
  ...twins(
    { fields: ['dimensions', 'parcelSize', 'measures'], value: dimensions },
    { name: 'n_parcel_sides_in_parts', why: 'Length, width and height are the same centimetres, by name.' },
    {
      name: 'n_parcel_width_for_height',
      critical: false,
      why: 'Width and height of the parcel have changed places.',
    },
  ),
  ...twins(
    { fields: ['seals', 'sealNumbers', 'plombs'], value: seals },
    { name: 'n_seal_numbers_as_list', why: 'The same seal numbers, as a list instead of one text.' },
    { name: 'n_seal_numbers_only_first', critical: false, why: 'Only the first of several seals is left.' },
  ),
  ...coded(
    ['shipmentStatus', 'lastEvent', 'tracking'],
    [
      ['PICKED UP', 'COLLECTED'],
      ['ARRIVED AT DEPOT', 'AT_DEPOT'],
      ['OUT FOR DELIVERY', 'OUT_FOR_DELIVERY'],
      ['DELIVERY ATTEMPTED', 'DELIVERY_FAILED', 'DELIVERED'],
      ['DELIVERED', 'DELIVERED'],
      ['RETURNED TO SENDER', 'RETURNED', 'DELIVERED'],
    ],
    { name: 'n_shipment_events_named', why: 'Each text of an event became the name of the same event.' },
    {
      name: 'n_attempt_counts_as_delivered',
      critical: true,
      why: 'A parcel that was not handed over or went back is called delivered.',
    },
    2,
  ),
];
