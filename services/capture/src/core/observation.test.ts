import { create, toBinary } from '@bufbuild/protobuf';
import { ProcessingRequestSchema } from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedStream } from './grpc-frames.ts';
import { type Half, type Observation, parseObservation } from './observation.ts';
import { body, headers, processingRequest, trailers } from './testing.ts';

const halves: Half[] = ['request', 'response'];

describe('parseObservation', () => {
  test.each<[string, Observation]>(
    halves.flatMap((half): [string, Observation][] => [
      [
        `${half} headers`,
        headers(half, [
          [':path', '/a'],
          ['x', ''],
          ['x', 'é'],
        ]),
      ],
      [`${half} headers that end it`, headers(half, [], true)],
      [`${half} body`, body(half, 'some')],
      [`${half} body's end`, body(half, '', true)],
      [`${half} trailers`, trailers(half, [['grpc-status', '0']])],
    ]),
  )('%s', (_, observation) => {
    expect(parseObservation(processingRequest(observation))).toEqual(observation);
  });

  test('takes a header value from `value` where an old configuration puts it, and skips what it does not need', () => {
    const message = toBinary(
      ProcessingRequestSchema,
      create(ProcessingRequestSchema, {
        metadataContext: { filterMetadata: { a: { b: 'c' } } },
        request: { case: 'requestHeaders', value: { headers: { headers: [{ key: 'a', value: 'b' }] } } },
      }),
    );
    expect(parseObservation(message)).toEqual(headers('request', [['a', 'b']]));
  });

  test('attributes: text and numbers', () => {
    const message = toBinary(
      ProcessingRequestSchema,
      create(ProcessingRequestSchema, {
        attributes: { 'envoy.filters.http.ext_proc': { 'xds.node.id': 'n', attempt: 2, none: null } },
        request: { case: 'requestHeaders', value: { endOfStream: true } },
      }),
    );
    expect(parseObservation(message)).toMatchObject({
      kind: 'headers',
      end: true,
      attributes: new Map([
        ['xds.node.id', 'n'],
        ['attempt', '2'],
      ]),
    });
  });

  test('refuses what carries nothing', () => {
    expect(() => parseObservation(new Uint8Array(0))).toThrow(MalformedStream);
  });

  test('reads any bytes or refuses them, and nothing else', () => {
    const known = processingRequest(
      headers('request', [
        [':path', '/a'],
        ['x', 'y'],
      ]),
    );
    fc.assert(
      fc.property(fc.nat(known.length - 1), fc.nat(255), (at, byte) => {
        const damaged = new Uint8Array(known);
        damaged[at] = byte;
        try {
          parseObservation(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedStream);
        }
      }),
    );
  });
});
