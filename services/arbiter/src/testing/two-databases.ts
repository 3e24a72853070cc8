import type { MessageInitShape } from '@bufbuild/protobuf';
import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  Attribution,
  type EntityChange,
  EntityChangeSchema,
  Operation,
  type StateUpdate,
  StateUpdateSchema,
  ValueType,
  type VectorFieldSchema,
  VectorSchema,
} from '@chronos/proto/events/v1/state_update_pb.js';
import type { UniverseName } from '../core/effects/transaction.ts';
import { compileRules, type MigrationRules } from '../core/verdict/rules.ts';

/** A row as tests write it: numbers for NUMBER fields, texts for TEXT. */
export type Row = Readonly<Record<string, number | string>>;

/** Accounts, and bookings that count on per account and tell the balance after; one note a customer, which the last writer wins. */
export const ENTITIES = create(EntanglementSchema, {
  entities: [
    entity('account', ['id'], ['id', 'balance', 'bookings', 'status']),
    entity('booking', ['account', 'number'], ['account', 'number', 'amount', 'balance_after', 'text']),
    {
      ...entity('ticket', ['id'], ['id', 'subject']),
      fields: [{ ...field('id'), generated: true }, field('subject')],
    },
  ],
});

function entity(name: string, key: string[], fields: string[]) {
  return { name, legacy: { table: name }, modern: { table: name }, key, fields: fields.map(field) };
}

function field(name: string) {
  return { name, legacy: name, modern: name, generated: false };
}

/** Rules of migration `m` with {@link ENTITIES}, or with nothing declared of databases. */
export function rulesMessage(declared: 'entities' | 'nothing' = 'entities', joinDeadlineSeconds = 10) {
  const policy = { joinDeadline: { seconds: BigInt(joinDeadlineSeconds) } };
  const entanglement = declared === 'entities' ? ENTITIES : undefined;
  return create(JudgingRulesSchema, {
    rulesVersion: 'v1',
    revision: 1n,
    spec: { name: 'm', policy, ...(entanglement && { entanglement }) },
  });
}

export const databaseRules: MigrationRules = compileRules(rulesMessage());

export interface TransactionParts {
  readonly universe: UniverseName;
  readonly lsn: number;
  readonly changes: readonly EntityChange[];
  readonly request?: string;
  readonly committedMs?: number;
  readonly attribution?: Attribution;
  readonly traceparent?: string;
}

/** A whole transaction in one part. */
export function transaction(parts: TransactionParts): StateUpdate {
  const { universe, lsn, changes, request = '', committedMs = 1_001 } = parts;
  const attribution = parts.attribution ?? (request === '' ? Attribution.NONE : Attribution.TAGGED);
  return update(universe, {
    case: 'transaction',
    value: {
      requestId: request,
      attribution,
      xid: BigInt(lsn),
      commitLsn: BigInt(lsn),
      committedAt: timestampFromMs(committedMs),
      part: 0,
      last: true,
      changes: [...changes],
      traceparent: parts.traceparent ?? '',
    },
  });
}

export function watermark(universe: UniverseName, emittedMs: number, lsn = 0): StateUpdate {
  const value = { lsn: BigInt(lsn), emittedAt: timestampFromMs(emittedMs), sequence: BigInt(emittedMs) };
  return update(universe, { case: 'watermark', value });
}

function update(
  universe: UniverseName,
  what: Exclude<MessageInitShape<typeof StateUpdateSchema>['what'], undefined>,
): StateUpdate {
  const side = universe === 'legacy' ? Universe.LEGACY : Universe.MODERN;
  return create(StateUpdateSchema, { migration: 'm', universe: side, what });
}

export function change(
  entity: string,
  key: readonly (number | string)[],
  before: Row | undefined,
  after: Row | undefined,
) {
  return create(EntityChangeSchema, {
    entity,
    key: JSON.stringify(key.map(String)),
    op: before === undefined ? Operation.INSERT : after === undefined ? Operation.DELETE : Operation.UPDATE,
    ...(before && { before: vector(before) }),
    ...(after && { after: vector(after) }),
  });
}

/** As a database tells it whose replica identity is not FULL: of the row before, its key alone. */
export function withoutBefore(told: EntityChange): EntityChange {
  const key = new Set(ENTITIES.entities.find(({ name }) => name === told.entity)?.key);
  const fields = (told.before?.fields ?? []).map(
    (field): MessageInitShape<typeof VectorFieldSchema> =>
      key.has(field.name) ? field : { name: field.name, value: { case: 'unknown', value: true } },
  );
  return create(EntityChangeSchema, {
    ...told,
    ...(told.before && { before: create(VectorSchema, { fields }) }),
  });
}

function vector(row: Row) {
  const fields = Object.entries(row)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, value]): MessageInitShape<typeof VectorFieldSchema> => ({
        name,
        type: typeof value === 'number' ? ValueType.NUMBER : ValueType.TEXT,
        value: { case: 'text', value: String(value) },
      }),
    );
  return create(VectorSchema, { fields });
}
