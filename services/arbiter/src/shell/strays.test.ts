import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { BusRecord, Following } from '@chronos/bus/bus.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { UnattributedChangeSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { record } from '../testing/partition-world.ts';
import { change, rulesMessage, transaction, watermark } from '../testing/two-databases.ts';
import { RulesTable } from './rules-table.ts';
import { StateReader } from './state-reader.ts';
import { Strays } from './strays.ts';

const row = (balance: number) => ({ id: 'A', balance, bookings: 1, status: 'open' });
const batch = transaction({
  universe: 'legacy',
  lsn: 7,
  committedMs: 100_000,
  changes: [change('account', ['A'], row(10), row(7))],
});

/** Reports of an arbiter that no request has come to; how often it began to read. */
async function reports(declared: 'entities' | 'nothing') {
  const records = [batch, watermark('legacy', 200_000, 100), watermark('modern', 200_000, 100)];
  let begun = 0;
  const changes = new StateReader(
    {
      readAll: async ({ onRecord }: { onRecord: (record: unknown) => void }): Promise<Following> => {
        begun += 1;
        for (const update of records) onRecord(record('', toBinary(StateUpdateSchema, update), 0, 200_000));
        return { partitions: 1, close: async () => undefined } as Following;
      },
    } as never,
    () => new Set(),
    () => undefined,
  );
  const rules = new RulesTable(() => undefined);
  rules.accept(record('m', toBinary(JudgingRulesSchema, rulesMessage(declared))));
  const sent: BusRecord[] = [];
  const strays = new Strays({
    changes,
    rules,
    pairs: { modernOf: () => undefined, legacyOf: () => undefined },
    now: () => 150_000,
    send: async (some) => void sent.push(...some),
    onReported: () => undefined,
  });
  await strays.report([0]);
  await strays.report([0]);
  return { begun, told: sent.map(({ value }) => fromBinary(UnattributedChangeSchema, value).commitLsn) };
}

test('what is done without a request is reported before the first request, once', async () => {
  expect(await reports('entities')).toEqual({ begun: 1, told: [7n] });
});

test('where no migration declares its databases, none is read', async () => {
  expect(await reports('nothing')).toEqual({ begun: 0, told: [] });
});
