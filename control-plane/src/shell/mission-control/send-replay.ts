import { request as httpRequest, type IncomingMessage } from 'node:http';
import { create } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Exchange,
  ExchangeSchema,
  type Header,
  HeaderSchema,
  Outcome,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { DomainError } from '../../core/domain-error.ts';
import type { ReplayedRequest } from '../../core/mission-control/replay-plan.ts';

const answerWithinMs = 10_000;
/** As much of an answer as the arbiter compares of a live one. */
const bodyBytesMax = 1024 * 1024;

/**
 * Sends a request straight to a service, past the proxy: so it is neither mirrored nor captured. The answer is an exchange as capture
 * would have seen it, unmasked.
 *
 * @throws DomainError `unavailable` where no answer came.
 */
export async function sendReplay(
  address: string,
  replayed: ReplayedRequest,
  nowMs: number,
): Promise<Exchange> {
  const begunMs = performance.now();
  try {
    const response = await answerTo(address, replayed);
    const body = await bodyOf(response);
    return create(ExchangeSchema, {
      method: replayed.method,
      path: replayed.path.split('?')[0] ?? '',
      universe: Universe.MODERN,
      startedAt: timestampFromMs(nowMs),
      duration: durationFromMs(Math.round(performance.now() - begunMs)),
      outcome: Outcome.COMPLETE,
      response: {
        headers: [header(':status', String(response.statusCode ?? 0)), ...headersOf(response.rawHeaders)],
        body: body.bytes,
        bodyBytes: BigInt(body.bytes.length),
        bodyTruncated: body.truncated,
        trailers: headersOf(response.rawTrailers),
      },
    });
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError('unavailable', `modern at ${address} did not answer the replay: ${words}`, {
      cause,
    });
  }
}

function answerTo(
  address: string,
  { method, path, authority, headers, body }: ReplayedRequest,
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(`http://${address}`);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: hostname.replace(/^\[|\]$/g, ''),
        port,
        method,
        path,
        headers: [
          ['host', authority === '' ? address : authority],
          ...headers.map(({ name, value }) => [name, value]),
          ['x-chronos-replay', '1'],
          ...(body.length > 0 ? [['content-length', String(body.length)]] : []),
        ].flat(),
        agent: false,
        signal: AbortSignal.timeout(answerWithinMs),
      },
      resolve,
    );
    request.once('error', reject);
    request.end(body);
  });
}

async function bodyOf(
  response: IncomingMessage,
): Promise<{ readonly bytes: Uint8Array; readonly truncated: boolean }> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes > bodyBytesMax) break; // ends the connection, too
  }
  return { bytes: Buffer.concat(parts).subarray(0, bodyBytesMax), truncated: bytes > bodyBytesMax };
}

/** Pairs of a flat list, names in lower case. */
function headersOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [header(name.toLowerCase(), raw[i + 1] ?? '')] : []));
}

function header(name: string, value: string): Header {
  return create(HeaderSchema, { name, value: Buffer.from(value, 'latin1') });
}
