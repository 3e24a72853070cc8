import type pg from 'pg';
import { ownKey, toCommon } from '../../core/identifiers/matched-rows.ts';
import type { Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { keyOrders } from '../../core/verify/key-order.ts';
import { type Key, VerifyStatements } from '../../core/verify/statements.ts';
import { type RowAnswer, sideRow } from './postgres-side.ts';
import { keyText, type SideRow } from './side.ts';

/** Rows with these common keys, by {@link keyText}, within a transaction that writes them; what this universe has no known name for is missing. */
export async function readRows(
  client: Pick<pg.ClientBase, 'query'>,
  entity: CompiledEntity,
  universe: Universe,
  keys: readonly Key[],
  partners: Partners,
  lock: 'lock' | 'free' = 'free',
): Promise<Map<string, SideRow>> {
  const own = keys.flatMap((key) => {
    const found = ownKey(entity, universe, key, partners);
    return found === undefined ? [] : [found];
  });
  const statement = new VerifyStatements(entity, universe, keyOrders(entity, universe)).rows(own, lock);
  if (statement === undefined) return new Map();
  const { rows } = await client.query<RowAnswer>(statement.text, [...statement.values]);
  return new Map(
    rows.map((answer) => {
      const { version, values: read } = sideRow(entity, answer);
      const values = toCommon(entity, universe, read, partners);
      return [keyText(entity.keyFields.map((name) => values.get(name) ?? '')), { version, values }];
    }),
  );
}
