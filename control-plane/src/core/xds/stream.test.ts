import { describe, expect, test } from '@jest/globals';
import { TYPES_PER_STREAM_MAX } from './refusal.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE, LISTENER_TYPE, ROUTE_TYPE, RUNTIME_TYPE } from './resource-types.ts';
import { Driver } from './testing/driver.ts';
import { type FakeSpec, fakeSnapshot } from './testing/fake-snapshot.ts';

const ab: FakeSpec = { clusters: { a: '1', b: '1' }, endpoints: { a: '1', b: '1' } };

describe('state of the world', () => {
  test('a first request without names is a wildcard; later an empty list means no interest', () => {
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(CLUSTER_TYPE, [])).toEqual(['send cluster#1 a,b']);
    // "must resend any newly requested resources, even if it previously sent those"
    expect(stream.sotw(CLUSTER_TYPE, ['*', 'a'], '1')).toEqual(['ack cluster', 'send cluster#2 a,b']);
    expect(stream.sotw(CLUSTER_TYPE, ['a'], '2')).toEqual(['ack cluster']);
    expect(stream.sotw(CLUSTER_TYPE, [], '2')).toEqual([]);
    expect(stream.set({ ...ab, clusters: { a: '2', b: '2' } })).toEqual([]);
  });

  test('an empty list of endpoints is no wildcard', () => {
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(ENDPOINT_TYPE, [])).toEqual([]);
    expect(stream.sotw(ENDPOINT_TYPE, ['*'])).toEqual(['send endpoint#1 a,b']);
  });

  test('nothing is sent before there is a snapshot, and an empty one is an answer', () => {
    const stream = new Driver('sotw');
    expect(stream.sotw(CLUSTER_TYPE, [])).toEqual([]);
    expect(stream.set({})).toEqual(['send cluster#1']);
  });

  test('clusters come whole, endpoints only as far as they changed', () => {
    const stream = new Driver('sotw', ab);
    stream.sotw(CLUSTER_TYPE, []);
    stream.sotw(CLUSTER_TYPE, [], '1');
    expect(stream.sotw(ENDPOINT_TYPE, ['a', 'b'])).toEqual(['send endpoint#2 a,b']);
    stream.sotw(ENDPOINT_TYPE, ['a', 'b'], '2');
    expect(stream.set({ ...ab, endpoints: { a: '2', b: '1' } })).toEqual(['send endpoint#3 a']);
    stream.sotw(ENDPOINT_TYPE, ['a', 'b'], '3');
    // An updated cluster becomes warm only by its endpoints, which come again.
    expect(stream.set({ clusters: { a: '2', b: '1' }, endpoints: { a: '2', b: '1' } })).toEqual([
      'send cluster#4 a,b',
      'send endpoint#5 a',
    ]);
  });

  test('stale and repeated requests send nothing and acknowledge nothing', () => {
    const stream = new Driver('sotw', { runtimes: { x: '1', y: '1' } });
    stream.sotw(RUNTIME_TYPE, ['x']);
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '1')).toEqual(['ack runtime']);
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '1')).toEqual([]);
    expect(stream.set({ runtimes: { x: '2', y: '1' } })).toEqual(['send runtime#2 x']);
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '1')).toEqual([]);
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '2')).toEqual(['ack runtime']);
    expect(stream.sotw(RUNTIME_TYPE, ['x', 'y'], '1')).toEqual([]);
    expect(stream.sotw(RUNTIME_TYPE, ['x', 'y'], '2')).toEqual(['send runtime#3 y']);
  });

  test('a name given up and asked for again is sent again, though the first of the two requests was stale', () => {
    const stream = new Driver('sotw', { runtimes: { x: '1', y: '1' } });
    stream.sotw(RUNTIME_TYPE, ['x', 'y']);
    stream.sotw(RUNTIME_TYPE, ['x', 'y'], '1');
    expect(stream.set({ runtimes: { x: '2', y: '1' } })).toEqual(['send runtime#2 x']);
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '1')).toEqual([]);
    expect(stream.sotw(RUNTIME_TYPE, ['x', 'y'], '2')).toEqual(['ack runtime', 'send runtime#3 y']);
  });

  test('changes while an answer is awaited coalesce to the newest', () => {
    const stream = new Driver('sotw', { runtimes: { x: '1' } });
    stream.sotw(RUNTIME_TYPE, ['x']);
    expect(stream.set({ runtimes: { x: '2' } })).toEqual([]);
    expect(stream.set({ runtimes: { x: '3' } })).toEqual([]);
    expect(stream.settled(RUNTIME_TYPE)).toBe(false);
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '1')).toEqual(['ack runtime', 'send runtime#2 x']);
    expect(stream.settled(RUNTIME_TYPE)).toBe(false);
    stream.sotw(RUNTIME_TYPE, ['x'], '2');
    expect(stream.settled(RUNTIME_TYPE)).toBe(true);
  });

  test('a client that comes back with the version of a wildcard is sent nothing', () => {
    const version = fakeSnapshot(ab).types.get(CLUSTER_TYPE)?.version ?? '';
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(CLUSTER_TYPE, [], '', { version })).toEqual([]);
    expect(stream.settled(CLUSTER_TYPE)).toBe(true);
    // Names may be new to it: these are sent.
    expect(stream.sotw(ENDPOINT_TYPE, ['a'], '', { version: 'a1,b1' })).toEqual(['send endpoint#1 a']);
  });

  test('a name that does not exist yet is sent once it does', () => {
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(ENDPOINT_TYPE, ['z'])).toEqual([]);
    expect(stream.set({ ...ab, endpoints: { z: '1' } })).toEqual(['send endpoint#1 z']);
  });
});

describe('delta', () => {
  test('wildcard and names add up; a name given up under the wildcard is stated', () => {
    const stream = new Driver('delta', ab);
    expect(stream.delta(CLUSTER_TYPE, [])).toEqual(['send cluster#1 a,b']);
    expect(stream.delta(CLUSTER_TYPE, ['a', 'z'], '1')).toEqual(['ack cluster', 'send cluster#2 a -z']);
    expect(stream.delta(CLUSTER_TYPE, [], '2', { unsubscribe: ['a'] })).toEqual([
      'ack cluster',
      'send cluster#3 a',
    ]);
    expect(stream.delta(CLUSTER_TYPE, [], '3', { unsubscribe: ['*'] })).toEqual(['ack cluster']);
    expect(stream.delta(CLUSTER_TYPE, [], '', { unsubscribe: ['z', 'phantom'] })).toEqual([]);
    expect(stream.set({ ...ab, clusters: { a: '2' } })).toEqual([]);
  });

  test('only what changed is sent, what went is removed', () => {
    const stream = new Driver('delta', ab);
    stream.delta(ENDPOINT_TYPE, ['a', 'b']);
    stream.delta(ENDPOINT_TYPE, [], '1');
    expect(stream.set({ endpoints: { a: '2' } })).toEqual(['send endpoint#2 a -b']);
  });

  test('a client that comes back is sent what it lacks and told what went', () => {
    const initialVersions = new Map([
      ['a', '1>a'],
      ['b', 'old'],
      ['gone', '1'],
    ]);
    const stream = new Driver('delta', ab, CLUSTER_TYPE);
    expect(stream.delta(CLUSTER_TYPE, ['*'], '', { initialVersions })).toEqual(['send cluster#1 b -gone']);
    const same = new Driver('delta', ab);
    const held = new Map([['a', '1']]);
    expect(same.delta(ENDPOINT_TYPE, ['a'], '', { initialVersions: held })).toEqual([]);
    expect(same.settled(ENDPOINT_TYPE)).toBe(true);
  });

  test('a name subscribed to again is sent again, also under a stale nonce', () => {
    const stream = new Driver('delta', { endpoints: { a: '1', b: '1' } });
    stream.delta(ENDPOINT_TYPE, ['a']);
    stream.delta(ENDPOINT_TYPE, [], '1');
    expect(stream.delta(ENDPOINT_TYPE, ['a'])).toEqual(['send endpoint#2 a']);
    expect(stream.delta(ENDPOINT_TYPE, ['b'], '1')).toEqual([]);
    expect(stream.delta(ENDPOINT_TYPE, [], '2')).toEqual(['ack endpoint', 'send endpoint#3 b']);
  });

  test('a type that nobody serves has no resources', () => {
    const stream = new Driver('delta', ab);
    expect(stream.delta('type.googleapis.com/x.Y', ['z'])).toEqual(['send type.googleapis.com/x.Y#1  -z']);
  });
});

describe('a NACK', () => {
  test('is not answered with the same content, but with the next', () => {
    const stream = new Driver('delta', ab);
    stream.delta(CLUSTER_TYPE, []);
    stream.delta(CLUSTER_TYPE, [], '1');
    stream.set({ ...ab, clusters: { a: 'bad', b: '2' } });
    expect(stream.delta(CLUSTER_TYPE, [], '2', { error: 'no' })).toEqual(['nack cluster: no']);
    expect(stream.version(CLUSTER_TYPE)).toEqual({ acked: 'a1>a,b1>b', rejected: 'abad>a,b2>b' });
    expect(stream.set({ ...ab, clusters: { a: 'bad', b: '2' }, runtimes: { r: '1' } })).toEqual([]);
    // Going on to name the rejected nonce is no ACK.
    expect(stream.delta(CLUSTER_TYPE, [], '2')).toEqual([]);
    expect(stream.settled(CLUSTER_TYPE)).toBe(false);
    // Back to the accepted content: the client may have applied part of the rejected one, so it is all stated again.
    expect(stream.set(ab)).toEqual(['send cluster#3 a,b']);
    stream.delta(CLUSTER_TYPE, [], '3');
    expect(stream.version(CLUSTER_TYPE)).toEqual({ acked: 'a1>a,b1>b', rejected: undefined });
  });

  test('leaves in doubt what else the response stated, so that it is stated again with the correction', () => {
    const stream = new Driver('delta', ab);
    stream.delta(CLUSTER_TYPE, []);
    stream.delta(CLUSTER_TYPE, [], '1');
    stream.set({ ...ab, clusters: { a: 'bad', b: '2' } });
    stream.delta(CLUSTER_TYPE, [], '2', { error: 'no' });
    expect(stream.set({ ...ab, clusters: { a: '2', b: '2' } })).toEqual(['send cluster#3 a,b']);
  });

  test('of a whole state: the correction repeats neither the rejected resource nor a version it never ran', () => {
    const stream = new Driver('sotw', {
      clusters: { b: 'bad' },
      endpoints: { b: '1' },
      listeners: { l: ['1', ['r']] },
      routes: { r: ['1', ['b']] },
    });
    stream.sotw(ROUTE_TYPE, ['r']);
    stream.sotw(LISTENER_TYPE, []);
    expect(stream.sotw(CLUSTER_TYPE, [])).toEqual(['send cluster#3 b']);
    stream.sotw(CLUSTER_TYPE, [], '3', { error: 'no' });
    stream.sotw(ROUTE_TYPE, ['r'], '1');
    stream.sotw(LISTENER_TYPE, [], '2');
    const corrected = stream.set({
      clusters: { a: '1' },
      endpoints: { a: '1' },
      listeners: { l: ['1', ['r']] },
      routes: { r: ['1', ['a']] },
    });
    expect(corrected).toEqual(['send cluster#4 a']);
    expect(stream.sotw(CLUSTER_TYPE, [], '4')).toEqual(['ack cluster', 'send route#5 r']);
  });

  test('of a whole state that was replaced meanwhile: what went is not kept in the rejected version', () => {
    const routes = { listeners: { l: ['1', ['r']] }, runtimes: {} } as const;
    const stream = new Driver('sotw', { ...routes, clusters: { b: 'bad' }, routes: { r: ['1', ['b']] } });
    stream.sotw(ROUTE_TYPE, ['r']);
    expect(stream.sotw(CLUSTER_TYPE, [])).toEqual(['send cluster#2 b']);
    stream.set({ ...routes, clusters: { a: '1' }, routes: { r: ['1', ['a']] } });
    expect(stream.sotw(CLUSTER_TYPE, [], '2', { error: 'no' })).toEqual([
      'nack cluster: no',
      'send cluster#3 a',
    ]);
  });

  test('does not bring back a name that the client gave up since', () => {
    const stream = new Driver('sotw', { endpoints: { a: 'bad', b: '1' } });
    stream.sotw(ENDPOINT_TYPE, ['a', 'b']);
    stream.sotw(ENDPOINT_TYPE, ['a', 'b'], '1', { error: 'no' });
    stream.sotw(ENDPOINT_TYPE, ['a'], '1');
    expect(stream.set({ endpoints: { a: '2', b: '1' } })).toEqual(['send endpoint#2 a']);
  });

  test('of content that is already replaced leads to the newer at once', () => {
    const stream = new Driver('sotw', { runtimes: { x: 'bad' } });
    stream.sotw(RUNTIME_TYPE, ['x']);
    stream.set({ runtimes: { x: '2' } });
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '1', { error: 'no' })).toEqual([
      'nack runtime: no',
      'send runtime#2 x',
    ]);
  });
});

describe('make before break', () => {
  const before: FakeSpec = {
    clusters: { a: '1' },
    endpoints: { a: '1' },
    listeners: { l: ['1', ['r']] },
    routes: { r: ['1', ['a']] },
    runtimes: { w: '1' },
  };
  const after: FakeSpec = {
    clusters: { b: '1' },
    endpoints: { b: '1' },
    listeners: { l: ['2', ['r']] },
    routes: { r: ['2', ['b']] },
    runtimes: { w: '2' },
  };

  /** A stream that runs `before` and has answered everything. */
  function running(): Driver {
    const stream = new Driver('delta', before);
    stream.delta(CLUSTER_TYPE, []);
    stream.delta(CLUSTER_TYPE, [], '1');
    stream.delta(ENDPOINT_TYPE, ['a']);
    stream.delta(ENDPOINT_TYPE, [], '2');
    stream.delta(LISTENER_TYPE, []);
    stream.delta(LISTENER_TYPE, [], '3');
    stream.delta(ROUTE_TYPE, ['r']);
    stream.delta(ROUTE_TYPE, [], '4');
    stream.delta(RUNTIME_TYPE, ['w']);
    stream.delta(RUNTIME_TYPE, [], '5');
    return stream;
  }

  test('clusters, their endpoints, listeners, routes, then what is no longer used; weights at once', () => {
    const stream = running();
    expect(stream.set(after)).toEqual(['send runtime#6 w', 'send cluster#7 b']);
    expect(stream.delta(CLUSTER_TYPE, [], '7')).toEqual(['ack cluster']);
    expect(stream.delta(ENDPOINT_TYPE, ['b'])).toEqual(['send endpoint#8 b']);
    expect(stream.delta(ENDPOINT_TYPE, [], '8')).toEqual(['ack endpoint', 'send listener#9 l']);
    expect(stream.delta(LISTENER_TYPE, [], '9')).toEqual(['ack listener', 'send route#10 r']);
    expect(stream.delta(ROUTE_TYPE, [], '10')).toEqual(['ack route', 'send cluster#11  -a']);
    expect(stream.delta(CLUSTER_TYPE, [], '11')).toEqual(['ack cluster', 'send endpoint#12  -a']);
  });

  test('a rejected cluster holds back the routes to it, and no others', () => {
    const stream = running();
    const mixed = {
      ...before,
      clusters: { a: '1', b: 'bad' },
      endpoints: { a: '1', b: '1' },
      routes: { r: ['2', ['b']], s: ['1', ['a']] },
    } as const;
    expect(stream.set(mixed)).toEqual(['send cluster#6 b']);
    stream.delta(ROUTE_TYPE, ['s']);
    expect(stream.delta(CLUSTER_TYPE, [], '6', { error: 'no' })).toEqual([
      'nack cluster: no',
      'send route#7 s',
    ]);
    stream.delta(ROUTE_TYPE, [], '7');
    expect(stream.set({ ...mixed, clusters: { a: '1', b: '2' } })).toEqual(['send cluster#8 b']);
    stream.delta(CLUSTER_TYPE, [], '8');
    expect(stream.delta(ENDPOINT_TYPE, ['b'])).toEqual(['send endpoint#9 b']);
    expect(stream.delta(ENDPOINT_TYPE, [], '9')).toEqual(['ack endpoint', 'send route#10 r']);
  });

  test('a rejected route keeps the cluster that the proxy still routes to', () => {
    const stream = running();
    stream.set({ ...before, clusters: { b: '1' }, endpoints: { b: '1' }, routes: { r: ['bad', ['b']] } });
    stream.delta(CLUSTER_TYPE, [], '6');
    stream.delta(ENDPOINT_TYPE, ['b']);
    expect(stream.delta(ENDPOINT_TYPE, [], '7')).toEqual(['ack endpoint', 'send route#8 r']);
    expect(stream.delta(ROUTE_TYPE, [], '8', { error: 'no' })).toEqual(['nack route: no']);
  });
});

describe('a stream', () => {
  test('shares the encoded response with other streams in the same state', () => {
    const [one, two] = [new Driver('delta'), new Driver('delta')];
    const snapshots = [fakeSnapshot(ab), fakeSnapshot({ ...ab, clusters: { a: '2', b: '1' } })];
    for (const stream of [one, two]) {
      stream.share(snapshots[0]!);
      stream.delta(CLUSTER_TYPE, []);
      stream.delta(CLUSTER_TYPE, [], '1');
      stream.share(snapshots[1]!);
    }
    expect(one.bodies).toHaveLength(2);
    for (const [index, body] of one.bodies.entries()) expect(two.bodies[index]).toBe(body);
  });

  test('ends on a request without a type, and beyond the bounds', () => {
    const stream = new Driver('delta', ab);
    expect(stream.delta('', [])).toEqual(['close: type_url is required on an aggregated stream']);
    for (let n = 0; n < TYPES_PER_STREAM_MAX; n += 1) stream.delta(`type/${n}`, []);
    expect(stream.delta('type/more', [])).toEqual(['close: more than 32 resource types on one stream']);
    const names = Array.from({ length: 100_001 }, (_, n) => String(n));
    expect(stream.delta('type/1', names)).toEqual(['close: more than 100000 names of type/1 on one stream']);
  });
});
