import type { DescMethod } from '@bufbuild/protobuf';
import type { Codecs } from './content-encoding.ts';
import { splitFrames } from './grpc-frames.ts';
import { joined } from './header-map.ts';
import { parseJson } from './json.ts';
import { decodeMessage } from './protobuf.ts';
import { normalizeProtoJson } from './protojson.ts';
import type { Body, StreamEnd } from './read-body.ts';
import type { Response } from './response.ts';
import type { Value } from './value.ts';

const FRAMED = /^application\/(?:grpc(?:-web(?:-text)?)?(?:\+(?:proto|json))?|connect\+(?:proto|json))$/;

/** Bodies of length-prefixed messages: gRPC, gRPC-Web, Connect's streams. */
export function isFramed(essence: string): boolean {
  return FRAMED.test(essence);
}

/** The one message of a unary call, or a list of a stream's. */
export function readFramed(
  body: Uint8Array,
  response: Response,
  method: DescMethod | undefined,
  codecs: Codecs,
): Body {
  const { essence } = response.mediaType;
  const bytes = essence.includes('grpc-web-text') ? fromBase64(body) : body;
  if (!bytes) return { form: 'bytes', bytes: body, note: 'not base64' };
  const encoding = joined(
    response.headers,
    essence.includes('connect') ? 'connect-content-encoding' : 'grpc-encoding',
  );
  const frames = splitFrames(bytes, encoding.trim().toLowerCase(), codecs);
  if (!frames.ok) {
    if (frames.reason === 'unknown-encoding') return { form: 'unreadable', reason: 'unknown-encoding' };
    if (frames.reason === 'too-large') return { form: 'unreadable', reason: 'body-too-large' };
    const note =
      frames.reason === 'malformed' ? 'not a sequence of messages' : 'a message cannot be decompressed';
    return { form: 'bytes', bytes, note };
  }
  const messages: Value[] = [];
  for (const message of frames.messages) {
    const read = readMessage(message, essence, method);
    if (!read.ok) return { form: 'bytes', bytes, note: read.reason };
    messages.push(read.value);
  }
  const end = frames.end && streamEnd(frames.end, essence);
  return { form: 'tree', value: asAnswer(messages, method), ...(end && { end }) };
}

/** Without a descriptor one message is taken as a unary call's. */
function asAnswer(messages: readonly Value[], method: DescMethod | undefined): Value | undefined {
  const unary = method ? method.methodKind === 'unary' || method.methodKind === 'client_streaming' : true;
  if (!unary || messages.length > 1) return messages;
  return messages[0];
}

function readMessage(
  bytes: Uint8Array,
  essence: string,
  method: DescMethod | undefined,
): { ok: true; value: Value } | { ok: false; reason: string } {
  if (!essence.endsWith('+json'))
    return method ? decodeMessage(method.output, bytes) : { ok: true, value: bytes };
  const json = parseJson(new TextDecoder().decode(bytes));
  if (!json.ok) return { ok: false, reason: `a message is not JSON: ${json.reason}` };
  return { ok: true, value: method ? normalizeProtoJson(method.output, json.value) : json.value };
}

function streamEnd(bytes: Uint8Array, essence: string): StreamEnd {
  const text = new TextDecoder().decode(bytes);
  if (!essence.includes('connect')) return { kind: 'trailers', text };
  const json = parseJson(text);
  return { kind: 'connect', value: json.ok ? json.value : text };
}

/** gRPC-Web text may be several base64 texts, each with its own padding, one after the other. */
function fromBase64(body: Uint8Array): Uint8Array | undefined {
  const text = new TextDecoder().decode(body);
  try {
    const binary = (text.match(/[^=]+=*/g) ?? []).map(atob).join('');
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
