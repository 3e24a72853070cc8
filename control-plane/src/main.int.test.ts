import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { Stage, UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Code } from '@connectrpc/connect';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Stack, startStack } from './testing/stack.ts';
import { mismatch, verdict } from './testing/verdicts.ts';

jest.setTimeout(60_000);

let stack: Stack;
let sent = 0;
/** More than these tests ever ask through the proxy. */
const asked = 8_000;
const customers = Array.from({ length: 200 }, (_, i) => `c${i}`);

/** As many matching verdicts of what runs now. */
const clean = async (n: number) => {
  const running = await deployments();
  const batch = Array.from({ length: n }, () => verdict({ requestId: `r${sent++}`, ...running }));
  await stack.send(batch);
  return batch;
};
const deployments = async () => {
  const { deployments: all, groups: _ } = await stack.state();
  const of = (universe: number) => all.findLast((d) => d.universe === universe && d.phase === 2)?.id ?? '';
  const { decisions } = await stack.migrations.listDecisions({ name: 'shop', pageSize: 1000 });
  const applied = decisions.find((d) => d.action === 'apply');
  const { rules_version: rulesVersion } = JSON.parse(applied?.evidenceJson ?? '{}');
  return { legacyDeployment: of(1), modernDeployment: of(2), rulesVersion };
};
/** A kill is thrown first and stored after. */
const journalled = async (action: string) => {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const { decisions } = await stack.migrations.listDecisions({ name: 'shop' });
    const found = decisions.find((decision) => decision.action === action);
    if (found !== undefined || performance.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const group = (state: Awaited<ReturnType<Stack['state']>>) => state.groups[0];
/** What all customers get, twenty at a time: two hundred connections at once are more than a busy machine opens within Envoy's second. */
const answers = async () => {
  const all = new Set<string>();
  for (let at = 0; at < customers.length; at += 20)
    for (const text of await Promise.all(customers.slice(at, at + 20).map((c) => stack.ask(c))))
      all.add(text);
  return all;
};

beforeAll(async () => {
  stack = await startStack('shop');
  const build = (name: string) => ({ name, command: ['unused'] });
  const step = (percent: number, confidence: number) => ({
    percent,
    confidence,
    dwell: { seconds: 0n },
    minCompared: 10n,
  });
  await stack.migrations.applyMigration({
    spec: {
      name: 'shop',
      listen: stack.listen,
      customer: { source: { case: 'header', value: 'x-customer' } },
      legacy: { builds: [build('old')] },
      modern: { builds: [build('v1'), build('v2'), build('v3')] },
      routes: [{ name: 'all', match: [{ path: { case: 'prefix', value: '/' } }] }],
      policy: { autoStart: true, ladder: [step(50, 99), step(100, 99.5)] },
    },
  });
});
afterAll(() => stack.dispose());

test('applied: builds come up, legacy first, and the group mirrors', async () => {
  const state = await stack.until('shadow', (s) => group(s)?.stage === Stage.SHADOW);
  expect(state.deployments.map((d) => d.id)).toEqual(['old@1', 'v1@1']);
  await stack.untilListening();
  expect(await answers()).toEqual(new Set(['old']));
});

// This stack has no capture: what the tests ask through the proxy gets no verdict, and would rightly count as uncaptured. Verdicts under
// other rules stand for those requests: they count for the coverage, not as evidence.
test('verdicts under other rules are accounted for and move nothing', async () => {
  const others = Array.from({ length: asked }, (_, i) =>
    verdict({
      requestId: `other${i}`,
      rulesVersion: 'older',
      legacyDeployment: 'old@1',
      modernDeployment: 'v1@1',
    }),
  );
  await stack.send(others);
  const state = await stack.until('counted', (s) => s.coverage?.compared === BigInt(asked));
  expect(group(state)).toMatchObject({ stage: Stage.SHADOW, compared: 0n, confidence: 0 });
});

test('evidence moves half of the customers; what is delivered twice counts once', async () => {
  const batch = await clean(600);
  await stack.send(batch);
  await stack.until('canary', (s) => group(s)?.stage === Stage.CANARY);
  const state = await stack.until('600', (s) => group(s)?.compared === 600n);
  expect(group(state)).toMatchObject({ modernPercent: 50, mismatched: 0n });
  expect(state.verdicts).toEqual({ identical: BigInt(asked) + 600n });
  expect(await answers()).toEqual(new Set(['old', 'v1']));
});

test('a control plane that is killed comes back with the same weights and counts', async () => {
  await stack.restartControlPlane();
  const state = await stack.state();
  expect(group(state)).toMatchObject({ stage: Stage.CANARY, modernPercent: 50, compared: 600n });
  expect(await answers()).toEqual(new Set(['old', 'v1']));
});

test('a wrong answer that a client got kills, and names the request', async () => {
  const running = await deployments();
  await stack.send([
    mismatch({ requestId: 'bad', clientRequestId: 'theirs', answeredBy: Universe.MODERN, ...running }),
  ]);
  const state = await stack.until('killed', (s) => group(s)?.stage === Stage.KILLED);
  expect(state.kills).toBe(1);
  expect(await answers()).toEqual(new Set(['old']));
  expect(await journalled('kill')).toMatchObject({
    requestId: 'bad',
    toPercent: 0,
    actor: 'chronos',
  });
  const { verdict: found } = await stack.verdicts.getVerdict({ requestId: 'theirs' });
  expect(found?.requestId).toBe('bad');
  const { groups } = await stack.verdicts.listMismatchGroups({ migration: 'shop' });
  expect(groups).toMatchObject([
    { field: 'body.total', count: 1n, exampleRequestId: 'bad', modernDeployment: 'v1@1' },
  ]);
});

test('a deployment that does not become healthy moves nothing', async () => {
  stack.unhealthy.add('v2');
  const failed = stack.deployments.deploy({
    migration: 'shop',
    universe: 2,
    what: { case: 'build', value: 'v2' },
  });
  await expect(failed).rejects.toMatchObject({ code: Code.FailedPrecondition });
  const state = await stack.state();
  expect(state.deployments.map((d) => [d.id, d.phase])).toEqual([
    ['old@1', 2],
    ['v1@1', 2],
    ['v2@2', 5],
  ]);
  expect(group(state)?.compared).toBe(601n);
});

test('an address where nobody answers moves nothing', async () => {
  const failed = stack.deployments.deploy({
    migration: 'shop',
    universe: 1,
    what: { case: 'address', value: '127.0.0.1:1' },
  });
  await expect(failed).rejects.toMatchObject({ code: Code.FailedPrecondition });
  expect(await answers()).toEqual(new Set(['old']));
});

test('another build takes over without a failed request, and evidence begins anew', async () => {
  await stack.migrations.startMigration({ name: 'shop' });
  let over = false;
  const load = (async () => {
    while (!over) await Promise.all(customers.slice(0, 20).map((customer) => stack.ask(customer)));
  })();
  await stack.deployments.deploy({ migration: 'shop', universe: 2, what: { case: 'build', value: 'v3' } });
  await clean(600);
  await stack.until('canary again', (s) => group(s)?.stage === Stage.CANARY);
  over = true;
  await load;
  expect(await answers()).toEqual(new Set(['old', 'v3']));
});

test('an operator kills within a second, proven by ACK and probe', async () => {
  const killed = await stack.migrations.killMigration({ name: 'shop', actor: 'ann', reason: 'because' });
  expect(killed).toMatchObject({ proxiesAcked: 1, proxiesPending: 0, probeSawLegacy: true });
  expect(killed.elapsedMs).toBeLessThan(1_000);
  expect(await answers()).toEqual(new Set(['old']));
});

test('a kill without a database takes clients off at once, and is stored when it can be', async () => {
  await stack.migrations.startMigration({ name: 'shop' });
  await clean(1);
  await stack.until('canary', (s) => group(s)?.stage === Stage.CANARY);
  stack.setDatabaseReachable(false);
  const killed = stack.migrations.killMigration({ name: 'shop', actor: 'ann', reason: 'in the dark' });
  await stack.until('killed', (s) => group(s)?.stage === Stage.KILLED);
  expect(await answers()).toEqual(new Set(['old']));
  stack.setDatabaseReachable(true);
  expect(await killed).toMatchObject({ proxiesAcked: 1, probeSawLegacy: true });
  await stack.restartControlPlane();
  expect(group(await stack.state())?.stage).toBe(Stage.KILLED);
  const { decisions } = await stack.migrations.listDecisions({ name: 'shop' });
  expect(decisions.find((d) => d.action === 'kill')).toMatchObject({ reason: 'in the dark' });
});

test('a listener that the proxy cannot bind casts no doubt on the kill of another migration', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const listen = `127.0.0.1:${(taken.address() as AddressInfo).port}`;
  const { state } = await stack.migrations.getMigration({ name: 'shop' });
  const untilRejecting = async (wanted: boolean): Promise<void> => {
    const { proxies } = await stack.proxies.listProxies({});
    const rejecting = proxies.some((p) => p.connected && p.resources.some((r) => r.error !== ''));
    if (rejecting !== wanted) return untilRejecting(wanted);
  };
  await stack.migrations.applyMigration({ spec: { ...state!.spec!, name: 'unbound', listen } });
  await untilRejecting(true);
  const held = async (): Promise<string> => {
    const { decisions } = await stack.migrations.listDecisions({ name: 'unbound' });
    return decisions.find((d) => d.action === 'hold')?.reason ?? held();
  };
  expect(await held()).toMatch(
    /^the proxies keep their configuration, e1 rejected the new one: .*cannot bind/,
  );
  expect(await stack.migrations.killMigration({ name: 'shop' })).toMatchObject({
    proxiesAcked: 1,
    proxiesPending: 0,
    probeSawLegacy: true,
  });
  // Given an address that is free, the proxy takes it.
  const free = { ...state!.spec!, name: 'unbound', listen: stack.spareListen };
  await stack.migrations.applyMigration({ spec: free });
  await untilRejecting(false);
  taken.close();
});

test('swap and seal: modern alone, the capsule verifies', async () => {
  await stack.migrations.startMigration({ name: 'shop' });
  await clean(600);
  await stack.until('swapped', (s) => group(s)?.stage === Stage.SWAPPED);
  expect(await answers()).toEqual(new Set(['v3']));
  const { state } = await stack.migrations.sealMigration({ name: 'shop', actor: 'ann' });
  expect(await answers()).toEqual(new Set(['v3']));
  const capsule = state?.sealed?.capsule ?? '';
  const manifest = JSON.parse(await readFile(join(capsule, 'manifest.json'), 'utf8'));
  for (const [name, { sha256 }] of Object.entries<{ sha256: string }>(manifest.files)) {
    expect(
      createHash('sha256')
        .update(await readFile(join(capsule, name)))
        .digest('hex'),
    ).toBe(sha256);
  }
  const { decisions } = await stack.migrations.listDecisions({ name: 'shop', pageSize: 1 });
  expect(decisions[0]).toMatchObject({ action: 'seal', hash: manifest.journal.head });
  await expect(stack.migrations.killMigration({ name: 'shop' })).rejects.toMatchObject({
    code: Code.FailedPrecondition,
  });
});

test('after the seal another build, an earlier one say, answers clients only by force, with a reason that is journalled', async () => {
  const deploy = (given: { force?: boolean; reason?: string }) =>
    stack.deployments.deploy({
      migration: 'shop',
      universe: UniverseName.MODERN,
      what: { case: 'build', value: 'v1' },
      ...given,
    });
  await expect(deploy({})).rejects.toMatchObject({
    code: Code.FailedPrecondition,
    rawMessage: expect.stringMatching(/v1 would answer every client at once.*v3 serves now → .*--force/),
  });
  await expect(deploy({ force: true, reason: ' ' })).rejects.toMatchObject({ code: Code.InvalidArgument });
  expect(await answers()).toEqual(new Set(['v3']));
  await deploy({ force: true, reason: 'v3 loses orders' });
  expect(await answers()).toEqual(new Set(['v1']));
  const { decisions } = await stack.migrations.listDecisions({ name: 'shop', pageSize: 5 });
  const told = decisions.find(({ action }) => action === 'deploy');
  expect(told?.reason).toContain('v3 loses orders');
  expect(JSON.parse(told?.evidenceJson ?? '{}')).toMatchObject({ forced_after_seal: true });
});

test('no proxy ever rejected anything', async () => {
  const { proxies } = await stack.proxies.listProxies({});
  expect(proxies.filter((proxy) => proxy.connected)).toHaveLength(1);
  expect(proxies.flatMap((proxy) => proxy.resources.map((r) => r.error)).filter(Boolean)).toEqual([]);
});

test('a replica follows, and leads when the leader obeys SIGTERM', async () => {
  const replica = await stack.startReplica();
  const followed = await replica.getMigration({ name: 'shop' });
  expect(followed.state?.groups[0]?.stage).toBe(Stage.SEALED);
  const spec = { ...followed.state!.spec!, name: 'other', listen: '127.0.0.1:1' };
  await expect(replica.applyMigration({ spec })).rejects.toMatchObject({ code: Code.Unavailable });
  expect(await stack.stopControlPlane('SIGTERM')).toBe(0);
  const deadline = performance.now() + 10_000;
  const applied = async (): Promise<boolean> =>
    replica.applyMigration({ spec }).then(
      (answer) => answer.changed,
      (error) => {
        if (performance.now() > deadline) throw error;
        return new Promise<void>((resolve) => setTimeout(resolve, 100)).then(applied);
      },
    );
  expect(await applied()).toBe(true);
});
