import type { Value } from '../compare/value.ts';
import { namesAll } from './attribute.ts';
import type { EntityRules } from './entities.ts';
import type { Flights } from './in-flight.ts';
import type { RowPartners } from './row-partners.ts';
import type { StateWindow } from './state-window.ts';
import { deedOf, type RowHistory } from './timeline.ts';
import { rowId, UNIVERSES, type UniverseName } from './transaction.ts';

export interface Answered {
  readonly migration: string;
  readonly requestId: string;
  readonly flights: Flights;
  readonly partners: RowPartners;
  /** Texts of the scalars of the request. */
  readonly names: () => ReadonlySet<string>;
  /** The answers' bodies by their meaning; absent: they are not looked into. */
  readonly bodies?: (() => Bodies | undefined) | undefined;
}

export type Bodies = Readonly<Record<UniverseName, Value | undefined>>;

export interface AskedRow {
  readonly entity: EntityRules;
  /** Legacy's. */
  readonly key: string;
  readonly timeline: RowHistory;
}

/** Rows that are looked at for one answer. */
const ROWS_MAX = 64;
/** Keys that are made of a request's names, of one entity: keys of many parts could be put together in too many ways. */
const KEYS_MAX = 1_024;

/**
 * Rows that a request changes or names, and that were changed lately: while it was in flight, or before or after that, for a universe may do a
 * request's work long after the other one.
 */
export function rowsAsked(
  { migration, requestId, flights, names, partners }: Answered,
  window: StateWindow,
  entities: ReadonlyMap<string, EntityRules>,
): readonly AskedRow[] {
  const found = new Map<string, AskedRow>();
  const add = (entity: EntityRules, universe: UniverseName, ownKey: string) => {
    if (ownKey === '' || found.size >= ROWS_MAX) return;
    const across = partners.keyAcross(entity, universe, ownKey);
    const [key, modernKey] = universe === 'legacy' ? [ownKey, across] : [across, ownKey];
    if (key === undefined || modernKey === undefined || found.has(rowId(entity.name, key))) return;
    const timeline = window.timeline(migration, entity.name, key, modernKey);
    const own = timeline.legacy.some((v) => deedOf(v) === requestId);
    const isKnown = timeline.legacy.length + timeline.modern.length > 0;
    if (isKnown && (own || namesAll(key, names())))
      found.set(rowId(entity.name, key), { entity, key, timeline });
  };
  for (const universe of UNIVERSES) {
    const flight = flights[universe];
    if (flight === undefined) return [];
    for (const { changes } of window.of(migration)[universe].committed(flight.fromMs, flight.toMs)) {
      for (const { entity: name, key } of changes) {
        const entity = entities.get(name);
        if (entity !== undefined) add(entity, universe, key);
      }
    }
  }
  for (const entity of entities.values())
    for (const key of keysOf(entity, [...names()])) add(entity, 'legacy', key);
  return [...found.values()];
}

/** Every key that the names could make. */
export function keysOf({ key }: EntityRules, names: readonly string[]): string[] {
  if (names.length ** key.length > KEYS_MAX) return [];
  let keys: string[][] = [[]];
  for (const _part of key) keys = keys.flatMap((parts) => names.map((name) => [...parts, name]));
  return keys.map((parts) => JSON.stringify(parts));
}
