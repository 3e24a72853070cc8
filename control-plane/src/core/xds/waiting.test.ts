import { describe, expect, test } from '@jest/globals';
import { nextPlan } from './plan.ts';
import type { DeltaRequest } from './request.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE, LISTENER_TYPE, ROUTE_TYPE, shortTypeName } from './resource-types.ts';
import { step } from './stream.ts';
import { isWaiting, openStream, type StreamEvent, type StreamState } from './stream-state.ts';
import { type FakeSpec, fakeSnapshot } from './testing/fake-snapshot.ts';

/** A delta stream with a snapshot; each event returns the types of which something is sent. */
class Stream {
  state: StreamState = openStream({ variant: 'delta', typeUrl: undefined });

  constructor(spec: FakeSpec) {
    this.on({ kind: 'plan', plan: nextPlan(undefined, fakeSnapshot(spec), 1), nowMs: 0 });
  }

  on(event: StreamEvent): string[] {
    const { state, actions } = step(this.state, event);
    this.state = state;
    return actions.flatMap((action) =>
      action.kind === 'send' ? [`${shortTypeName(action.typeUrl)}#${action.nonce}`] : [],
    );
  }

  ask(typeUrl: string, subscribe: string[], more: Partial<DeltaRequest> = {}): string[] {
    const nothing = { unsubscribe: [], initialVersions: new Map<string, string>(), nonce: '' };
    const request = { variant: 'delta' as const, typeUrl, subscribe, ...nothing, ...more };
    return this.on({ kind: 'request', request, nowMs: 0 });
  }

  /** As a client asks that holds this of an earlier stream. */
  comeBack(typeUrl: string, subscribe: string[], held: Readonly<Record<string, string>>): string[] {
    return this.ask(typeUrl, subscribe, { initialVersions: new Map(Object.entries(held)) });
  }

  waited(): string[] {
    return this.on({ kind: 'waited', nowMs: 0 });
  }
}

const moved: FakeSpec = {
  clusters: { b: '1' },
  endpoints: { b: '1' },
  listeners: { l: ['1', ['r']] },
  routes: { r: ['2', ['b']] },
};

describe('what a client may never ask for (A6)', () => {
  test('G6: a client that comes back loses no cluster under the routes that it brought along', () => {
    const stream = new Stream(moved);
    expect(stream.comeBack(CLUSTER_TYPE, [], { a: '1>a', b: '1>b' })).toEqual([]);
    expect(stream.comeBack(ENDPOINT_TYPE, ['a', 'b'], { a: '1', b: '1' })).toEqual([]);
    expect(stream.comeBack(LISTENER_TYPE, [], { l: '1>r' })).toEqual([]);
    expect(stream.comeBack(ROUTE_TYPE, ['r'], { r: '1>a' })).toEqual(['route#1']);
    expect(stream.ask(ROUTE_TYPE, [], { nonce: '1' })).toEqual(['cluster#2']);
    expect(stream.ask(CLUSTER_TYPE, [], { nonce: '2' })).toEqual(['endpoint#3']);
  });

  test('a client that asks for clusters alone is told what went after a while', () => {
    const stream = new Stream(moved);
    expect(stream.comeBack(CLUSTER_TYPE, [], { a: '1>a', b: '1>b' })).toEqual([]);
    expect(isWaiting(stream.state)).toBe(true);
    expect(stream.waited()).toEqual(['cluster#1']);
    expect(isWaiting(stream.state)).toBe(false);
  });

  test('a client that wants the endpoints of some clusters only gets its listeners after a while', () => {
    const stream = new Stream({ ...moved, clusters: { a: '1', b: '1' }, endpoints: { a: '1', b: '1' } });
    expect(stream.ask(CLUSTER_TYPE, [])).toEqual(['cluster#1']);
    expect(stream.ask(ENDPOINT_TYPE, ['a'])).toEqual(['endpoint#2']);
    expect(stream.ask(LISTENER_TYPE, [])).toEqual([]);
    stream.ask(CLUSTER_TYPE, [], { nonce: '1' });
    stream.ask(ENDPOINT_TYPE, [], { nonce: '2' });
    expect(isWaiting(stream.state)).toBe(true);
    expect(stream.waited()).toEqual(['listener#3']);
  });
});
