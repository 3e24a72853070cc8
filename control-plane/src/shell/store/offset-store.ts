import type { Queryable } from './database.ts';

/** Where to go on reading in each partition. */
export async function loadOffsets(db: Queryable, topic: string): Promise<Map<number, bigint>> {
  const { rows } = await db.query<{ partition: number; next_offset: string }>(
    'SELECT partition, next_offset FROM bus_offsets WHERE topic = $1',
    [topic],
  );
  return new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
}

/** Offsets only grow: a batch that is applied again moves nothing back. */
export async function saveOffset(
  tx: Queryable,
  topic: string,
  partition: number,
  nextOffset: bigint,
): Promise<void> {
  await tx.query(
    `INSERT INTO bus_offsets (topic, partition, next_offset) VALUES ($1, $2, $3)
     ON CONFLICT (topic, partition) DO UPDATE SET next_offset = greatest(bus_offsets.next_offset, excluded.next_offset)`,
    [topic, partition, nextOffset.toString()],
  );
}
