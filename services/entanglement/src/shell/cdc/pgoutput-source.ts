import { decodePgOutput } from '../../core/change/pgoutput.ts';
import { Relations } from '../../core/change/relations.ts';
import type { SourceEvent } from '../../core/change/source-event.ts';
import type { ChangeSource } from './change-source.ts';
import { ReplicationConnection } from './replication-connection.ts';

/** Beyond so many bytes that nobody has taken, the socket is not read. */
const waitingBytesMax = 1 << 20;

export interface PgOutputOptions {
  readonly url: string;
  readonly slot: string;
  readonly publication: string;
}

/** A database's changes from its own slot, read in this process. */
export async function openPgOutput(options: PgOutputOptions): Promise<ChangeSource> {
  const relations = new Relations();
  let waiting: SourceEvent[] = [];
  let waitingBytes = 0;
  let isPaused = false;
  let failure: Error | undefined;
  let wake = Promise.withResolvers<void>();
  let connection: ReplicationConnection | undefined;

  connection = await ReplicationConnection.open(options.url, options, {
    onMessage: (message) => {
      if (message.kind === 'keepalive') {
        if (message.mustReply) connection?.reply();
        return;
      }
      const event = relations.event(decodePgOutput(message.payload), message.walEnd);
      if (event === undefined) return;
      waiting.push(event);
      waitingBytes += message.payload.byteLength;
      if (waitingBytes > waitingBytesMax && !isPaused) {
        isPaused = true;
        connection?.pause();
      }
      wake.resolve();
    },
    onEnd: (error) => {
      failure = error;
      wake.resolve();
    },
  });
  const open = connection;

  return {
    async *events() {
      for (;;) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
        const batch = waiting;
        waiting = [];
        waitingBytes = 0;
        if (isPaused) {
          isPaused = false;
          open.resume();
        }
        if (batch.length > 0) yield batch;
        // What came before the end is handed out first.
        if (failure !== undefined && waiting.length === 0) throw failure;
      }
    },
    confirm: (position) => open.confirm(position),
    close: () => open.close(),
  };
}
