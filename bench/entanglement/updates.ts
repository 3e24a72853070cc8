import { randomUUID } from 'node:crypto';
import { fromBinary } from '@bufbuild/protobuf';
import { DB_STATE_UPDATES } from '@chronos/arbiter/shell/topics.ts';
import type { Bus } from '@chronos/bus/bus.ts';
import { StateUpdateSchema, type TransactionPart } from '@chronos/proto/events/v1/state_update_pb.js';

export interface Updates {
  close(): Promise<void>;
}

/** Hands out each part of a transaction as it comes to stand on the topic, from its beginning; watermarks are left out. */
export async function followUpdates(
  bus: Bus,
  onPart: (part: TransactionPart, arrivedAtMs: number) => void,
): Promise<Updates> {
  return bus.consume({
    topic: DB_STATE_UPDATES,
    groupId: `bench-${randomUUID()}`,
    promptly: true,
    onBatch: async ({ records }) => {
      const arrivedAtMs = Date.now();
      for (const { value } of records) {
        const { what } = fromBinary(StateUpdateSchema, value);
        if (what.case === 'transaction') onPart(what.value, arrivedAtMs);
      }
    },
  });
}
