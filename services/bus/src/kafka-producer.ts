import { type Kafka, Partitioners, type Producer } from 'kafkajs';
import { BusError, type BusProducer, type BusRecord } from './bus.ts';

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
      value: Buffer.from(r.value),
      headers: { ...r.headers },
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
  return {
    async send(topic, records) {
      if (records.length === 0) return;
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
    },
    async close() {
      await (await current).disconnect();
    },
  };
}
