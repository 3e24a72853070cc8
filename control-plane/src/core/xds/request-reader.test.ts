import { create, toBinary } from '@bufbuild/protobuf';
import {
  DeltaDiscoveryRequestSchema,
  DiscoveryRequestSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NameLists } from './name-lists.ts';
import { readRequest } from './request.ts';
import { RequestReader } from './request-reader.ts';

const lists = () =>
  new NameLists({
    same: (a, b) => Buffer.compare(a, b) === 0,
    latin1: (bytes) => Buffer.from(bytes).toString('latin1'),
  });
const word = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ minLength: 120, maxLength: 300 }),
  fc.constant('ä😀'),
);
const names = fc.array(word, { maxLength: 5 });
const common = {
  typeUrl: word,
  responseNonce: word,
  ...{ errorDetail: fc.option(fc.record({ code: fc.nat(16), message: word }), { nil: undefined }) },
  ...{ node: fc.option(fc.record({ id: word, cluster: word }), { nil: undefined }) },
};
const sotw = fc.record({ ...common, versionInfo: word, resourceNames: names });
const delta = fc.record({
  ...common,
  resourceNamesSubscribe: names,
  resourceNamesUnsubscribe: names,
  initialResourceVersions: fc.dictionary(word, word, { maxKeys: 2 }),
});

describe('reading requests', () => {
  test('says what the full decoder says, whatever came before on the stream', () => {
    fc.assert(
      fc.property(fc.array(sotw, { maxLength: 12 }), fc.array(delta, { maxLength: 12 }), (plain, deltas) => {
        const streams = {
          sotw: plain.map((init) => toBinary(DiscoveryRequestSchema, create(DiscoveryRequestSchema, init))),
          delta: deltas.map((init) =>
            toBinary(DeltaDiscoveryRequestSchema, create(DeltaDiscoveryRequestSchema, init)),
          ),
        };
        for (const variant of ['sotw', 'delta'] as const) {
          const reader = new RequestReader(variant, lists());
          for (const bytes of streams[variant])
            expect(reader.read(bytes)).toEqual(readRequest(variant, bytes));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('any bytes are read as the full decoder reads them, or refused as it refuses them', () => {
    const outcome = (read: () => unknown) => {
      try {
        return read();
      } catch {
        return 'refused';
      }
    };
    // Tags and lengths of the fields at hand, so that not all is refused at the first byte.
    const byte = fc.oneof(
      fc.constantFrom(0x0a, 0x12, 0x1a, 0x22, 0x2a, 0x32, 0, 1, 2, 3, 0x80, 0x41),
      fc.nat(255),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), fc.array(byte, { maxLength: 24 }), (random, likely) => {
        for (const variant of ['sotw', 'delta'] as const) {
          for (const bytes of [random, Uint8Array.from(likely)]) {
            const fast = outcome(() => new RequestReader(variant, lists()).read(bytes));
            expect(fast).toEqual(outcome(() => readRequest(variant, bytes)));
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('equal lists of two streams are one array; the bytes of a message are not held', () => {
    const shared = lists();
    const message = toBinary(
      DiscoveryRequestSchema,
      create(DiscoveryRequestSchema, { typeUrl: 't', resourceNames: ['a', 'b'] }),
    );
    const read = () => {
      const { request } = new RequestReader('sotw', shared).read(message);
      return request.variant === 'sotw' ? request.names : [];
    };
    const first = read();
    expect(read()).toBe(first);
    message.fill(0);
    expect(first).toEqual(['a', 'b']);
  });
});
