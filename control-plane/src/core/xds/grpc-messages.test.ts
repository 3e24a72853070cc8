import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GrpcFault, GrpcMessages } from './grpc-messages.ts';

function framed(message: Uint8Array): number[] {
  const prefix = new DataView(new ArrayBuffer(5));
  prefix.setUint32(1, message.length);
  return [...new Uint8Array(prefix.buffer), ...message];
}

describe('the messages of a gRPC byte stream', () => {
  test('are the same however the bytes are cut', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (sent, cuts) => {
        const bytes = Uint8Array.from(sent.flatMap(framed));
        const reader = new GrpcMessages(40);
        const received: Uint8Array[] = [];
        for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1;
          for (const message of reader.push(bytes.slice(at, at + size))) received.push(message.slice());
          at += size;
        }
        expect(received).toEqual(sent);
      }),
    );
  });

  test('a longer one than is accepted, and a compressed one, are refused with the status for it', () => {
    const refusal = (bytes: number[]) => {
      try {
        new GrpcMessages(10).push(Uint8Array.from(bytes));
      } catch (error) {
        return error instanceof GrpcFault ? error.code : error;
      }
      return 'accepted';
    };
    expect(refusal(framed(new Uint8Array(10)))).toBe('accepted');
    expect(refusal([0, 0, 0, 0, 11])).toBe('resource-exhausted');
    expect(refusal([0, 0xff, 0xff, 0xff, 0xff])).toBe('resource-exhausted');
    expect(refusal([1, 0, 0, 0, 1, 7])).toBe('unimplemented');
  });
});
