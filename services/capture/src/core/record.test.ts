import { create, fromBinary } from '@bufbuild/protobuf';
import { ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { recordOf, withoutBodies } from './record.ts';
import { bytes } from './testing.ts';

const exchange = create(ExchangeSchema, {
  requestId: 'id-1',
  request: { body: bytes('long'), bodyBytes: 4n },
  response: { headers: [{ name: ':status', value: bytes('200') }] },
});

test('keyed by the request id, with the trace in its header', () => {
  const record = recordOf(exchange, '00-a-b-01');
  expect(record).toMatchObject({ key: 'id-1', headers: { traceparent: '00-a-b-01' } });
  expect(fromBinary(ExchangeSchema, record.value)).toEqual(exchange);
  expect(recordOf(exchange, '').headers).toEqual({});
});

test('without its bodies it says so, and can be made no smaller', () => {
  const smaller = withoutBodies(recordOf(exchange, 't'))!;
  expect(fromBinary(ExchangeSchema, smaller.value)).toMatchObject({
    requestId: 'id-1',
    request: { body: bytes(''), bodyBytes: 4n, bodyTruncated: true },
    response: { bodyTruncated: false, headers: [{ name: ':status' }] },
  });
  expect(smaller.headers).toEqual({ traceparent: 't' });
  expect(withoutBodies(smaller)).toBeUndefined();
});
