import type { Message } from '@bufbuild/protobuf';
import type { HttpRequest, HttpResponse } from '@chronos/rpc-server/shell/handler.ts';
import { Code, ConnectError } from '@connectrpc/connect';
import { envelope, onlyEnvelope } from './frame.ts';
import { Reader } from './reader.ts';
import type { Subscription, TopicTable } from './topics.ts';
import { type WatchMethod, watchMethods } from './watch-methods.ts';

const streamType = 'application/connect+proto';
const endStream = 0x02;
const requestBytesMax = 64 * 1024;
const requestWithinMs = 10_000;
/** A connection that took nothing for so long is dead, or as good as dead. */
const unreadMaxMs = 60_000;

export interface StreamParts {
  readonly topics: TopicTable;
  /** What every call passes. @throws ConnectError */
  readonly admit: (request: HttpRequest, method: WatchMethod, message: Message) => void;
  /** Any error as callers may see it. */
  readonly shown: (method: string, error: unknown) => ConnectError;
  /** The server stops. */
  readonly draining: AbortSignal;
}

/**
 * Serves watches in the way that browsers ask for them (Connect, binary, uncompressed) with messages that are encoded once for all readers;
 * connect-node would encode and pipe them for each. All other ways to call these methods are left to it. Protocol:
 * connectrpc.com/docs/protocol, Streaming RPCs.
 *
 * @returns whether it takes the request
 */
export function serveStream(parts: StreamParts, request: HttpRequest, response: HttpResponse): boolean {
  const method = watchMethods.get(request.url ?? '');
  const { headers } = request;
  const plain =
    headers['content-type'] === streamType &&
    headers['connect-timeout-ms'] === undefined &&
    (headers['connect-content-encoding'] ?? 'identity') === 'identity';
  if (method === undefined || request.method !== 'POST' || !plain) return false;
  void stream(parts, method, request, response);
  return true;
}

async function stream(
  parts: StreamParts,
  method: WatchMethod,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  response.on('error', () => response.destroy());
  response.writeHead(200, { 'content-type': streamType, 'cache-control': 'no-store' });
  if ('flushHeaders' in response) response.flushHeaders();
  try {
    const { request: message, topics } = method.read(await requestMessage(request));
    parts.admit(request, method, message);
    const subscriptions = topics.map((topic) => parts.topics.subscription(topic));
    pump(parts, method, subscriptions, response);
  } catch (error) {
    end(response, parts.shown(method.method.name, error));
  }
}

/** Writes what is new as fast as the connection takes it, and no faster: what it cannot take yet is not made yet. */
function pump(
  { topics, draining, shown }: StreamParts,
  { method, wrapped }: WatchMethod,
  subscriptions: readonly Subscription[],
  response: HttpResponse,
): void {
  let closed = false;
  let unread: NodeJS.Timeout | undefined;
  const write = () => {
    try {
      while (!closed && unread === undefined && !response.writableEnded) {
        const frame = reader.take();
        if (frame === undefined) return;
        const taken = response.write(wrapped ? frame.wrapped() : frame.bare());
        if (!taken) unread = setTimeout(() => response.destroy(), unreadMaxMs).unref();
      }
    } catch (error) {
      end(response, shown(method.name, error));
    }
  };
  const stop = () => end(response, new ConnectError('server is stopping', Code.Unavailable));
  // Later: a feed wakes all its readers before any of them is written to.
  const reader = new Reader(topics, subscriptions, () => queueMicrotask(write));
  response.on('drain', () => {
    clearTimeout(unread);
    unread = undefined;
    write();
  });
  response.once('close', () => {
    closed = true;
    clearTimeout(unread);
    draining.removeEventListener('abort', stop);
    reader.close();
  });
  draining.addEventListener('abort', stop);
  if (draining.aborted) stop();
  else write();
}

function end(response: HttpResponse, error: ConnectError): void {
  if (response.writableEnded || response.destroyed) return;
  const json = JSON.stringify({ error: { code: wireCode(error.code), message: error.rawMessage } });
  response.end(envelope(endStream, Buffer.from(json)));
}

/** `NotFound` → `not_found`. */
function wireCode(code: Code): string {
  return (Code[code] ?? 'Unknown').replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** The request's one message. @throws ConnectError */
async function requestMessage(request: HttpRequest): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const late = setTimeout(() => request.destroy(), requestWithinMs);
  try {
    for await (const part of request as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      if (bytes > requestBytesMax) throw new ConnectError('the request is too long', Code.ResourceExhausted);
      parts.push(part);
    }
  } finally {
    clearTimeout(late);
  }
  const message = onlyEnvelope(Buffer.concat(parts));
  if (message === undefined) {
    throw new ConnectError('the request is not one uncompressed message', Code.InvalidArgument);
  }
  return message;
}
