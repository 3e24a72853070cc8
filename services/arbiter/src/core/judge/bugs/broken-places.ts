import type { Value } from '../../compare/value.ts';
import { hasExclusiveEnd } from '../meaning/exclusive-end.ts';
import { atomsOf, plainNumber, without } from '../value/atoms.ts';
import { isRenotated } from '../value/renotations.ts';
import { rawOf, type Side } from '../value/side.ts';
import { kindOf } from './kind-changed.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Different values of two signs or more that a place of modern takes from one place of legacy before another value is called a slip. */
const VALUES_MIN = 3;
const PLACES_MAX = 24;
const CHARS_MAX = 2048;

/** What stands where: the words and numbers of a value by their place (`coordinates.1`, `word 2`). */
type Places = ReadonlyMap<string, string>;

interface Row {
  readonly at: Observed;
  readonly legacy: Places;
  readonly modern: Places;
}

export const placesBroken: BugRule = {
  name: 'place-broken',
  needs: ['several'],
  shows:
    'A part of modern is what stands at one place of legacy, or that number times one factor, in the other requests, and here it is not: swapped, shifted, changed.',
  spares:
    'Two texts, two lists, two objects (other rules); values of which the parts are not as many, or not alike, as in the others; parts that several places of legacy explain; fewer than three different values.',
  find(context) {
    const rows = rowsOf(context);
    if (rows.length <= VALUES_MIN || rows.every(({ at }) => isSorted(at))) return undefined;
    const broken = new Set<Row>();
    let example = '';
    for (const place of rows[0]?.modern.keys() ?? []) {
      const found = exceptions(rows, place).filter(
        ({ at }) =>
          at.proof === undefined &&
          !hasSameFigures(at) &&
          !hasDataKeys(at) &&
          !isNextDay(at) &&
          !hasExclusiveEnd(at) &&
          !isRenotated(at.legacy, at.modern),
      );
      for (const row of found) broken.add(row);
      if (found.length > 0) example ||= place;
    }
    const [first] = broken;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${example} is not taken from where it is taken from in the other requests`;
    return { severity: severityOf(context), explanation, shownBy: broken.size };
  },
};

/** Legacy's words as a list in the order of the alphabet: each stands where its letter is, not where legacy had it. */
function isSorted({ legacy, modern: { items } }: Observed): boolean {
  if (items === undefined || items.length < 2) return false;
  const words = items.map((item) => (typeof item === 'string' ? item.toLowerCase() : ''));
  const ours = (legacy.text ?? '').toLowerCase().split(/ ?[;,|/] ?/);
  const sorted = words.toSorted().join('\n');
  return !words.includes('') && words.join('\n') === sorted && ours.sort().join('\n') === sorted;
}

/** The observations that differ and whose parts stand at the places that most have. */
function rowsOf({ all, keyLike, clockLike }: Context): readonly Row[] {
  if (keyLike || clockLike) return [];
  const groups = new Map<string, Row[]>();
  for (const at of all) {
    if (!at.differs || at.varies || kindOf(at.legacy) === kindOf(at.modern) || isGrouped(at)) continue;
    const [legacy, modern] = [placesOf(at.legacy), placesOf(at.modern)];
    if (legacy === undefined || modern === undefined || legacy.size + modern.size < 3) continue;
    const key = `${[...legacy.keys()].join('|')}>${[...modern.keys()].toSorted().join('|')}`;
    groups.set(key, [...(groups.get(key) ?? []), { at, legacy, modern }]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** Numbers of legacy's values are keys of modern's, and nothing is lost: the places are others then. */
function hasDataKeys({ legacy, modern }: Observed): boolean {
  const [ours, theirs] = [atomsOf(legacy), atomsOf(modern)];
  if (ours === undefined || theirs === undefined || theirs.keyNumbers.length === 0) return false;
  return (
    without([...ours.numbers], [...theirs.numbers, ...theirs.keyNumbers]).length === 0 &&
    without([...theirs.numbers, ...theirs.keyNumbers], [...ours.numbers, ...ours.keyNumbers]).length === 0
  );
}

/** 2.873 Punkte and 2873: a sign between groups of three is no place. */
function isGrouped({ legacy, modern }: Observed): boolean {
  const figures = /(?<![0-9.,])[0-9]{1,3}(?:[.,' ][0-9]{3})+(?![0-9])/.exec(legacy.text ?? '')?.[0];
  return figures !== undefined && figures.replaceAll(/[^0-9]/g, '') === modern.raw;
}

/** 24:21 of a service day is 00:21 of the next one. */
function isNextDay({ legacy, modern }: Observed): boolean {
  const [, hours, minutes] = /\b(2[4-9]|3[0-5]):([0-5][0-9])\b/.exec(legacy.raw ?? '') ?? [];
  return hours !== undefined && modern.raw?.includes(`0${Number(hours) - 24}:${minutes}`.slice(-5)) === true;
}

/** 0830-2015 and {"from":"08:30","to":"20:15"}: the same figures in the same order, only grouped otherwise. */
function hasSameFigures({ legacy, modern }: Observed): boolean {
  const [ours, theirs] = [legacy, modern].map((side) => atomsOf(side)?.raw.join(''));
  return ours !== undefined && ours.length >= 8 && ours === theirs;
}

/** The rows in which a place of modern is not what the rest makes it; none when nothing or everything explains it. */
function exceptions(rows: readonly Row[], place: string): readonly Row[] {
  let best: readonly Row[] = [];
  for (const source of rows[0]?.legacy.keys() ?? []) {
    const kept = rows.filter((row) => sameText(row.legacy.get(source), row.modern.get(place)));
    const copied = new Set(kept.map((row) => row.legacy.get(source)).filter((text = '') => text.length > 1));
    const broken =
      copied.size >= VALUES_MIN
        ? rows.filter((row) => !kept.includes(row) && !isNegatedByWord(row, kept, source, place))
        : withoutFactor(rows, source, place);
    if (broken === undefined) continue;
    if (broken.length === 0) return [];
    const few = broken.length * 10 <= rows.length * 7;
    if (few && (best.length === 0 || broken.length < best.length)) best = broken;
  }
  return best;
}

/** The same number with a minus, beside a word that stands beside no number without one (SHORT, not LONG). */
function isNegatedByWord(row: Row, kept: readonly Row[], source: string, place: string): boolean {
  if (`-${plain(row.legacy.get(source) ?? '')}` !== plain(row.modern.get(place) ?? '')) return false;
  const words = ({ legacy }: Row) => [...legacy.values()].filter((text) => !/[0-9]/.test(text)).join(' ');
  return words(row) !== '' && !kept.some((other) => words(other) === words(row));
}

/** The rows in which the number is not legacy’s times the factor of the others; undefined when there is no such factor. */
function withoutFactor(rows: readonly Row[], source: string, place: string): readonly Row[] | undefined {
  const factors = new Map<string, Row[]>();
  for (const row of rows) {
    const [l, m] = [Number(row.legacy.get(source)), Number(row.modern.get(place))];
    if (!Number.isFinite(l) || !Number.isFinite(m) || l === 0 || m === 0) return undefined;
    const factor = (m / l).toPrecision(14);
    factors.set(factor, [...(factors.get(factor) ?? []), row]);
  }
  const [most = []] = [...factors.values()].sort((a, b) => b.length - a.length);
  if (new Set(most.map((row) => row.legacy.get(source))).size < VALUES_MIN) return undefined;
  const words = (row: Row) =>
    [...row.legacy.values(), ...row.modern.values()].filter((text) => !/[0-9]/.test(text)).join(' ');
  const known = new Set(most.map(words));
  // Another word may be another unit: only among the same words is another factor a slip.
  return rows.filter((row) => !most.includes(row) && known.has(words(row)));
}

function sameText(legacy: string | undefined, modern: string | undefined): boolean {
  return legacy !== undefined && modern !== undefined && plain(legacy) === plain(modern);
}

function plain(text: string): string {
  return /^[+-]?[0-9]+(?:[.,][0-9]*)?$/.test(text)
    ? plainNumber(text.replace('+', '').replace(',', '.'))
    : text.toLowerCase();
}

/** A comma before two digits at the end of a number is one of decimals. */
const PART = /(?<![\p{L}\p{N}])-?[0-9]+(?:\.[0-9]+|,[0-9]{2}(?![0-9.,]))?|[0-9]+(?:\.[0-9]+)?|\p{L}+/gu;

/** Undefined for values of too many parts, or none. */
function placesOf(side: Side): Places | undefined {
  if (side.raw === undefined || side.raw.length > CHARS_MAX || side.value === undefined) return undefined;
  const places = new Map<string, string>();
  collect(side.value, '', places);
  return places.size === 0 || places.size > PLACES_MAX ? undefined : places;
}

function collect(value: Value, path: string, places: Map<string, string>): void {
  if (places.size > PLACES_MAX) return;
  if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Value[]).entries()) collect(item, `${path}[${i}]`, places);
  } else if (value instanceof Map) {
    for (const [key, item] of value as ReadonlyMap<string, Value>) collect(item, `${path}.${key}`, places);
  } else {
    const text = typeof value === 'string' ? value : rawOf(value);
    let at = 0;
    for (const [part] of text.matchAll(PART)) {
      places.set(`${path} ${/[0-9]/.test(part) ? 'number' : 'word'} ${at + 1}`.trim(), part);
      at += 1;
      if (at > PLACES_MAX) return;
    }
  }
}
