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
import { isTwin, onlyHeldBy, twinsOf } from './twins.ts';

export interface Claimant {
  readonly requestId: string;
  readonly traceparent: string;
  readonly flights: Flights;
  /** Texts of the scalars that the request names: ids of rows are among them. */
  readonly names: () => ReadonlySet<string>;
  /** Its method promises to change nothing: it is the last to be taken for what changed something. */
  readonly isSafe: boolean;
  /** How long it has been looked at. */
  readonly waitedMs: number;
}

/** So long others are left to find what is theirs, before a request gets what only may be its own; a safe one longer. */
export const OTHERS_FIRST_MS = 1_500;
const SAFE_LAST_MS = 2_200;

/**
 * Finds the transactions of a request that its services did not tag, and claims them. In this order, each only within the request's own time in
 * that universe:
 *
 * 1. the trace that the SQL comment names is the request's own;
 * 2. the other universe's transactions of this request are known, and all that was done here to the same rows did the same together: one transaction
 *    or several, where nobody else's is among them; else one that did the same ({@link isTwin}), or changed the same rows by as much;
 * 3. neither universe has one of the request's: those of which the request names every row, in this order: one that alone holds in its new rows what
 *    the request names (the id of a posting); one of either universe that did the same, together; not in a universe that tags, where what has no tag
 *    is a worker's, a batch job's, somebody's by hand, and names the same accounts;
 * 4. what the other universe has not done as often, once others had the time to find theirs: the first that committed. It comes before what both did:
 *    somebody has done it, and whoever has no choice is left with what both did.
 *
 * So of a request's further transactions only those are known that its other universe bears out (2). Others stay nobody's: which of several requests on
 * the same rows one belongs to would be guessed.
 *
 * @returns whether something is left that may be its own, once others had their time
 */
export function attribute(
  universes: Universes,
  claimant: Claimant,
  entities: ReadonlyMap<string, EntityRules>,
  partners: RowPartners,
): boolean {
  const search = { universes, claimant, entities, partners };
  for (const universe of UNIVERSES) byTrace(universes, universe, claimant);
  const isLeft = UNIVERSES.map((universe) => byRows(search, universe));
  const isKnown = () => UNIVERSES.some((universe) => universes[universe].of(claimant.requestId).length > 0);
  if (isKnown()) return isLeft.includes(true);
  const isNamed = byName(search);
  if (!isKnown()) return isNamed;
  return UNIVERSES.map((universe) => byRows(search, universe)).includes(true);
}

interface Search {
  readonly universes: Universes;
  readonly claimant: Claimant;
  readonly entities: ReadonlyMap<string, EntityRules>;
  readonly partners: RowPartners;
}

function byTrace(universes: Universes, universe: UniverseName, claimant: Claimant): void {
  const trace = traceOf(claimant.traceparent);
  if (trace === '') return;
  for (const transaction of looseOf(universes, universe, claimant)) {
    if (traceOf(transaction.traceparent) !== trace) continue;
    universes[universe].claim({ ...transaction, requestId: claimant.requestId });
  }
}

function byRows(search: Search, universe: UniverseName): boolean {
  const { universes, claimant, entities, partners } = search;
  if (universes[universe].of(claimant.requestId).length > 0) return false;
  const other = universe === 'legacy' ? 'modern' : 'legacy';
  const done = universes[other].of(claimant.requestId);
  const known = partners.rekeyed(effectOf(done), other, entities);
  // New rows may have keys of the database's own making: what was there before tells more.
  const rows = [...known.values()].filter(({ before }) => before !== undefined);
  const wanted = (rows.length > 0 ? rows : [...known.values()]).map(({ entity, key }) => rowId(entity, key));
  if (wanted.length === 0) return false;
  const loose = looseOf(universes, universe, claimant);
  const all = together(loose, known, entities);
  // What the other universe has done just so, each by itself, is others'.
  if (all.length === 1 || (all.length > 1 && isLeftOver(all, universe, search))) {
    for (const each of all) infer(universes, universe, claimant, each);
    return false;
  }
  const candidates = loose.filter(({ changes }) => {
    const touched = new Set(changes.map((c) => rowId(c.entity, c.key)));
    return wanted.every((id) => touched.has(id));
  });
  const twin = candidates.find((one) => done.some((each) => isTwin(one, each, entities)));
  const surplus = twin === undefined ? candidates.filter((one) => isSurplus(one, universe, search)) : [];
  // Where services tag, what has no tag is another's work, unless it did just what this request did in the other universe.
  const found =
    twin ??
    surplus.find((one) => sameEffects(effectOf([one]), known, wanted, entities)) ??
    (universes[universe].tags ? undefined : ownByName(surplus, search));
  if (found !== undefined) infer(universes, universe, claimant, found);
  else if (!universes[universe].tags && surplus[0] !== undefined) {
    if (!hadTheirTime(claimant)) return true;
    infer(universes, universe, claimant, surplus[0]);
  }
  return false;
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

/** Where neither universe is known to have done anything of it; returns whether something may be its own. */
function byName(search: Search): boolean {
  const { universes, claimant } = search;
  const named = UNIVERSES.map((universe) =>
    universes[universe].tags ? [] : namedBy(claimant, looseOf(universes, universe, claimant)),
  );
  if (named.every((candidates) => candidates.length === 0)) return false;
  // What promises to change nothing is taken for the owner of nothing that another one may have done.
  if (claimant.isSafe && !hadTheirTime(claimant)) return true;
  const claim = (found: readonly (Transaction | undefined)[]): boolean => {
    for (const [at, universe] of UNIVERSES.entries())
      if (found[at] !== undefined) infer(universes, universe, claimant, found[at]);
    return found.some((one) => one !== undefined);
  };
  if (claim(named.map((candidates) => ownByName(candidates, search)))) return false;
  const surplus = UNIVERSES.map((universe, at) => named[at]?.find((one) => isSurplus(one, universe, search)));
  if (surplus.some((one) => one !== undefined)) {
    if (!hadTheirTime(claimant)) return true;
    // One of it: the other universe is looked through for what fits it.
    claim(surplus[0] === undefined ? surplus : [surplus[0]]);
  } else claim(pairIn(named, search));
  return false;
}

/** The first two that did the same. */
function pairIn(
  [legacy = [], modern = []]: readonly (readonly Transaction[])[],
  { entities }: Search,
): readonly Transaction[] {
  for (const left of legacy) {
    const right = modern.find((one) => isTwin(one, left, entities));
    if (right !== undefined) return [left, right];
  }
  return [];
}

/** Transactions of which the request names every row that was there before. */
function namedBy({ names }: Claimant, loose: readonly Transaction[]): Transaction[] {
  return loose.filter(({ changes, attribution }) => {
    const rows = changes.filter(({ before }) => before !== undefined);
    return (
      attribution === Attribution.NONE && rows.length > 0 && rows.every(({ key }) => namesAll(key, names()))
    );
  });
}

/** The only one that holds in its new rows what the request names, and no other transaction does. */
function ownByName(
  candidates: readonly Transaction[],
  { universes, entities, claimant: { names } }: Search,
): Transaction | undefined {
  const telling = candidates.filter((one) =>
    [...onlyHeldBy(one, universes, entities)].some((text) => names().has(text)),
  );
  return telling.length === 1 ? telling[0] : undefined;
}

/** The other universe lacks all of them, of several alike as many. */
function isLeftOver(all: readonly Transaction[], universe: UniverseName, search: Search): boolean {
  return all.every((one) => {
    const alike = all.filter((other) => isTwin(one, other, search.entities)).length;
    return surplusOf(one, universe, search) >= alike;
  });
}

/** This universe has done it more often than the other one. */
function isSurplus(one: Transaction, universe: UniverseName, search: Search): boolean {
  return surplusOf(one, universe, search) > 0;
}

function surplusOf(one: Transaction, universe: UniverseName, { universes, entities }: Search): number {
  const other = universe === 'legacy' ? 'modern' : 'legacy';
  const own = twinsOf(one, universes, universe, entities).length;
  // Of what nobody can say what else did the same, nothing did.
  return own === 0 ? 1 : own - twinsOf(one, universes, other, entities).length;
}

function hadTheirTime({ isSafe, waitedMs }: Claimant): boolean {
  return waitedMs >= (isSafe ? SAFE_LAST_MS : OTHERS_FIRST_MS);
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
