import { NumberText, type Value } from '../../compare/value.ts';
import { absolute, compareDecimals, type Decimal, multiply, parseDecimal, subtract } from './decimal.ts';
import type { Side } from './side.ts';
import { wordsOf } from './text.ts';
import { TIMES, UNITS, type Unit, unitOf, ZERO } from './units.ts';

/** 21.190 is twenty-one and a bit, or as many thousand: only other values of the field could tell. */
export function isGroupOrDecimals({ text = '' }: Side): boolean {
  return /^[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,])/.test(text);
}

export interface Quantity {
  readonly number: Decimal;
  readonly unitName: string;
  readonly unit: Unit;
}

const QUANTITY =
  /^([+-]?(?:[0-9]{1,15}(?:[.,][0-9]{1,12})?|\.[0-9]{1,12}))[ \u00a0]?([A-Za-zµ°℃℉²³"€$¢.]{1,8}(?:(?: ?\/ ?| per )(?:100)?[A-Za-zµ²³]{1,12}|[23]|\/[a-z]{1,4}[23])?)$/;
/** Two units of one dimension, the greater first: 6'3", 66 lb 14 oz, 5 ft 11 in. */
const COMPOUND = /^([0-9]{1,6}) ?(['′]|ft|lbs?|st|h) ?([0-9]{1,4}(?:\.[0-9]{1,4})?) ?(["″]|''|in|oz|lbs?)$/;
const SIGNS: Readonly<Record<string, string>> = { "'": 'ft', '′': 'ft', '"': 'in', '″': 'in', "''": 'in' };

/** A number with a physical unit; undefined for anything else. */
export function readQuantity(side: Side): Quantity | undefined {
  const text = side.text;
  if (text === undefined) return readMembers(side);
  if (text.length < 2 || text.length > 32) return undefined;
  const land = readLand(text);
  if (land !== undefined) return land;
  const compound = COMPOUND.exec(text);
  if (compound !== null) return readCompound(compound);
  const match = QUANTITY.exec(text);
  const unit = match === null ? undefined : unitOf(match[2] ?? '');
  const digits = match?.[1] ?? '';
  // 1,234 may be a thousand and more.
  const number =
    match === null || /,[0-9]{3}$/.test(digits)
      ? undefined
      : parseDecimal(digits.replace(',', '.').replace(/^([+-]?)\./, '$10.'));
  return unit === undefined || number === undefined
    ? undefined
    : { number, unit, unitName: match?.[2] ?? '' };
}

/** 2 ha 35 a 12 ca: hectares, ares and centiares, as land registers write them, two of them at least. */
function readLand(text: string): Quantity | undefined {
  const [, hectares = '0', ares, centiares = '0'] =
    /^(?:([0-9]{1,6}) ?ha )?([0-9]{1,2}) ?a(?: ([0-9]{1,2}) ?(?:ca|m²|m2))?$/.exec(text) ?? [];
  const unit = UNITS.get('m²');
  if (ares === undefined || unit === undefined || !/a [0-9]/.test(text)) return undefined;
  const area = BigInt(hectares) * 10_000n + BigInt(ares) * 100n + BigInt(centiares);
  return { number: { units: area, scale: 0 }, unit, unitName: 'ha a ca' };
}

function readCompound([, whole = '', great = '', rest = '', small = '']: RegExpExecArray):
  | Quantity
  | undefined {
  const [upper, unitName] = [SIGNS[great] ?? great, SIGNS[small] ?? small];
  const [above, unit] = [UNITS.get(upper), UNITS.get(unitName)];
  const [count, more] = [parseDecimal(whole), parseDecimal(rest)];
  if (above === undefined || unit === undefined || above.dimension !== unit.dimension) return undefined;
  if (count === undefined || more === undefined) return undefined;
  const times = COMPOUNDS[`${upper} ${unitName}`];
  if (times === undefined || compareDecimals(more, times) >= 0) return undefined;
  return { number: add(multiply(count, times), more), unit, unitName };
}

const COMPOUNDS: Readonly<Record<string, Decimal>> = {
  'ft in': { units: 12n, scale: 0 },
  'lb oz': { units: 16n, scale: 0 },
  'lbs oz': { units: 16n, scale: 0 },
  'st lb': { units: 14n, scale: 0 },
  'st lbs': { units: 14n, scale: 0 },
};

function add(a: Decimal, b: Decimal): Decimal {
  return subtract(a, { units: -b.units, scale: b.scale });
}

const UNIT_KEY = /unit|uom|currency|measure/i;
const FIGURES = /^[+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?$/;

/** An object of a number and the name of its unit, under whatever keys. */
function readMembers({ fields }: Side): Quantity | undefined {
  if (fields?.size === 1) return readNamed(fields);
  if (fields === undefined || fields.size !== 2) return undefined;
  const entries = [...fields];
  const [key, unitName] =
    entries.find(([, value]) => typeof value === 'string' && !FIGURES.test(value)) ?? [];
  const amount = entries.find(([other]) => other !== key)?.[1];
  // Of two texts only a key tells which is the unit.
  const digits = amount instanceof NumberText ? amount.text : UNIT_KEY.test(key ?? '') ? amount : undefined;
  if (typeof unitName !== 'string' || typeof digits !== 'string' || !FIGURES.test(digits)) return undefined;
  const unit = unitOf(unitName) ?? TIMES.get(unitName.toLowerCase());
  const number = parseDecimal(digits.replace(/^0+(?=[0-9])/, ''));
  return unit === undefined || number === undefined ? undefined : { number, unit, unitName };
}

/** A number whose name ends with its unit: {"bytes":1024}, {"lengthMm":350}. */
function readNamed(fields: ReadonlyMap<string, Value>): Quantity | undefined {
  const [[key, value] = ['', null]] = fields;
  if (!(value instanceof NumberText) || !FIGURES.test(value.text)) return undefined;
  const unitName = wordsOf(key).split(' ').at(-1) ?? '';
  const unit =
    unitName.length < 2 || NO_UNITS.test(unitName) || SYMBOL.test(key)
      ? undefined
      : (UNITS.get(unitName) ?? UNITS.get(CASED[unitName] ?? '') ?? TIMES.get(unitName));
  const number = parseDecimal(value.text);
  return unit === undefined || number === undefined ? undefined : { number, unit, unitName };
}

/** Words that are units behind a number, and hardly ever in a name: check in, score, gross. */
const NO_UNITS = /^(?:in|score|gross|pairs?|each|ea|pcs?|st|oz|ct)$/;

/** Mg is magnesium, or a tonne, and no milligram. */
const SYMBOL = /^[A-Z][a-z]$/;

/** Units that a name of small letters means. */
const CASED: Readonly<Record<string, string>> = {
  kwh: 'kWh',
  mwh: 'MWh',
  kb: 'kB',
  mb: 'MB',
  gb: 'GB',
  gib: 'GiB',
  mib: 'MiB',
  celsius: '°C',
  fahrenheit: '°F',
};

/** Units of which the letters are those of another thing as well, beside what tells that they are meant. */
const OF_SEVERAL: readonly (readonly [unit: RegExp, told: RegExp])[] = [
  // Knots, and kilotons or carats; knots, and kilonewtons.
  [/^(?:kt|kn)$/, /\b(?:speed|knots?|sog|stw|velocity|wind|gust|fahrt|geschwindigkeit)/],
  // Nautical miles, and newton metres.
  [/^NM$/, /\b(?:distance|range|miles?|leg|track|distanz|visibility)/],
  // Degrees, and coulombs or farads.
  [/^[CF]$/, /^(?!.*\b(?:charge|capacit|cap\b|ladung))/],
  // Stones, and pieces (Stück).
  [/^st$/, /\b(?:weight|mass|gewicht)/],
  // Ounces of weight, and of a fluid.
  [/^oz$/, /^(?!.*\b(?:vol|fluid|drink|serving|bottle|size|capacity|content))/],
  // Cents of whichever currency, and carats.
  [/^(?:ct\.?|cents?|Cents?)$/, /\b(?:eur|euro)\b/],
  // A thousand bytes, and 1,024 of them.
  [/^KB$/, /^$/],
];

/** Whether the letters of a unit are those of another thing as well, which nothing excludes: 18 kt of gold, 5 kn of force. */
export function isOfSeveral({ unitName }: Quantity, field: string): boolean {
  return OF_SEVERAL.some(([unit, told]) => unit.test(unitName) && !told.test(wordsOf(field)));
}

/**
 * Whether two quantities are the same: what they denote in base units lies within half a unit of the last digit shown by the side that shows
 * less. Undefined for different dimensions.
 */
export function sameQuantity(a: Quantity, b: Quantity): boolean | undefined {
  if (a.unit.dimension !== b.unit.dimension) return undefined;
  const distance = absolute(subtract(baseOf(a), baseOf(b)));
  const slack = [stepOf(a), stepOf(b)].sort(compareDecimals)[1] ?? ZERO;
  // Exact conversions leave no rest; rounded ones at most half a step, and a little for the twelfth digit of a factor.
  return (
    compareDecimals(
      multiply(distance, { units: 2n, scale: 0 }),
      multiply(slack, { units: 1001n, scale: 3 }),
    ) <= 0
  );
}

/** Times 9·36 so that no division is needed: all divisors of the table divide it but for a power of ten. */
function baseOf({ number, unit }: Quantity): Decimal {
  const common: Decimal = { units: 3240n, scale: 0 };
  const scaled = multiply(multiply(number, unit.top), divided(common, unit.bottom));
  const zero = multiply(unit.zero, common);
  return subtract(scaled, { units: -zero.units, scale: zero.scale });
}

function stepOf({ number, unit }: Quantity): Decimal {
  return absolute(
    multiply(
      multiply({ units: 1n, scale: number.scale }, unit.top),
      divided({ units: 3240n, scale: 0 }, unit.bottom),
    ),
  );
}

/** Exact for the divisors 1, 3.6, 9, 60 and 3600 of the table. */
function divided(value: Decimal, by: Decimal): Decimal {
  const scale = by.scale + 3;
  return { units: (value.units * 10n ** BigInt(scale)) / by.units, scale: scale - by.scale };
}

/** Digits that a quantity keeps when it is converted by a factor that is no power of ten. */
const KEPT_PARTS: Decimal = { units: 5n, scale: 3 };
/** A tenth of a degree. */
const KEPT_DEGREES: Decimal = { units: 1n, scale: 1 };

/**
 * Whether the second of two same quantities says what the first does: equal to half its own last digit, exactly where the units are powers of
 * ten of each other, and else with digits enough that hardly anything is rounded away.
 */
export function keepsQuantity(from: Quantity, to: Quantity): boolean {
  const [a, b] = [baseOf(from), baseOf(to)];
  const distance = absolute(subtract(a, b));
  if (distance.units === 0n || isPowerOfTen(from.unit, to.unit)) return distance.units === 0n;
  const step = stepOf(to);
  // 68 °F is 20 °C: what is left are the digits of the table.
  if (compareDecimals(multiply(distance, { units: 1_000_000_000n, scale: 0 }), step) <= 0) return true;
  const half = multiply(step, { units: 5005n, scale: 4 });
  if (compareDecimals(distance, half) > 0) return false;
  const common: Decimal = { units: 3240n, scale: 0 };
  const kept =
    from.unit.dimension === 'temperature'
      ? multiply(KEPT_DEGREES, common)
      : multiply(absolute(b), KEPT_PARTS);
  return compareDecimals(step, kept) <= 0;
}

export function isPowerOfTen(a: Unit, b: Unit): boolean {
  if (compareDecimals(a.zero, b.zero) !== 0) return false;
  if (compareDecimals(a.bottom, b.bottom) !== 0) return false;
  const digits = ({ top }: Unit) => top.units.toString().replace(/0+$/, '');
  return digits(a) === digits(b);
}
