import type { Bus, TopicSpec } from '@chronos/bus/bus.ts';
import { expect, test } from '@jest/globals';
import { ensureTopics } from './rules-publisher.ts';

test('topics that the control plane makes first take the records that capture and arbiters write', async () => {
  const made: TopicSpec[] = [];
  const bus: Pick<Bus, 'ensureTopics'> = {
    ensureTopics: async (topics) => {
      made.push(...topics);
    },
  };
  await ensureTopics(bus as Bus);
  const bytesMax = (name: string) =>
    Number(made.find(({ topic }) => topic === name)?.config?.['max.message.bytes'] ?? 0);
  // Two bodies of 1 MiB with their headers; Kafka's default would refuse one.
  expect(bytesMax('shadow-requests')).toBeGreaterThan(2 * (1 << 20) + (512 << 10));
  expect(bytesMax('verdicts')).toBeGreaterThan(2 * (1 << 20));
  expect(made.find(({ topic }) => topic === 'migrations')?.config?.['cleanup.policy']).toBe('compact');
});
