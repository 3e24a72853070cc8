import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import { type Decimal, formatDecimal, parseDecimal, strip, unitsAt } from '../value/decimal.ts';
import { readDuration } from '../value/durations.ts';
import { DAY_NS, readInstantText } from '../value/instants.ts';
import { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const START = /(?:^| )(?:from|start|starts|begin|since|at|time|timestamp|ts|von|ab)$/;
const END = /(?:^| )(?:until|till|to|end|ends|bis|ende)$/;
const STEP = /^(?:step|interval|resolution|period|raster)$/;
const POINTS_MAX = 400;

/** A moment on a line: in which zone it is told, and where; clocks go round. */
interface Moment {
  readonly zone: 'UTC' | 'local' | 'clock';
  readonly ns: bigint;
}
type Point = readonly [at: bigint, value: string];

/**
 * Values that each belong to a step of time; the key is what they are called, and each value with the begin of its step. No value (null) and no
 * point are the same; a zero is a value.
 */
export const timeSeries: Domain = {
  name: 'time-series',
  long: true,
  reads:
    'Values by steps of time: by their begin and step ({"from":"2024-02-07T12:15Z","step":"PT15M","kWh":[3.1,null,0.2]}), as points by the begin or the end of each step ([{"until":"2024-02-07T12:30Z","kWh":3.1}, …]), as a map of moments, by a base and increments; energy of each step as its average power.',
  read: ({ items, fields }) =>
    items !== undefined ? ofRows(items) : fields === undefined ? [] : ofMembers(fields),
  // Of one name and kind of moments, so that only the moments or values are others.
  near: (legacy, modern) => legacy.slice(0, legacy.indexOf('|')) === modern.slice(0, modern.indexOf('|')),
};

function ofRows(items: readonly Value[]): readonly Reading[] {
  if (items.length === 0 || items.length > POINTS_MAX) return [];
  const rows = items.filter(isObject);
  const names = [...(rows[0]?.keys() ?? [])];
  const named = names.filter((name) => START.test(wordsOf(name)) || END.test(wordsOf(name)));
  const [label = ''] = named;
  const values = names.filter((name) => name !== label);
  if (rows.length < items.length || named.length !== 1 || values.length === 0) return [];
  const moments = rows.map((row) => (row.size === names.length ? momentOf(row.get(label)) : undefined));
  const [first] = moments;
  if (first === undefined || moments.some((moment) => moment?.zone !== first.zone)) return [];
  const told = moments.map((moment) => moment?.ns ?? 0n);
  // In another order on purpose, over midnight, or by a slip: such a list says more than its points.
  if (told.some((at, i) => i > 0 && at < (told[i - 1] ?? at))) return [];
  const step = (told[1] ?? 0n) - (told[0] ?? 0n);
  const isEnd = END.test(wordsOf(label));
  // The length of the steps is what lies between their ends.
  if (
    isEnd &&
    (told.length < 2 || step <= 0n || told.some((at, i) => i > 0 && at - (told[i - 1] ?? 0n) !== step))
  )
    return [];
  const points = told.map((at, i): Point => {
    const cells = values.map((name) => numberOf(rows[i]?.get(name)));
    return [isEnd ? at - step : at, cells.every((cell) => cell === '') ? '' : cells.join(',')];
  });
  return series(isEnd ? 'ends' : 'begins', first.zone, values.map(wordsOf).sort().join(','), points);
}

function ofMembers(fields: ReadonlyMap<string, Value>): readonly Reading[] {
  if (fields.size === 0 || fields.size > POINTS_MAX) return [];
  const members = [...fields];
  const stepName = members.find(([name]) => STEP.test(wordsOf(name)))?.[0];
  if (stepName === undefined) return ofMap(members);
  const step = readDuration(new Side(JSON.stringify(fields.get(stepName))))?.ns ?? 0n;
  const lists = members.filter(([, value]) => isArray(value));
  const [[name, list] = ['', null]] = lists;
  if (step <= 0n || lists.length !== 1 || list === null || !isArray(list)) return [];
  const others = members.filter(([key]) => key !== stepName && key !== name);
  const start = others.find(([key]) => START.test(wordsOf(key)));
  const rest = others.filter((member) => member !== start);
  if (start === undefined) return rest.length === 0 ? powers(wordsOf(name), step, list) : [];
  const from = momentOf(start[1]);
  const base = rest.length === 1 && rest[0]?.[0] === 'base' ? decimalOf(rest[0][1]) : undefined;
  if (from === undefined || rest.length !== (base === undefined ? 0 : 1)) return [];
  const values = base === undefined ? list.map(numberOf) : summed(base, list);
  const points = values.map((value, i): Point => [from.ns + BigInt(i) * step, value]);
  return series('begin and step', from.zone, base === undefined ? wordsOf(name) : '', points);
}

function ofMap(members: readonly (readonly [string, Value])[]): readonly Reading[] {
  const moments = members.map(([name]) => momentOf(name));
  const [first] = moments;
  if (first === undefined || moments.some((moment) => moment?.zone !== first.zone)) return [];
  const points = members.map(([, value], i): Point => [moments[i]?.ns ?? 0n, numberOf(value)]);
  return series('map', first.zone, '', points);
}

/** By a name and, for a side that has none, without it: two names are held against each other. */
function series(
  reader: string,
  zone: Moment['zone'],
  name: string,
  points: readonly Point[],
): readonly Reading[] {
  if (points.some(([, value]) => value.includes('?'))) return [];
  const told = points.filter(([, value]) => value !== '');
  const at = (ns: bigint) => (zone === 'clock' ? ((ns % DAY_NS) + DAY_NS) % DAY_NS : ns);
  const key = told
    .map(([ns, value]) => `${at(ns)}=${value}`)
    .sort()
    .join(';');
  return [
    ...reading(reader, `${zone} |${key}`, true, name !== ''),
    ...(name === '' ? [] : reading(reader, `${zone} ${name}|${key}`, true)),
  ];
}

/** Energy (kWh) in each step, or the power (kW) that it is on average. */
function powers(name: string, step: bigint, list: readonly Value[]): readonly Reading[] {
  const isPower = /(?:^| )k ?w$/.test(name);
  const perHour = 3_600_000_000_000n / step;
  if ((!isPower && !/(?:^| )k ?wh$/.test(name)) || perHour * step !== 3_600_000_000_000n) return [];
  const values = list.map((value) => {
    const number = decimalOf(value);
    if (number === undefined) return value === null ? '' : '?';
    return formatDecimal(strip(isPower ? number : { ...number, units: number.units * perHour }));
  });
  return values.includes('?')
    ? []
    : reading(isPower ? 'power' : 'energy', `${step} kW|${values.join(';')}`, true);
}

function summed(base: Decimal, increments: readonly Value[]): readonly string[] {
  const levels = [base];
  for (const value of increments) {
    const [last, more] = [levels.at(-1) ?? base, decimalOf(value)];
    if (more === undefined) return ['?'];
    const scale = Math.max(last.scale, more.scale);
    levels.push({ units: unitsAt(last, scale) + unitsAt(more, scale), scale });
  }
  return levels.map((level) => formatDecimal(strip(level)));
}

/** Empty for no value, a question mark for what is no number. */
function numberOf(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  const number = decimalOf(value);
  return number === undefined ? '?' : formatDecimal(strip(number));
}

function decimalOf(value: Value): Decimal | undefined {
  const text = value instanceof NumberText ? value.text : typeof value === 'string' ? value : '';
  return text.length > 24 ? undefined : parseDecimal(text);
}

function momentOf(value: Value | undefined): Moment | undefined {
  if (typeof value !== 'string' || value.length < 5 || value.length > 32) return undefined;
  const [, hour, minute] = /^([01][0-9]|2[0-4]):([0-5][0-9])$/.exec(value) ?? [];
  if (hour !== undefined)
    return { zone: 'clock', ns: BigInt(Number(hour) * 60 + Number(minute)) * 60_000_000_000n };
  const [found, ...others] = readInstantText(value);
  return found === undefined || others.length > 0 || !/^[0-9]{4}-/.test(value)
    ? undefined
    : { zone: found.zoned ? 'UTC' : 'local', ns: found.ns };
}
