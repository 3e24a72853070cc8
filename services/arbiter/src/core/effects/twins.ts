import { deltaOf, numberOf, type State, sameCell } from './cell.ts';
import type { EntityRules } from './entities.ts';
import { partsOf } from './row-partners.ts';
import type { Universes } from './state-window.ts';
import type { Version } from './timeline.ts';
import { effectOf, isOwn, type RowEffect, type Transaction, type UniverseName } from './transaction.ts';

/** How far apart the universes may commit the same work, for it to be looked for: a copy may be late. */
const REACH_MS = 5_000;
/** Times of commits may be this much out of the order of their positions in the WAL. */
const OUT_OF_ORDER_MS = 1_000;

type Entities = ReadonlyMap<string, EntityRules>;

/** What a transaction did, so that it can be held against another one's. */
interface Deed {
  /** Of rows that were there before: numbers by their change, everything else by what stands there after. And how many rows of which entity are new. */
  readonly text: string;
  readonly made: readonly NewRow[];
  /** Texts and keys in the new rows, but for keys of rows that were there and for running states: the id of a posting, a reference. */
  readonly holds: ReadonlySet<string>;
}

interface NewRow {
  readonly entity: string;
  readonly fields: readonly {
    readonly text: string;
    /** The running states of rows changed beside it that it tells, if it is one of them: a balance after the booking, a number counted on. */
    readonly tells: ReadonlySet<string>;
  }[];
}

/** Changes stay as they are, whoever a transaction is told to belong to. */
const deeds = new WeakMap<Entities, WeakMap<Transaction['changes'], Deed | null>>();

/**
 * Whether two transactions did the same, of either universe: the same changes of the same rows, and new rows that hold the same, or tell the same
 * running state (which in another order is another number). Never, where nobody can say: more than is kept, ids that belong together in pairs.
 */
export function isTwin(one: Transaction, other: Transaction, entities: Entities): boolean {
  const [a, b] = [deedOf(one, entities), deedOf(other, entities)];
  if (a === null || b === null || a.text !== b.text) return false;
  const free = [...b.made];
  return a.made.every((row) => {
    const at = free.findIndex((candidate) => isSameRow(row, candidate));
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  });
}

function isSameRow(one: NewRow, other: NewRow): boolean {
  return (
    one.entity === other.entity &&
    one.fields.every((field, at) => {
      const there = other.fields[at];
      return field.text === there?.text || [...field.tells].some((told) => there?.tells.has(told));
    })
  );
}

/** The texts that this transaction alone holds in its new rows, of all that did something else to the same row within reach. */
export function onlyHeldBy(
  transaction: Transaction,
  universes: Universes,
  entities: Entities,
): ReadonlySet<string> {
  const held = new Set(deedOf(transaction, entities)?.holds);
  if (held.size === 0) return held;
  for (const other of around(transaction, universes, transaction.universe, entities)) {
    if (other.lsn === transaction.lsn) continue;
    for (const text of deedOf(other, entities)?.holds ?? []) held.delete(text);
  }
  return held;
}

/** Transactions of one universe that did just what this one did, tagged or not, within reach of it. Itself among them, in its own universe. */
export function twinsOf(
  transaction: Transaction,
  universes: Universes,
  universe: UniverseName,
  entities: Entities,
): readonly Transaction[] {
  if (deedOf(transaction, entities) === null) return [];
  const isAlike = (other: Transaction) => isTwin(transaction, other, entities);
  return around(transaction, universes, universe, entities).filter(isAlike);
}

/** What was done to the same row within reach, the newest first; nothing of Chronos' own. */
function around(
  transaction: Transaction,
  universes: Universes,
  universe: UniverseName,
  entities: Entities,
): readonly Transaction[] {
  const anchor = anchorOf(transaction, entities);
  if (anchor === undefined) return [];
  const versions = universes[universe].row(anchor.entity, anchor.key);
  const found: Transaction[] = [];
  for (let at = versions.length - 1; at >= 0; at -= 1) {
    const { transaction: other } = versions[at] as Version;
    const laterMs = other.committedMs - transaction.committedMs;
    if (laterMs < -REACH_MS - OUT_OF_ORDER_MS) break;
    if (Math.abs(laterMs) <= REACH_MS && !isOwn(other)) found.push(other);
  }
  return found;
}

/** A row by which the same work is found in the other universe: one that was there before, else a new one with a key of the service's making. */
function anchorOf({ changes }: Transaction, entities: Entities): Transaction['changes'][number] | undefined {
  return (
    changes.find(({ entity, before }) => entities.has(entity) && before !== undefined) ??
    changes.find(({ entity }) => entities.get(entity)?.ownKeys === false)
  );
}

function deedOf(transaction: Transaction, entities: Entities): Deed | null {
  const own = deeds.get(entities) ?? new WeakMap<Transaction['changes'], Deed | null>();
  deeds.set(entities, own);
  const { changes } = transaction;
  const known = own.get(changes);
  if (known !== undefined) return known;
  const deed = readDeed(transaction, entities);
  own.set(changes, deed);
  return deed;
}

function readDeed(transaction: Transaction, entities: Entities): Deed | null {
  const rows = [...effectOf([transaction]).values()];
  // Which row of the other universe it is, depends on pairs that may not be known yet.
  const isUnsayable = ({ entity, key }: RowEffect) =>
    key === '' || (entities.get(entity)?.matched.size ?? 0) > 0;
  if (transaction.tooLarge || rows.some(isUnsayable)) return null;
  const texts: string[] = [];
  const made: NewRow[] = [];
  for (const { entity: name, key, before, after } of rows) {
    const entity = entities.get(name);
    if (entity === undefined) continue;
    if (before !== undefined) texts.push(`${name} ${key} ${changed(before, after, entity)}`);
    else if (after !== undefined) {
      texts.push(`new ${name}`);
      made.push(newRow(after, entity, rows));
    }
  }
  return { text: texts.sort().join('\n'), made, holds: heldIn(rows, entities) };
}

function heldIn(rows: readonly RowEffect[], entities: Entities): ReadonlySet<string> {
  const holds = new Set<string>();
  for (const { entity, before, after } of rows) {
    const key = entities.get(entity)?.key ?? [];
    for (const [field, cell] of (before === undefined && after) || []) {
      if (cell.is !== 'value') continue;
      const number = numberOf(cell);
      const isId = number === undefined || (key.includes(field) && toldBy(number, rows).size === 0);
      if (isId) holds.add(cell.text);
    }
  }
  for (const { before, key } of rows)
    if (before !== undefined) for (const part of partsOf(key)) holds.delete(part ?? '');
  return holds;
}

function changed(before: State, after: State | undefined, { compared }: EntityRules): string {
  if (after === undefined) return 'is gone';
  const fields = compared.map((field) => {
    const [from, to] = [before.get(field), after.get(field)];
    const delta = deltaOf(from, to);
    if (delta !== undefined) return delta === '0' ? '' : `${field} by ${delta}`;
    return sameCell(from, to) ? '' : `${field} = ${textOf(after, field)}`;
  });
  return JSON.stringify(fields.filter((text) => text !== ''));
}

function newRow(after: State, { name, compared }: EntityRules, rows: readonly RowEffect[]): NewRow {
  const fields = compared.map((field) => {
    const number = numberOf(after.get(field));
    return { text: textOf(after, field), tells: number === undefined ? NOTHING : toldBy(number, rows) };
  });
  return { entity: name, fields };
}

const NOTHING: ReadonlySet<string> = new Set();

function toldBy(number: string, rows: readonly RowEffect[]): ReadonlySet<string> {
  const told = new Set<string>();
  for (const { entity, key, before, after, steps } of rows) {
    if (before === undefined || after === undefined) continue;
    for (const [step, state] of steps.entries()) {
      for (const [field, cell] of state ?? [])
        if (numberOf(cell) === number && !sameCell(before.get(field), after.get(field)))
          told.add(`${entity} ${key} ${field} ${step}`);
    }
  }
  return told;
}

function textOf(state: State, field: string): string {
  const cell = state.get(field);
  return JSON.stringify(cell && [cell.is, 'text' in cell ? cell.text : '']) ?? '';
}
