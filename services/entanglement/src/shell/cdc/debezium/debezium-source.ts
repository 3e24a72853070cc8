import { randomUUID } from 'node:crypto';
import type { Bus } from '@chronos/bus/bus.ts';
import { DebeziumReader, UnreadableEvent } from '../../../core/change/debezium.ts';
import { UnreadableValue } from '../../../core/change/debezium-values.ts';
import type { Wanted } from '../../../core/change/preflight.ts';
import { type SourceEvent, tableText } from '../../../core/change/source-event.ts';
import { readCatalog } from '../../catalog.ts';
import type { ChangeSource } from '../change-source.ts';
import { openSql } from '../open-sql.ts';
import { Stopped } from '../stopped.ts';
import { connectorStanding, ensureConnector, removeConnectors } from './connector.ts';

export interface DebeziumOptions {
  readonly bus: Bus;
  readonly connect: string;
  readonly url: string;
  readonly wanted: Wanted;
  readonly tagPrefix: string;
  /** Which slot of this name it is: a slot that is made anew has a connector, a topic and offsets of its own. */
  readonly generation: string;
  /** How far the topic was read, as far as is known. */
  readonly acknowledgedOffset: bigint | undefined;
}

const watchMs = 2_000;
const dayMs = 86_400_000;
/** Records of large rows; the broker's own limit for this topic. */
const recordBytesMax = 4 << 20;

/** A database's changes as a real Debezium reads them, from its topic. Positions are that topic's offsets. */
export async function openDebezium(options: DebeziumOptions): Promise<ChangeSource> {
  const { bus, connect, url, wanted, tagPrefix } = options;
  const name = `${wanted.slot}.${options.generation}`;
  const topic = `chronos.cdc.${name}`;
  await bus.ensureTopics([
    {
      topic,
      partitions: 1,
      config: { 'retention.ms': String(dayMs), 'max.message.bytes': String(recordBytesMax) },
    },
  ]);
  await refuseGap(options, topic);
  await removeConnectors(connect, wanted.slot, name);
  const connector = { ...wanted, connect, name, databaseUrl: url, topic, tagPrefix };
  await ensureConnector(connector);
  const reader = new DebeziumReader(await typesOf(url, wanted));

  let failure: Error | undefined;
  let handed:
    | { readonly events: readonly SourceEvent[]; readonly taken: PromiseWithResolvers<void> }
    | undefined;
  let wake = Promise.withResolvers<void>();
  const fail = (error: Error) => {
    failure ??= error;
    handed?.taken.resolve();
    wake.resolve();
  };
  const consumer = await bus.consume({
    topic,
    // Its own, for where to go on is known from the store: a shared group's only partition would wait for a dead member's session to run out,
    // and for ever for a client that was closed while it crashed and comes back by itself.
    groupId: `chronos-cdc-${name}.${randomUUID()}`,
    startOffset: () => options.acknowledgedOffset,
    onBatch: async ({ records }) => {
      if (failure !== undefined) return;
      try {
        const events = records.flatMap(({ value, offset }) =>
          reader.take(Buffer.from(value).toString(), offset + 1n),
        );
        handed = { events, taken: Promise.withResolvers() };
      } catch (error) {
        fail(explained(error));
        return;
      }
      wake.resolve();
      // The next batch is fetched when this one has been taken: what waits is bounded by a fetch.
      await handed.taken.promise;
    },
  });
  let isLooking = false;
  const look = async () => {
    const standing = await connectorStanding(connect, name);
    if (standing.state === 'failed') fail(new Error(`Debezium's task failed: ${standing.reason}`));
    // A worker that was killed keeps offsets, not connectors: it goes on where it was, into the same topic.
    if (standing.state === 'missing' && failure === undefined) await ensureConnector(connector);
  };
  const watch = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look()
      .catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        isLooking = false;
      });
  }, watchMs);

  return {
    async *events() {
      for (;;) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
        const batch = handed;
        handed = undefined;
        try {
          if (batch !== undefined && batch.events.length > 0) yield batch.events;
        } finally {
          // Also when nobody takes more: the consumer could not close while its batch waits.
          batch?.taken.resolve();
        }
        if (failure !== undefined) throw failure;
      }
    },
    // What was read is remembered by the store.
    confirm: () => undefined,
    async close() {
      clearInterval(watch);
      fail(new Error('closed'));
      await consumer.close();
    },
  };
}

/** The topic keeps a day. Debezium went on beyond that while nobody read, and its slot with it; or somebody has made the topic anew. */
async function refuseGap({ bus, wanted, acknowledgedOffset }: DebeziumOptions, topic: string): Promise<void> {
  if (acknowledgedOffset === undefined) return;
  const { first, end } = (await bus.bounds(topic)).get(0) ?? { first: 0n, end: 0n };
  if (first <= acknowledgedOffset && acknowledgedOffset <= end) return;
  const what =
    first > acknowledgedOffset
      ? `begins at ${first}, and was read up to ${acknowledgedOffset}: what Debezium told in between is gone`
      : `ends at ${end}, and was read up to ${acknowledgedOffset}: it was made anew`;
  throw new Stopped([
    {
      code: 'slot-lost',
      message: `topic ${topic} of slot ${wanted.slot} ${what}`,
      remedy:
        'slot and topic are made anew; verify the databases (chronos verify), then chronos resume; for longer absences than a day raise retention.ms of topics chronos.cdc.*',
      passing: false,
    },
  ]);
}

async function typesOf(url: string, wanted: Wanted) {
  const sql = await openSql(url);
  try {
    const catalog = await readCatalog(sql, wanted.tables.map(tableText));
    return (table: { schema: string; name: string }, column: string) =>
      catalog.get(tableText(table))?.columns.get(column);
  } finally {
    await sql.end();
  }
}

/** What cannot be read stays so however often it comes. */
function explained(error: unknown): Error {
  if (!(error instanceof UnreadableEvent || error instanceof UnreadableValue))
    return error instanceof Error ? error : new Error(String(error));
  return new Stopped([
    {
      code: 'unreadable',
      message: `Debezium's events cannot be read exactly: ${error.message}`,
      remedy:
        'read this database without Debezium (--cdc pgoutput), verify the databases (chronos verify), then chronos resume',
      passing: false,
    },
  ]);
}
