import { enterField, enterIndex, ignoredBy, type RuleCursor } from '../path-rules.ts';
import { isArray, isObject, type Value } from '../value.ts';
import { convert } from './convert.ts';
import type { MappedField, Mapping } from './mapping.ts';
import { type Match, matchesOf, type Place, placeOf, put, valueAt } from './matches.ts';

/** Something of legacy's that has no place in modern's shape. */
export interface Untranslated {
  readonly place: Place;
  readonly legacy: Value | undefined;
  readonly modern: Value | undefined;
  /** One sentence for people. */
  readonly explanation: string;
}

export interface Translation {
  /** Legacy's answer in the shape and the types of modern's. */
  readonly legacy: Value | undefined;
  /** Modern's, without what is not compared. */
  readonly modern: Value | undefined;
  readonly untranslated: readonly Untranslated[];
}

/** Fields that are reported one by one. */
const UNTRANSLATED_MAX = 1_000;

const BODY = 'body';

/** Legacy's answer as modern would have to write it. What modern has besides shows when the two are compared. */
export function translate(
  legacy: Value | undefined,
  modern: Value | undefined,
  mapping: Mapping,
): Translation {
  const from = wrapped(legacy);
  const against = wrapped(modern);
  const into = new Map<string, Value>();
  const untranslated: Untranslated[] = [];
  const report = (one: Untranslated) => {
    if (untranslated.length < UNTRANSLATED_MAX) untranslated.push(one);
  };
  for (const field of mapping.fields) {
    for (const match of matchesOf(from, field.legacy)) translateOne(match, field, against, into, report);
  }
  if (mapping.reportsUnmapped) reportUnmapped(from, mapping.mappedLegacy.root, [], report);
  const shown = mapping.reportsUnmapped ? against : onlyMapped(against, mapping.mappedModern.root);
  return { legacy: into.get(BODY), modern: shown && valueAt(shown, [BODY]), untranslated };
}

function wrapped(value: Value | undefined): Value {
  return new Map(value === undefined ? [] : [[BODY, value]]);
}

function translateOne(
  match: Match,
  { modern: steps, how }: MappedField,
  against: Value,
  into: Map<string, Value>,
  report: (one: Untranslated) => void,
): void {
  const place = placeOf(steps, match.index);
  const modern = valueAt(against, place);
  if (match.isEmptyList) {
    // A list without elements leaves no trace in XML or text: it is modern's empty list, or none.
    if (modern !== undefined && isArray(modern) && modern.length === 0) put(into, place, []);
    return;
  }
  const one = single(match, modern);
  const converted =
    typeof one === 'number'
      ? { ok: false as const, reason: `there are ${one} elements where the mapping names one` }
      : convert(one, how, modern);
  if (!converted.ok) {
    const explanation = `Legacy's value for ${place.join('.')} cannot be translated: ${converted.reason}.`;
    report({ place, legacy: match.value, modern, explanation });
    // Said once; compared, it would differ a second time.
    if (modern !== undefined) put(into, place, modern);
  } else if (converted.value !== undefined) {
    put(into, place, converted.value);
  } else if (
    match.index.length > 0 &&
    typeof place.at(-1) === 'string' &&
    !valueAt(into, place.slice(0, -1))
  ) {
    // The element is there, only this field is not.
    put(into, place.slice(0, -1), new Map());
  }
}

/** The value; of a list that is no list on modern's side its only element, or how many there are. */
function single({ value, several }: Match, modern: Value | undefined): Value | undefined | number {
  if (several !== undefined) return several;
  if (value === undefined || !isArray(value) || (modern !== undefined && isArray(modern))) return value;
  return value.length === 1 ? value[0] : value.length;
}

function reportUnmapped(
  value: Value,
  cursor: RuleCursor,
  place: Place,
  report: (one: Untranslated) => void,
): void {
  // An empty element on the way to mapped ones is a container of none.
  if (isMapped(value, cursor) || (value === '' && cursor.length > 0)) return;
  if (isArray(value)) {
    for (const [i, item] of value.entries()) {
      reportUnmapped(item, [...cursor, ...enterIndex(cursor, i)], [...place, i], report);
    }
  } else if (isObject(value)) {
    for (const [key, item] of value)
      reportUnmapped(item, enterLeniently(cursor, key), [...place, key], report);
  } else {
    const explanation = `Legacy has ${place.join('.')}, which the mapping does not name.`;
    report({ place, legacy: value, modern: undefined, explanation });
  }
}

/** Without what the mapping does not name. */
function onlyMapped(value: Value, cursor: RuleCursor): Value | undefined {
  if (isMapped(value, cursor)) return value;
  if (isArray(value)) {
    return value.map((item, i) => onlyMapped(item, [...cursor, ...enterIndex(cursor, i)]) ?? new Map());
  }
  if (!isObject(value)) return undefined;
  const kept = [...value].flatMap(([key, item]): [string, Value][] => {
    const below = enterLeniently(cursor, key);
    const inner = below.length === 0 ? undefined : onlyMapped(item, below);
    return inner === undefined ? [] : [[key, inner]];
  });
  return kept.length === 0 ? undefined : new Map(kept);
}

/** A single element is a list of one. */
function enterLeniently(cursor: RuleCursor, key: string): RuleCursor {
  return enterField([...cursor, ...enterIndex(cursor, 0)], key);
}

function isMapped(value: Value, cursor: RuleCursor): boolean {
  return ignoredBy(isArray(value) ? cursor : [...cursor, ...enterIndex(cursor, 0)]) !== undefined;
}
