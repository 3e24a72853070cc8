import { create } from '@bufbuild/protobuf';
import {
  type Difference,
  DifferenceKind,
  type EntityEffect,
  EntityEffectSchema,
  Ruling,
  Severity,
  type SideEffect,
  SideEffectSchema,
} from '@chronos/proto/events/v1/verdict_pb.js';
import type { Approvals } from '../approve/approvals.ts';
import { diffApproved } from '../compare/diff.ts';
import type { Location } from '../compare/field-path.ts';
import { Findings } from '../compare/findings.ts';
import { enterField, ignoredBy, type RuleCursor } from '../compare/path-rules.ts';
import { show } from '../compare/show.ts';
import { bug, race as byRace, type Judge, type Judged } from '../judge/ruling.ts';
import { judgedValue, sameState, vectorOf } from './cell.ts';
import type { EntityRules } from './entities.ts';
import { pairRows, type RowPair } from './pair-rows.ts';
import { Race } from './race.ts';
import { matchRows } from './references.ts';
import { type EffectField, effectFields, holdsNumbers, rowName } from './row-differences.ts';
import type { RowPartners } from './row-partners.ts';
import type { StateWindow } from './state-window.ts';
import type { RowEffect } from './transaction.ts';

/** Rows of one request that a verdict lists. */
export const EFFECTS_LISTED_MAX = 100;

/** What a request did in both databases. */
export interface Effects {
  readonly migration: string;
  readonly requestId: string;
  readonly legacy: ReadonlyMap<string, RowEffect>;
  readonly modern: ReadonlyMap<string, RowEffect>;
}

export interface EffectsContext {
  readonly window: StateWindow;
  readonly entities: ReadonlyMap<string, EntityRules>;
  readonly partners: RowPartners;
  /** Rules of the migration file by path; effects stand below `state`. */
  readonly paths: RuleCursor;
  readonly judge: Judge;
  readonly approvals: Approvals | undefined;
}

export interface EffectsComparison {
  readonly effects: readonly EntityEffect[];
  readonly differences: readonly Difference[];
  /** Differences that stand. */
  readonly standing: number;
  readonly onlyAsked: boolean;
  readonly severity: Severity;
  /** Something differs that the order of commits explains. */
  readonly race: boolean;
  readonly explanation: string;
  /** What a request that is still under way commits may explain what stands now. */
  readonly maySettle: boolean;
  /** A pair of identifiers that is not known leaves something open. */
  readonly isUnlearned: boolean;
}

/** Holds what a request did in one database against what it did in the other. */
export function compareEffects(own: Effects, context: EffectsContext): EffectsComparison {
  const pairs = pairRows(own.legacy, own.modern, context.entities, context.partners);
  const matched = matchRows(pairs, context.partners);
  const out = new Findings(context.judge, undefined, context.approvals);
  const race = new Race(context.window, own, pairs);
  const effects: EntityEffect[] = [];
  let sentence = '';
  for (const pair of pairs) {
    const before = { standing: out.standing, bugs: out.bugs };
    const isUnlearned = matched.unlearned.has(pair);
    const explained = isUnlearned
      ? undefined
      : comparePair(pair, race, context, out, matched.wrong.get(pair) ?? []);
    if (explained !== undefined) sentence ||= explained;
    if (effects.length >= EFFECTS_LISTED_MAX) continue;
    const standing = out.bugs > before.bugs ? Ruling.BUG : Ruling.ASKED;
    const explainable = explained === undefined ? Ruling.UNSPECIFIED : Ruling.RACE;
    const ruling = out.standing > before.standing ? standing : explainable;
    const effect = effectMessage(pair, ruling, context.partners);
    effects.push(isUnlearned ? { ...effect, explanation: UNLEARNED } : effect);
  }
  return {
    effects,
    differences: out.differences(),
    standing: out.standing,
    onlyAsked: out.onlyAsked,
    severity: out.severity,
    race: sentence !== '',
    explanation: sentence,
    maySettle: out.standing > 0 && race.missing,
    isUnlearned: matched.isUnlearned,
  };
}

const UNLEARNED = 'Which row of the other universe this is, is not known: no answer has shown both ids.';

/** Adds what differs between the two rows; returns the sentence where the order of commits explains something of it. */
function comparePair(
  pair: RowPair,
  race: Race,
  { paths, approvals }: EffectsContext,
  out: Findings,
  references: readonly EffectField[],
): string | undefined {
  const below = enterField(enterField(paths, 'state'), pair.entity.name);
  const open: { readonly item: EffectField; readonly at: Location }[] = [];
  for (const item of [...effectFields(pair), ...references]) {
    const at = locationOf(item);
    const rules = item.field === undefined ? below : enterField(below, item.field);
    const { legacy, modern } = item;
    const ignored = ignoredBy(rules);
    if (ignored !== undefined) {
      const explanation = `${item.words} The migration file says to ignore ${ignored}.`;
      if (!item.equal)
        out.add({ at, kind: kindOf(item), legacy, modern, declared: `ignore:${ignored}`, explanation });
    } else if (!(approvals && diffApproved(legacy, modern, at, rules, out)) && !item.equal) {
      open.push({ item, at });
    }
  }
  const wrong = race.contradiction(pair);
  if (wrong !== undefined) {
    const at = locationOf({ pair, field: wrong.field });
    const value = judgedValue(pair.modern?.after?.get(wrong.field));
    const explanation = `${rowName(pair)}: ${wrong.words}`;
    const judged = bug('running-value', Severity.CRITICAL, explanation);
    out.add({ at, kind: DifferenceKind.VALUE, legacy: value, modern: value, judged, explanation });
  }
  if (open.length === 0) return divergence(pair, race);
  const items = open.map(({ item }) => item);
  const isCertain = wrong !== undefined || references.length > 0;
  const explained = isCertain ? undefined : race.explains(pair, items);
  for (const { item, at } of open) {
    const explanation = explained === undefined ? item.words : `${item.words} ${explained}`;
    out.add({
      at,
      kind: kindOf(item),
      legacy: item.legacy,
      modern: item.modern,
      // The row is named in the sentence: the path is that of all rows.
      shown: { legacy: show(item.legacy), modern: show(item.modern) },
      explanation,
      ...judgedOf(item, explained === undefined ? undefined : explanation),
    });
  }
  return explained;
}

/** What is certain without a judge; `race`: the sentence of an order that explains it. */
function judgedOf(item: EffectField, race: string | undefined): { readonly judged?: Judged } {
  if (race !== undefined) return { judged: byRace(race) };
  const judged = item.judged ?? (item.field === undefined ? presence(item) : undefined);
  return judged === undefined ? {} : { judged };
}

/** Both did the same, but where the last writer wins the order leaves other values behind. */
function divergence(pair: RowPair, race: Race): string | undefined {
  const fields = race.diverging(pair);
  if (fields.length === 0) return undefined;
  const which = fields.slice(0, 8).join(', ');
  return `${rowName(pair)}: requests in flight together were committed in another order in each universe; the last writer of ${which} differs.`;
}

function presence({ pair, words }: EffectField) {
  const { legacy, modern } = pair;
  const lasting = legacy?.after !== undefined && modern?.after === undefined;
  const rule = lasting ? 'row-missing' : modern?.after !== undefined ? 'row-surplus' : 'row-deleted';
  return bug(rule, holdsNumbers(pair) ? Severity.CRITICAL : Severity.MAJOR, words);
}

function locationOf({ pair, field }: Pick<EffectField, 'pair' | 'field'>): Location {
  const entity: Location = { parent: { step: 'state' }, step: pair.entity.name };
  return field === undefined ? entity : { parent: entity, step: field };
}

function kindOf({ legacy, modern }: EffectField): DifferenceKind {
  if (legacy === undefined) return DifferenceKind.ADDED_IN_MODERN;
  return modern === undefined ? DifferenceKind.MISSING_IN_MODERN : DifferenceKind.VALUE;
}

function effectMessage(pair: RowPair, ruling: Ruling, partners: RowPartners): EntityEffect {
  const { entity, legacy, modern } = pair;
  const key = legacy?.key ?? (modern === undefined ? '' : partners.commonKey(entity, 'modern', modern.key));
  return create(EntityEffectSchema, {
    entity: entity.name,
    key,
    modernKey: modern !== undefined && modern.key !== key ? modern.key : '',
    ...(legacy && { legacy: sideMessage(legacy) }),
    ...(modern && { modern: sideMessage(modern) }),
    ruling,
    explanation: inherited(pair) ? 'The rows differed before the request already.' : '',
  });
}

function inherited({ entity, legacy, modern }: RowPair): boolean {
  return (
    legacy !== undefined && modern !== undefined && !sameState(legacy.before, modern.before, entity.compared)
  );
}

function sideMessage({ before, after, attribution, lsn }: RowEffect): SideEffect {
  const [from, to] = [vectorOf(before), vectorOf(after)];
  return create(SideEffectSchema, {
    ...(from && { before: from }),
    ...(to && { after: to }),
    attribution,
    commitLsn: lsn,
  });
}
