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

/** Text in the charset that its media type names; a byte order mark wins over `utf-16` without an end and is no part of the text. */
export function decodeText(bytes: Uint8Array, charset: string): TextResult {
  const label =
    charset === 'utf-16' && bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : DECODERS[charset];
  if (label === undefined) return { ok: false, reason: `charset ${JSON.stringify(charset)} is not known` };
  try {
    return { ok: true, text: decoderOf(label).decode(bytes) };
  } catch {
    return { ok: false, reason: `not valid ${label}` };
  }
}

/** Made once for each label: that costs more than decoding a small body. */
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  const decoder = decoders.get(label) ?? new TextDecoder(label, { fatal: true });
  decoders.set(label, decoder);
  return decoder;
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
