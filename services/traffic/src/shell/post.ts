import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Call } from './client.ts';

export const CONNECTIONS_MAX = 256;
const ANSWER_BYTES_MAX = 8 * 1024 * 1024;

export interface Posted {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** One POST over HTTP/1.1. @throws Error when there was no whole answer */
export async function post(
  agent: Agent,
  url: URL,
  { headers, signal }: Pick<Call, 'headers' | 'signal'>,
  contentType: string,
  body: Uint8Array,
): Promise<Posted> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(
      url,
      {
        method: 'POST',
        agent,
        signal,
        headers: { ...headers, 'content-type': contentType, 'content-length': body.length },
      },
      resolve,
    )
      .on('error', reject)
      .end(body);
  });
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    body: await bodyOf(response),
  };
}

export async function bodyOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) throw new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
