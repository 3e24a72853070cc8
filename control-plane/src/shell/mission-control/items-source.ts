import { type DescMessage, equals, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import { ChangedItems, type ItemChanges } from '../../core/mission-control/changed-items.ts';
import type { Cursor, Source } from './feed.ts';
import { polled } from './polled.ts';

export interface ItemsOptions<Item extends DescMessage, Desc extends DescMessage> {
  readonly schema: Desc;
  readonly item: Item;
  readonly intervalMs: number;
  /** The whole list as it is now, by id, in its order. */
  readonly list: () => Promise<ReadonlyMap<string, MessageShape<Item>>>;
  readonly message: (changes: ItemChanges<MessageShape<Item>>) => MessageInitShape<Desc>;
  readonly failed: (error: unknown) => void;
}

/** A list that is looked at while somebody watches; readers are told what changed. */
export function itemsSource<Item extends DescMessage, Desc extends DescMessage>(
  options: ItemsOptions<Item, Desc>,
): Source<Desc> {
  const items = new ChangedItems<MessageShape<Item>>((a, b) => equals(options.item, a, b));
  return {
    schema: options.schema,
    get version() {
      return items.version;
    },
    start(changed) {
      let first = true;
      const look = async () => {
        const list = await options.list();
        if (items.update(list) || first) changed();
        first = false;
      };
      return polled(options.intervalMs, look, options.failed).stop;
    },
    message: (cursor: Cursor) =>
      options.message(items.after('version' in cursor ? cursor.version : undefined)),
  };
}
