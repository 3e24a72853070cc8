/** Scientific measurements: uncertainties, signals, coordinates, genomes; weather, laboratories, sensors, blood. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const uncertainty = twins(
  {
    fields: ['measured', 'latticeConstant', 'result', 'atomicMass'],
    least: 10,
    value(random) {
      const scale = random.int(2, 5);
      const units = random.int(10 ** scale, 90 * 10 ** scale);
      const spread = random.chance(0.5) ? random.int(1, 9) : random.int(10, 99);
      const modern = (u: string) => ({ value: decimal(units, scale), standardUncertainty: u });
      const assumed = spread < 10 ? decimal(spread * 10, scale) : decimal(spread, scale);
      return shownJson(
        `${decimal(units, scale)}(${spread})`,
        modern(decimal(spread, scale)),
        modern(assumed),
      );
    },
  },
  {
    name: 'aa_uncertainty_brackets_spelled',
    why: 'The figures in brackets are the standard uncertainty in units of the last digits.',
  },
  {
    name: 'aa_uncertainty_one_digit_tenfold',
    why: 'A single figure in brackets belongs to the last digit; it was moved one digit up, so the uncertainty is ten times too large.',
    critical: false,
  },
);

const signal = twins(
  {
    fields: ['ecgLeadII', 'waveform', 'samples', 'trace'],
    least: 8,
    value(random) {
      const samples = Array.from({ length: random.int(6, 14) }, () => random.int(-900, 1400));
      const bytes = Buffer.alloc(samples.length * 2);
      samples.forEach((sample, at) => {
        bytes.writeInt16LE(sample, at * 2);
      });
      const modern = (list: readonly number[]) => ({ unit: 'uV', hz: 250, samples: list });
      return shownJson(
        { unit: 'uV', hz: 250, encoding: 'int16le', samples: bytes.toString('base64') },
        modern(samples),
        modern(samples.map((sample) => (sample < 0 ? sample + 65_536 : sample))),
      );
    },
  },
  {
    name: 'aa_signal_int16_unpacked',
    why: 'The base64 text holds signed 16-bit numbers, lowest byte first; the list shows the same samples.',
  },
  {
    name: 'aa_signal_read_unsigned',
    why: 'Negative samples were read as unsigned: small downward deflections turn into 65 millivolts.',
    critical: true,
  },
);

const declination = twins(
  {
    fields: ['declination', 'targetDec', 'skyPosition', 'dec2000'],
    least: 12,
    value(random) {
      const negative = random.chance(0.5);
      const degrees = random.chance(0.45) ? 0 : random.int(1, 84);
      const [minutes, tenths] = [random.int(0, 59), random.int(1, 599)];
      const legacy = `${negative ? '-' : '+'}${String(degrees).padStart(2, '0')}° ${String(minutes).padStart(2, '0')}′ ${decimal(tenths, 1).padStart(4, '0')}″`;
      const size = degrees + minutes / 60 + tenths / 36_000;
      const modern = (sign: number) => ({ degrees: (sign * size).toFixed(6) });
      return shownJson(legacy, modern(negative ? -1 : 1), modern(negative && degrees > 0 ? -1 : 1));
    },
  },
  {
    name: 'aa_declination_sexagesimal_decimal',
    why: 'Degrees, minutes and seconds of arc as decimal degrees, to a few thousandths of a second.',
  },
  {
    name: 'aa_declination_minus_zero_lost',
    why: 'The minus of -00 degrees is lost: targets just south of the equator are pointed at in the north.',
    critical: false,
  },
);

const detection = twins(
  {
    fields: ['analysisResult', 'waterSample', 'residues', 'finding'],
    least: 10,
    value(random) {
      const [analyte, unit] = random.pick([
        ['Pb', 'mg/L'],
        ['As', 'µg/L'],
        ['Atrazine', 'µg/L'],
        ['Nitrite', 'mg/L'],
        ['Cd', 'µg/L'],
        ['Benzene', 'µg/L'],
      ] as const);
      const sign = random.pick(['<', '<', '', '', '', '>']);
      const amount = decimal(random.int(2, 900), random.pick([2, 3]));
      const modern = (relation: string) => ({ analyte, relation, value: amount, unit });
      const relation = sign === '<' ? 'lessThan' : sign === '>' ? 'greaterThan' : 'equal';
      return shownJson(`${analyte}: ${sign}${amount} ${unit}`, modern(relation), modern('equal'));
    },
  },
  {
    name: 'aa_detection_limit_named',
    why: 'The sign before the figure says that it is a limit of detection or of range; it became a member of its own.',
  },
  {
    name: 'aa_detection_limit_as_value',
    why: 'Values below detection or above range are reported as if measured: a poison not found counts as found.',
    critical: true,
  },
);

const genome = twins(
  {
    fields: ['region', 'targetInterval', 'locus', 'amplicon'],
    least: 8,
    value(random) {
      const chromosome = `chr${random.pick(['1', '2', '7', '12', '17', 'X'])}`;
      const start = random.int(1_000_000, 90_000_000);
      const end = start + random.pick([1, 1, 20, 95, 150, 1200]);
      const modern = (first: number) => ({
        chromosome,
        firstBase: first,
        lastBase: end,
        coordinates: '1-based, inclusive',
      });
      return shownJson({ bed: `${chromosome}\t${start}\t${end}` }, modern(start + 1), modern(start));
    },
  },
  {
    name: 'aa_bed_interval_one_based',
    why: 'BED counts from 0 and leaves the end out; counted from 1 with the end, the start is one more and the end the same.',
  },
  {
    name: 'aa_bed_start_not_moved',
    why: 'The start was copied into one-based coordinates: a base too many, and a single-base variant covers two.',
    critical: true,
  },
);

const metar = twins(
  {
    fields: ['metar', 'stationReport', 'wx', 'observation'],
    least: 10,
    value(random) {
      const station = random.pick(['EDDF', 'ENGM', 'ESSA', 'LOWI', 'EFHK', 'LSZH', 'UUEE']);
      const [dir, speed] = [random.int(1, 36) * 10, random.int(2, 24)];
      const gust = random.chance(0.4) ? speed + random.int(10, 18) : undefined;
      const temperature = random.int(-14, 18);
      const dew = temperature - random.int(1, 8);
      const qnh = random.int(975, 1038);
      const signed = (value: number) => `${value < 0 ? 'M' : ''}${two(Math.abs(value))}`;
      const air = `${String(dir).padStart(3, '0')}${two(speed)}${gust === undefined ? '' : `G${gust}`}KT`;
      const [day, hour] = [random.int(1, 28), two(random.int(0, 23))];
      const legacy = `${station} ${two(day)}${hour}50Z ${air} 9999 ${signed(temperature)}/${signed(dew)} Q${String(qnh).padStart(4, '0')}`;
      const modern = (warm: number, point: number) => ({
        station,
        issued: { dayOfMonth: day, utc: `${hour}:50` },
        visibility: '10 km or more',
        wind: { from: dir, knots: speed, gustKnots: gust ?? null },
        celsius: { air: warm, dewPoint: point },
        hectopascals: qnh,
      });
      return shownJson(legacy, modern(temperature, dew), modern(Math.abs(temperature), Math.abs(dew)));
    },
  },
  {
    name: 'aa_metar_groups_named',
    why: 'Time, wind, visibility (9999), temperature with M for minus, dew point and pressure of the report, as named members.',
  },
  {
    name: 'aa_metar_minus_dropped',
    why: 'M stands for minus in a METAR; without it frost reads as mild weather, and no aircraft is de-iced.',
    critical: true,
  },
);

const wells = twins(
  {
    fields: ['wellPosition', 'plateLocation', 'samplePos', 'source'],
    least: 8,
    value(random) {
      const [row, column] = [random.int(0, 7), random.int(1, 12)];
      const plate = `PL${random.digits(5)}`;
      const modern = (well: number) => ({ plate, wells: 96, counted: 'row by row from A1 = 1', well });
      return shownJson(
        `${plate}:${'ABCDEFGH'[row]}${two(column)}`,
        modern(row * 12 + column),
        modern((column - 1) * 8 + row + 1),
      );
    },
  },
  {
    name: 'aa_well_name_to_number',
    why: 'A plate of 96 has eight rows of twelve wells; counted row by row the number is that of the same well.',
  },
  {
    name: 'aa_well_counted_by_columns',
    why: 'The number counts down the columns although rows are announced: the sample of another patient is taken.',
    critical: true,
  },
);

const sensor = twins(
  {
    fields: ['currentTemperature', 'liveReading', 'coldStore', 'probe'],
    least: 12,
    always: true,
    common: (random) => ({ stuck: random.int(20, 70), unit: 'degC' }),
    value(random, { stuck, unit }) {
      const truth = random.int(-240, 240);
      const reading = (tenths: number) => json({ probe: 'T-1', unit, value: decimal(tenths, 1) });
      const near = () => reading(truth + random.int(-2, 2));
      return { legacy: near(), right: near(), wrong: reading(stuck), legacy2: near() };
    },
  },
  {
    name: 'aa_probe_read_again',
    why: 'A live probe read at another moment differs by a tenth or two of a degree, as legacy does from itself.',
  },
  {
    name: 'aa_probe_stuck_value',
    why: 'Whatever legacy measures, the rewrite always shows one and the same temperature: it does not read the probe.',
    critical: true,
  },
);

const blood = coded(
  ['bloodGroup', 'productLabel', 'unitAbo', 'isbtGroup'],
  [
    ['=%5100', 'O, RhD positive'],
    ['=%9500', 'O, RhD negative', 'O, RhD positive'],
    ['=%6200', 'A, RhD positive'],
    ['=%0600', 'A, RhD negative', 'A, RhD positive'],
    ['=%7300', 'B, RhD positive'],
    ['=%1700', 'B, RhD negative', 'B, RhD positive'],
    ['=%8400', 'AB, RhD positive'],
    ['=%2800', 'AB, RhD negative', 'AB, RhD positive'],
  ],
  {
    name: 'aa_blood_isbt_codes_named',
    why: 'The ISBT 128 codes of blood groups on the label of a unit, by the groups they stand for.',
  },
  {
    name: 'aa_blood_rhesus_negative_as_positive',
    why: 'Units with the codes 9500, 0600, 1700 and 2800 are RhD negative; the rewrite calls all units positive.',
    critical: true,
  },
  10,
);

export const families: readonly Family[] = [
  ...uncertainty,
  ...signal,
  ...declination,
  ...detection,
  ...genome,
  ...metar,
  ...wells,
  ...sensor,
  ...blood,
];
