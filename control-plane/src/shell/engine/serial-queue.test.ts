import { expect, test } from '@jest/globals';
import { SerialQueue } from './serial-queue.ts';

test('one at a time, in order, the urgent one before all that wait', async () => {
  const queue = new SerialQueue();
  const events: string[] = [];
  const gate = Promise.withResolvers<void>();
  const job = (name: string, wait?: Promise<void>) => async () => {
    events.push(`${name} begins`);
    await wait;
    events.push(`${name} ends`);
  };
  const all = [
    queue.run(job('first', gate.promise)),
    queue.run(job('second')),
    queue.run(job('kill'), { urgent: true }),
  ];
  gate.resolve();
  await Promise.all(all);
  const names = ['first', 'kill', 'second'];
  expect(events).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('a failure reaches its caller and stops nobody else', async () => {
  const queue = new SerialQueue();
  const failed = queue.run(() => Promise.reject(new Error('no')));
  const after = queue.run(async () => 7);
  await expect(failed).rejects.toThrow('no');
  expect(await after).toBe(7);
});

test('the line is bounded, but not for the urgent', async () => {
  const queue = new SerialQueue();
  const gate = Promise.withResolvers<void>();
  const waiting = Array.from({ length: 1_001 }, () => queue.run(() => gate.promise));
  await expect(queue.run(() => gate.promise)).rejects.toThrow(/too many/);
  const urgent = queue.run(async () => 'done', { urgent: true });
  gate.resolve();
  expect(await urgent).toBe('done');
  await Promise.all(waiting);
});
