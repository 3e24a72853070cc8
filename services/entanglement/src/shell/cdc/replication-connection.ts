import { once } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';
import {
  encodeStatus,
  type ReplicationMessage,
  untilUnreadable,
} from '../../core/change/replication-stream.ts';
import { CANONICAL_SESSION } from '../catalog.ts';

/** What `pg` offers of the protocol below its queries; its types leave it out. */
interface Wire extends NodeJS.EventEmitter {
  readonly stream: Socket;
  sendCopyFromChunk(chunk: Buffer): void;
}

export interface StreamHandlers {
  onMessage(message: ReplicationMessage): void;
  /** The stream is over: by an error of the server's or of the connection. Told once. */
  onEnd(error: Error): void;
}

/** Our own word every so often keeps the server from taking us for dead (wal_sender_timeout, 60 s), also while we do not read. */
const statusMs = 5_000;
/** What is confirmed goes out at most this often. */
const confirmMs = 100;

/** One walsender's stream. `pause` stops reading from the socket: the server then waits, nothing gathers here. */
export class ReplicationConnection {
  readonly #client: pg.Client;
  readonly #wire: Wire;
  readonly #timer: NodeJS.Timeout;
  #confirmed = 0n;
  #told = 0n;
  #toldAtMs = 0;

  private constructor(client: pg.Client, wire: Wire) {
    this.#client = client;
    this.#wire = wire;
    this.#timer = setInterval(() => this.#tell(), confirmMs);
  }

  /** @throws the server's error: no such slot, the slot is in use (55006), missing rights (42501). */
  static async open(
    url: string,
    { slot, publication }: { readonly slot: string; readonly publication: string },
    handlers: StreamHandlers,
  ): Promise<ReplicationConnection> {
    const config: pg.ClientConfig & { replication: 'database' } = {
      connectionString: url,
      // The server writes the rows' text by this session's settings, which a database or role may have set otherwise.
      options: CANONICAL_SESSION,
      replication: 'database',
      application_name: `chronos ${slot}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    };
    const client = new pg.Client(config);
    const ended = onceOnly(handlers.onEnd);
    client.on('error', ended);
    client.on('end', () => ended(new Error('the database closed the replication connection')));
    await client.connect();
    const { connection: wire } = client as unknown as { connection: Wire };
    const started = once(wire, 'replicationStart');
    started.catch(() => undefined);
    // Listening first: the server may speak in the same packet.
    const take = untilUnreadable(handlers.onMessage, (error) => {
      ended(error);
      wire.stream.destroy();
    });
    wire.on('copyData', ({ chunk }: { chunk: Buffer }) => take(chunk));
    const names = pg.escapeLiteral(pg.escapeIdentifier(publication));
    // Messages come from 14 on; the rest of the options is protocol version 1's.
    const over = client.query(
      `START_REPLICATION SLOT ${pg.escapeIdentifier(slot)} LOGICAL 0/0 (proto_version '1', publication_names ${names}, messages 'true')`,
    );
    over.catch(ended);
    try {
      await Promise.race([started, over]);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return new ReplicationConnection(client, wire);
  }

  /** Everything before `lsn` needs never be told again. */
  confirm(lsn: bigint): void {
    if (lsn > this.#confirmed) this.#confirmed = lsn;
  }

  /** The server waits for our word (a keepalive that asks for a reply). */
  reply(): void {
    this.#send();
  }

  pause(): void {
    this.#wire.stream.pause();
  }

  resume(): void {
    this.#wire.stream.resume();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#send();
    // A walsender ends with its connection; `end()` alone would wait for an answer that does not come within a copy.
    const closed = once(this.#wire.stream, 'close');
    this.#wire.stream.end();
    const late = setTimeout(() => this.#wire.stream.destroy(), 500);
    if (!this.#wire.stream.destroyed) await closed.catch(() => undefined);
    clearTimeout(late);
    await this.#client.end().catch(() => undefined);
  }

  #tell(): void {
    if (this.#confirmed > this.#told || performance.now() - this.#toldAtMs > statusMs) this.#send();
  }

  #send(): void {
    this.#told = this.#confirmed;
    this.#toldAtMs = performance.now();
    if (this.#wire.stream.writable) this.#wire.sendCopyFromChunk(Buffer.from(encodeStatus(this.#confirmed)));
  }
}

function onceOnly(tell: (error: Error) => void): (error: Error) => void {
  let told = false;
  return (error) => {
    if (told) return;
    told = true;
    tell(error);
  };
}
