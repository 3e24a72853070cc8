import { create } from '@bufbuild/protobuf';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { expect, test } from '@jest/globals';
import { SerialSql } from '../cdc/serial-sql.ts';
import { Stopped } from '../cdc/stopped.ts';
import { RetainedWal } from './retained-wal.ts';
import { newStatus } from './status.ts';

/** A database that keeps so much, of which so much was not acknowledged; `writer`: an open transaction. */
function database(kept: { retainedMib: number; behindMib: number; writer?: string }) {
  const query = async (text: string) => {
    const mib = (n: number) => String(n * 2 ** 20);
    if (text.includes('pg_replication_slots'))
      return { rows: [{ retained: mib(kept.retainedMib), behind: mib(kept.behindMib), confirmed: '0/0' }] };
    const own = { pid: 4711, name: kept.writer, xids: '1234', since: '2026-01-02 03:04:05+00' };
    return { rows: kept.writer === undefined ? [] : [own] };
  };
  return new SerialSql({ query } as never);
}

test('from half of the limit on it is told which slot keeps how much of what, and who holds it; below, no more', async () => {
  const status = newStatus();
  const log: string[] = [];
  const entanglement = create(EntanglementSchema, { retainedWalMaxMib: 96 });
  const retained = new RetainedWal('bank_cdc', entanglement, status, (line) => log.push(line));
  const measured = async (kept: Parameters<typeof database>[0]) => {
    await retained.measure(database(kept));
    return status.walAlarm;
  };
  expect(await measured({ retainedMib: 40, behindMib: 1 })).toBe('');
  expect(await measured({ retainedMib: 78, behindMib: 1, writer: 'process 4711 (psql)' })).toBe(
    'slot bank_cdc keeps 78 MiB of the 96 MiB at which its slot is dropped; the oldest open transaction is process 4711 (psql), ' +
      'since 2026-01-02 03:04:05+00, 1,234 transactions ago → end it if nobody needs it: SELECT pg_terminate_backend(4711)',
  );
  // Nobody is to end a service's transaction for what Kafka does not take.
  expect(await measured({ retainedMib: 80, behindMib: 70, writer: 'process 4711 (psql)' })).toMatch(
    /; 70 MiB of it are changes that the broker has not taken yet → see that Kafka takes them$/,
  );
  expect(log).toHaveLength(1);
  expect(await measured({ retainedMib: 10, behindMib: 1 })).toBe('');
  await expect(retained.measure(database({ retainedMib: 96, behindMib: 1 }))).rejects.toThrow(Stopped);
});
