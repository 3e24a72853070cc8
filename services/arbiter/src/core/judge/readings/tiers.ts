import { isObject, NumberText, type Value } from '../../compare/value.ts';
import { plainNumber } from '../value/atoms.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** Names of where a tier begins, and of where it ends: the first that is no part of it, or the last that is. */
const FROM = /^(?:from|min|minimum|at least|start|ab|von)(?: quantity| qty| amount)?$/;
const ABOVE = /^(?:above|over|more than|ueber|über)(?: quantity| qty| amount)?$/;
const BELOW = /^(?:below|under|less than|before|to exclusive|unter)(?: quantity| qty| amount)?$/;
const UP_TO = /^(?:to|up to|max|maximum|at most|through|to inclusive|bis)(?: quantity| qty| amount)?$/;
const TIERS_MAX = 100;

interface Tier {
  readonly from: number | undefined;
  readonly above: number | undefined;
  readonly below: number | undefined;
  readonly upTo: number | undefined;
  readonly value: string;
}

/** Tiers of quantities with what holds in each; the key is the bounds of each, with whether they are part of it, and its value. */
export const tiers: Domain = {
  name: 'tiers',
  long: true,
  reads:
    'Tiers with one value each, by their first and last whole number ([{"from":1,"to":5,"price":"17.28"},{"from":6,"to":null,"price":"16.07"}]) or the first of the next ({"min":1,"below":6}); by their ends ([{"upTo":150,"rate":0.24},{"upTo":null,"rate":0.27}]) or begins alone ({"above":150}).',
  read({ items }) {
    if (items === undefined || items.length < 2 || items.length > TIERS_MAX) return [];
    const told = items.map((item) => (isObject(item) ? tierOf(item) : undefined));
    return told.includes(undefined) ? [] : read(told as readonly Tier[]);
  },
  near: () => true,
};

function read(told: readonly Tier[]): readonly Reading[] {
  const has = (key: 'from' | 'above' | 'below' | 'upTo') => told.some((tier) => tier[key] !== undefined);
  if (has('above')) return has('from') || has('below') || has('upTo') ? [] : ofAbove(told);
  if (has('from')) return has('below') && has('upTo') ? [] : ofFrom(told);
  if (!has('upTo')) return [];
  const rising = told.every(({ upTo }, i) => i === 0 || (told[i - 1]?.upTo ?? Infinity) < (upTo ?? Infinity));
  return rising
    ? keyed(
        'ends',
        told.map(({ upTo, value }, i) => `(${told[i - 1]?.upTo ?? 0},${upTo ?? ''}]=${value}`),
      )
    : [];
}

function ofAbove(told: readonly Tier[]): readonly Reading[] {
  if (told.some(({ above }) => above === undefined)) return [];
  const sorted = told.toSorted((a, b) => (a.above ?? 0) - (b.above ?? 0));
  return keyed(
    'begins',
    sorted.map(({ above, value }, i) => `(${above},${sorted[i + 1]?.above ?? ''}]=${value}`),
  );
}

/** Where the next tier begins with the end of the one before it, the end is no part of that. */
function ofFrom(told: readonly Tier[]): readonly Reading[] {
  const touch = told.some(({ upTo }, i) => upTo !== undefined && told[i + 1]?.from === upTo);
  const lines = told.map(({ from, below, upTo, value }) => {
    if (from === undefined || (upTo !== undefined && !Number.isInteger(upTo))) return '?';
    return `[${from},${below ?? (upTo === undefined ? '' : touch ? upTo : upTo + 1)})=${value}`;
  });
  return lines.includes('?') ? [] : keyed('first and last', lines);
}

function keyed(reader: string, lines: readonly string[]): readonly Reading[] {
  return reading(reader, lines.join(';'), true);
}

function tierOf(fields: ReadonlyMap<string, Value>): Tier | undefined {
  const left = new Map([...fields].map(([name, value]) => [wordsOf(name), value]));
  const take = (names: RegExp) => {
    const name = [...left.keys()].find((key) => names.test(key));
    const told = name === undefined ? undefined : numberOf(left.get(name));
    if (name !== undefined) left.delete(name);
    return told === undefined || told === '' ? undefined : Number(told);
  };
  const bounds = { from: take(FROM), above: take(ABOVE), below: take(BELOW), upTo: take(UP_TO) };
  const [value] = left.values();
  const number = left.size === 1 ? numberOf(value) : '';
  return number === '' ? undefined : { ...bounds, value: number };
}

/** Empty for none. */
function numberOf(value: Value | undefined): string {
  const text = value instanceof NumberText ? value.text : typeof value === 'string' ? value : '';
  return /^[0-9]{1,12}(?:\.[0-9]{1,6})?$/.test(text) ? plainNumber(text) : '';
}
