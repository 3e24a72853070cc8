import { NumberText, type Value } from '../../compare/value.ts';
import { type Decimal, formatDecimal, negate, parseDecimal, strip } from '../value/decimal.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** 17' 2 1/2", 8', 5 ft 3 in. */
const FEET =
  /^([0-9]{1,4}) ?(?:'|ft|feet),? ?(?:(?:([0-9]{1,2})(?: ([0-9]{1,2})\/(2|4|8|16|32|64))?|([0-9]{1,2})\/(2|4|8|16|32|64)) ?(?:"|in|inches))?$/;
/** Tenths of a 64th of an inch (25.4 mm) in a millimetre. */
const PER_MM = 640n;
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['mm', PER_MM],
  ['millimetres', PER_MM],
  ['millimeters', PER_MM],
  ['cm', PER_MM * 10n],
  ['centimetres', PER_MM * 10n],
  ['centimeters', PER_MM * 10n],
]);

/** The only member, and what it says as a number. */
function soleOf({ fields }: Side): readonly [name: string, number: Decimal] | undefined {
  const [[name, value] = ['', null]] = fields?.size === 1 ? fields : [];
  const number = numberOf(value);
  return number && [wordsOf(name), number];
}

function numberOf(value: Value | undefined): Decimal | undefined {
  const text = value instanceof NumberText ? value.text : typeof value === 'string' ? value : '';
  return text.length <= 20 && /^[+-]?[0-9]+(?:\.[0-9]+)?$/.test(text) ? parseDecimal(text) : undefined;
}

/** A length; the key is exact, as an inch has 25.4 millimetres and its fractions end. */
export const feetAndInches: Domain = {
  name: 'length',
  reads: 'A length in feet and inches, and in millimetres: 17\' 2 1/2" and {"millimetres":5245.1}.',
  read(side) {
    const [whole, feet, inches = '0', top, bottom, onlyTop, onlyBottom] = FEET.exec(side.text ?? '') ?? [];
    if (whole !== undefined) {
      const part = (Number(top ?? onlyTop ?? 0) * 64) / Number(bottom ?? onlyBottom ?? 1);
      if (Number(inches) > 11 || part >= 64) return [];
      return reading('feet and inches', ((Number(feet) * 12 + Number(inches)) * 64 + part) * 254, true);
    }
    const [name = '', number] = soleOf(side) ?? [];
    const unit = UNITS.get(name.split(' ').at(-1) ?? '');
    if (number === undefined || unit === undefined) return [];
    const scaled = { units: number.units * unit, scale: number.scale };
    return reading('metric', formatDecimal(strip(scaled)), true, true);
  },
  // The fraction of an inch is lost, or one is.
  near: (legacy, modern) => Math.abs(Number(legacy) - Number(modern)) <= 64 * 254,
};

/** Time at work; the key is hundredths of hours, of which no two minutes have the same. */
export const workedHours: Domain = {
  name: 'worked-time',
  reads: 'A length of time as a clock and in hours: {"hhmm":"06:45"} and {"hours":"6.75"}.',
  read(side) {
    const [[name, value] = ['', null]] = side.fields?.size === 1 ? side.fields : [];
    const [, hours, minutes] =
      /^([0-9]{1,3}):([0-5][0-9])$/.exec(typeof value === 'string' ? value : '') ?? [];
    if (hours !== undefined && /hh ?mm|\b(?:worked|duration|time|hours|stunden)\b/.test(wordsOf(name)))
      return reading('clock', Number(hours) * 100 + Math.round((Number(minutes) * 100) / 60), true);
    const number = soleOf(side)?.[1];
    if (number === undefined || !/\b(?:hours|stunden|hrs)\b/.test(wordsOf(name)) || number.scale > 2)
      return [];
    return reading(
      'hours',
      formatDecimal(strip({ units: number.units * 100n, scale: number.scale })),
      true,
      true,
    );
  },
  near: (legacy, modern) => Math.floor(Number(legacy) / 100) === Math.floor(Number(modern) / 100),
};

/** Packed decimal as its bytes (COBOL COMP-3): two digits a byte, the last half byte is the sign. */
export const packedDecimals: Domain = {
  name: 'packed-decimal',
  reads:
    'A packed decimal by its bytes and its scale, and the number: {"comp3":"AAmEID0=","scale":2} and {"amount":"-9842.03"}.',
  read(side) {
    const number = side.fields?.size === 2 ? packed([...side.fields]) : undefined;
    const plain = number === undefined ? (soleOf(side)?.[1] ?? numberOf(side.value)) : undefined;
    const found = number ?? plain;
    return found === undefined
      ? []
      : reading(number ? 'packed' : 'number', formatDecimal(strip(found)), true, plain !== undefined);
  },
  near: (legacy, modern) => legacy.replace(/[-.]/g, '') === modern.replace(/[-.]/g, ''),
};

function packed(members: readonly (readonly [string, Value])[]): Decimal | undefined {
  const bytes = members.find(([name]) => /^(?:comp ?3|packed|packed decimal|bcd)$/.test(wordsOf(name)))?.[1];
  const scale = members.find(([name]) => /^(?:scale|decimals)$/.test(wordsOf(name)))?.[1];
  if (typeof bytes !== 'string' || !(scale instanceof NumberText) || !/^[0-9]$/.test(scale.text))
    return undefined;
  const [, digits = '', sign] = /^([0-9]{1,31})([cdf])$/.exec(hexOf(bytes)) ?? [];
  if (sign === undefined) return undefined;
  const number = { units: BigInt(digits), scale: Number(scale.text) };
  return sign === 'd' ? negate(number) : number;
}

function hexOf(text: string): string {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return text.toLowerCase();
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]{2,40}={0,2}$/.test(text)) return '';
  return [...atob(text)].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

const TIMES: readonly RegExp[] = [
  /^(?:morning|morgens?|frueh|früh)$/,
  /^(?:noon|midday|lunch|mittags?)$/,
  /^(?:evening|abends?)$/,
  /^(?:night|bedtime|nachts?|zur nacht)$/,
];

/** How many of a drug to take at which time of the day; the key has a number for each. */
export const intakeSchemes: Domain = {
  name: 'intake-scheme',
  reads:
    'What to take in the morning, at noon, in the evening and at night: 1-0-½-1 and {"morning":1,"noon":0,"evening":0.5,"night":1}.',
  read({ text, fields }): readonly Reading[] {
    const parts = text?.split('-') ?? [];
    if (parts.length === 3 || parts.length === 4) {
      const doses = [...parts, '0'].slice(0, 4).map(doseOf);
      return doses.includes(undefined) ? [] : reading('scheme', doses.join(' '), false);
    }
    if (fields === undefined || fields.size < 3 || fields.size > 4) return [];
    const told = [...fields].map(
      ([name, value]) => [TIMES.findIndex((time) => time.test(wordsOf(name))), numberOf(value)] as const,
    );
    const doses = TIMES.map((_, i) => told.find(([at]) => at === i)?.[1] ?? { units: 0n, scale: 0 });
    return told.some(([at, dose]) => at < 0 || dose === undefined)
      ? []
      : reading('times', doses.map((dose) => formatDecimal(strip(dose))).join(' '), true);
  },
  near: () => true,
};

const HALVES: Readonly<Record<string, string>> = {
  '½': '0.5',
  '¼': '0.25',
  '¾': '0.75',
  '1/2': '0.5',
  '1/4': '0.25',
};

function doseOf(text: string): string | undefined {
  const [whole, part] = /^([0-9]?)([½¼¾]|1\/[24])?$/.exec(text)?.slice(1) ?? [];
  if (text === '' || whole === undefined) return undefined;
  return part === undefined ? whole : String(Number(whole) + Number(HALVES[part]));
}

const TEMPERATURES =
  /^([+−-]?[0-9]{1,3}(?:\.[0-9])?) ?(?:…|\.{2,3}|–|-|to|bis|\/) ?([+−-]?[0-9]{1,3}(?:\.[0-9])?) ?(?:° ?)?([CF])$/;
const LOW = /^(?:min|low|lower|from)(?: temperature| temp)?(?: (?:c|f|cel|celsius))?$/;
const HIGH = /^(?:max|high|upper|to)(?: temperature| temp)?(?: (?:c|f|cel|celsius))?$/;

/** From one temperature to another; a typographic minus is a minus. */
export const temperatureRanges: Domain = {
  name: 'temperature-range',
  reads: 'From one temperature to another: −22 … −18 °C and {"minC":-22,"maxC":-18}.',
  read({ text, fields }): readonly Reading[] {
    const [, from, to, unit] = TEMPERATURES.exec(text ?? '') ?? [];
    if (from !== undefined && to !== undefined) {
      const [low, high] = [from, to].map((end) => numberOf(end.replace('−', '-')));
      return ends('text', low, high, unit);
    }
    const told = [...(fields ?? [])];
    const at = (names: RegExp) => told.find(([name]) => names.test(wordsOf(name)));
    const [low, high] = [at(LOW), at(HIGH)];
    const named = low?.[0].match(/(?:C|F|Cel|Celsius)$/)?.[0] ?? told.find(([name]) => name === 'unit')?.[1];
    if (
      low === undefined ||
      high === undefined ||
      told.length !== (named === low[0] || at(/^unit$/) === undefined ? 2 : 3)
    )
      return [];
    return ends(
      'members',
      numberOf(low[1]),
      numberOf(high[1]),
      typeof named === 'string' ? named.replace('°', '').trim()[0] : undefined,
    );
  },
  near: (legacy, modern) => legacy.replaceAll('-', '') === modern.replaceAll('-', ''),
};

function ends(
  reader: string,
  low: Decimal | undefined,
  high: Decimal | undefined,
  unit?: string,
): readonly Reading[] {
  if (low === undefined || high === undefined || !/^[CF]$/.test(unit ?? '')) return [];
  return reading(reader, `${formatDecimal(strip(low))} to ${formatDecimal(strip(high))} ${unit}`, true);
}
