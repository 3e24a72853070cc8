import { type headerMap, joined } from '@chronos/arbiter/core/compare/header-map.ts';
import { fromBinaryText, toBinaryText } from './binary.ts';
import { frame, maskFrames } from './mask-frames.ts';
import { maskJson } from './mask-json.ts';
import { maskMessage, maskOpaque, NoMessage } from './mask-protobuf.ts';
import { type BodyScope, hashed, type MaskedBody, plain, wholeMask } from './masked-body.ts';
import { leadsOn } from './paths.ts';

type Headers = ReturnType<typeof headerMap>;

/** A message of the method's type. */
export function maskProto(bytes: Uint8Array, scope: BodyScope): MaskedBody {
  const masked = maskMessageOrWhole(bytes, scope);
  return masked && plain(masked);
}

function maskMessageOrWhole(bytes: Uint8Array, scope: BodyScope): Uint8Array | undefined {
  if (scope.type === undefined) {
    return leadsOn(scope.cursor)
      ? wholeMask(bytes, scope, 'no descriptor knows the method')
      : maskOpaque(bytes, scope);
  }
  try {
    return maskMessage(bytes, scope.type, scope.cursor, scope);
  } catch (error) {
    if (!(error instanceof NoMessage)) throw error;
    return wholeMask(bytes, scope, error.message);
  }
}

/** Messages in frames: gRPC, gRPC-Web, Connect's streams. */
export function maskFramed(
  body: Uint8Array,
  essence: string,
  headers: Headers,
  scope: BodyScope,
): MaskedBody {
  const isText = essence.includes('grpc-web-text');
  const bytes = isText ? fromBase64(body) : body;
  if (bytes === undefined) return hashed(body, essence, scope, 'no base64');
  const encodingHeader = essence.includes('connect') ? 'connect-content-encoding' : 'grpc-encoding';
  const masked = maskFrames(bytes, joined(headers, encodingHeader).trim().toLowerCase(), scope.codecs, {
    message: (content) =>
      essence.endsWith('+json') ? maskJsonBytes(content, scope) : maskMessageOrWhole(content, scope),
    end: (content) => maskJsonBytes(content, { ...scope, cursor: [] }),
  });
  if (masked.ok) {
    if (masked.bytes === undefined) return undefined;
    return plain(isText ? encoder.encode(btoa(toBinaryText(masked.bytes))) : masked.bytes);
  }
  if (masked.reason === 'too-large') {
    scope.masker.note(scope.place, 'not stored: too long once decompressed');
    return { is: 'dropped' };
  }
  const mask = wholeMask(bytes, scope, `frames ${masked.reason}`);
  // Still a frame that nobody can decompress, so that the arbiter says of it what it would have said.
  return plain(masked.reason === 'unknown-encoding' ? frame(1, mask) : mask);
}

/** JSON, or else a text. */
function maskJsonBytes(bytes: Uint8Array, scope: BodyScope): Uint8Array | undefined {
  const text = decodedUtf8(bytes);
  if (text === undefined) return wholeMask(bytes, scope, 'no UTF-8');
  const json = maskJson(text, scope.cursor, scope.masker, scope.place);
  const masked = json.ok ? json.text : scope.masker.within(text, scope.place);
  return masked === undefined ? undefined : encoder.encode(masked);
}

function decodedUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** gRPC-Web text may be several base64 texts, each with its own padding, one after the other. */
function fromBase64(body: Uint8Array): Uint8Array | undefined {
  try {
    return fromBinaryText((decoder.decode(body).match(/[^=]+=*/g) ?? []).map(atob).join(''));
  } catch {
    return undefined;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const decoder = new TextDecoder();
const encoder = new TextEncoder();
