import { expect, test } from '@jest/globals';
import { kafkaJvmOptions, kafkaProperties } from './kafka-config.ts';

test('the broker listens on loopback only and makes no topic by itself', () => {
  const lines = kafkaProperties({ port: 9192, controllerPort: 9193, dataDir: '/state/kafka' })
    .trim()
    .split('\n');
  expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:9192,CONTROLLER://127.0.0.1:9193');
  expect(lines).toContain('log.dirs=/state/kafka');
  expect(lines).toContain('auto.create.topics.enable=false');
  expect(lines.filter((line) => line.includes('0.0.0.0'))).toEqual([]);
});

test('the archive is used only if there is one', () => {
  expect(kafkaJvmOptions(undefined).join(' ')).not.toContain('SharedArchiveFile');
  expect(kafkaJvmOptions('/cache/classes.jsa')).toContain('-XX:SharedArchiveFile=/cache/classes.jsa');
});
