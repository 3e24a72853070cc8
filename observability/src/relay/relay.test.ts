import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { type OtlpSpan, readSpans } from './core/otlp.ts';
import { zipkinJson } from './core/zipkin.ts';
import { receiveGrpc, receiveHttp } from './receive.ts';
import { ZipkinSender } from './send.ts';

/** One length-delimited field of fewer than 128 bytes. */
const field = (number: number, content: Buffer | string) =>
  Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), Buffer.from(content)]);
const nested = (number: number, ...content: Buffer[]) => field(number, Buffer.concat(content));
const pair = (number: number, key: string, value: Buffer) => nested(number, field(1, key), field(2, value));
const traceId = '0af7651916cd43dd8448eb211c80319c';

/** As opentelemetry/proto/trace/v1/trace.proto lays it down. */
const request = nested(
  1,
  nested(1, pair(1, 'service.name', field(1, 'bank'))),
  nested(
    2,
    nested(
      2,
      field(1, Buffer.from(traceId, 'hex')),
      field(2, Buffer.from('b7ad6b7169203331', 'hex')),
      field(5, 'pay'),
      Buffer.from([6 << 3, 2]),
      pair(9, 'ok', Buffer.from([2 << 3, 1])),
      pair(9, 'rows', Buffer.from([3 << 3, 7])),
      pair(9, 'url.full', field(1, 'a://b/c?d')),
      nested(15, field(2, 'no money'), Buffer.from([3 << 3, 2])),
    ),
  ),
);

test('OTLP becomes what Zipkin shows', () => {
  const [span, ...others] = readSpans(request);
  expect(others).toEqual([]);
  expect(JSON.parse(zipkinJson(span as OtlpSpan))).toEqual({
    traceId,
    id: 'b7ad6b7169203331',
    kind: 'SERVER',
    name: 'pay',
    timestamp: 0,
    duration: 1,
    localEndpoint: { serviceName: 'bank' },
    tags: { ok: 'true', rows: '7', 'url.full': 'a://b/c', error: 'no money' },
  });
});

test('spans come by OTLP/HTTP, plain or compressed, and by OTLP/gRPC; what is no OTLP is refused', async () => {
  let spans = 0;
  const take = (bytes: Uint8Array) => {
    spans += readSpans(bytes).length;
  };
  const http = await receiveHttp('127.0.0.1', 0, take, () => false);
  const grpc = await receiveGrpc('127.0.0.1', 0, take);
  const post = async (body: Buffer, headers = {}) =>
    (
      await fetch(`http://127.0.0.1:${http.port}/v1/traces`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers,
      })
    ).status;
  try {
    expect(await post(request)).toBe(200);
    expect(await post(gzipSync(request), { 'content-encoding': 'gzip' })).toBe(200);
    expect(await post(Buffer.from('{}'))).toBe(400);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(request.length, 1);
    expect(await callGrpc(grpc.port, Buffer.concat([head, request]))).toBe('0');
    expect(await callGrpc(grpc.port, request)).toBe('3');
    expect(spans).toBe(3);
  } finally {
    http.close();
    grpc.close();
  }
});

async function callGrpc(port: number, body: Buffer): Promise<unknown> {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    'content-type': 'application/grpc',
  });
  stream.end(body);
  stream.resume();
  const [trailers] = await once(stream, 'trailers');
  session.close();
  return trailers['grpc-status'];
}

test('spans wait while nobody takes them, are sent then, and the oldest go when there is no more room', async () => {
  const received: unknown[] = [];
  let status = 503;
  const zipkin = createServer(async (asked, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk);
    if (status < 300) received.push(...JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(status).end();
    zipkin.emit('asked');
  }).listen(0, '127.0.0.1');
  await once(zipkin, 'listening');
  const counted: Record<string, number> = {};
  const sender = new ZipkinSender({
    url: `http://127.0.0.1:${(zipkin.address() as AddressInfo).port}/api/v2/spans`,
    count: (what, spans) => {
      counted[what] = (counted[what] ?? 0) + spans;
    },
    log: () => undefined,
  });
  try {
    sender.add([JSON.stringify('a'.repeat(9 * 2 ** 20)), '1']);
    sender.add([JSON.stringify('b'.repeat(9 * 2 ** 20)), '2']);
    expect(counted).toEqual({ overflowed: 1 });
    await once(zipkin, 'asked');
    status = 202;
    while (received.length < 3) await once(zipkin, 'asked');
    expect([received[0], received[2]]).toEqual([1, 2]);
  } finally {
    await sender.close();
    zipkin.close();
    zipkin.closeAllConnections();
  }
  expect(counted.sent).toBe(3);
});
