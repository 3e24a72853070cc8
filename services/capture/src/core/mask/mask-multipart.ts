import { maskField } from './mask-field.ts';
import type { Masker } from './masker.ts';
import { type Cursor, enterElement, enterField, isSecret } from './paths.ts';

/**
 * multipart/form-data (RFC 7578) as text of one character a byte: parts by their names, as the fields of a form are. Not ok: no boundary, or
 * no part ends with it.
 */
export function maskMultipart(
  text: string,
  contentType: string,
  cursor: Cursor,
  masker: Masker,
  place: string,
): { readonly ok: true; readonly text: string | undefined } | { readonly ok: false } {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2]}`;
  if (boundary === null || !text.includes(delimiter)) return { ok: false };
  const seen = new Map<string, number>();
  let isMasked = false;
  const parts = text.split(delimiter).map((part) => {
    const bodyAt = part.indexOf('\r\n\r\n') + 4;
    if (bodyAt < 4) return part;
    const name = /;\s*name="([^"]{0,200})"/i.exec(part.slice(0, bodyAt))?.[1] ?? '';
    const index = seen.get(name) ?? 0;
    seen.set(name, index + 1);
    const below = enterElement(enterField(cursor, name), index);
    const end = part.endsWith('\r\n') ? part.length - 2 : part.length;
    const value = part.slice(bodyAt, end);
    const reason = masker.reasonOf(name, isSecret(below), undefined);
    const masked = maskField(value, below, reason, masker, place);
    if (masked === undefined) return part;
    isMasked = true;
    return part.slice(0, bodyAt) + inBytes(masked) + part.slice(end);
  });
  return { ok: true, text: isMasked ? parts.join(delimiter) : undefined };
}

/** The brackets of a mask as the bytes of their UTF-8. */
function inBytes(masked: string): string {
  return masked.replaceAll('⟨', '\u00e2\u009f\u00a8').replaceAll('⟩', '\u00e2\u009f\u00a9');
}
