import { timestampMs } from '@bufbuild/protobuf/wkt';
import { Universe as Side } from '@chronos/proto/events/v1/exchange_pb.js';
import { ValueType, type Vector, type VectorField } from '@chronos/proto/events/v1/state_update_pb.js';
import {
  EffectsState,
  type EntityEffect,
  Kind,
  Ruling,
  type SideEffect,
  type Verdict,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { MarkedKeys } from '../identifiers/marked-keys.ts';
import type { Universe } from '../mapping/catalog.ts';
import { difference } from '../mapping/numbers.ts';
import { loneDeedOf } from './lone-deed.ts';
import type { OpenWork } from './open-rows.ts';

import {
  type CaseRow,
  type Cause,
  type Deltas,
  other,
  type RepairCase,
  rowId,
  rowsById,
} from './repair-case.ts';
import { unknownRow } from './unknown-row.ts';

/**
 * What a verdict says of rows that differ now; undefined when it says nothing of the kind. What is harmless or approved differs on purpose.
 *
 * @param work what was open of the request: rows beyond those that the verdict lists
 * @param clientsOnModern whether modern answers clients, so that a wrong answer of its takes traffic back first
 */
export function caseOfVerdict(
  verdict: Verdict,
  work: OpenWork | undefined,
  context: { readonly clientsOnModern: boolean; readonly nowMs: number; readonly keys?: MarkedKeys },
): RepairCase | undefined {
  const { keys = new MarkedKeys() } = context;
  const cause = causeOf(verdict);
  if (cause === undefined) return undefined;
  const authority = universeOf(verdict.answeredBy);
  const { effects } = verdict;
  const isWhole = !PARTLY_KNOWN.has(verdict.effectsState);
  const rows = rowsById(effects.flatMap((effect) => rowsOf(effect, { authority, keys, effects, isWhole })));
  const listed = new Set(
    verdict.effects.flatMap(({ entity, key, modernKey }) => [rowId(entity, key), rowId(entity, modernKey)]),
  );
  for (const { universe, rows: touched } of work?.transactions ?? []) {
    for (const { entity, key } of touched) {
      const common = keys.common(universe, entity, key);
      const id = rowId(entity, common);
      if (!listed.has(rowId(entity, key)) && !listed.has(id) && !rows.has(id))
        rows.set(id, unknownRow(entity, common));
    }
  }
  if (rows.size === 0 && verdict.revision === 0) return undefined;
  const lsns = verdict.effects.map((effect) => effect[authority]?.commitLsn ?? 0n);
  const own = (work?.transactions ?? [])
    .filter(({ universe }) => universe === authority)
    .map(({ lsn }) => lsn);
  return {
    id: verdict.requestId,
    cause,
    revision: verdict.revision,
    authority,
    committedMs: committedMs(verdict, work),
    authorityLsn: [...lsns, ...own].reduce((last, lsn) => (lsn > last ? lsn : last), 0n),
    openedMs: context.nowMs,
    revertFirst: context.clientsOnModern && authority === 'modern' && verdict.kind === Kind.MISMATCH,
    undecided: false,
    rows,
  };
}

/** What is listed of the effects is what was read: the rest of them may have been done, and is not known. */
const PARTLY_KNOWN: ReadonlySet<EffectsState> = new Set([
  EffectsState.UNKNOWN,
  EffectsState.TOO_LARGE,
  EffectsState.AMBIGUOUS,
]);

function causeOf({ kind, race, revision, effects }: Verdict): Cause | undefined {
  switch (kind) {
    case Kind.MISMATCH:
      return 'mismatch';
    case Kind.LOST:
      return 'lost';
    case Kind.RACE:
      return 'race';
    case Kind.IDENTICAL:
    case Kind.EQUIVALENT:
      // A verdict that takes back an earlier one: what was done about that may have been too much.
      if (revision > 0) return 'mismatch';
      return race && effects.length > 0 ? 'race' : undefined;
    case Kind.UNSPECIFIED:
      return undefined;
  }
}

export function universeOf(side: Side): Universe {
  return side === Side.MODERN ? 'modern' : 'legacy';
}

/** The last commit that is known of it; else when it began. */
function committedMs({ startedAt }: Verdict, work: OpenWork | undefined): number {
  const known = work?.transactions.map((transaction) => transaction.committedMs) ?? [];
  if (known.length > 0) return Math.max(...known);
  return startedAt === undefined ? 0 : timestampMs(startedAt);
}

interface Said {
  readonly authority: Universe;
  readonly keys: MarkedKeys;
  /** All that the verdict lists. */
  readonly effects: readonly EntityEffect[];
  /** They are all that either universe did; otherwise nothing is said in numbers: the rows become equal when nobody is at work on them. */
  readonly isWhole: boolean;
}

/** Rows of one effect: one, or two where the universes keep it under different keys. */
function rowsOf(effect: EntityEffect, { authority, keys, effects, isWhole }: Said): CaseRow[] {
  const { entity, key, modernKey, ruling } = effect;
  if (ruling === Ruling.HARMLESS || ruling === Ruling.APPROVED) return [];
  if (ruling === Ruling.UNSPECIFIED && sameEffect(effect)) return [];
  const isMatched = keys.isMatched(entity);
  const isOther = (each: EntityEffect) => each.entity === entity && each[authority] === undefined;
  const isMade = isNew(effect.legacy) || isNew(effect.modern);
  const lone = loneDeedOf(effect, keys.ownFields(entity));
  // What the other universe did to a row of its own alone may have been meant for this one.
  const before =
    isWhole && isMatched && !isMade && effect[other(authority)] === undefined && !effects.some(isOther)
      ? contentOf(effect[authority]?.before)
      : undefined;
  if (modernKey !== '' && !isMatched) {
    const as = { legacy: key, modern: modernKey };
    return [key, modernKey].map((own) => ({ ...unknownRow(entity, own), as }));
  }
  return [
    {
      entity,
      key,
      deed: deedOf(effect[authority], isWhole),
      desired: isWhole ? desiredOf(effect[authority], effect[other(authority)]) : undefined,
      applied: new Map(),
      proven: false,
      ...(lone && { lone }),
      ...(isMatched && { made: isMade }),
      ...(before && { before }),
    },
  ];
}

function deedOf(side: SideEffect | undefined, isWhole: boolean): CaseRow['deed'] {
  if (side === undefined) return isWhole ? 'kept' : 'unknown';
  if (side.after === undefined) return 'removed';
  return side.before === undefined ? 'added' : 'kept';
}

/** Both left the row in the same state. */
function sameEffect({ legacy, modern }: EntityEffect): boolean {
  if (legacy === undefined || modern === undefined) return false;
  return sameVector(legacy.after, modern.after);
}

function sameVector(a: Vector | undefined, b: Vector | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const others = new Map(b.fields.map((field) => [field.name, field]));
  return a.fields.every((field) => {
    const match = others.get(field.name);
    return (
      match !== undefined && field.value.case === match.value.case && field.value.value === match.value.value
    );
  });
}

/** Δauthority − Δother of each number, where either of them differs from zero; a row counts from zero where both added it. */
function desiredOf(right: SideEffect | undefined, wrong: SideEffect | undefined): Deltas | undefined {
  // A row that only one of them added cannot be made by adding to it.
  if (isNew(right) !== isNew(wrong)) return undefined;
  const [own, others] = [deltasOf(right), deltasOf(wrong)];
  if (own === undefined || others === undefined) return undefined;
  const desired = new Map<string, string>();
  for (const field of new Set([...own.keys(), ...others.keys()])) {
    const value = difference(own.get(field) ?? '0', others.get(field) ?? '0');
    if (value === undefined) return undefined;
    if (value !== '0') desired.set(field, value);
  }
  return desired;
}

/** Values by field; what is masked or not known is left out. */
export function contentOf(vector: Vector | undefined): CaseRow['before'] {
  if (vector === undefined) return undefined;
  return Object.fromEntries(
    vector.fields.flatMap(({ name, value }): [string, string | null][] => {
      if (value.case === 'text') return [[name, value.value]];
      return value.case === 'null' ? [[name, null]] : [];
    }),
  );
}

function isNew(side: SideEffect | undefined): boolean {
  return side !== undefined && side.before === undefined;
}

/** Δ of each number; undefined when the row is gone or a number is not known. */
function deltasOf(side: SideEffect | undefined): Deltas | undefined {
  if (side === undefined) return new Map();
  if (side.after === undefined) return undefined;
  const before = new Map(side.before?.fields.map((field) => [field.name, field]));
  const deltas = new Map<string, string>();
  for (const field of side.after.fields) {
    const to = numberOf(field);
    const from = side.before === undefined ? '0' : numberOf(before.get(field.name));
    if (to === undefined || from === undefined) continue;
    const delta = difference(to, from);
    if (delta === undefined) return undefined;
    if (delta !== '0') deltas.set(field.name, delta);
  }
  return deltas;
}

function numberOf(field: VectorField | undefined): string | undefined {
  return field?.type === ValueType.NUMBER && field.value.case === 'text' && /^-?[0-9]/.test(field.value.value)
    ? field.value.value
    : undefined;
}
