import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PUSH_ORDER, RUNTIME_TYPE } from '../../core/xds/resource-types.ts';
import { type FakeSpec, fakeSnapshot } from '../../core/xds/testing/fake-snapshot.ts';
import { badSpec, goodSpec } from '../../core/xds/testing/specs.ts';
import { FleetWorld, type ProxyKind } from './testing/fleet-world.ts';

/**
 * Correct clients of every kind, a fleet, and everything that may happen between them in any order: snapshots for the group and for one proxy,
 * good and rejected ones, kills, rollouts with silent and vanishing canaries, lost connections, restarts, slow readers, useless messages.
 * fast-check prints the seed and the shortest failing run.
 */
const nodes = ['p', 'q', 'r'] as const;

const kinds: fc.Arbitrary<Record<(typeof nodes)[number], ProxyKind>> = fc.record(
  Object.fromEntries(
    nodes.map((nodeId) => [
      nodeId,
      fc.record({ variant: fc.constantFrom('sotw' as const, 'delta' as const), aggregated: fc.boolean() }),
    ]),
  ) as Record<(typeof nodes)[number], fc.Arbitrary<ProxyKind>>,
);

const spec = fc.oneof({ weight: 3, arbitrary: goodSpec }, { weight: 1, arbitrary: badSpec(...nodes) });
const proxy = fc.nat(nodes.length - 1);

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('group' as const), spec }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('node' as const), proxy, spec }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take-back' as const), proxy }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('to-server' as const), proxy }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('to-client' as const), proxy }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('reconnect' as const), proxy, restarted: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(100, 2_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('toggle' as const), proxy }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('babble' as const),
      proxy,
      typeUrl: fc.constantFrom(...PUSH_ORDER),
      nonce: fc.constantFrom(undefined, '', '0', '999'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rest' as const) }) },
);

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

function perform(world: FleetWorld, op: Operation): void {
  const of = 'proxy' in op ? world.proxies[op.proxy]! : world.proxies[0]!;
  switch (op.do) {
    case 'group':
      world.set({ group: 'g' }, fakeSnapshot(op.spec));
      break;
    case 'node':
      world.set({ nodeId: of.nodeId }, fakeSnapshot(op.spec));
      break;
    case 'take-back':
      world.set({ nodeId: of.nodeId }, undefined);
      break;
    case 'to-server':
      of.toServer();
      break;
    case 'to-client':
      of.toClient();
      break;
    case 'reconnect':
      of.reconnect(op.restarted);
      break;
    case 'pass':
      world.pass(op.ms);
      break;
    case 'toggle':
      of.client.toggleRuntime();
      break;
    case 'babble':
      of.client.babble(op.typeUrl, op.nonce);
      break;
    case 'rest':
      world.quiesce();
  }
}

/** What a client that follows clusters to endpoints and listeners to routes runs of a snapshot. */
function wanted(of: FakeSpec): Map<string, string> {
  const all = new Map<string, string>();
  for (const type of fakeSnapshot(of).types.values())
    for (const { typeUrl, name, version } of type.byName.values()) all.set(`${typeUrl} ${name}`, version);
  return all;
}

const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** Content that no run before had, so that it was never refused. */
const fresh = (of: FakeSpec, n: number): FakeSpec => ({
  ...of,
  clusters: Object.fromEntries(Object.keys(of.clusters ?? {}).map((name) => [name, `fresh${n}`])),
});

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 60) };

describe('a fleet of correct clients', () => {
  test('converges on what was published: nothing lost, nothing sent twice, nothing stuck', () => {
    fc.assert(
      fc.property(
        kinds,
        fc.array(operation, { maxLength: 80 }),
        goodSpec,
        goodSpec,
        proxy,
        (of, operations, forGroup, forNode, own) => {
          const world = new FleetWorld(of);
          for (const op of operations) perform(world, op);
          world.quiesce();
          const special = world.proxies[own]!;
          for (const each of world.proxies)
            if (each !== special) world.set({ nodeId: each.nodeId }, undefined);
          const group = fresh(forGroup, 1);
          const node = fresh(forNode, 2);
          world.set({ group: 'g' }, fakeSnapshot(group));
          world.set({ nodeId: special.nodeId }, fakeSnapshot(node));
          for (const { client } of world.proxies) if (!client.wantsRuntime) client.toggleRuntime();
          world.quiesce();
          for (const each of world.proxies) {
            expect(each.client.faults).toEqual([]);
            expect(sorted(each.client.view())).toEqual(sorted(wanted(each === special ? node : group)));
          }
          // Empty: nothing that it asked for exists.
          for (const { connected, resources } of world.fleet.proxies())
            for (const { versionAcked, versionWanted } of connected ? resources : [])
              expect(['', versionWanted]).toContain(versionAcked);
        },
      ),
      runs,
    );
  });

  test('a kill reaches every proxy that reads, whatever was refused, is on trial or stuck', () => {
    fc.assert(
      fc.property(
        kinds,
        fc.array(operation, { maxLength: 60 }),
        spec,
        proxy,
        (of, operations, last, stuck) => {
          const world = new FleetWorld(of);
          for (const op of operations) if (op.do !== 'node') perform(world, op);
          const asleep = world.proxies[stuck]!;
          world.set({ group: 'g' }, fakeSnapshot({ ...last, runtimes: { rt: 'kill' } }));
          for (const { client } of world.proxies) if (!client.wantsRuntime) client.toggleRuntime();
          world.quiesce(asleep);
          for (const each of world.proxies) {
            if (each === asleep) continue;
            expect(each.client.faults).toEqual([]);
            expect(each.client.view().get(`${RUNTIME_TYPE} rt`)).toBe('kill');
          }
        },
      ),
      runs,
    );
  });

  test('a snapshot that a canary rejects reaches no other proxy, and the canary runs the last good one again', () => {
    fc.assert(
      fc.property(kinds, goodSpec, badSpec(), (of, good, bad) => {
        const isStructural = bad.runtimes?.rt?.startsWith('bad') !== true;
        fc.pre(isStructural && JSON.stringify(bad).includes('"bad'));
        const world = new FleetWorld(of);
        world.set({ group: 'g' }, fakeSnapshot(good));
        world.quiesce();
        world.events.length = 0;
        world.set({ group: 'g' }, fakeSnapshot({ ...bad, runtimes: { rt: 'kill' } }));
        world.quiesce();
        const nacks = world.events.filter((event) => event.kind === 'nack');
        expect(new Set(nacks.map(({ nodeId }) => nodeId)).size).toBe(1);
        for (const { client } of world.proxies) {
          expect(client.faults).toEqual([]);
          expect(sorted(client.view())).toEqual(sorted(wanted({ ...good, runtimes: { rt: 'kill' } })));
        }
        const shown = world.fleet.proxies().flatMap(({ resources }) => resources);
        expect(shown.filter(({ versionRejected }) => versionRejected !== '').length).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});
