import type pg from 'pg';
import { toCommon } from '../../core/identifiers/matched-rows.ts';
import type { Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { keyOrders } from '../../core/verify/key-order.ts';
import { type Key, VerifyStatements } from '../../core/verify/statements.ts';
import { askedByOwn } from './asked-keys.ts';
import { type RowAnswer, sideRow } from './postgres-side.ts';
import { keyOf, keyText, type SideRow } from './side.ts';

/** Rows with these common keys, by {@link keyText} as they are given, within a transaction that writes them; what this universe has no known name for is missing. */
export async function readRows(
  client: Pick<pg.ClientBase, 'query'>,
  entity: CompiledEntity,
  universe: Universe,
  keys: readonly Key[],
  partners: Partners,
  lock: 'lock' | 'free' = 'free',
): Promise<Map<string, SideRow>> {
  const asked = askedByOwn(entity, universe, keys, partners);
  const own = [...asked.keys()].map(keyOf);
  const statement = new VerifyStatements(entity, universe, keyOrders(entity, universe)).rows(own, lock);
  if (statement === undefined) return new Map();
  const { rows } = await client.query<RowAnswer>(statement.text, [...statement.values]);
  return new Map(
    rows.map((answer) => {
      const { version, values: read } = sideRow(entity, answer);
      const key = keyText(entity.keyFields.map((name) => read.get(name) ?? ''));
      return [asked.get(key) ?? key, { version, values: toCommon(entity, universe, read, partners) }];
    }),
  );
}
