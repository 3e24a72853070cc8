import type { DescMethod } from '@bufbuild/protobuf';
import { decodeText } from './charset.ts';
import { type Codecs, codingsOf, decodeContent } from './content-encoding.ts';
import { parseForm } from './form.ts';
import { joined } from './header-map.ts';
import { parseJson } from './json.ts';
import { decodeMessage } from './protobuf.ts';
import { normalizeProtoJson } from './protojson.ts';
import { isFramed, readFramed } from './read-framed.ts';
import type { Response } from './response.ts';
import type { Value } from './value.ts';

/** A body by its meaning, as far as its media type and its content allow. */
export type Body =
  /** undefined: no body. */
  | { readonly form: 'tree'; readonly value: Value | undefined; readonly end?: StreamEnd }
  /** `note` says why it is not read as what it claims to be. */
  | { readonly form: 'text'; readonly text: string; readonly note: string }
  | { readonly form: 'bytes'; readonly bytes: Uint8Array; readonly note: string }
  /** Nothing can be said about it. */
  | { readonly form: 'unreadable'; readonly reason: 'unknown-encoding' | 'body-too-large' };

/** What stands at the end of a body of frames: gRPC-Web's trailers, or Connect's end-of-stream message. */
export type StreamEnd =
  | { readonly kind: 'trailers'; readonly text: string }
  | { readonly kind: 'connect'; readonly value: Value };

export function readBody(response: Response, method: DescMethod | undefined, codecs: Codecs): Body {
  const { headers, mediaType } = response;
  const masked = maskedWhole(response.body);
  if (masked !== undefined) {
    // Capture takes the content-encoding off what it could decode.
    return codingsOf(joined(headers, 'content-encoding')).length > 0
      ? { form: 'bytes', bytes: response.body, note: 'cannot be decompressed' }
      : { form: 'text', text: masked, note: '' };
  }
  const content = decodeContent(response.body, joined(headers, 'content-encoding'), codecs);
  if (!content.ok) return unreadable(content.reason, response.body);
  const { bytes } = content;
  if (bytes.length === 0 && !isFramed(mediaType.essence)) return readEmpty(response, method);
  if (isFramed(mediaType.essence)) return readFramed(bytes, response, method, codecs);
  if (isProtobuf(mediaType.essence)) return readProtobuf(bytes, method);
  return readTextual(bytes, response, method);
}

/** A body of which capture kept nothing but its hash. */
function maskedWhole(body: Uint8Array): string | undefined {
  if (body.length > MASK_BYTES_MAX || body[0] !== 0xe2) return undefined;
  const text = new TextDecoder().decode(body);
  return /^⟨masked:body:bytes:[0-9a-f]+⟩$/.test(text) ? text : undefined;
}

const MASK_BYTES_MAX = 64;

/** A body whose content coding cannot be undone. */
export function unreadable(reason: 'unknown-encoding' | 'too-large' | 'corrupt', bytes: Uint8Array): Body {
  if (reason === 'unknown-encoding') return { form: 'unreadable', reason };
  if (reason === 'too-large') return { form: 'unreadable', reason: 'body-too-large' };
  return { form: 'bytes', bytes, note: 'cannot be decompressed' };
}

/** An empty protobuf body is a message of defaults; anything else empty is no body. */
function readEmpty(response: Response, method: DescMethod | undefined): Body {
  const message = method !== undefined && isProtobuf(response.mediaType.essence);
  return { form: 'tree', value: message ? new Map() : undefined };
}

function readProtobuf(bytes: Uint8Array, method: DescMethod | undefined): Body {
  if (!method) return { form: 'bytes', bytes, note: 'no descriptor knows the method' };
  const message = decodeMessage(method.output, bytes);
  if (!message.ok) return { form: 'bytes', bytes, note: message.reason };
  return { form: 'tree', value: message.value };
}

function readTextual(bytes: Uint8Array, response: Response, method: DescMethod | undefined): Body {
  const { essence, charset } = response.mediaType;
  const isJson = /^(application|text)\/json$|\+json$/.test(essence);
  const isForm = essence === 'application/x-www-form-urlencoded';
  if (!isJson && !isForm && !isText(essence)) return { form: 'bytes', bytes, note: '' };
  // JSON is UTF-8 whatever is said of it (RFC 8259, section 8.1), unless what is said can be believed.
  const decoded = decodeText(bytes, charset);
  if (!decoded.ok) return { form: 'bytes', bytes, note: decoded.reason };
  if (isForm) return { form: 'tree', value: parseForm(decoded.text) };
  if (!isJson) return { form: 'text', text: decoded.text, note: '' };
  const json = parseJson(decoded.text);
  if (!json.ok) return { form: 'text', text: decoded.text, note: `not JSON: ${json.reason}` };
  // Connect answers errors with a JSON of its own.
  const isMessage = method !== undefined && response.status === 200;
  return { form: 'tree', value: isMessage ? normalizeProtoJson(method.output, json.value) : json.value };
}

function isProtobuf(essence: string): boolean {
  return ['application/proto', 'application/protobuf', 'application/x-protobuf'].includes(essence);
}

/** Without a media type it is shown as text if it is any. */
function isText(essence: string): boolean {
  return (
    essence === '' ||
    essence.startsWith('text/') ||
    /^application\/(xml|javascript|ecmascript|x-ndjson|jsonl|yaml|x-yaml|graphql)$|\+(xml|yaml)$/.test(
      essence,
    )
  );
}
