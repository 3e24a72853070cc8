import { expect, test } from '@jest/globals';
import type { Consumer, ConsumerRunConfig } from 'kafkajs';
import { keepRunning } from './keep-running.ts';

type Crash = (event: { readonly payload: { readonly restart: boolean } }) => void;

/** As much of the client as is used; what was called is told in order, and each call can be waited for. */
function client(failing: readonly string[] = []) {
  const calls: string[] = [];
  const failures = [...failing];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let crash: Crash = () => {};
  const called = (name: string) => async () => {
    calls.push(name);
    for (const { count, resolve } of waiting) if (calls.length >= count) resolve();
    if (failures[0] === name) {
      failures.shift();
      throw new Error(`${name} failed`);
    }
  };
  const consumer = {
    connect: called('connect'),
    subscribe: called('subscribe'),
    run: called('run'),
    disconnect: called('disconnect'),
    on: (_event: string, listener: Crash) => {
      crash = listener;
    },
  };
  return {
    consumer: consumer as unknown as Consumer,
    calls,
    fail: (name: string) => failures.push(name),
    crash: (restart: boolean) => crash({ payload: { restart } }),
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        if (calls.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

const subscription = { topic: 't', fromBeginning: true };
const config: ConsumerRunConfig = { eachBatch: async () => {} };
const started = ['connect', 'subscribe', 'run'];

test('what the client gave up for ever begins again, once, however often that fails', async () => {
  const { consumer, calls, crash, reached } = client();
  const running = await keepRunning(consumer, subscription, config);
  crash(true);
  crash(false);
  crash(false);
  await reached(6);
  await running.close();
  expect(calls).toEqual([...started, ...started, 'disconnect']);

  const away = client();
  const other = await keepRunning(away.consumer, subscription, config);
  away.crash(false);
  await away.reached(6);
  away.crash(false); // while it begins again, too
  await away.reached(9);
  await other.close();
  expect(away.calls).toEqual([...started, ...started, ...started, 'disconnect']);
});

test('a start that fails is tried again, the first is told', async () => {
  const { consumer } = client(['subscribe']);
  await expect(keepRunning(consumer, subscription, config)).rejects.toThrow('subscribe failed');

  const { calls, crash, reached, ...away } = client();
  const running = await keepRunning(away.consumer, subscription, config);
  away.fail('subscribe');
  crash(false);
  await reached(8);
  await running.close();
  expect(calls).toEqual([...started, 'connect', 'subscribe', ...started, 'disconnect']);
});

test('a closed one does not come back', async () => {
  const { consumer, calls, crash } = client();
  const running = await keepRunning(consumer, subscription, config);
  crash(false);
  await running.close();
  expect(calls).toEqual([...started, 'disconnect']);
});
