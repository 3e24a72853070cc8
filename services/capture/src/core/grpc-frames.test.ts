import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GrpcFrames, MalformedStream } from './grpc-frames.ts';
import { concat, frame } from './testing.ts';

describe('GrpcFrames', () => {
  test('gives the same messages however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        (messages, cuts) => {
          const stream = concat(messages.map(frame));
          const frames = new GrpcFrames();
          const seen: Uint8Array[] = [];
          for (let at = 0, i = 0; at < stream.length; i += 1) {
            const next = at + cuts[i % cuts.length]!;
            seen.push(...frames.push(stream.subarray(at, next)));
            at = next;
          }
          expect(seen).toEqual(messages.map((m) => new Uint8Array(m)));
        },
      ),
    );
  });

  test('messages do not share memory with what was read', () => {
    const chunk = frame(new Uint8Array([1, 2, 3]));
    const [message] = new GrpcFrames().push(chunk);
    chunk.fill(9);
    expect(message).toEqual(new Uint8Array([1, 2, 3]));
  });

  test.each([
    ['compressed', [1, 0, 0, 0, 1, 0]],
    ['longer than any of Envoy', [0, 255, 255, 255, 255]],
  ])('refuses a message that is %s', (_, prefix) => {
    expect(() => new GrpcFrames().push(new Uint8Array(prefix))).toThrow(MalformedStream);
  });
});
