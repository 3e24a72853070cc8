/** What travels: one record of a topic. Keys are request ids (or migration names on compacted topics). */
export interface BusRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: what the key says. For what every partition must hear. */
  readonly partition?: number;
}

export interface ReceivedRecord extends BusRecord {
  readonly headers: Readonly<Record<string, string>>;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestampMs: number;
}

export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
  readonly replicas?: number;
  /** Broker-side settings, such as `cleanup.policy`. */
  readonly config?: Readonly<Record<string, string>>;
}

export interface BusProducer {
  /** Resolves when every in-sync replica has the records. Rejects with a {@link BusError} after about 15 s without a broker. */
  send(topic: string, records: readonly BusRecord[]): Promise<void>;
  close(): Promise<void>;
}

export interface Batch {
  readonly partition: number;
  readonly records: readonly ReceivedRecord[];
  /** The partition's end when the batch was fetched. */
  readonly highWatermark: bigint;
}

export interface ConsumeOptions {
  readonly topic: string;
  readonly groupId: string;
  /** Awaited before the first batch of these newly assigned partitions is handed out. */
  readonly onAssigned?: (partitions: readonly number[]) => Promise<void>;
  readonly onRevoked?: (partitions: readonly number[]) => void;
  /**
   * Handed out one batch at a time a partition. After a rejection the same batch comes again, and after a rejoin (a broker restarted, say)
   * everything since the last commit: what was seen already must do no harm.
   */
  readonly onBatch: (batch: Batch) => Promise<void>;
  /** For offsets kept elsewhere: where to start in a newly assigned partition; undefined: the group's commit, else the beginning. */
  readonly startOffset?: (partition: number) => bigint | undefined;
  readonly sessionTimeoutMs?: number;
  /** Somebody waits for each record: records are handed out as they arrive, not gathered first. Costs a fetch for each. */
  readonly promptly?: boolean;
}

export interface BusConsumer {
  /** Commits that everything below `nextOffset` is done. */
  commit(partition: number, nextOffset: bigint): Promise<void>;
  /** Records fetched so far but behind the partition's end, by partition, as of the last batch. */
  lag(): ReadonlyMap<number, bigint>;
  /**
   * Epoch milliseconds: what stood in the assigned partitions by then has been handed out. Stands still while nothing is fetched (the group is given
   * its partitions anew, no broker answers, the process gets no CPU); -Infinity until it is known.
   */
  readToMs(): number;
  close(): Promise<void>;
}

export interface ReadBackOptions {
  readonly topic: string;
  readonly partitions: readonly number[];
  /** Records stamped at or after this time are read. */
  readonly fromTimestampMs: number;
  readonly onRecord: (record: ReceivedRecord) => void;
}

export interface ReadAllOptions {
  readonly topic: string;
  readonly onRecord: (record: ReceivedRecord) => void;
  /** Records stamped earlier are left out, and after a broker's restart reading goes on where it was. Default: all, from the beginning. */
  readonly fromTimestampMs?: number;
  /** After each batch: records of the partition that are still to be read. */
  readonly onProgress?: (partition: number, behind: bigint) => void;
}

/** A topic that is being followed. */
export interface Following {
  readonly partitions: number;
  close(): Promise<void>;
}

/** The one port to Kafka. Everything else in Chronos knows topics, keys and bytes only. */
export interface Bus {
  /** Creates the topics that are missing; leaves those that exist as they are. */
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>;
  producer(): Promise<BusProducer>;
  consume(options: ConsumeOptions): Promise<BusConsumer>;
  /** Reads up to the partitions' ends as of the call, then resolves. Trouble with the broker can hand out a record more than once. */
  readBack(options: ReadBackOptions): Promise<void>;
  /** Reads the whole topic, resolves once its end as of the call is reached, and follows it until closed. After a broker's restart it
   * may be read again from the beginning. */
  readAll(options: ReadAllOptions): Promise<Following>;
  /** By partition: offset of the first record that is kept, and the one behind the last. */
  bounds(topic: string): Promise<ReadonlyMap<number, { readonly first: bigint; readonly end: bigint }>>;
  close(): Promise<void>;
}

/** Anything that goes wrong between Chronos and its brokers; `cause` holds the client's own error. */
export class BusError extends Error {
  override readonly name = 'BusError';

  static from(what: string, cause: unknown): BusError {
    if (cause instanceof BusError) return cause;
    return new BusError(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
