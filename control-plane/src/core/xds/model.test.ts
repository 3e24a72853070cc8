import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nonceField } from './encode.ts';
import { nextPlan } from './plan.ts';
import { resourceStatuses } from './resource-status.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE, PUSH_ORDER, ROUTE_TYPE } from './resource-types.ts';
import { step } from './stream.ts';
import { openStream, type Plan, type StreamEvent } from './stream-state.ts';
import { type FakeSpec, fakeSnapshot } from './testing/fake-snapshot.ts';
import { ModelClient } from './testing/model-client.ts';
import { badSpec, goodSpec } from './testing/specs.ts';

/**
 * A correct client and the server exchange messages over two queues whose deliveries, snapshot changes, losses of the connection and repeated
 * subscriptions interleave at random. fast-check prints the seed and the shortest failing run.
 */
const operation = fc.oneof(
  { weight: 3, arbitrary: goodSpec.map((spec) => ({ kind: 'snapshot' as const, spec })) },
  { weight: 1, arbitrary: badSpec().map((spec) => ({ kind: 'snapshot' as const, spec })) },
  { weight: 8, arbitrary: fc.constant({ kind: 'to-server' as const }) },
  { weight: 8, arbitrary: fc.constant({ kind: 'to-client' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reconnect' as const }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(ENDPOINT_TYPE, ROUTE_TYPE).map((type) => ({ kind: 'forget' as const, type })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'toggle' as const }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...PUSH_ORDER), fc.constantFrom(undefined, '', '0', '999'))
      .map(([type, nonce]) => ({ kind: 'babble' as const, type, nonce })),
  },
);

class World {
  readonly client: ModelClient;
  readonly #variant: 'sotw' | 'delta';
  #server;
  #inbox: Uint8Array[] = [];
  #seq = 0;
  #plan: Plan | undefined;
  answers = { acks: 0, nacks: 0 };

  constructor(variant: 'sotw' | 'delta') {
    this.#variant = variant;
    this.#server = openStream({ variant, typeUrl: undefined });
    this.client = new ModelClient(variant);
  }

  set(spec: FakeSpec): void {
    this.#seq += 1;
    this.#plan = nextPlan(this.#plan, fakeSnapshot(spec), this.#seq);
    this.#step({ kind: 'plan', plan: this.#plan, nowMs: 0 });
  }

  toServer(): boolean {
    const request = this.client.outbox.shift();
    if (request !== undefined) this.#step({ kind: 'request', request, nowMs: 0 });
    return request !== undefined;
  }

  toClient(): boolean {
    const bytes = this.#inbox.shift();
    if (bytes !== undefined) this.client.receive(bytes);
    return bytes !== undefined;
  }

  reconnect(): void {
    this.#inbox = [];
    this.#server = openStream({ variant: this.#variant, typeUrl: undefined });
    if (this.#plan !== undefined) this.#step({ kind: 'plan', plan: this.#plan, nowMs: 0 });
    this.client.connect();
  }

  quiesce(): void {
    for (let messages = 0; this.toServer() || this.toClient(); messages += 1)
      if (messages > 1000) throw new Error('client and server never come to rest');
    this.client.calm();
  }

  /** Every open type is answered up to the newest snapshot. */
  settled(): boolean {
    return [...this.#server.types.values()].every((type) => type.settledSeq === type.seq);
  }

  /** What the server believes the client to run, all of it in step with the newest snapshot. */
  believed(): Map<string, string> {
    const all = new Map<string, string>();
    for (const type of this.#server.types.values()) {
      for (const status of resourceStatuses(type, this.#plan?.snapshot.types.get(type.typeUrl))) {
        const { typeUrl, name, accepted, sync } = status;
        if (sync !== 'synced') all.set(`${typeUrl} ${name}`, sync);
        else if (accepted !== undefined) all.set(`${typeUrl} ${name}`, accepted.version);
      }
    }
    return all;
  }

  #step(event: StreamEvent): void {
    const { state, actions } = step(this.#server, event);
    this.#server = state;
    for (const action of actions) {
      if (action.kind === 'close') throw new Error(action.reason);
      if (action.kind === 'ack') this.answers.acks += 1;
      if (action.kind === 'nack') this.answers.nacks += 1;
      if (action.kind === 'send')
        this.#inbox.push(Uint8Array.from([...nonceField(action.nonce), ...action.body]));
    }
  }
}

function wanted(spec: FakeSpec): Map<string, string> {
  const all = new Map<string, string>();
  for (const type of fakeSnapshot(spec).types.values())
    for (const resource of type.byName.values())
      all.set(`${type.typeUrl} ${resource.name}`, resource.version);
  return all;
}

function sorted(map: Map<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

describe.each(['sotw', 'delta'] as const)('a correct client and the %s stream', (variant) => {
  test('converge, without unchanged resources sent again, a broken reference or a stuck stream', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), goodSpec, (operations, last) => {
        const world = new World(variant);
        for (const op of operations) {
          if (op.kind === 'snapshot') world.set(op.spec);
          else if (op.kind === 'to-server') world.toServer();
          else if (op.kind === 'to-client') world.toClient();
          else if (op.kind === 'reconnect') world.reconnect();
          else if (op.kind === 'toggle') world.client.toggleRuntime();
          else if (op.kind === 'babble') world.client.babble(op.type, op.nonce);
          else world.client.forget(op.type);
        }
        world.quiesce();
        world.set(last);
        world.quiesce();
        if (!world.client.wantsRuntime) world.client.toggleRuntime();
        world.quiesce();
        expect(world.client.faults).toEqual([]);
        expect(sorted(world.client.view())).toEqual(sorted(wanted(last)));
        expect(world.settled()).toBe(true);
        expect(sorted(world.believed())).toEqual(sorted(wanted(last)));
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
    );
  });

  test('a snapshot that changes one runtime layer is one message to the client', () => {
    const world = new World(variant);
    const base = {
      clusters: { a: '1' },
      endpoints: { a: '1' },
      listeners: { l: ['1', ['r']] },
      routes: { r: ['1', ['a']] },
    } as const;
    world.set({ ...base, runtimes: { rt: '1' } });
    world.quiesce();
    world.set({ ...base, runtimes: { rt: '2' } });
    expect(world.toClient()).toBe(true);
    expect(world.toClient()).toBe(false);
    expect(world.client.view().get(`${CLUSTER_TYPE} a`)).toBe('1>a');
  });
});
