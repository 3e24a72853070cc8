import { isArray, isObject, NumberText, type Value } from '../compare/value.ts';
import type { Triple } from './episode.ts';
import { sameDecimal } from './value/decimal.ts';
import { Side } from './value/side.ts';
import { UNITS, type Unit, unitOf } from './value/units.ts';

const FIGURES = /^[+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?$/;

/** A number under a name that ends with its unit, or an object of a number and its unit, as a text of both: `{"value":20,"unit":"C"}` as 20 C. */
interface Measured {
  readonly stem: string;
  readonly unit: Unit;
  readonly text: string;
}

/** Units as the words of names have them, in small letters. */
const NAMED = new Map(
  [...UNITS].filter(([name]) => /^[A-Za-z]{1,6}$/.test(name)).map(([name]) => [name.toLowerCase(), name]),
);
const ONE_LETTER: Readonly<Record<string, string>> = {
  c: '°C',
  f: '°F',
  m: 'm',
  g: 'g',
  l: 'l',
  w: 'W',
  v: 'V',
  a: 'A',
};
/** As a name has it: mwh is no milliwatt hour. */
const CASED: Readonly<Record<string, string>> = {
  mw: 'MW',
  mb: 'MB',
  kb: 'kB',
  gb: 'GB',
  mwh: 'MWh',
  kwh: 'kWh',
  celsius: '°C',
  fahrenheit: '°F',
};

/**
 * One measure that each side has under a name of its own, with another unit in the name or beside the number: `speed_kn` and `speed` of
 * `{"value":18.5,"unit":"km/h"}`. Its observations as texts of number and unit; undefined for anything else.
 */
export function measuredUnder(
  [ours, gone]: readonly [name: string, observations: readonly Triple[]],
  [theirs, come]: readonly [name: string, observations: readonly Triple[]],
): readonly Triple[] | undefined {
  const share = shareUnder([ours, gone], [theirs, come]);
  if (share !== undefined) return share;
  const found: Triple[] = [];
  let isConverted = false;
  for (const [i, { legacy, legacy2 }] of gone.entries()) {
    const modern = come[i]?.modern;
    const [l, m] = [measured(ours, legacy), measured(theirs, modern)];
    if (l === undefined || m === undefined || l.unit.dimension !== m.unit.dimension) return undefined;
    if (!isForm(l.stem, m.stem)) return undefined;
    if (l.unit !== m.unit) isConverted = true;
    const again = measured(ours, legacy2)?.text;
    found.push({
      legacy: JSON.stringify(l.text),
      modern: JSON.stringify(m.text),
      ...(again !== undefined && { legacy2: JSON.stringify(again) }),
    });
  }
  return isConverted ? found : undefined;
}

const PERCENT = / (?:percent|percentage|pct|perc)$/;

/** Percent by the name on one side, and a share of one under the rest of the name on the other. */
function shareUnder(
  [ours, gone]: readonly [name: string, observations: readonly Triple[]],
  [theirs, come]: readonly [name: string, observations: readonly Triple[]],
): readonly Triple[] | undefined {
  const [l, m] = [PERCENT.test(ours), PERCENT.test(theirs)];
  if (l === m || !isForm(ours.replace(PERCENT, ''), theirs.replace(PERCENT, ''))) return undefined;
  const told = (raw: string | undefined, isPercent: boolean) => {
    const figures = figuresOf(new Side(raw).value);
    return figures === undefined ? undefined : isPercent ? JSON.stringify(`${figures} %`) : figures;
  };
  const found: Triple[] = [];
  for (const [i, { legacy, legacy2 }] of gone.entries()) {
    const [a, b, again] = [told(legacy, l), told(come[i]?.modern, m), told(legacy2, l)];
    // The number as it stands is a percentage under a shorter name.
    if (
      a === undefined ||
      b === undefined ||
      figuresOf(new Side(legacy).value) === figuresOf(new Side(come[i]?.modern).value)
    )
      return undefined;
    found.push({ legacy: a, modern: b, ...(again !== undefined && { legacy2: again }) });
  }
  return found;
}

/** temp and temperature, speed and speed over ground. */
function isForm(ours: string, theirs: string): boolean {
  const [short, long] = [ours, theirs].toSorted((a, b) => a.length - b.length) as [string, string];
  return short.length >= 3 && long.startsWith(short);
}

function measured(name: string, raw: string | undefined): Measured | undefined {
  const side = new Side(raw);
  const figures = figuresOf(side.value);
  if (figures !== undefined) {
    const words = name.split(' ');
    const unitName = unitNameOf(words);
    const unit = unitName === undefined ? undefined : UNITS.get(unitName);
    return unit && { stem: words.slice(0, -1).join(' '), unit, text: `${figures} ${unitName}` };
  }
  const fields = side.fields;
  if (fields?.size !== 2) return undefined;
  const values = [...fields.values()];
  const number = values.map(figuresOf).find((text) => text !== undefined);
  const unitName = values.find((value) => typeof value === 'string' && !FIGURES.test(value));
  const unit = typeof unitName === 'string' ? unitOf(unitName) : undefined;
  return number === undefined || unit === undefined
    ? undefined
    : { stem: name, unit, text: `${number} ${String(unitName)}` };
}

function unitNameOf(words: readonly string[]): string | undefined {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? undefined : (ONE_LETTER[last] ?? CASED[last] ?? NAMED.get(last));
}

/** Units by their words, as names write them out. */
const WORDS: Readonly<Record<string, string>> = {
  metre: 'm',
  meter: 'm',
  mile: 'mi',
  foot: 'ft',
  feet: 'ft',
  inch: 'in',
  inche: 'in',
  yard: 'yd',
  gram: 'g',
  gramme: 'g',
  tonne: 't',
  pound: 'lb',
  ounce: 'oz',
  litre: 'l',
  liter: 'l',
  kelvin: 'K',
  joule: 'J',
  watt: 'W',
  volt: 'V',
  ampere: 'A',
  amp: 'A',
  pascal: 'Pa',
  hertz: 'Hz',
  knot: 'kn',
  byte: 'B',
  bit: 'bit',
  hectare: 'ha',
  acre: 'ac',
  bar: 'bar',
  calorie: 'cal',
  degree: '°',
  radian: 'rad',
};
const PREFIXES: Readonly<Record<string, string>> = {
  kilo: 'k',
  centi: 'c',
  milli: 'm',
  deci: 'd',
  hecto: 'h',
  mega: 'M',
  giga: 'G',
};

/** kilometres is km, feet is ft. */
function unitOfWord(word: string): string | undefined {
  const one = word.replace(/s$/, '');
  const [, prefix = '', rest = ''] = /^(kilo|centi|milli|deci|hecto|mega|giga)?(.*)$/.exec(one) ?? [];
  const unit = WORDS[rest] ?? WORDS[`${rest}s`];
  return unit === undefined ? undefined : (PREFIXES[prefix] ?? '') + unit;
}

/** Units that the table has not, by the words that stand for them in names. */
const OTHER_UNITS =
  /^(?:(?:yotta|zetta|exa|peta|tera|giga|mega|kilo|milli|micro|nano|pico|femto|kibi|mebi|gibi|tebi|pebi)[a-z]*|stone|horsepower|torr|mach|angstrom|gross|score|dozen|gauss|tesla|henry|farad|siemens|lux|celsius|kelvin|fahrenheit|baud|ppm|ppb)$/;

/** mi and miles. */
function isSame(a: Unit, b: Unit): boolean {
  return (
    a.dimension === b.dimension &&
    sameDecimal(a.top, b.top) &&
    sameDecimal(a.bottom, b.bottom) &&
    sameDecimal(a.zero, b.zero)
  );
}

/**
 * Whether the last word of a name tells another unit than this: speed kmh, distance in kilometres. What is no unit may be one where it stands
 * behind in, or behind another word in the plural (height hands), in which units stand.
 */
export function isNamedOtherwise(name: string, unit: Unit): boolean {
  const words = name.split(' ');
  const last = words.at(-1) ?? '';
  const named = UNITS.get(unitNameOf(words) ?? unitOfWord(last) ?? '');
  if (named !== undefined) return !isSame(named, unit);
  return words.length > 1 && (words.at(-2) === 'in' || OTHER_UNITS.test(last) || /[^s]s$/.test(last));
}

function figuresOf(value: Value | undefined): string | undefined {
  if (value === undefined || value === null || isArray(value) || isObject(value)) return undefined;
  const text = value instanceof NumberText ? value.text : typeof value === 'string' ? value : '';
  return FIGURES.test(text) ? text : undefined;
}
