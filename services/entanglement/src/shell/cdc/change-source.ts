import type { SourceEvent } from '../../core/change/source-event.ts';

/** Where a database's changes come from; both kinds hand out the same events in the same order. */
export interface ChangeSource {
  /** Batches as they arrive. Ends by throwing when the stream is lost; whoever iterates slowly is what the database waits for. */
  events(): AsyncIterable<readonly SourceEvent[]>;
  /** Everything up to this position (of a commit or a message) is the broker's. */
  confirm(position: bigint): void;
  close(): Promise<void>;
}
