/** Rail, road, air and sea: timetables, chainages, dangerous goods, weather reports, containers, tyres. */
import { coded } from '../code-table.ts';
import { type Family, mixed } from '../kit.ts';
import { Day, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { capped, pair } from './sized.ts';

/** GTFS: hours of 24 and more belong to the night after the day of service. */
const timetable = pair(
  {
    fields: ['departure', 'stopTime', 'abfahrt', 'callAt'],
    value(random) {
      const day = Day.any(random, 2023, 2026);
      const hour = random.chance(0.35) ? random.int(24, 27) : random.int(4, 23);
      const minute = two(random.int(0, 59));
      const at = (date: Day) => `${date.iso}T${two(hour % 24)}:${minute}:00`;
      return shownJson(
        { serviceDay: day.iso.replaceAll('-', ''), departs: `${two(hour)}:${minute}:00` },
        { serviceDate: day.iso, departsLocal: at(day.plus(hour >= 24 ? 1 : 0)) },
        { serviceDate: day.iso, departsLocal: at(day) },
      );
    },
  },
  {
    name: 'bb_timetable_hours_after_midnight',
    why: 'A departure at 25:10 of a day of service is at 01:10 of the next calendar day.',
  },
  {
    name: 'bb_timetable_hours_wrapped_to_same_day',
    why: 'Departures after midnight are given for the morning of the day of service, a whole day too early.',
    critical: false,
  },
);

/** Places along a line: kilometres + metres. */
const chainage = pair(
  mixed({
    fields: ['location', 'chainage', 'streckenkilometer', 'trackPosition'],
    once: true,
    value(random) {
      const km = random.int(2, 412);
      const metres = random.chance(0.3) ? random.int(1, 99) : random.int(100, 999);
      const line = random.pick(['6107', '1700', '4080', '5900']);
      const modern = (position: string) => ({ line, km: position });
      return shownJson(
        `${line} km ${km}+${String(metres).padStart(3, '0')}`,
        modern(`${km}.${String(metres).padStart(3, '0')}`),
        modern(`${km}.${metres}`),
      );
    },
  }),
  {
    name: 'bb_chainage_as_decimal_kilometres',
    why: 'Metres after the plus sign are the three decimals of the kilometre.',
  },
  {
    name: 'bb_chainage_leading_zero_of_metres_lost',
    why: 'Metres below one hundred lose their leading zero, so the place on the line is up to 900 metres away.',
    critical: true,
  },
);

/** UN number, name, class with subsidiary hazards, packing group and tunnel code. */
const goods = [
  ['1203', 'PETROL', ['3'], 'II', 'D/E'],
  ['1230', 'METHANOL', ['3', '6.1'], 'II', 'D/E'],
  ['1263', 'PAINT', ['3'], 'III', 'D/E'],
  ['1005', 'AMMONIA, ANHYDROUS', ['2.3', '8'], undefined, 'C/D'],
  ['1017', 'CHLORINE', ['2.3', '5.1', '8'], undefined, 'C/D'],
  ['1098', 'ALLYL ALCOHOL', ['6.1', '3'], 'I', 'C/D'],
  ['1789', 'HYDROCHLORIC ACID', ['8'], 'II', 'E'],
  ['1965', 'HYDROCARBON GAS MIXTURE, LIQUEFIED, N.O.S.', ['2.1'], undefined, 'B/D'],
] as const;
const dangerous = pair(
  {
    fields: ['dangerousGoods', 'adr', 'hazmat', 'cargoRemark'],
    value(random) {
      const [un, name, [main, ...others], group, tunnel] = random.pick(goods);
      const kg = random.int(20, 24_000);
      const hazard = others.length > 0 ? `${main} (${others.join(', ')})` : main;
      const legacy = `UN ${un} ${name}, ${hazard}${group ? `, PG ${group}` : ''}, (${tunnel}), ${kg} KG`;
      const modern = (subsidiary: readonly string[]) => ({
        unNumber: un,
        shippingName: name,
        class: main,
        subsidiary,
        packingGroup: group ?? null,
        tunnelCode: tunnel,
        mass: { value: kg, unit: 'kg' },
      });
      return shownJson(legacy, modern(others), modern([]));
    },
  },
  {
    name: 'bb_dangerous_goods_line_as_members',
    why: 'All parts of the transport document are kept: number, name, hazards, packing group, tunnel code and mass.',
  },
  {
    name: 'bb_dangerous_goods_subsidiary_hazard_lost',
    why: 'The hazards in brackets are lost, so poisonous or corrosive goods are labelled as less dangerous.',
    critical: true,
  },
);

/** METAR: a temperature below zero is marked with M. */
const weather = pair(
  {
    fields: ['observation', 'metar', 'wx', 'airfieldWeather'],
    value(random) {
      const station = random.pick(['EHAM', 'ESSA', 'EDDM', 'CYUL', 'LOWI', 'EFHK']);
      const [day, hour, from] = [random.int(1, 28), random.int(0, 23), random.int(1, 36) * 10];
      const [speed, qnh] = [random.int(3, 28), random.int(985, 1038)];
      const temperature = random.int(-14, 16) || 1;
      const dew = temperature - random.int(1, 6) || -1;
      const coded = (celsius: number) => `${celsius < 0 ? 'M' : ''}${two(Math.abs(celsius))}`;
      const wind = `${String(from).padStart(3, '0')}${two(speed)}KT`;
      const legacy = `${station} ${two(day)}${two(hour)}50Z ${wind} 9999 ${coded(temperature)}/${coded(dew)} Q${String(qnh).padStart(4, '0')}`;
      const modern = (celsius: number, dewPoint: number) => ({
        station,
        time: { day, utc: `${two(hour)}:50` },
        wind: { from, speed, unit: 'kt' },
        visibility: '10 km or more',
        temperature: celsius,
        dewPoint,
        qnh,
      });
      return shownJson(legacy, modern(temperature, dew), modern(Math.abs(temperature), Math.abs(dew)));
    },
  },
  {
    name: 'bb_metar_as_members',
    why: 'Station, time, wind, visibility, temperatures and pressure are what the coded report says; M marks degrees below zero.',
  },
  {
    name: 'bb_metar_minus_sign_lost',
    why: 'Temperatures and dew points below zero, marked with M, become positive, so nobody expects ice.',
    critical: true,
  },
);

/** ISO 6346: the second character of the size is the height, 5 for 9 ft 6 in; the first is the length, 4 for 40 ft. */
const containers = coded(
  ['sizeType', 'equipment', 'isoCode', 'boxType'],
  [
    ['22G1', '20 ft long, 8 ft 6 in high, general purpose'],
    ['42G1', '40 ft long, 8 ft 6 in high, general purpose'],
    ['45G1', '40 ft long, 9 ft 6 in high, general purpose', '45 ft long, 9 ft 6 in high, general purpose'],
    ['45R1', '40 ft long, 9 ft 6 in high, refrigerated', '45 ft long, 9 ft 6 in high, refrigerated'],
    ['L5G1', '45 ft long, 9 ft 6 in high, general purpose'],
    ['22T1', '20 ft long, 8 ft 6 in high, tank'],
    ['22U1', '20 ft long, 8 ft 6 in high, open top'],
  ],
  {
    name: 'bb_container_code_spelled_out',
    why: 'The first character of the code is the length, the second the height, the rest the kind of container.',
  },
  {
    name: 'bb_container_45_taken_for_length',
    why: 'Codes 45.. mean forty feet long and high, but are spelled out as 45 feet long, which L5.. means.',
    critical: false,
  },
  8,
).map(capped);

/** Tyres: the load index and the speed letter are codes with tables of their own. */
const loads = { 82: 475, 84: 500, 88: 560, 91: 615, 94: 670, 98: 750, 100: 800 } as const;
const speeds = { S: 180, T: 190, U: 200, H: 210, V: 240, W: 270 } as const;
const tyres = pair(
  {
    fields: ['tyre', 'reifen', 'approvedFitment', 'zbI_15_1'],
    value(random) {
      const [width, aspect, rim] = random.pick([
        [205, 55, 16],
        [225, 45, 17],
        [195, 65, 15],
        [175, 65, 14],
        [235, 60, 18],
      ] as const);
      const index = Number(random.pick(Object.keys(loads))) as keyof typeof loads;
      const letter = random.pick(Object.keys(speeds)) as keyof typeof speeds;
      const modern = (kmh: number) => ({
        widthMm: width,
        aspectPercent: aspect,
        construction: 'radial',
        rimInch: rim,
        maxLoadKg: loads[index],
        maxSpeedKmh: kmh,
      });
      return shownJson(
        `${width}/${aspect} R${rim} ${index}${letter}`,
        modern(speeds[letter]),
        modern(letter === 'H' ? 240 : letter === 'V' ? 210 : speeds[letter]),
      );
    },
  },
  {
    name: 'bb_tyre_marking_as_members',
    why: 'Sizes are read from the marking, and load index and speed letter from their standard tables.',
  },
  {
    name: 'bb_tyre_speed_letters_confused',
    why: 'Speed letters H (210 km/h) and V (240 km/h) are confused, so tyres are approved for cars that are too fast for them.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...timetable,
  ...chainage,
  ...dangerous,
  ...weather,
  ...containers,
  ...tyres,
];
