import { describe, expect, test } from '@jest/globals';
import { type PushEvent, PushTimes } from './push-times.ts';

const type = 'type.example/Cluster';
const at = (atMs: number, body: { kind: 'connected' | 'disconnected' }, nodeId = 'p1'): PushEvent => ({
  nodeId,
  nodeGroup: 'rift',
  atMs,
  ...body,
});
const about = (atMs: number, kind: 'sent' | 'ack' | 'nack', version: string, nodeId = 'p1'): PushEvent => ({
  nodeId,
  nodeGroup: 'rift',
  atMs,
  kind,
  typeUrl: type,
  version,
});
const versions = (version: string) => new Map([[type, version]]);

describe('the times of a push', () => {
  test('run from the publication to the response, and from there to the answer, whichever it is', () => {
    const times = new PushTimes();
    times.take(at(1_000, { kind: 'connected' }));
    times.published('rift', versions('a'), 2_000);
    expect(times.take(about(2_030, 'sent', 'a'))).toEqual({ what: 'push', typeUrl: type, ms: 30 });
    expect(times.take(about(2_042, 'ack', 'a'))).toEqual({ what: 'answer', typeUrl: type, ms: 12 });
    times.published('rift', versions('b'), 3_000);
    expect(times.take(about(3_001, 'sent', 'b'))?.ms).toBe(1);
    expect(times.take(about(3_006, 'nack', 'b'))).toEqual({ what: 'answer', typeUrl: type, ms: 5 });
  });

  test('a newcomer is answered, not pushed to', () => {
    const times = new PushTimes();
    times.published('rift', versions('a'), 1_000);
    times.take(at(60_000, { kind: 'connected' }));
    expect(times.take(about(60_001, 'sent', 'a'))).toBeUndefined();
    expect(times.take(about(60_003, 'ack', 'a'))?.ms).toBe(2);
  });

  test('what is sent again, or is the last good version after a refusal, is no push', () => {
    const times = new PushTimes();
    times.take(at(0, { kind: 'connected' }));
    times.published('rift', versions('a'), 10);
    expect(times.take(about(11, 'sent', 'a'))?.what).toBe('push');
    expect(times.take(about(90, 'sent', 'a'))).toBeUndefined();
    times.published('rift', versions('b'), 100);
    times.take(about(101, 'sent', 'b'));
    expect(times.take(about(110, 'sent', 'a'))).toBeUndefined();
  });

  test('a type that a snapshot leaves as it was keeps the time of its own publication', () => {
    const times = new PushTimes();
    times.take(at(0, { kind: 'connected' }));
    times.published('rift', versions('a'), 10);
    times.published('rift', versions('a'), 500);
    expect(times.take(about(510, 'sent', 'a'))?.ms).toBe(500);
  });

  test('an answer to nothing, of a proxy that is gone, or a second one says nothing', () => {
    const times = new PushTimes();
    expect(times.take(about(1, 'ack', 'a'))).toBeUndefined();
    times.take(at(2, { kind: 'connected' }));
    times.take(about(3, 'sent', 'a'));
    expect(times.take(about(4, 'ack', 'a'))?.what).toBe('answer');
    expect(times.take(about(5, 'ack', 'a'))).toBeUndefined();
    times.take(about(6, 'sent', 'b'));
    times.take(at(7, { kind: 'disconnected' }));
    expect(times.take(about(8, 'ack', 'b'))).toBeUndefined();
  });
});
