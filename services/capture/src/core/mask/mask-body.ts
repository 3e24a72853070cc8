import type { DescMessage } from '@bufbuild/protobuf';
import { type Codecs, decodeContent } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { headerMap, joined } from '@chronos/arbiter/core/compare/header-map.ts';
import { parseMediaType } from '@chronos/arbiter/core/compare/media-type.ts';
import type { FixedRecord } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import { fromBinaryText, toBinaryText } from './binary.ts';
import { namesDeclared } from './declared-names.ts';
import { maskColumns } from './mask-columns.ts';
import { maskCsv } from './mask-csv.ts';
import { maskForm } from './mask-form.ts';
import { frame, maskFrames } from './mask-frames.ts';
import { maskJson } from './mask-json.ts';
import { maskMultipart } from './mask-multipart.ts';
import { maskMessage, maskOpaque, NoMessage } from './mask-protobuf.ts';
import { maskXml } from './mask-xml.ts';
import type { Masker } from './masker.ts';
import { type Cursor, leadsOn } from './paths.ts';

export interface BodyScope {
  /** Declared paths below `body`. */
  readonly cursor: Cursor;
  readonly masker: Masker;
  /** `response.body`, for notes. */
  readonly place: string;
  readonly codecs: Codecs;
  /** Kinds of lines of fixed-width text. */
  readonly records: readonly FixedRecord[];
  /** Type of protobuf messages of this half; undefined: no descriptor knows the method. */
  readonly type: DescMessage | undefined;
}

/** A body's successor; undefined: it stays as it is. */
export type MaskedBody =
  | { readonly is: 'masked'; readonly bytes: Uint8Array; readonly plain: boolean }
  /** Not stored at all, like one that is too long. */
  | { readonly is: 'dropped' }
  | undefined;

export function maskBody(message: HttpMessage, scope: BodyScope): MaskedBody {
  const { masker, cursor, place, codecs } = scope;
  if (message.body.length === 0 || !(masker.recognise || leadsOn(cursor))) return undefined;
  if (message.bodyTruncated) {
    masker.note(place, 'not stored: cut, so that it cannot be read');
    return { is: 'dropped' };
  }
  const headers = headerMap(message.headers);
  const content = decodeContent(message.body, joined(headers, 'content-encoding'), codecs);
  if (!content.ok) {
    if (content.reason !== 'too-large') return hashed(message.body, '', scope, 'cannot be decompressed');
    masker.note(place, 'not stored: too long once decompressed');
    return { is: 'dropped' };
  }
  const contentType = joined(headers, 'content-type');
  const masked = maskContent(content.bytes, contentType, headers, scope);
  if (masked?.is !== 'masked' || content.bytes === message.body) return masked;
  masker.note(place, `stored without its content-encoding ${joined(headers, 'content-encoding')}`);
  return { ...masked, plain: true };
}

type Headers = ReturnType<typeof headerMap>;

const FRAMED = /^application\/(?:grpc(?:-web(?:-text)?)?(?:\+(?:proto|json))?|connect\+(?:proto|json))$/;
const JSON_TYPE = /^(application|text)\/json$|\+json$/;
const LINES_TYPE = /^application\/(x-ndjson|ndjson|jsonl|x-jsonlines)$|^text\/event-stream$/;
const XML_TYPE = /^(application|text)\/xml$|\+xml$/;
const TABLE = /^(?:text|application)\/(?:csv|tab-separated-values)$/;
const MESSAGE_TYPE = /^application\/(x-)?proto(buf)?$/;
/** Pictures, sound and type faces: nothing that stands in them is text. */
const NO_TEXT = /^(image\/(?!svg)|audio\/|video\/|font\/)/;

/** Pages: where a field's value stands in them, no path says. */
const PAGE_TYPE = /^(text\/html|application\/xhtml\+xml)$/;
const PAGE = /^[\s\ufeff]*<(?:!doctype\s+html|html)[\s>]/i;
const TAG = /<[a-z!/][^<>]*>/i;

/** Begins as JSON does, or a script that hands JSON to a function. */
const TREE = /^[\s\ufeff)\]}',;]*(?:[\w$.]+\s*[(=]\s*)?[{[]/;

function maskContent(bytes: Uint8Array, contentType: string, headers: Headers, scope: BodyScope): MaskedBody {
  const { essence, charset } = parseMediaType(contentType);
  if (FRAMED.test(essence)) return maskFramed(bytes, essence, headers, scope);
  if (MESSAGE_TYPE.test(essence)) return maskProto(bytes, scope);
  if (essence === 'multipart/form-data') {
    const masked = maskMultipart(toBinaryText(bytes), contentType, scope.cursor, scope.masker, scope.place);
    if (!masked.ok) return hashed(bytes, essence, scope, 'no multipart');
    return masked.text === undefined ? undefined : plain(fromBinaryText(masked.text));
  }
  const text = charset.startsWith('utf-16') ? undefined : decodedUtf8(bytes);
  const read = text === undefined ? unreadable(essence) : maskText(text, essence, scope);
  if (read === 'not-what-it-claims') return hashed(bytes, essence, scope, `no readable ${essence}`);
  if (read !== 'opaque') return read === undefined ? undefined : plain(encoder.encode(read));
  if (NO_TEXT.test(essence)) return undefined;
  if (charset.startsWith('utf-16')) return hashed(bytes, essence, scope, charset);
  const columns = text === undefined ? undefined : maskColumns(text, scope.records, scope.cursor, scope);
  if (columns !== undefined) return plain(encoder.encode(columns));
  if (leadsOn(scope.cursor) && mayHoldDeclared(text ?? toBinaryText(bytes), essence, scope.cursor)) {
    return hashed(bytes, essence, scope, 'declared fields may stand in it, and it cannot be read');
  }
  const table =
    text !== undefined && TABLE.test(essence) ? maskCsv(text, scope.masker, scope.place) : undefined;
  if (table !== undefined) return plain(encoder.encode(table));
  const fitted = maskOpaque(
    bytes,
    scope,
    text === undefined || essence === 'application/octet-stream' ? 'anything' : 'words',
  );
  return fitted && plain(fitted);
}

/** A page, a structure that could not be read, or a text with the name of a declared field in it. */
function mayHoldDeclared(text: string, essence: string, cursor: Cursor): boolean {
  return PAGE_TYPE.test(essence) || TREE.test(text) || TAG.test(text) || namesDeclared(text, cursor);
}

/** `opaque`: nothing is known of its structure. */
type Read = string | undefined | 'opaque' | 'not-what-it-claims';

/** Claims a structure in which secrets could stand, and cannot be read. */
function unreadable(essence: string): Read {
  const isStructured =
    [JSON_TYPE, LINES_TYPE, XML_TYPE].some((type) => type.test(essence)) || essence === FORM_TYPE;
  return isStructured ? 'not-what-it-claims' : 'opaque';
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

function maskText(text: string, essence: string, { cursor, masker, place }: BodyScope): Read {
  if (essence === FORM_TYPE) return maskForm(text, cursor, masker, place);
  if (LINES_TYPE.test(essence)) return maskLines(text, cursor, masker, place);
  const claimsJson = JSON_TYPE.test(essence);
  // Where fields are declared a type that promises another thing is not believed.
  const mayBeTree = mayBeAnything(essence) || leadsOn(cursor);
  if (claimsJson || (mayBeTree && /^\s*[{[]/.test(text))) {
    const json = maskJson(text, cursor, masker, place);
    if (json.ok) return json.text;
    if (claimsJson) return 'not-what-it-claims';
  }
  // A page may be well-formed: where in it a field's value stands no path says.
  if (leadsOn(cursor) && (PAGE_TYPE.test(essence) || PAGE.test(text))) return 'opaque';
  const claimsXml = XML_TYPE.test(essence);
  if (claimsXml || (mayBeTree && text.trimStart().startsWith('<'))) {
    const xml = maskXml(text, cursor, masker, place);
    if (xml.ok) return xml.text;
    if (claimsXml) return 'not-what-it-claims';
  }
  return 'opaque';
}

/** A type that promises nothing. */
function mayBeAnything(essence: string): boolean {
  return essence === '' || essence === 'text/plain' || essence === 'application/octet-stream';
}

/** JSON by lines, or as the data of events; a line that is no JSON is a text. */
function maskLines(text: string, cursor: Cursor, masker: Masker, place: string): string | undefined {
  let isMasked = false;
  const lines = text.split('\n').map((line) => {
    const [, head = '', data = ''] = /^((?:data|event|id|retry): ?)?(.*)$/s.exec(line) ?? [];
    const json = maskJson(data, cursor, masker, place);
    const masked = json.ok ? json.text : masker.within(data, place);
    if (masked === undefined) return line;
    isMasked = true;
    return head + masked;
  });
  return isMasked ? lines.join('\n') : undefined;
}

function maskProto(bytes: Uint8Array, scope: BodyScope): MaskedBody {
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

function maskFramed(body: Uint8Array, essence: string, headers: Headers, scope: BodyScope): MaskedBody {
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

/** A body of which nothing may be stored but whether it is the same as another. Where JSON is expected it stays JSON. */
function hashed(bytes: Uint8Array, essence: string, scope: BodyScope, why: string): MaskedBody {
  const mask = wholeMask(bytes, scope, why);
  return {
    is: 'masked',
    bytes: JSON_TYPE.test(essence) ? encoder.encode(`"${decoder.decode(mask)}"`) : mask,
    plain: false,
  };
}

function wholeMask(bytes: Uint8Array, { masker, place }: BodyScope, why: string): Uint8Array {
  masker.note(place, `hashed whole: ${why}`);
  return encoder.encode(masker.bytes(toBinaryText(bytes), 'body', place));
}

function plain(bytes: Uint8Array): MaskedBody {
  return { is: 'masked', bytes, plain: false };
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
