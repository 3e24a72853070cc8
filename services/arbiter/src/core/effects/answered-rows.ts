import type { Difference } from '@chronos/proto/events/v1/verdict_pb.js';
import { parseSteps, type Step } from '../compare/field-path.ts';
import { isArray, isObject, NumberText, type Value } from '../compare/value.ts';
import type { State } from './cell.ts';
import type { Place } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { isWithin } from './in-flight.ts';
import { lagAt } from './lag.ts';
import {
  type Explained,
  isAnswer,
  isRace,
  lackedUnknown,
  placesWithin,
  shows,
  whyOf,
  whyUnknown,
} from './row-answers.ts';
import { type Answered, type AskedRow, keysOf, rowsAsked } from './rows-asked.ts';
import type { StateWindow } from './state-window.ts';
import { deedOf, lacks, type RowHistory, stateAfter, stateBefore, type Version } from './timeline.ts';
import { UNIVERSES, type UniverseName } from './transaction.ts';

export interface RowsExplained {
  /** One sentence that explains all that differs; undefined: it is not explained. */
  readonly explanation: string | undefined;
  /** What a row was before is not known: the sentence says why nothing can be held against anybody. */
  readonly isUnknown: boolean;
  /** A request that is still under way may yet explain it. */
  readonly missing: boolean;
}

const NOTHING: RowsExplained = { explanation: undefined, isUnknown: false, missing: false };
/** Moments of one universe at which a list may have been read. */
const CUTS_MAX = 12;
/** Rows that one element may be of. */
const CANDIDATES_MAX = 8;
/** Keys that are made of one element's values, of one entity. */
const KEYS_MAX = 256;
/** Objects of an answer that are looked into. */
const ELEMENTS_MAX = 64;

/**
 * Answers that differ in more than fields of one row that the request names, because one universe was behind with some requests, or legacy lacks what
 * it failed to do and no repair has carried over yet:
 *
 * - lists: each object that differs tells, by what is the same in both answers, which row it is; an object that one universe alone lists is wholly a row
 *   that the other one did not have yet. One moment in each universe explains all of them, so that a torn read stays a mismatch;
 * - a 404: the other answer is wholly the row that the request names, which was not there yet.
 *
 * Sums and counts of rows are not: they tell no row. Where legacy lacks something of a row of which nobody knows what it was before, nothing is said.
 */
export function explainRows(
  open: readonly Difference[],
  answered: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): RowsExplained {
  const bodies = answered.bodies?.();
  if (bodies === undefined) return NOTHING;
  const absent = absentIn(open);
  if (absent !== undefined) {
    const object = bodies[absent === 'legacy' ? 'modern' : 'legacy'];
    return explainAbsent(open, { absent, object }, answered, rowsAsked(answered, window, entities));
  }
  const elements = elementsOf(open, bodies);
  if (elements === undefined || elements.length > ELEMENTS_MAX) return NOTHING;
  const asked: AskedElement[] = [];
  for (const element of elements) {
    const rows = rowsOf(element, answered, window, entities);
    if (rows.length === 0) return NOTHING;
    asked.push({ ...element, rows });
  }
  return explainList(asked, answered);
}

/** The universe that answered 404. */
function absentIn(open: readonly Difference[]): UniverseName | undefined {
  const status = open.find(({ path }) => path === 'status');
  if (status?.legacyJson === '404') return 'legacy';
  return status?.modernJson === '404' ? 'modern' : undefined;
}

/** An object of the answers in which something differs. */
type Element = {
  readonly differences: readonly Difference[];
} & (
  | { readonly only: undefined; readonly legacy: Item; readonly modern: Item }
  /** One universe alone lists it. */
  | { readonly only: UniverseName; readonly item: Item }
);

type Item = ReadonlyMap<string, Value>;

type AskedElement = Element & { readonly rows: readonly AskedRow[] };

/** undefined: something differs that is neither a scalar of an object in both answers nor an object that one of them alone has. */
function elementsOf(
  open: readonly Difference[],
  bodies: Readonly<Record<UniverseName, Value | undefined>>,
): readonly Element[] | undefined {
  const within = new Map<string, { steps: readonly Step[]; differences: Difference[] }>();
  const elements: Element[] = [];
  for (const difference of open) {
    const parsed = parseSteps(difference.pointer);
    if (!parsed.ok || difference.cut || !isBody(parsed.steps[0])) return undefined;
    const steps = parsed.steps.slice(1);
    const { legacyJson, modernJson } = difference;
    if (legacyJson === undefined || modernJson === undefined) {
      const only = legacyJson === undefined ? 'modern' : 'legacy';
      const item = valueAt(bodies[only], steps);
      if (steps.at(-1)?.kind !== 'index' || !item || !isObject(item)) return undefined;
      elements.push({ only, item, differences: [difference] });
      continue;
    }
    if ([legacyJson, modernJson].some((json) => /^\s*[[{]/.test(json))) return undefined;
    const [left, right] = [valueAt(bodies.legacy, steps), valueAt(bodies.modern, steps)];
    if (scalarJson(left) !== legacyJson || scalarJson(right) !== modernJson) return undefined;
    const parent = steps.slice(0, -1);
    const name = JSON.stringify(parent);
    const known = within.get(name);
    if (known === undefined) within.set(name, { steps: parent, differences: [difference] });
    else known.differences.push(difference);
  }
  for (const { steps, differences } of within.values()) {
    const [legacy, modern] = [valueAt(bodies.legacy, steps), valueAt(bodies.modern, steps)];
    if (!legacy || !modern || !isObject(legacy) || !isObject(modern)) return undefined;
    elements.push({ only: undefined, legacy, modern, differences });
  }
  return elements;
}

function isBody(step: Step | undefined): boolean {
  return step?.kind === 'field' && step.name === 'body';
}

function valueAt(value: Value | undefined, steps: readonly Step[]): Value | undefined {
  let now = value;
  for (const step of steps) {
    if (now === undefined || now === null) return undefined;
    if (step.kind === 'field' && isObject(now)) now = now.get(step.name);
    else if (step.kind === 'index' && isArray(now)) now = now[step.index];
    else return undefined;
  }
  return now;
}

/** undefined: it is none. */
function scalarJson(value: Value | undefined): string | undefined {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  return value instanceof NumberText ? value.text : undefined;
}

/** Rows that an element names by what is the same in both answers, and that were changed lately. */
function rowsOf(
  element: Element,
  { migration, partners, requestId }: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): readonly AskedRow[] {
  const names = new Set<string>();
  for (const [name, value] of element.only === undefined ? element.modern : element.item) {
    const json = scalarJson(value);
    if (json === undefined) continue;
    if (element.only === undefined && scalarJson(element.legacy.get(name)) !== json) continue;
    names.add(typeof value === 'string' ? value : json);
  }
  const rows: AskedRow[] = [];
  for (const entity of entities.values()) {
    if (names.size ** entity.key.length > KEYS_MAX) continue;
    for (const key of keysOf(entity, [...names])) {
      const modernKey = partners.keyAcross(entity, 'legacy', key);
      if (modernKey === undefined || rows.length >= CANDIDATES_MAX) continue;
      const timeline = window.timeline(migration, entity.name, key, modernKey);
      const all = [...timeline.legacy, ...timeline.modern];
      if (all.length > 0 && all.every((version) => deedOf(version) !== requestId))
        rows.push({ entity, key, timeline });
    }
  }
  return rows;
}

/** One moment in either universe at which each element was what its row held. */
function explainList(elements: readonly AskedElement[], answered: Answered): RowsExplained {
  const cuts = { legacy: cutsOf('legacy', elements, answered), modern: cutsOf('modern', elements, answered) };
  if (cuts.legacy === undefined || cuts.modern === undefined) return NOTHING;
  const known = new Map<string, Explained>();
  let missing = false;
  let unknown: string | undefined;
  for (const legacy of cuts.legacy) {
    for (const modern of cuts.modern) {
      const found = elements.map((element, index) => {
        const [first = UNEXPLAINED, ...more] = element.rows.map((row) => {
          const at = {
            legacy: placeAt(row.timeline, 'legacy', legacy, answered),
            modern: placeAt(row.timeline, 'modern', modern, answered),
          };
          const name = `${index} ${row.entity.name} ${row.key} ${at.legacy} ${at.modern}`;
          const explained = known.get(name) ?? explainElement(element, row, at, answered);
          known.set(name, explained);
          missing ||= explained.missing;
          return explained;
        });
        return [first, ...more].find(({ lacked }) => lacked !== undefined) ?? first;
      });
      if (found.some(({ lacked }) => lacked === undefined)) continue;
      const row = elements[0]?.rows[0];
      const others = elements.length === 1 ? '' : ` and ${elements.length - 1} more of the answer`;
      const subject = `${row?.entity.name} ${row?.key}${others}`;
      const lacked = [...new Set(found.flatMap((each) => each.lacked ?? []))];
      if (!found.some(({ isUnknown }) => isUnknown))
        return { explanation: `${subject} ${whyOf(lacked)}`, isUnknown: false, missing };
      unknown ??= `${subject} ${whyUnknown(lacked)}`;
    }
  }
  return { explanation: missing ? undefined : unknown, isUnknown: unknown !== undefined, missing };
}

/** Moments at which a universe may have been asked: before the first of the rows' commits in its flight, and after each. undefined: too many. */
function cutsOf(
  universe: UniverseName,
  elements: readonly AskedElement[],
  { flights }: Answered,
): readonly bigint[] | undefined {
  const cuts = new Set<bigint>([-1n]);
  for (const { rows } of elements)
    for (const { timeline } of rows)
      for (const { transaction } of timeline[universe])
        if (isWithin(transaction, flights[universe])) cuts.add(transaction.lsn);
  return cuts.size > CUTS_MAX ? undefined : [...cuts];
}

function placeAt(timeline: RowHistory, universe: UniverseName, cut: bigint, { flights }: Answered): number {
  const [first = -1, ...later] = placesWithin(timeline[universe], flights[universe]);
  return later.findLast((at) => (timeline[universe][at]?.transaction.lsn ?? 0n) <= cut) ?? first;
}

const UNEXPLAINED: Explained = { lacked: undefined, isUnknown: false, missing: false };

function explainElement(
  element: Element,
  { timeline, entity }: AskedRow,
  at: Place,
  answered: Answered,
): Explained {
  if (element.only !== undefined)
    return explainAlone({ timeline, entity }, at, { only: element.only, object: element.item }, answered);
  const { differences } = element;
  if (!differences.every((difference) => shows(difference, timeline, at, entity))) {
    return unknownOf(differences, timeline, at, entity);
  }
  const lag = lagAt(timeline, at, entity);
  if (lag.type === 'explained')
    return isRace(lag, answered) ? { ...UNEXPLAINED, lacked: lag.span.lacked } : UNEXPLAINED;
  return { ...unknownOf(differences, timeline, at, entity), missing: lag.missing };
}

function unknownOf(...asked: Parameters<typeof lackedUnknown>): Explained {
  const lacked = lackedUnknown(...asked);
  return { lacked, isUnknown: lacked !== undefined, missing: false };
}

interface Alone {
  /** The universe that has it. */
  readonly only: UniverseName;
  readonly object: Value | undefined;
}

/** What one universe alone has is wholly the row, which the other one does not have at that place: not yet, or not any more. */
function explainAlone(
  row: Pick<AskedRow, 'timeline' | 'entity'>,
  at: Place,
  { only, object }: Alone,
  answered: Answered,
): Explained {
  const { timeline, entity } = row;
  const other = only === 'legacy' ? 'modern' : 'legacy';
  const state = stateAt(timeline[only], at[only]);
  if (state === undefined || stateAt(timeline[other], at[other]) !== undefined) return UNEXPLAINED;
  if (!isWhollyOf(object, state, entity)) return UNEXPLAINED;
  const lacked = only === 'modern' ? madeByLacked(row, at) : undefined;
  if (lacked !== undefined) return { ...UNEXPLAINED, lacked };
  // A row that was there before all that is known is not one that the other universe does not have yet.
  const made = stateBefore(timeline[only][0]) === undefined;
  const lag = made || timeline[other].length > 0 ? lagAt(timeline, at, entity) : undefined;
  if (lag?.type === 'unexplained') return { ...UNEXPLAINED, missing: lag.missing };
  return lag !== undefined && isRace(lag, answered)
    ? { ...UNEXPLAINED, lacked: lag.span.lacked }
    : UNEXPLAINED;
}

function stateAt(versions: readonly Version[], at: number): State | undefined {
  return at >= 0 ? stateAfter(versions[at]) : stateBefore(versions[0]);
}

/** The requests that made the row, and changed it, none of which legacy did; undefined: not only they did. */
function madeByLacked(
  { timeline }: Pick<AskedRow, 'timeline' | 'entity'>,
  at: Place,
): readonly string[] | undefined {
  const made = timeline.modern.slice(0, at.modern + 1);
  if (made.length === 0 || stateBefore(made[0]) !== undefined) return undefined;
  if (!made.every((version: Version) => lacks(timeline, version))) return undefined;
  return [...new Set(made.map(({ transaction }) => transaction.requestId))];
}

/** Every value of the object is one of the row's. */
function isWhollyOf(object: Value | undefined, state: State, { compared }: EntityRules): boolean {
  if (!object || !isObject(object) || object.size === 0) return false;
  return [...object.values()].every((value) => {
    const json = scalarJson(value);
    if (json === undefined) return false;
    if (value === null) return compared.some((field) => state.get(field)?.is === 'null');
    return compared.some((field) => isAnswer(json, state.get(field)));
  });
}

function explainAbsent(
  open: readonly Difference[],
  { absent, object }: { readonly absent: UniverseName; readonly object: Value | undefined },
  answered: Answered,
  rows: readonly AskedRow[],
): RowsExplained {
  const only = absent === 'legacy' ? 'modern' : 'legacy';
  const isOk = open.every(({ path, legacyJson = '', modernJson = '' }) =>
    path === 'status'
      ? /^2\d\d$/.test(only === 'modern' ? modernJson : legacyJson)
      : path === 'body' || /^body[.[]/.test(path),
  );
  if (!isOk) return NOTHING;
  let missing = false;
  for (const { entity, key, timeline } of rows) {
    if (UNIVERSES.some((universe) => timeline[universe].some((v) => deedOf(v) === answered.requestId)))
      continue;
    for (const left of placesWithin(timeline.legacy, answered.flights.legacy)) {
      for (const right of placesWithin(timeline.modern, answered.flights.modern)) {
        const at = { legacy: left, modern: right };
        const { lacked, ...explained } = explainAlone({ timeline, entity }, at, { only, object }, answered);
        missing ||= explained.missing;
        if (lacked !== undefined)
          return { explanation: `${entity.name} ${key} ${whyOf(lacked)}`, isUnknown: false, missing: false };
      }
    }
  }
  return { ...NOTHING, missing };
}
