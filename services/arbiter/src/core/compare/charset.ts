export type TextResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** Labels as in the Encoding Standard, where `iso-8859-1` is windows-1252, as browsers read it. */
const DECODERS: Readonly<Record<string, string>> = {
  '': 'utf-8',
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

/**
 * Text in the charset that its media type names, by all labels of the Encoding Standard; a byte order mark wins over no charset and over `utf-16`
 * without an end, and is no part of the text.
 */
export function decodeText(bytes: Uint8Array, charset: string): TextResult {
  const label = marked(bytes, charset) ?? DECODERS[charset] ?? charset;
  const decoder = decoderOf(label);
  if (decoder === undefined) return { ok: false, reason: `charset ${JSON.stringify(charset)} is not known` };
  try {
    return { ok: true, text: decoder.decode(bytes) };
  } catch {
    return { ok: false, reason: `not valid ${label}` };
  }
}

/** What a byte order mark says where the charset leaves it open. */
function marked(bytes: Uint8Array, charset: string): string | undefined {
  if (charset !== '' && charset !== 'utf-16') return undefined;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
}

/** Made once for each label, of which there are few: that costs more than decoding a small body. */
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    decoders.set(label, decoder);
    return decoder;
  } catch {
    return undefined;
  }
}

const headerText = new TextDecoder('utf-8', { fatal: true });
const anyBytes = new TextDecoder('windows-1252');

/** A header's value: UTF-8, else byte for byte, so that different bytes never become equal text. */
export function decodeHeader(bytes: Uint8Array): string {
  try {
    return headerText.decode(bytes);
  } catch {
    return anyBytes.decode(bytes);
  }
}
