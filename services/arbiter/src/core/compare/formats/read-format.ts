import type { DescMethod } from '@bufbuild/protobuf';
import { type BodyFormat, Format } from '@chronos/proto/chronos/v1/migration_pb.js';
import { decodeText } from '../charset.ts';
import { type Codecs, decodeContent } from '../content-encoding.ts';
import { parseForm } from '../form.ts';
import { joined } from '../header-map.ts';
import { parseJson } from '../json.ts';
import { type Body, readBody, unreadable } from '../read-body.ts';
import type { Response } from '../response.ts';
import { parseFixedWidth } from './fixed-width.ts';
import { type FormatResult, parseXml } from './xml.ts';

/** A body in the format that the migration file declares for it, whatever its content type says. */
export function readAs(
  { format, records }: BodyFormat,
  response: Response,
  method: DescMethod | undefined,
  codecs: Codecs,
): Body {
  if (format === Format.DECLARED || format === Format.UNSPECIFIED) return readBody(response, method, codecs);
  const content = decodeContent(response.body, joined(response.headers, 'content-encoding'), codecs);
  if (!content.ok) return unreadable(content.reason, response.body);
  const { bytes } = content;
  if (bytes.length === 0) return { form: 'tree', value: undefined };
  const decoded = decodeText(bytes, charsetOf(bytes, format, response.mediaType.charset));
  if (!decoded.ok) return { form: 'bytes', bytes, note: decoded.reason };
  const read = parse(format, decoded.text, records);
  if (read.ok) return { form: 'tree', value: read.value };
  return { form: 'text', text: decoded.text, note: `not ${formatName(format)}: ${read.reason}` };
}

function parse(
  format: Exclude<Format, Format.DECLARED | Format.UNSPECIFIED>,
  text: string,
  records: BodyFormat['records'],
): FormatResult {
  switch (format) {
    case Format.XML:
      return parseXml(text);
    case Format.FORM:
      return { ok: true, value: parseForm(text) };
    case Format.FIXED_WIDTH:
      return parseFixedWidth(text, records);
    case Format.JSON:
      return parseJson(text);
  }
}

export function formatName(format: Format): string {
  return (Format[format] ?? '').toLowerCase().replaceAll('_', '-');
}

/** What HTTP says; else what the XML declaration says, which is ASCII in all charsets that are read here. */
function charsetOf(bytes: Uint8Array, format: Format, declared: string): string {
  if (declared !== '' || format !== Format.XML) return declared;
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return /^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? '';
}
