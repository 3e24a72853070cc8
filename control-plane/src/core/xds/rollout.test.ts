import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextPlan, structureVersion, withRuntimeOf } from './plan.ts';
import { RUNTIME_TYPE } from './resource-types.ts';
import { rollout } from './rollout.ts';
import {
  type CanaryStanding,
  emptyRollout,
  planFor,
  type RolloutEvent,
  type RolloutState,
} from './rollout-state.ts';
import type { Plan } from './stream-state.ts';
import { fakeSnapshot } from './testing/fake-snapshot.ts';

const options = { deadlineMs: 2_000, triesMax: 3 };

/** A rollout and the words it says; proxies are named by the test. */
class Trial {
  state: RolloutState = emptyRollout;
  readonly said: string[] = [];
  nowMs = 0;
  proxies: readonly string[] = ['p', 'q', 'r'];
  #plan: Plan | undefined;
  #seq = 0;
  readonly #options;

  constructor(tuned: Partial<typeof options> = {}) {
    this.#options = { ...options, ...tuned };
  }

  publish(structure: string, runtime = '1'): Plan {
    this.#seq += 1;
    const snapshot = fakeSnapshot({ clusters: { a: structure }, runtimes: { w: runtime } });
    this.#plan = nextPlan(this.#plan, snapshot, this.#seq);
    this.step({ kind: 'published', plan: this.#plan, nowMs: this.nowMs });
    return this.#plan;
  }

  answer(nodeId: string, standing: CanaryStanding, error = 'no'): void {
    const { nowMs } = this;
    this.step({ kind: 'answered', nodeId, standing, nowMs, ...(standing === 'rejected' && { error }) });
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.step({ kind: 'tick', nowMs: this.nowMs });
  }

  step(event: RolloutEvent): void {
    const { state, actions } = rollout(this.state, event, this.#options);
    this.state = state;
    for (const action of actions) {
      if (action.kind === 'tell') this.said.push(`${action.what} ${action.nodeId}`);
      if (action.kind === 'seek') this.step({ kind: 'candidates', nodeIds: this.proxies, nowMs: this.nowMs });
    }
  }

  /** What each proxy shall run: structure and runtime, in short. */
  runs(): Record<string, string> {
    return Object.fromEntries(this.proxies.map((nodeId) => [nodeId, short(planFor(this.state, nodeId))]));
  }
}

function short(plan: Plan | undefined): string {
  const cluster = plan?.snapshot.types.get('type.googleapis.com/envoy.config.cluster.v3.Cluster');
  return `${cluster?.byName.get('a')?.version.split('>')[0]}/${plan?.snapshot.types.get(RUNTIME_TYPE)?.byName.get('w')?.version}`;
}

/** A group that runs structure 1, accepted. */
function running(tuned?: Partial<typeof options>): Trial {
  const trial = new Trial(tuned);
  trial.publish('1');
  trial.answer('q', 'accepted');
  trial.said.length = 0;
  return trial;
}

describe('a rollout', () => {
  test('R7: the first structure goes to all, and is accepted when one proxy accepts it', () => {
    const trial = new Trial();
    trial.publish('1');
    expect(trial.runs()).toEqual({ p: '1/1', q: '1/1', r: '1/1' });
    trial.answer('p', 'rejected');
    expect(trial.state.phase).toBe('open');
    trial.answer('q', 'accepted');
    expect(trial.state.phase).toBe('settled');
  });

  test('R2, R3: a new structure goes to one proxy, and to the rest once that one accepted it', () => {
    const trial = running();
    trial.publish('2');
    expect(trial.runs()).toEqual({ p: '2/1', q: '1/1', r: '1/1' });
    trial.answer('p', 'pending');
    trial.answer('q', 'accepted');
    expect(trial.runs()).toEqual({ p: '2/1', q: '1/1', r: '1/1' });
    trial.answer('p', 'accepted');
    expect(trial.runs()).toEqual({ p: '2/1', q: '2/1', r: '2/1' });
    expect(trial.said).toEqual(['trying p', 'accepted p']);
  });

  test('R4: a rejected structure is taken back and not offered again until its content changes', () => {
    const trial = running();
    trial.publish('bad');
    trial.answer('p', 'rejected');
    expect(trial.runs()).toEqual({ p: '1/1', q: '1/1', r: '1/1' });
    trial.publish('bad', '2');
    expect(trial.runs()).toEqual({ p: '1/2', q: '1/2', r: '1/2' });
    trial.publish('2', '2');
    expect(trial.runs()).toEqual({ p: '2/2', q: '1/2', r: '1/2' });
    expect(trial.said).toEqual(['trying p', 'refused p', 'trying p']);
    expect(trial.state.refused).toMatchObject([{ nodeId: 'p', error: 'no' }]);
  });

  test('R1: a kill goes to all at once, on trial and after a refusal', () => {
    const trial = running();
    trial.publish('bad', '1');
    trial.publish('bad', 'kill');
    expect(trial.runs()).toEqual({ p: 'bad/kill', q: '1/kill', r: '1/kill' });
    trial.answer('p', 'rejected');
    expect(trial.runs()).toEqual({ p: '1/kill', q: '1/kill', r: '1/kill' });
    expect(trial.said).toEqual(['trying p', 'refused p']);
  });

  test('R5: a silent canary is passed over; when all are silent, the structure goes to all', () => {
    const trial = running();
    trial.publish('2');
    trial.pass(1_999);
    expect(trial.runs()).toEqual({ p: '2/1', q: '1/1', r: '1/1' });
    trial.pass(1);
    expect(trial.runs()).toEqual({ p: '1/1', q: '2/1', r: '1/1' });
    trial.pass(2_000);
    trial.pass(2_000);
    expect(trial.runs()).toEqual({ p: '2/1', q: '2/1', r: '2/1' });
    expect(trial.said).toEqual([
      'trying p',
      'silent p',
      'trying q',
      'silent q',
      'trying r',
      'silent r',
      'opened r',
    ]);
    // One of them rejects it after all.
    trial.answer('q', 'rejected');
    expect(trial.runs()).toEqual({ p: '1/1', q: '1/1', r: '1/1' });
  });

  test('R5: canaries that go away are replaced, not at once, and in the end the structure is refused', () => {
    const trial = running();
    trial.publish('2');
    trial.step({ kind: 'left', nodeId: 'q' });
    trial.step({ kind: 'left', nodeId: 'p' });
    trial.pass(1_000);
    expect(trial.state.phase).toBe('seeking');
    trial.pass(1_000);
    expect(trial.runs()).toEqual({ p: '1/1', q: '2/1', r: '1/1' });
    trial.step({ kind: 'left', nodeId: 'q' });
    trial.pass(2_000);
    trial.step({ kind: 'left', nodeId: 'r' });
    expect(trial.state.phase).toBe('settled');
    expect(trial.runs()).toEqual({ p: '1/1', q: '1/1', r: '1/1' });
    expect(trial.said.at(-1)).toBe('refused r');
    expect(trial.state.refused[0]?.error).toBe('3 proxies tried it, 3 of them went away');
  });

  test('a canary that ACKed all and asks for nothing more is taken at its word at the deadline', () => {
    const trial = running();
    trial.publish('2');
    trial.answer('p', 'acked');
    expect(trial.runs()).toEqual({ p: '2/1', q: '1/1', r: '1/1' });
    trial.pass(2_000);
    expect(trial.runs()).toEqual({ p: '2/1', q: '2/1', r: '2/1' });
    const first = new Trial();
    first.publish('1');
    first.answer('p', 'acked');
    first.pass(1_999);
    expect(first.state.phase).toBe('open');
    first.pass(1);
    expect(first.said).toEqual(['accepted p']);
  });

  test('a group of one: tried on it, again when it comes back', () => {
    const trial = running();
    trial.proxies = ['p'];
    trial.publish('2');
    trial.proxies = [];
    trial.step({ kind: 'left', nodeId: 'p' });
    trial.pass(2_000);
    trial.proxies = ['p'];
    expect(trial.runs()).toEqual({ p: '1/1' });
    trial.step({ kind: 'candidates', nodeIds: ['p'], nowMs: trial.nowMs });
    expect(trial.runs()).toEqual({ p: '2/1' });
    trial.answer('p', 'accepted');
    expect(trial.state.phase).toBe('settled');
  });

  test('R6: a newer structure replaces the one on trial, on the same canary; going back to the accepted one ends it', () => {
    const trial = running();
    trial.publish('2');
    trial.nowMs = 1_500;
    trial.publish('3');
    trial.pass(1_000);
    expect(trial.runs()).toEqual({ p: '3/1', q: '1/1', r: '1/1' });
    trial.publish('1', '2');
    expect(trial.state.phase).toBe('settled');
    expect(trial.runs()).toEqual({ p: '1/2', q: '1/2', r: '1/2' });
  });

  test('without canaries a structure goes to all at once, and is taken back all the same', () => {
    const trial = running({ triesMax: 0 });
    trial.publish('bad');
    expect(trial.runs()).toEqual({ p: 'bad/1', q: 'bad/1', r: 'bad/1' });
    trial.answer('r', 'rejected');
    expect(trial.runs()).toEqual({ p: '1/1', q: '1/1', r: '1/1' });
  });
});

const structures = ['1', '2', '3', '4'];
const nodes = ['p', 'q', 'r'];
const operation = fc.oneof(
  fc.record({
    do: fc.constant('publish' as const),
    structure: fc.constantFrom(...structures),
    runtime: fc.nat(3),
  }),
  fc.record({
    do: fc.constant('answer' as const),
    node: fc.constantFrom(...nodes),
    standing: fc.constantFrom<CanaryStanding>('accepted', 'acked', 'rejected', 'pending'),
  }),
  fc.record({ do: fc.constant('left' as const), node: fc.constantFrom(...nodes) }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(100, 2_000) }),
);

test('whatever happens, in whatever order, R1, R2, R4 and R5 hold', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      const trial = new Trial();
      const accepted = new Set<string>();
      const refused = new Set<string>();
      let newest: Plan | undefined;
      for (const op of operations) {
        const before = trial.state;
        if (op.do === 'publish') newest = trial.publish(op.structure, String(op.runtime));
        else if (op.do === 'answer') trial.answer(op.node, op.standing);
        else if (op.do === 'left') trial.step({ kind: 'left', nodeId: op.node });
        else trial.pass(op.ms);
        if (newest === undefined) continue;
        const structure = structureVersion(newest.snapshot);
        const verdict = trial.said.splice(0);
        if (verdict.some((words) => words.startsWith('accepted'))) accepted.add(structure);
        if (verdict.some((words) => words.startsWith('refused'))) refused.add(structure);
        const opened = trial.state.phase === 'open';
        const plans = nodes.map((nodeId) => planFor(trial.state, nodeId));
        // R1.
        for (const plan of plans) {
          expect(plan?.snapshot.types.get(RUNTIME_TYPE)).toBe(newest.snapshot.types.get(RUNTIME_TYPE));
        }
        const unproven = plans.filter((plan) => !accepted.has(structureVersion(plan!.snapshot)));
        // R2, R5: more than one only when there is nothing else, or after three silent ones.
        if (!opened) expect(unproven.length).toBeLessThanOrEqual(1);
        if (opened && accepted.size > 0 && before.phase !== 'open') expect(op.do).toBe('pass');
        // R4.
        for (const plan of plans) {
          const version = structureVersion(plan!.snapshot);
          if (refused.has(version)) expect(accepted.has(version)).toBe(true);
        }
      }
      // R5: with proxies that answer nothing, it comes to an end.
      for (let tries = 0; tries < 4; tries += 1) trial.pass(2_000);
      expect(['empty', 'settled', 'open']).toContain(trial.state.phase);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 500) },
  );
});

test('the runtime of another plan keeps the objects of everything else', () => {
  const one = nextPlan(undefined, fakeSnapshot({ clusters: { a: '1' }, runtimes: { w: '1' } }), 1);
  const two = nextPlan(one, fakeSnapshot({ clusters: { a: '2' }, runtimes: { w: '2' } }), 2);
  const both = withRuntimeOf(one, two);
  expect(structureVersion(both.snapshot)).toBe(structureVersion(one.snapshot));
  expect(both.snapshot.types.get(RUNTIME_TYPE)).toBe(two.snapshot.types.get(RUNTIME_TYPE));
  expect(both.seqs.get(RUNTIME_TYPE)).toBe(2);
  expect(withRuntimeOf(two, two)).toBe(two);
});
