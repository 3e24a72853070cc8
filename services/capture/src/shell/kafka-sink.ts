import type { BusProducer, TopicSpec } from '@chronos/bus/bus.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { topic } from '../core/record.ts';
import type { Sink } from './outbox.ts';

/** Rejects while no broker answers; the caller tries again. The topic is made if it is not there. */
export async function kafkaSink(brokers: readonly string[], bodyBytesMax: number): Promise<Sink> {
  const bus = connectBus({ brokers, clientId: 'chronos-capture' });
  try {
    await bus.ensureTopics([exchangeTopic(bodyBytesMax)]);
    const producer: BusProducer = await bus.producer();
    return { send: (records) => producer.send(topic, records), close: () => bus.close() };
  } catch (error) {
    await bus.close();
    throw error;
  }
}

function exchangeTopic(bodyBytesMax: number): TopicSpec {
  // Two whole bodies, and the headers around them.
  const recordBytesMax = 2 * bodyBytesMax + 512 * 1024;
  return { topic, partitions: 8, config: { 'max.message.bytes': String(recordBytesMax) } };
}

/** The broker's refusal, wherever in the chain of causes the client has put it. */
export function isTooLarge(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('type' in at && at.type === 'MESSAGE_TOO_LARGE') return true;
  }
  return false;
}
