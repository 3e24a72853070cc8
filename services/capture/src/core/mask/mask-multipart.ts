import { fromBinaryText, toBinaryText } from './binary.ts';
import { maskField } from './mask-field.ts';
import type { Masker, Reason } from './masker.ts';
import { type Cursor, enterElement, enterField, isSecret, leadsOn } from './paths.ts';

export interface MultipartScope {
  readonly cursor: Cursor;
  readonly masker: Masker;
  readonly place: string;
  /** A part of a type of its own, masked as a body of that type is; undefined: it stays. */
  readonly part: (
    bytes: Uint8Array,
    contentType: string,
    cursor: Cursor,
  ) => { readonly bytes: Uint8Array; readonly utf8?: boolean } | undefined;
}

/**
 * multipart/form-data (RFC 7578) and its like (RFC 2046) as text of one character a byte: parts by their names, as the fields of a form are, and by their
 * types. Not ok: no boundary, or no part ends with it.
 */
export function maskMultipart(
  text: string,
  contentType: string,
  scope: MultipartScope,
): { readonly ok: true; readonly text: string | undefined } | { readonly ok: false } {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2]}`;
  if (boundary === null || !text.includes(delimiter)) return { ok: false };
  const seen = new Map<string, number>();
  let isMasked = false;
  const parts = text.split(delimiter).map((part) => {
    const bodyAt = part.indexOf('\r\n\r\n') + 4;
    if (bodyAt < 4) return part;
    const head = part.slice(0, bodyAt);
    const name = /;\s*name="([^"]{0,200})"/i.exec(head)?.[1] ?? '';
    const index = seen.get(name) ?? 0;
    seen.set(name, index + 1);
    const below = name === '' ? scope.cursor : enterElement(enterField(scope.cursor, name), index);
    const end = part.endsWith('\r\n') ? part.length - 2 : part.length;
    const reason = scope.masker.reasonOf(name, isSecret(below), undefined);
    const masked = maskPart(head, part.slice(bodyAt, end), below, reason, scope);
    if (masked === undefined) return part;
    isMasked = true;
    return masked + part.slice(end);
  });
  return { ok: true, text: isMasked ? parts.join(delimiter) : undefined };
}

const PART_TYPE = /(?:^|\n)content-type:[ \t]{0,8}([^\r\n]{1,256})/i;

/** Head and value anew. */
function maskPart(
  head: string,
  value: string,
  cursor: Cursor,
  reason: Reason,
  { masker, place, part }: MultipartScope,
): string | undefined {
  const type = PART_TYPE.exec(head)?.[1] ?? '';
  if (reason === undefined && type !== '' && !leadsOn(cursor)) {
    const masked = part(fromBinaryText(value), type, cursor);
    if (masked === undefined) return undefined;
    const shown = masked.utf8 ? head.replace(/(;[ \t]{0,8}charset=)[^;\r\n]{1,64}/i, '$1utf-8') : head;
    return shown + toBinaryText(masked.bytes);
  }
  // By what it says, so that it has the mask that it has elsewhere.
  const text = decodedUtf8(fromBinaryText(value));
  const masked = maskField(text ?? value, cursor, reason, masker, place);
  return masked === undefined
    ? undefined
    : head + toBinaryText(text === undefined ? inBytes(masked) : utf8.encode(masked));
}

/** Of a text of one character a byte: only the brackets of a mask are longer. */
function inBytes(masked: string): Uint8Array {
  return fromBinaryText(masked.replaceAll('⟨', '\u00e2\u009f\u00a8').replaceAll('⟩', '\u00e2\u009f\u00a9'));
}

function decodedUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8 = new TextEncoder();
