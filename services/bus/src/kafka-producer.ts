import { type Kafka, Partitioners, type Producer } from 'kafkajs';
import { BusError, type BusProducer, type BusRecord } from './bus.ts';
import { gathered } from './gather.ts';

/**
 * An idempotent producer: a retry after a lost acknowledgement is not written twice. The broker forgets a producer's sequence when it
 * loses its log or times the producer out; the client cannot go on then, so a new one (with a new id) takes over for one more try.
 */
export async function resilientProducer(kafka: Kafka): Promise<BusProducer> {
  const connect = async (): Promise<Producer> => {
    const producer = kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    return producer;
  };
  let current = connect();
  const send = async (topic: string, records: readonly BusRecord[]) => {
    const messages = records.map((r) => ({
      key: r.key,
      value: Buffer.from(r.value.buffer, r.value.byteOffset, r.value.byteLength),
      headers: { ...r.headers },
      ...(r.partition === undefined ? {} : { partition: r.partition }),
    }));
    await (await current).send({ topic, messages, acks: -1 });
  };
  const replace = async () => {
    const old = current;
    current = connect();
    current.catch(() => {});
    await old.then((p) => p.disconnect()).catch(() => {});
  };
  try {
    await current;
  } catch (error) {
    throw BusError.from('no Kafka broker answers', error);
  }
  const sendResiliently = async (topic: string, records: readonly BusRecord[]): Promise<void> => {
    try {
      await send(topic, records);
    } catch {
      await replace();
      try {
        await send(topic, records);
      } catch (error) {
        throw BusError.from(`sending ${records.length} records to ${topic} failed`, error);
      }
    }
  };
  // An idempotent producer has one request in flight; what comes meanwhile shares the next one.
  const topics = new Map<string, (records: readonly BusRecord[]) => Promise<void>>();
  const sender = (topic: string) => {
    let gather = topics.get(topic);
    if (gather === undefined) {
      gather = gathered<readonly BusRecord[], void>(async (groups) => {
        for (const records of withinRequest(groups)) await sendResiliently(topic, records);
        return groups.map(() => undefined);
      });
      topics.set(topic, gather);
    }
    return gather;
  };
  return {
    async send(topic, records) {
      if (records.length > 0) await sender(topic)(records);
    },
    async close() {
      await (await current).disconnect();
    },
  };
}

/** A request holds at most this; brokers take 1 MiB a partition unless the topic says more. One caller's records stay together. */
const requestBytesMax = 768 * 1024;

function* withinRequest(groups: readonly (readonly BusRecord[])[]): Generator<BusRecord[]> {
  let request: BusRecord[] = [];
  let bytes = 0;
  for (const group of groups) {
    const size = group.reduce((sum, { value }) => sum + value.byteLength, 0);
    if (request.length > 0 && bytes + size > requestBytesMax) {
      yield request;
      request = [];
      bytes = 0;
    }
    request = request.concat(group);
    bytes += size;
  }
  if (request.length > 0) yield request;
}
