import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { CLUSTER_TYPE, RUNTIME_TYPE, shortTypeName } from '../../core/xds/resource-types.ts';
import { encodeRequest } from '../../core/xds/testing/encode-request.ts';
import { fakeSnapshot } from '../../core/xds/testing/fake-snapshot.ts';
import { Fleet } from './fleet.ts';

const PROXIES = 600;

/** A fleet of proxies that have everything; `sent` tells what they were sent since, in order. */
function crowd() {
  const sent: string[] = [];
  const fleet = new Fleet({
    onEvent: (event) => {
      if (event.kind === 'sent') sent.push(shortTypeName(event.typeUrl));
    },
    now: () => 0,
    streamsMax: PROXIES,
    streamsPerNodeMax: 1,
    answerTimeoutMs: 1_000,
    rollout: { deadlineMs: 2_000, triesMax: 0 },
  });
  const publish = (cluster: string, weight: string) =>
    fleet.setSnapshot({ group: 'g' }, fakeSnapshot({ clusters: { a: cluster }, runtimes: { w: weight } }));
  publish('1', '1');
  const proxies = Array.from({ length: PROXIES }, (_, n) => {
    const handlers = fleet.accept({
      method: { variant: 'sotw', typeUrl: undefined },
      bufferedBytes: 0,
      send: () => undefined,
      close: (_code, reason) => {
        throw new Error(reason);
      },
    });
    const ask = (typeUrl: string, names: readonly string[], nonce: string) =>
      handlers.message(
        encodeRequest(
          { variant: 'sotw', typeUrl, names: [...names], nonce, version: '' },
          { id: `n${n}`, cluster: 'g' },
        ),
      );
    for (const [typeUrl, names, nonce] of [
      [CLUSTER_TYPE, [], '1'],
      [RUNTIME_TYPE, ['w'], '2'],
    ] as const) {
      ask(typeUrl, names, '');
      ask(typeUrl, names, nonce);
    }
    return { ask, gone: () => handlers.gone('gone') };
  });
  sent.length = 0;
  return { fleet, publish, proxies, sent };
}

const count = (sent: readonly string[], type: string) => sent.filter((of) => of === type).length;

test('a large push leaves turns to others, and a kill meanwhile goes before what is left of it', async () => {
  const { publish, sent } = crowd();
  publish('2', '1');
  await turn();
  const early = count(sent, 'cluster');
  expect(early).toBeGreaterThan(0);
  expect(early).toBeLessThan(PROXIES);
  publish('2', 'kill');
  while (sent.length < 2 * PROXIES) await turn();
  const lastKill = sent.lastIndexOf('runtime');
  expect(sent.indexOf('runtime')).toBe(early);
  expect(sent.slice(early, lastKill + 1)).toEqual(Array(PROXIES).fill('runtime'));
  expect(count(sent, 'cluster')).toBe(PROXIES);
});

test('in one publication the runtime of all goes before the clusters of any', async () => {
  const { publish, sent } = crowd();
  publish('2', 'kill');
  while (sent.length < 2 * PROXIES) await turn();
  expect(sent).toEqual([...Array(PROXIES).fill('runtime'), ...Array(PROXIES).fill('cluster')]);
});

test('a newer publication takes the place of the one that is being pushed, and all get there', async () => {
  const { fleet, publish, sent, proxies } = crowd();
  publish('2', '1');
  await turn();
  const early = count(sent, 'cluster');
  publish('3', '1');
  const all = fleet.waitForAcks({ group: 'g' }, [CLUSTER_TYPE], 60_000);
  while (sent.length < PROXIES) await turn();
  // T1: those that have one unanswered response get the next after the answer.
  for (const { ask } of proxies) ask(CLUSTER_TYPE, [], '3');
  while (sent.length < PROXIES + early) await turn();
  for (const { ask } of proxies.slice(0, early)) ask(CLUSTER_TYPE, [], '4');
  expect((await all).acked).toHaveLength(PROXIES);
});

test('an audience of a few gets everything at once; a proxy that left meanwhile is passed over', async () => {
  const { publish, sent, proxies } = crowd();
  for (const { gone } of proxies.slice(10)) gone();
  publish('2', '2');
  expect(sent).toEqual([...Array(10).fill('runtime'), ...Array(10).fill('cluster')]);
});
