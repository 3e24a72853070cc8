import type { Difference } from '@chronos/proto/events/v1/verdict_pb.js';
import { parseSteps, type Step } from '../compare/field-path.ts';
import { isArray, isObject, NumberText, type Value } from '../compare/value.ts';
import type { State } from './cell.ts';
import type { Place } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { isWithin } from './in-flight.ts';
import { lagAt } from './lag.ts';
import { isAnswer, isRace, placesWithin, shows, whyOf } from './row-answers.ts';
import { type Answered, type AskedRow, keysOf, rowsAsked } from './rows-asked.ts';
import type { StateWindow } from './state-window.ts';
import { deedOf, lacks, type RowHistory, stateAfter, stateBefore, type Version } from './timeline.ts';
import { UNIVERSES, type UniverseName } from './transaction.ts';

export interface Lacking {
  /** One sentence that explains all that differs; undefined: it does not explain it. */
  readonly explanation: string | undefined;
  /** A request that is still under way may yet explain it. */
  readonly missing: boolean;
}

const NOTHING: Lacking = { explanation: undefined, missing: false };
/** Moments of one universe at which a list may have been read. */
const CUTS_MAX = 12;
/** Rows that one element may be of. */
const CANDIDATES_MAX = 8;
/** Keys that are made of one element's values, of one entity. */
const KEYS_MAX = 256;
/** Objects of an answer that are looked into. */
const ELEMENTS_MAX = 64;

/**
 * Answers that differ in more than fields of one row the request names, because legacy lacks what it failed to do and no repair has carried over yet:
 *
 * - lists: each object that differs tells, by what is the same in both answers, which row it is; an object that modern alone lists is wholly a row that
 *   only lacked requests have made. One moment in each universe explains all of them, so that a torn read stays a mismatch;
 * - 404 of legacy's: modern's answer is wholly the row that the request names, which only lacked requests have made.
 *
 * Sums and counts of rows are not: they tell no row.
 */
export function explainLacking(
  open: readonly Difference[],
  answered: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): Lacking {
  if (!window.lacked.isUsed) return NOTHING;
  const bodies = answered.bodies?.();
  if (bodies === undefined) return NOTHING;
  const isAbsent = open.some(({ path, legacyJson }) => path === 'status' && legacyJson === '404');
  if (isAbsent) return explainAbsent(open, bodies.modern, answered, rowsAsked(answered, window, entities));
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

/** An object of the answers in which something differs. */
interface Element {
  /** undefined: modern alone has it, and `modern` is the whole of it. */
  readonly legacy: ReadonlyMap<string, Value> | undefined;
  readonly modern: ReadonlyMap<string, Value>;
  readonly differences: readonly Difference[];
}

interface AskedElement extends Element {
  readonly rows: readonly AskedRow[];
}

/** undefined: something differs that is neither a scalar of an object in both answers nor an object that modern alone has. */
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
    if (legacyJson === undefined) {
      const modern = valueAt(bodies.modern, steps);
      if (steps.at(-1)?.kind !== 'index' || modern === undefined || modern === null) return undefined;
      if (!isObject(modern)) return undefined;
      elements.push({ legacy: undefined, modern, differences: [difference] });
      continue;
    }
    if (modernJson === undefined || [legacyJson, modernJson].some((json) => /^\s*[[{]/.test(json)))
      return undefined;
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
    elements.push({ legacy, modern, differences });
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
  { legacy, modern }: Element,
  { migration, partners, requestId }: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): readonly AskedRow[] {
  const names = new Set<string>();
  for (const [name, value] of modern) {
    const json = scalarJson(value);
    if (json === undefined || (legacy !== undefined && scalarJson(legacy.get(name)) !== json)) continue;
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
function explainList(elements: readonly AskedElement[], answered: Answered): Lacking {
  const cuts = { legacy: cutsOf('legacy', elements, answered), modern: cutsOf('modern', elements, answered) };
  if (cuts.legacy === undefined || cuts.modern === undefined) return NOTHING;
  const known = new Map<string, Explained>();
  let missing = false;
  for (const legacy of cuts.legacy) {
    for (const modern of cuts.modern) {
      const lacked = new Set<string>();
      const rows = elements.map((element, at) =>
        element.rows.find((row) => {
          const place = {
            legacy: placeAt(row.timeline, 'legacy', legacy, answered),
            modern: placeAt(row.timeline, 'modern', modern, answered),
          };
          const name = `${at} ${row.entity.name} ${row.key} ${place.legacy} ${place.modern}`;
          const explained = known.get(name) ?? explainElement(element, row, place, answered);
          known.set(name, explained);
          missing ||= explained.missing;
          for (const request of explained.lacked ?? []) lacked.add(request);
          return explained.lacked !== undefined;
        }),
      );
      // What is behind for no failure of legacy's is left as it is.
      if (rows.includes(undefined) || lacked.size === 0) continue;
      const more = rows.length === 1 ? '' : ` and ${rows.length - 1} more of the answer`;
      const explanation = `${rows[0]?.entity.name} ${rows[0]?.key}${more} ${whyOf([...lacked])}`;
      return { explanation, missing };
    }
  }
  return { explanation: undefined, missing };
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

interface Explained {
  /** Requests that legacy lacks there; undefined: it is not explained. */
  readonly lacked: readonly string[] | undefined;
  readonly missing: boolean;
}

function explainElement(
  { legacy, modern, differences }: Element,
  { timeline, entity }: AskedRow,
  at: Place,
  answered: Answered,
): Explained {
  if (legacy === undefined) return { lacked: madeByLacked({ timeline, entity }, at, modern), missing: false };
  if (!differences.every((difference) => shows(difference, timeline, at, entity)))
    return { lacked: undefined, missing: false };
  const lag = lagAt(timeline, at, entity);
  if (lag.type === 'unexplained') return { lacked: undefined, missing: lag.missing };
  return { lacked: isRace(lag, answered) ? lag.span.lacked : undefined, missing: false };
}

/** The requests that made the row, and changed it, none of which legacy did; undefined: not only they did, or the object is not wholly the row. */
function madeByLacked(
  { timeline, entity }: Pick<AskedRow, 'timeline' | 'entity'>,
  at: Place,
  object: Value | undefined,
): readonly string[] | undefined {
  const { legacy, modern } = timeline;
  const made = modern.slice(0, at.modern + 1);
  const isThere = at.legacy >= 0 ? stateAfter(legacy[at.legacy]) : stateBefore(legacy[0]);
  if (isThere !== undefined || made.length === 0 || stateBefore(made[0]) !== undefined) return undefined;
  if (!made.every((version: Version) => lacks(timeline, version))) return undefined;
  const state = stateAfter(made.at(-1));
  if (state === undefined || !isWhollyOf(object, state, entity)) return undefined;
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
  modern: Value | undefined,
  answered: Answered,
  rows: readonly AskedRow[],
): Lacking {
  const isOk = open.every(({ path, modernJson = '' }) =>
    path === 'status' ? /^2\d\d$/.test(modernJson) : path === 'body' || /^body[.[]/.test(path),
  );
  if (!isOk) return NOTHING;
  for (const { entity, key, timeline } of rows) {
    if (UNIVERSES.some((universe) => timeline[universe].some((v) => deedOf(v) === answered.requestId)))
      continue;
    for (const left of placesWithin(timeline.legacy, answered.flights.legacy)) {
      for (const right of placesWithin(timeline.modern, answered.flights.modern)) {
        const lacked = madeByLacked({ timeline, entity }, { legacy: left, modern: right }, modern);
        if (lacked !== undefined)
          return { explanation: `${entity.name} ${key} ${whyOf(lacked)}`, missing: false };
      }
    }
  }
  return NOTHING;
}
