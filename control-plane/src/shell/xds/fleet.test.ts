import { beforeEach, describe, expect, test } from '@jest/globals';
import { CLUSTER_TYPE, ENDPOINT_TYPE, RUNTIME_TYPE } from '../../core/xds/resource-types.ts';
import { encodeRequest } from '../../core/xds/testing/encode-request.ts';
import { type FakeSpec, fakeSnapshot } from '../../core/xds/testing/fake-snapshot.ts';
import type { DiscoveryStream, StreamHandlers } from './discovery-stream.ts';
import type { XdsEvent } from './events.ts';
import { Fleet } from './fleet.ts';

const node = { id: 'n1', cluster: 'g' };
const good: FakeSpec = { clusters: { a: '1' }, runtimes: { w: '1' } };

/** A stream in memory: what the server sent, how it ended, and how much of it the client has not read. */
class Wire implements DiscoveryStream {
  readonly method = { variant: 'sotw', typeUrl: undefined } as const;
  readonly sent: string[] = [];
  bufferedBytes = 0;
  ended: string | undefined;
  readonly #handlers: StreamHandlers;

  constructor(fleet: Fleet) {
    this.#handlers = fleet.accept(this);
  }

  send(_body: Uint8Array, nonce: string): void {
    this.sent.push(nonce);
  }

  close(code: string, reason: string): void {
    this.ended = `${code}: ${reason}`;
    this.#handlers.gone(reason);
  }

  raw(bytes: Uint8Array): void {
    this.#handlers.message(bytes);
  }

  ask(typeUrl: string, names: string[], nonce = '', from?: { id: string; cluster: string }): void {
    this.raw(encodeRequest({ variant: 'sotw', typeUrl, names, nonce, version: '' }, from));
  }

  read(): void {
    this.bufferedBytes = 0;
    this.#handlers.drained();
  }
}

let fleet: Fleet;
let events: XdsEvent[];
let nowMs: number;

beforeEach(() => {
  events = [];
  nowMs = 0;
  fleet = new Fleet({
    onEvent: (event) => events.push(event),
    now: () => nowMs,
    streamsMax: 3,
    streamsPerNodeMax: 2,
    answerTimeoutMs: 1_000,
    rollout: { deadlineMs: 2_000, triesMax: 3 },
  });
  fleet.setSnapshot({ group: 'g' }, fakeSnapshot(good));
});

const causes = () => events.flatMap((event) => (event.kind === 'disconnected' ? [event.cause] : []));

describe('the node of a stream (section "Basic Protocol Overview")', () => {
  test('stands in the first request; later ones may leave it out, leave it empty or repeat it', () => {
    const wire = new Wire(fleet);
    wire.ask(CLUSTER_TYPE, [], '', node);
    wire.ask(CLUSTER_TYPE, [], '1');
    wire.ask(RUNTIME_TYPE, ['w'], '', { id: '', cluster: '' });
    wire.ask(RUNTIME_TYPE, ['w'], '2', node);
    expect(wire).toMatchObject({ sent: ['1', '2'], ended: undefined });
  });

  test.each([
    ['none', undefined, 'the first request must carry node.id'],
    ['one without an id', { id: '', cluster: 'g' }, 'the first request must carry node.id'],
    ['one too long', { id: 'n'.repeat(1025), cluster: 'g' }, 'have at most 1024 characters'],
  ])('%s in the first request ends the stream with the reason', (_, from, reason) => {
    const wire = new Wire(fleet);
    wire.ask(CLUSTER_TYPE, [], '', from);
    expect(wire.ended).toContain('invalid-argument: ');
    expect(wire.ended).toContain(reason);
    expect(causes()).toEqual(['protocol']);
  });

  test('another one later ends the stream with the reason', () => {
    for (const other of [
      { id: 'n2', cluster: 'g' },
      { id: 'n1', cluster: 'h' },
    ]) {
      const wire = new Wire(fleet);
      wire.ask(CLUSTER_TYPE, [], '', node);
      wire.ask(CLUSTER_TYPE, [], '1', other);
      expect(wire.ended).toContain(
        'invalid-argument: the stream belongs to node.id "n1" of node.cluster "g"',
      );
    }
  });
});

test('a message that is no request ends its stream with INTERNAL, and no other', () => {
  const [bad, other] = [new Wire(fleet), new Wire(fleet)];
  bad.raw(Uint8Array.from([0x0a, 0xff, 0xff]));
  expect(bad.ended).toContain('internal: the request is no discovery request');
  other.ask(CLUSTER_TYPE, [], '', node);
  expect(other).toMatchObject({ sent: ['1'], ended: undefined });
});

test('streams beyond the limits are refused with the reason', async () => {
  const wires = [1, 2, 3].map(() => new Wire(fleet));
  const fourth = new Wire(fleet);
  await Promise.resolve();
  expect(fourth.ended).toBe('resource-exhausted: more than 3 streams');
  for (const wire of wires) wire.ask(CLUSTER_TYPE, [], '', node);
  expect(wires[2]?.ended).toBe('resource-exhausted: more than 2 streams of one node.id');
  expect(wires[1]?.ended).toBeUndefined();
  expect(causes()).toEqual(['limit', 'limit']);
  wires[0]?.close('unavailable', 'gone');
  const again = new Wire(fleet);
  again.ask(CLUSTER_TYPE, [], '', node);
  expect(again.ended).toBeUndefined();
});

test('a client that answers without reading is sent no more than what is held back for it, then the newest; in the end it is cut off', () => {
  const wire = new Wire(fleet);
  wire.ask(RUNTIME_TYPE, ['w'], '', node);
  wire.bufferedBytes = 2 * 1024 * 1024;
  wire.ask(RUNTIME_TYPE, ['w'], '1');
  for (const version of ['2', '3', '4']) {
    fleet.setSnapshot({ group: 'g' }, fakeSnapshot({ ...good, runtimes: { w: version } }));
    wire.ask(RUNTIME_TYPE, ['w'], String(Number(version)));
  }
  expect(wire.sent).toEqual(['1']);
  wire.read();
  expect(wire.sent).toEqual(['1', '2']);
  wire.bufferedBytes = 2 * 1024 * 1024;
  wire.ask(RUNTIME_TYPE, ['w'], '2');
  nowMs = 1_001;
  fleet.sweep();
  expect(wire.ended).toBe('resource-exhausted: what was sent is not read');
  expect(causes()).toEqual(['unread']);
});

test('a client that never answers, and one that never asks, are cut off', () => {
  const [silent, dumb] = [new Wire(fleet), new Wire(fleet)];
  silent.ask(CLUSTER_TYPE, [], '', node);
  nowMs = 1_001;
  fleet.sweep();
  expect(silent.ended).toContain('deadline-exceeded: ');
  expect(silent.ended).toContain('was never answered');
  expect(dumb.ended).toBe('deadline-exceeded: no request on the stream');
  expect(causes()).toEqual(['silent', 'silent']);
});

test('R5: a silent canary makes way for a proxy that was not tried yet', () => {
  for (const id of ['n1', 'n2']) {
    const wire = new Wire(fleet);
    wire.ask(CLUSTER_TYPE, [], '', { id, cluster: 'g' });
    wire.ask(CLUSTER_TYPE, [], '1');
    wire.ask(ENDPOINT_TYPE, ['a']);
  }
  // The first structure is accepted after the deadline: the fake clusters name endpoints that nobody published.
  nowMs = 10_000;
  fleet.tick();
  fleet.setSnapshot({ group: 'g' }, fakeSnapshot({ clusters: { a: '2' } }));
  nowMs = 20_000;
  fleet.tick();
  const told = events.flatMap((event) => (event.kind === 'rollout' ? [`${event.what} ${event.nodeId}`] : []));
  expect(told.slice(-3)).toEqual(['trying n1', 'silent n1', 'trying n2']);
});

describe('snapshots', () => {
  const own = fakeSnapshot({ clusters: { a: '1' }, runtimes: { w: 'own' } });
  const version = (of: Wire) => `${of.sent.length}`;

  test("a proxy's own goes before its group's, and leaves it to the group's when it is taken back", async () => {
    const wire = new Wire(fleet);
    wire.ask(RUNTIME_TYPE, ['w'], '', node);
    wire.ask(RUNTIME_TYPE, ['w'], '1');
    fleet.setSnapshot({ nodeId: 'n1' }, own);
    expect(version(wire)).toBe('2');
    wire.ask(RUNTIME_TYPE, ['w'], '2');
    fleet.setSnapshot({ group: 'g' }, fakeSnapshot({ ...good, runtimes: { w: '2' } }));
    expect(version(wire)).toBe('2');
    // The proxy is waited for where it belongs.
    expect(await fleet.waitForAcks({ group: 'g' }, undefined, 0)).toMatchObject({ acked: [], pending: [] });
    expect(await fleet.waitForAcks({ nodeId: 'n1' }, undefined, 0)).toMatchObject({ acked: ['n1'] });
    const waiting = fleet.waitForAcks({ nodeId: 'n1' }, undefined, 1_000);
    fleet.setSnapshot({ nodeId: 'n1' }, undefined);
    expect(version(wire)).toBe('3');
    expect(await waiting).toMatchObject({ acked: ['n1'] });
    wire.ask(RUNTIME_TYPE, ['w'], '3');
    expect(await fleet.waitForAcks({ group: 'g' }, undefined, 0)).toMatchObject({ acked: ['n1'] });
  });

  test('waiting for a proxy that has none of its own waits for nobody, and leaves it with its group', async () => {
    expect(await fleet.waitForAcks({ nodeId: 'n1' }, undefined, 60_000)).toMatchObject({
      acked: [],
      pending: [],
    });
    const wire = new Wire(fleet);
    wire.ask(CLUSTER_TYPE, [], '', node);
    expect(wire.sent).toEqual(['1']);
  });

  test("a group's that is taken back: its proxies keep what they run, new ones wait", () => {
    const wire = new Wire(fleet);
    wire.ask(CLUSTER_TYPE, [], '', node);
    wire.ask(CLUSTER_TYPE, [], '1');
    fleet.setSnapshot({ group: 'g' }, undefined);
    const late = new Wire(fleet);
    late.ask(CLUSTER_TYPE, [], '', { id: 'n2', cluster: 'g' });
    expect([wire.sent, late.sent]).toEqual([['1'], []]);
    fleet.setSnapshot({ group: 'g' }, fakeSnapshot(good));
    expect([wire.sent, late.sent]).toEqual([['1'], ['1']]);
  });

  test('one that a canary rejected ends the waiting for it: rejected there, pending elsewhere; the kill with it is acknowledged', async () => {
    const [canary, other] = [new Wire(fleet), new Wire(fleet)];
    for (const [wire, id] of [
      [canary, 'n1'],
      [other, 'n2'],
    ] as const) {
      wire.ask(CLUSTER_TYPE, [], '', { id, cluster: 'g' });
      wire.ask(CLUSTER_TYPE, [], '1');
      wire.ask(RUNTIME_TYPE, ['w']);
      wire.ask(RUNTIME_TYPE, ['w'], '2');
      wire.ask(ENDPOINT_TYPE, ['a']);
    }
    fleet.setSnapshot({ group: 'g' }, fakeSnapshot({ clusters: { a: 'bad' }, runtimes: { w: 'kill' } }));
    const all = fleet.waitForAcks({ group: 'g' }, undefined, 60_000);
    const kill = fleet.waitForAcks({ group: 'g' }, [RUNTIME_TYPE], 60_000);
    // Nonce 3 is the runtime for both, 4 the cluster for the canary.
    expect([canary.sent.length, other.sent.length]).toEqual([4, 3]);
    for (const wire of [canary, other]) wire.ask(RUNTIME_TYPE, ['w'], '3');
    expect(await kill).toMatchObject({ acked: ['n1', 'n2'], rejected: [], pending: [] });
    const nack = {
      variant: 'sotw',
      typeUrl: CLUSTER_TYPE,
      names: [],
      nonce: '4',
      version: '',
      error: 'no',
    } as const;
    canary.raw(encodeRequest(nack));
    expect(await all).toMatchObject({ acked: [], rejected: ['n1'], pending: ['n2'] });
    // Asked for after the refusal, the answer is the same.
    expect(await fleet.waitForAcks({ group: 'g' }, undefined, 60_000)).toMatchObject({ rejected: ['n1'] });
    const told = events.flatMap((event) =>
      event.kind === 'rollout' ? [`${event.what} ${event.nodeId} ${event.error}`] : [],
    );
    expect(told.slice(-2)).toEqual(['trying n1 ', 'refused n1 no']);
    expect(
      fleet
        .proxies()
        .find(({ nodeId }) => nodeId === 'n1')
        ?.resources.find(({ type }) => type === 'cluster'),
    ).toMatchObject({
      versionAcked: 'a1>a',
      versionWanted: 'abad>a',
      versionRejected: 'abad>a',
      error: 'no',
    });
  });
});

test('draining ends the streams evenly over its time and takes no new ones', async () => {
  const wires = [1, 2, 3].map(() => new Wire(fleet));
  const pauses: number[] = [];
  await fleet.drain(900, async (ms) => {
    pauses.push(ms);
    nowMs += ms;
  });
  expect(pauses).toEqual([300, 300]);
  expect(new Set(wires.map(({ ended }) => ended))).toEqual(
    new Set(['unavailable: the control plane is shutting down']),
  );
  const late = new Wire(fleet);
  await Promise.resolve();
  expect(late.ended).toBe('unavailable: the control plane is shutting down');
  expect(new Set(causes())).toEqual(new Set(['shutdown']));
});
