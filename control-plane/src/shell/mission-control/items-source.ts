import { type DescMessage, equals, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import { type Timestamp, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ChangedItems, type ItemChanges } from '../../core/mission-control/changed-items.ts';
import type { Cursor, Source } from './feed.ts';
import { polled } from './polled.ts';

export interface ItemsOptions<Item extends DescMessage, Desc extends DescMessage> {
  readonly schema: Desc;
  readonly item: Item;
  readonly intervalMs: number;
  /** The whole list as it is now, by id, in its order. */
  readonly list: () => Promise<ReadonlyMap<string, MessageShape<Item>>>;
  readonly nowMs: () => number;
  /** `observedAt`: when the list was as it is told. A look that fails or hangs makes it no younger. */
  readonly message: (
    changes: ItemChanges<MessageShape<Item>>,
    observedAt: Timestamp,
  ) => MessageInitShape<Desc>;
  readonly failed: (error: unknown) => void;
}

/** A list that is looked at while somebody watches; readers are told of each look, with what changed and how old it is. */
export function itemsSource<Item extends DescMessage, Desc extends DescMessage>(
  options: ItemsOptions<Item, Desc>,
): Source<Desc> {
  const items = new ChangedItems<MessageShape<Item>>((a, b) => equals(options.item, a, b));
  let observedMs = 0;
  return {
    schema: options.schema,
    get version() {
      return items.version;
    },
    start(changed) {
      const look = async () => {
        const beganMs = options.nowMs();
        items.update(await options.list());
        observedMs = beganMs;
        changed();
      };
      return polled(options.intervalMs, look, options.failed).stop;
    },
    message: (cursor: Cursor) =>
      options.message(
        items.after('version' in cursor ? cursor.version : undefined),
        timestampFromMs(observedMs),
      ),
  };
}
