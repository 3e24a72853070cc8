import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';

type Fields = ReadonlyMap<string, Value>;

const DEPTH_MAX = 12;

/** The only member of an object, and its name. */
function onlyOf(value: Value): readonly [name: string, value: Value] | undefined {
  if (!isObject(value) || value.size !== 1) return undefined;
  const [first] = value;
  return first;
}

/** Every part of a value, the inner ones first; undefined from the mapping leaves a part as it is. */
function deep(value: Value, map: (value: Value) => Value | undefined, depth = 0): Value {
  if (depth > DEPTH_MAX) return value;
  const told = map(value);
  if (told !== undefined) return told;
  if (isArray(value)) return value.map((item) => deep(item, map, depth + 1));
  if (isObject(value)) return new Map([...value].map(([key, item]) => [key, deep(item, map, depth + 1)]));
  return value;
}

/** The value with the mapping, where it changes any part of it. */
function changed(value: Value, map: (value: Value) => Value | undefined): Value | undefined {
  if (!isObject(value) && !isArray(value)) return undefined;
  let count = 0;
  const told = deep(value, (part) => {
    const found = map(part);
    if (found !== undefined) count += 1;
    return found;
  });
  return count === 0 ? undefined : told;
}

const NUMBER = /^-?[0-9]{1,40}(?:\.[0-9]{1,40})?$/;

function numberIn(value: Value): NumberText | undefined {
  if (value instanceof NumberText) return value;
  return typeof value === 'string' && NUMBER.test(value) ? new NumberText(value) : undefined;
}

/** MongoDB Extended JSON (v1 and v2): {"$oid":…}, {"$date":…}, {"$numberLong":…}. */
export const readExtendedJson = (value: Value) =>
  changed(value, (part) => {
    const [name = '', told = null] = onlyOf(part) ?? [];
    if (!name.startsWith('$')) return undefined;
    if (name === '$oid' || name === '$uuid' || name === '$symbol')
      return typeof told === 'string' ? told : undefined;
    if (/^\$number(?:Long|Int|Double|Decimal)$/.test(name)) return numberIn(told);
    if (name !== '$date') return undefined;
    if (typeof told === 'string') return told;
    const ms = told instanceof NumberText ? told : numberIn(onlyOf(told)?.[1] ?? null);
    const date = new Date(Number(ms?.text ?? Number.NaN));
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  });

/** What DynamoDB calls the types of attributes. */
export const readAttributes = (value: Value) => changed(value, attributeOf);

function attributeOf(part: Value): Value | undefined {
  const [name, told = null] = onlyOf(part) ?? [];
  switch (name) {
    case 'S':
    case 'B':
      return typeof told === 'string' ? told : undefined;
    case 'N':
      return typeof told === 'string' ? numberIn(told) : undefined;
    case 'BOOL':
      return typeof told === 'boolean' ? told : undefined;
    case 'NULL':
      return told === true ? null : undefined;
    case 'SS':
      return isArray(told) ? told : undefined;
    case 'NS':
      return isArray(told) ? told.map((item) => numberIn(item) ?? item) : undefined;
    case 'L':
      return isArray(told) ? told.map((item) => attributeOf(item) ?? item) : undefined;
    case 'M':
      return isObject(told)
        ? new Map([...told].map(([key, item]) => [key, attributeOf(item) ?? item]))
        : undefined;
    default:
      return undefined;
  }
}

/** A value of a union as Avro writes it in JSON, beside the name of its type: {"string":"x"}. */
export const readUnion = (value: Value) =>
  changed(value, (part) => {
    const [name = '', told = null] = onlyOf(part) ?? [];
    const isOf =
      (name === 'string' && typeof told === 'string') ||
      (/^(?:int|long|float|double)$/.test(name) && told instanceof NumberText) ||
      (name === 'boolean' && typeof told === 'boolean');
    return isOf ? told : undefined;
  });

/** Elements of XML as objects (BadgerFish, xml2js): the text of an element under #text, $ or _, attributes behind an @. */
export const readElements = (value: Value) =>
  changed(value, (part) => {
    const [name = '', told = null] = onlyOf(part) ?? [];
    return /^(?:#text|\$|_|\$t|\$text|_text|content)$/.test(name) &&
      typeof told === 'string' &&
      name !== 'content'
      ? told
      : undefined;
  });

/** A connection of GraphQL (Relay): {"edges":[{"node":…}]} as the list of its nodes. */
export function readConnection(value: Value): Value | undefined {
  if (!isObject(value)) return undefined;
  const edges = value.get('edges');
  if (edges === undefined || !isArray(edges)) return undefined;
  if ([...value.keys()].some((key) => !/^(?:edges|pageInfo|totalCount)$/.test(key))) return undefined;
  const nodes = edges.map((edge) =>
    isObject(edge) && [...edge.keys()].every((key) => key === 'node' || key === 'cursor')
      ? edge.get('node')
      : undefined,
  );
  return nodes.includes(undefined) || !countsRight(value.get('totalCount'), nodes.length)
    ? undefined
    : nodes.flatMap((node) => node ?? []);
}

const LIST = /^(?:items|data|results?|content|values?|elements|records|entries|list|rows)$/;
const COUNT =
  /^(?:count|total|size|length|totalCount|total_count|totalElements|total_items|totalItems|numberOfElements)$/;

/** A list within an object that says nothing else but how many there are. */
export function readWrapped(value: Value): Value | undefined {
  if (!isObject(value) || value.size > 3) return undefined;
  const [list, ...more] = [...value].filter(([, member]) => isArray(member));
  if (list === undefined || more.length > 0 || !isArray(list[1]) || !LIST.test(list[0])) return undefined;
  const count = list[1].length;
  const others = [...value].filter(([name]) => name !== list[0]);
  return others.every(([name, told]) => COUNT.test(name) && countsRight(told, count)) ? list[1] : undefined;
}

function countsRight(told: Value | undefined, count: number): boolean {
  return told === undefined || (told instanceof NumberText && told.text === String(count));
}

/** A resource of JSON:API: {"type":…,"id":…,"attributes":{…}} with its attributes beside its id. */
export function readResource(value: Value): Value | undefined {
  const inner = isObject(value) && value.size === 1 ? (value.get('data') ?? value) : value;
  if (!isObject(inner) || inner.size !== 3) return undefined;
  const [id, attributes] = [inner.get('id'), inner.get('attributes')];
  if (typeof inner.get('type') !== 'string' || id === undefined || attributes === undefined) return undefined;
  if (!isObject(attributes) || attributes.has('id') || attributes.has('type')) return undefined;
  return new Map([['id', id], ...attributes]);
}

function figures(fields: Fields, name: string): string | undefined {
  const told = fields.get(name);
  const text = told instanceof NumberText ? told.text : told;
  return typeof text === 'string' && /^-?[0-9]{1,20}$/.test(text) ? text : undefined;
}

const two = (text: string | number) => String(text).padStart(2, '0');

/** A day or moment by its numbers: google.type.Date, protobuf’s Timestamp and Java’s Instant, Java’s local times as lists. */
export function readMoment(value: Value): Value | undefined {
  if (isArray(value)) return ofNumbers(value);
  if (!isObject(value) || value.size > 3) return undefined;
  const [year, month, day] = ['year', 'month', 'day'].map((name) => figures(value, name));
  if (value.size === 3 && year?.length === 4 && month !== undefined && day !== undefined)
    return `${year}-${two(month)}-${two(day)}`;
  const seconds = figures(value, 'seconds') ?? figures(value, 'epochSecond');
  if (seconds === undefined || !/^[0-9]{9,10}$/.test(seconds)) return undefined;
  const nanos = figures(value, 'nanos') ?? figures(value, 'nano');
  if (value.size !== (nanos === undefined ? 1 : 2) || nanos?.startsWith('-') || Number(nanos ?? 0) >= 1e9)
    return undefined;
  const fraction = (nanos ?? '').padStart(9, '0').replace(/0+$/, '');
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}${fraction === '' ? '' : `.${fraction}`}Z`;
}

function ofNumbers(items: readonly Value[]): string | undefined {
  if (items.length < 3 || items.length > 7) return undefined;
  const numbers = items.map((item) =>
    item instanceof NumberText && /^[0-9]{1,9}$/.test(item.text) ? Number(item.text) : -1,
  );
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, nano = 0] = numbers;
  if (numbers.includes(-1) || items.length === 4) return undefined;
  if (
    year < 1800 ||
    year > 2999 ||
    month > 12 ||
    day < 1 ||
    day > 31 ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  const fraction = String(nano).padStart(9, '0').replace(/0+$/, '');
  return items.length === 3
    ? date
    : `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** google.type.Money: whole units, and billionths of the same sign. */
export function readMoney(value: Value): Value | undefined {
  if (!isObject(value)) return undefined;
  const currency = value.get('currencyCode') ?? value.get('currency_code');
  const [units, nanos] = [figures(value, 'units'), figures(value, 'nanos')];
  if (typeof currency !== 'string' || (units ?? nanos) === undefined) return undefined;
  if (value.size !== 1 + Number(units !== undefined) + Number(nanos !== undefined)) return undefined;
  const [whole, part] = [BigInt(units ?? 0), BigInt(nanos ?? 0)];
  if ((whole > 0n && part < 0n) || (whole < 0n && part > 0n)) return undefined;
  const all = whole * 1_000_000_000n + part;
  const digits = (all < 0n ? -all : all).toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0{1,7}$/, '');
  const amount = `${all < 0n ? '-' : ''}${digits.slice(0, -9)}.${fraction}`;
  return new Map<string, Value>([
    ['amount', new NumberText(amount)],
    ['currency', currency],
  ]);
}
