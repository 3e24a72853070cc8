import { decodeContent } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { headerMap, joined } from '@chronos/arbiter/core/compare/header-map.ts';
import { parseMediaType } from '@chronos/arbiter/core/compare/media-type.ts';
import type { HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import { fromBinaryText, toBinaryText } from './binary.ts';
import { bodyText } from './body-text.ts';
import { namesDeclared } from './declared-names.ts';
import { maskColumns } from './mask-columns.ts';
import { looksLikeTable, maskCsv } from './mask-csv.ts';
import { maskForm } from './mask-form.ts';
import { maskJson } from './mask-json.ts';
import { maskMultipart } from './mask-multipart.ts';
import { maskOpaque } from './mask-protobuf.ts';
import { maskFramed, maskProto } from './mask-rpc-body.ts';
import { maskXml } from './mask-xml.ts';
import { type BodyScope, hashed, JSON_TYPE, type MaskedBody, plain, wholeMask } from './masked-body.ts';
import type { Masker } from './masker.ts';
import { type Cursor, leadsOn } from './paths.ts';

/** A body with its secrets masked; undefined: it stays as it is. */
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
  const isForm = essence === 'multipart/form-data';
  // Where in parts without a name a declared field's value stands no path says.
  if (isForm || (essence.startsWith('multipart/') && !leadsOn(scope.cursor))) {
    const masked = maskParts(bytes, contentType, headers, scope);
    if (masked !== 'none') return masked;
    if (isForm) return hashed(bytes, essence, scope, 'no multipart');
  }
  // Where fields are declared a type that promises another thing is not believed.
  if (NO_TEXT.test(essence) && !leadsOn(scope.cursor)) return undefined;
  const body = bodyText(bytes, essence, charset);
  if (body.is === 'unreadable') {
    const whole = hashed(bytes, essence, scope, body.why);
    return body.isKnown ? inUtf8(whole, charset, scope) : whole;
  }
  if (body.is === 'bytes') return maskUnread(bytes, essence, scope);
  const masked = maskReadable(body.text, bytes, essence, scope);
  return body.isUtf8 ? masked : inUtf8(masked, charset, scope);
}

/** Parts may have parts; deeper ones are read as they stand. */
const PARTS_DEPTH_MAX = 3;

function maskParts(
  bytes: Uint8Array,
  contentType: string,
  headers: Headers,
  scope: BodyScope,
  depth = 0,
): MaskedBody | 'none' {
  const masked = maskMultipart(toBinaryText(bytes), contentType, {
    ...scope,
    part: (content, type, cursor) => {
      const inner = { ...scope, cursor };
      if (!type.toLowerCase().startsWith('multipart/')) {
        const part = maskContent(content, type, headers, inner);
        return part?.is === 'dropped' ? hashedPart(content, inner) : part;
      }
      const parts = depth < PARTS_DEPTH_MAX ? maskParts(content, type, headers, inner, depth + 1) : 'none';
      return parts === 'none' || parts?.is === 'dropped' ? fitted(content, inner) : parts;
    },
  });
  if (!masked.ok) return 'none';
  return masked.text === undefined ? undefined : plain(fromBinaryText(masked.text));
}

function hashedPart(bytes: Uint8Array, scope: BodyScope) {
  return { bytes: wholeMask(bytes, scope, 'too long once decompressed') };
}

/** What was masked is stored as UTF-8: no other charset is sure to have the characters of masks. */
function inUtf8(body: MaskedBody, charset: string, { masker, place }: BodyScope): MaskedBody {
  if (body?.is !== 'masked') return body;
  masker.note(place, `stored as UTF-8${charset === '' ? '' : `, not ${charset}`}`);
  return { ...body, utf8: true };
}

function maskReadable(text: string, bytes: Uint8Array, essence: string, scope: BodyScope): MaskedBody {
  const read = maskText(text, essence, scope);
  if (read === 'not-what-it-claims') return hashed(bytes, essence, scope, `no readable ${essence}`);
  if (read !== 'opaque') return read === undefined ? undefined : plain(encoder.encode(read));
  if (NO_TEXT.test(essence)) return undefined;
  const columns = maskColumns(text, scope.records, scope.cursor, scope);
  if (columns !== undefined) return plain(encoder.encode(columns));
  if (leadsOn(scope.cursor) && mayHoldDeclared(text, essence, scope.cursor))
    return hashedDeclared(bytes, essence, scope);
  const isTable = TABLE.test(essence) || looksLikeTable(text);
  const table = isTable ? maskCsv(text, scope.masker, scope.place) : undefined;
  if (table !== undefined) return plain(encoder.encode(table));
  if (essence === 'application/octet-stream') return fitted(bytes, scope);
  // Where lines of fixed width are declared, places count in all that is no other thing.
  const masked =
    scope.records.length === 0
      ? scope.masker.withinColumns(text, scope.place)
      : scope.masker.withinFitted(text, scope.place, 'words');
  return masked === undefined ? undefined : plain(encoder.encode(masked));
}

/** Bytes in no known charset. */
function maskUnread(bytes: Uint8Array, essence: string, scope: BodyScope): MaskedBody {
  if (NO_TEXT.test(essence)) return undefined;
  if (isStructured(essence)) return hashed(bytes, essence, scope, `no readable ${essence}`);
  if (leadsOn(scope.cursor) && mayHoldDeclared(toBinaryText(bytes), essence, scope.cursor))
    return hashedDeclared(bytes, essence, scope);
  return fitted(bytes, scope);
}

function hashedDeclared(bytes: Uint8Array, essence: string, scope: BodyScope): MaskedBody {
  return hashed(bytes, essence, scope, 'declared fields may stand in it, and it cannot be read');
}

function fitted(bytes: Uint8Array, scope: BodyScope) {
  const masked = maskOpaque(bytes, scope);
  return masked && plain(masked);
}

/** A page, a structure that could not be read, or a text with the name of a declared field in it. */
function mayHoldDeclared(text: string, essence: string, cursor: Cursor): boolean {
  return PAGE_TYPE.test(essence) || TREE.test(text) || TAG.test(text) || namesDeclared(text, cursor);
}

/** `opaque`: nothing is known of its structure. */
type Read = string | undefined | 'opaque' | 'not-what-it-claims';

/** Claims a structure in which secrets could stand. */
function isStructured(essence: string): boolean {
  return [JSON_TYPE, LINES_TYPE, XML_TYPE].some((type) => type.test(essence)) || essence === FORM_TYPE;
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

const encoder = new TextEncoder();
