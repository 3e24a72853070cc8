import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import { deltaOf, numberOf, sameCell } from './cell.ts';
import type { EntityRules } from './entities.ts';
import type { Flights } from './in-flight.ts';
import type { RowPartners } from './row-partners.ts';
import type { Universes } from './state-window.ts';
import {
  type Change,
  effectOf,
  isOwn,
  type RowEffect,
  rowId,
  type Transaction,
  UNIVERSES,
  type UniverseName,
} from './transaction.ts';

export interface Claimant {
  readonly requestId: string;
  readonly traceparent: string;
  readonly flights: Flights;
  /** Texts of the scalars that the request names: ids of rows are among them. */
  readonly names: () => ReadonlySet<string>;
}

/**
 * Finds the transactions of a request that its services did not tag, and claims them. In this order, each only within the request's own time in
 * that universe:
 *
 * 1. the trace that the SQL comment names is the request's own;
 * 2. the other universe's transactions of this request are known, and all that was done here to the same rows did the same together: one transaction
 *    or several, where nobody else's is among them;
 * 3. one here changed the same rows: of several the one with the same effect, else, in a universe that does not tag, the first that committed;
 * 4. neither universe has one of the request's: the first one of which the request names every row; not in a universe that tags, where what has no tag
 *    is a worker's, a batch job's, somebody's by hand, and names the same accounts.
 *
 * So of a request's further transactions only those are known that its other universe bears out (2). Others stay nobody's: which of several requests on
 * the same rows one belongs to would be guessed.
 */
export function attribute(
  universes: Universes,
  claimant: Claimant,
  entities: ReadonlyMap<string, EntityRules>,
  partners: RowPartners,
): void {
  for (const universe of UNIVERSES) byTrace(universes, universe, claimant);
  for (const universe of UNIVERSES) byRows(universes, universe, claimant, entities, partners);
  if (UNIVERSES.some((universe) => universes[universe].of(claimant.requestId).length > 0)) return;
  for (const universe of UNIVERSES) if (!universes[universe].tags) byName(universes, universe, claimant);
}

function byTrace(universes: Universes, universe: UniverseName, claimant: Claimant): void {
  const trace = traceOf(claimant.traceparent);
  if (trace === '') return;
  for (const transaction of looseOf(universes, universe, claimant)) {
    if (traceOf(transaction.traceparent) !== trace) continue;
    universes[universe].claim({ ...transaction, requestId: claimant.requestId });
  }
}

function byRows(
  universes: Universes,
  universe: UniverseName,
  claimant: Claimant,
  entities: ReadonlyMap<string, EntityRules>,
  partners: RowPartners,
): void {
  if (universes[universe].of(claimant.requestId).length > 0) return;
  const other = universe === 'legacy' ? 'modern' : 'legacy';
  const known = partners.rekeyed(effectOf(universes[other].of(claimant.requestId)), other, entities);
  // New rows may have keys of the database's own making: what was there before tells more.
  const rows = [...known.values()].filter(({ before }) => before !== undefined);
  const wanted = (rows.length > 0 ? rows : [...known.values()]).map(({ entity, key }) => rowId(entity, key));
  if (wanted.length === 0) return;
  const loose = looseOf(universes, universe, claimant);
  const all = together(loose, known, entities);
  if (all.length > 0) {
    for (const each of all) infer(universes, universe, claimant, each);
    return;
  }
  const candidates = loose.filter(({ changes }) => {
    const touched = new Set(changes.map((c) => rowId(c.entity, c.key)));
    return wanted.every((id) => touched.has(id));
  });
  const alike = candidates.find((transaction) =>
    sameEffects(effectOf([transaction]), known, wanted, entities),
  );
  // Where services tag, what has no tag is another's work, unless it did just what this request did in the other universe.
  const found = alike ?? (universes[universe].tags ? undefined : candidates[0]);
  if (found !== undefined) infer(universes, universe, claimant, found);
}

/** More transactions of one request are not looked for. */
const TOGETHER_MAX = 8;

/** All that was done to the known rows meanwhile, where it comes to just what is known, and none of it touches anything else that was there. */
function together(
  loose: readonly Transaction[],
  known: ReadonlyMap<string, RowEffect>,
  entities: ReadonlyMap<string, EntityRules>,
): readonly Transaction[] {
  const isKnown = ({ entity, key }: Change) => known.has(rowId(entity, key));
  const touching = loose.filter(({ changes }) => changes.some(isKnown));
  if (touching.length === 0 || touching.length > TOGETHER_MAX) return [];
  // New rows may have keys of the database's own making, and are then nobody's proof.
  if (!touching.every(({ changes }) => changes.every((c) => isKnown(c) || c.before === undefined))) return [];
  const ids = [...known.values()]
    .filter(({ entity, before }) => before !== undefined || entities.get(entity)?.ownKeys === false)
    .map(({ entity, key }) => rowId(entity, key));
  return ids.length > 0 && sameEffects(effectOf(touching), known, ids, entities) ? touching : [];
}

function byName(universes: Universes, universe: UniverseName, claimant: Claimant): void {
  const found = looseOf(universes, universe, claimant).find(
    ({ changes, attribution }) =>
      attribution === Attribution.NONE &&
      changes.length > 0 &&
      changes
        .filter(({ before }) => before !== undefined)
        .every(({ key }) => namesAll(key, claimant.names())) &&
      changes.some(({ before }) => before !== undefined),
  );
  if (found !== undefined) infer(universes, universe, claimant, found);
}

function infer(
  universes: Universes,
  universe: UniverseName,
  { requestId }: Claimant,
  found: Transaction,
): void {
  universes[universe].claim({ ...found, requestId, attribution: Attribution.INFERRED });
}

/** What belongs to nobody and was committed in time; what Chronos wrote itself belongs to no request. */
function looseOf(universes: Universes, universe: UniverseName, { flights }: Claimant): Transaction[] {
  const flight = flights[universe];
  if (flight === undefined) return [];
  return universes[universe].loose(flight.fromMs, flight.toMs).filter((transaction) => !isOwn(transaction));
}

/** The rows of these ids: numbers changed by as much, everything else to the same. */
export function sameEffects(
  one: ReadonlyMap<string, RowEffect>,
  other: ReadonlyMap<string, RowEffect>,
  ids: readonly string[],
  entities: ReadonlyMap<string, EntityRules>,
): boolean {
  return ids.every((id) => {
    const [a, b] = [one.get(id), other.get(id)];
    if (a === undefined || b === undefined) return false;
    return (entities.get(a.entity)?.compared ?? []).every((field) => {
      const after = [a.after?.get(field), b.after?.get(field)] as const;
      if (numberOf(after[0]) === undefined) return sameCell(after[0], after[1]);
      return deltaOf(a.before?.get(field), after[0]) === deltaOf(b.before?.get(field), after[1]);
    });
  });
}

/** Whether every part of the key is among the names. */
export function namesAll(key: string, names: ReadonlySet<string>): boolean {
  const parts: unknown = JSON.parse(key === '' ? '[]' : key);
  return Array.isArray(parts) && parts.length > 0 && parts.every((part) => names.has(String(part)));
}

/** W3C traceparent: version, trace id, parent id, flags. */
function traceOf(traceparent: string): string {
  return traceparent.split('-')[1] ?? '';
}
