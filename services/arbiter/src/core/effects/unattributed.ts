import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { EntityChangeSchema, Operation } from '@chronos/proto/events/v1/state_update_pb.js';
import { type UnattributedChange, UnattributedChangeSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { vectorOf } from './cell.ts';
import { type CounterpartContext, counterpartOf } from './counterpart.ts';
import type { EffectRules } from './entities.ts';
import type { Universes } from './state-window.ts';
import { effectOf, isOwn, type RowEffect, type Transaction, UNIVERSES } from './transaction.ts';

/** How long after its commit a transaction may still turn out to belong to a request: the request must have ended and been judged. */
const CLAIM_MS = 3_000;
const CHANGES_LISTED_MAX = 1_000;

/** Transactions of this partition that belong to no request, final once both streams have passed them by far enough. */
export function unattributed(
  universes: Universes,
  { partition, passedMs, rules }: { partition: number; passedMs: number; rules: EffectRules },
): Transaction[] {
  const toMs = passedMs - CLAIM_MS - rules.effectsWithinMs - 2 * rules.clockSkewMs;
  return UNIVERSES.flatMap((universe) => universes[universe].loose(Number.NEGATIVE_INFINITY, toMs)).filter(
    (transaction) =>
      transaction.partition === partition &&
      !isOwn(transaction) &&
      (transaction.changes.length > 0 || transaction.tooLarge),
  );
}

export function unattributedMessage(
  transaction: Transaction,
  context: CounterpartContext,
  nowMs: number,
): UnattributedChange {
  const { committedMs, universe, lsn, migration, xid, extent } = transaction;
  const effect = effectOf([transaction]);
  // Nothing is kept of what a very large one did: of two such nobody can say that they are the same.
  const counterpart = extent === undefined ? counterpartOf(transaction, effect, context) : undefined;
  const rows = [...effect.values()];
  return create(UnattributedChangeSchema, {
    migration,
    universe: universe === 'legacy' ? Universe.LEGACY : Universe.MODERN,
    commitLsn: lsn,
    xid,
    committedAt: timestampFromMs(committedMs),
    changes:
      extent === undefined
        ? rows.slice(0, CHANGES_LISTED_MAX).map(changeMessage)
        : [...extent.entities].map((entity) => create(EntityChangeSchema, { entity, lsn })),
    moreChanges: BigInt(extent?.rows ?? Math.max(0, rows.length - CHANGES_LISTED_MAX)),
    counterpartLsn: counterpart?.lsn ?? 0n,
    judgedAt: timestampFromMs(nowMs),
  });
}

function changeMessage({ entity, key, before, after, lsn }: RowEffect) {
  const [from, to] = [vectorOf(before), vectorOf(after)];
  return create(EntityChangeSchema, {
    entity,
    key,
    op: operationOf(key, before !== undefined, after !== undefined),
    ...(from && { before: from }),
    ...(to && { after: to }),
    lsn,
  });
}

function operationOf(key: string, existed: boolean, exists: boolean): Operation {
  if (key === '') return Operation.TRUNCATE;
  if (!exists) return Operation.DELETE;
  return existed ? Operation.UPDATE : Operation.INSERT;
}
