import { plainText } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

const CHARS_MAX = 4096;
/** =?charset?encoding?text?= (RFC 2047, section 2); blanks between two of them are no part of the text (6.2). */
const WORD = /=\?([A-Za-z0-9_-]{1,20})\?([QqBb])\?([^?\s]{0,75})\?=(?:\s+(?==\?))?/g;

export const mimeWords: ProofRule = {
  name: 'mime-words',
  accepts:
    'Encoded words of a mail header and what they say: =?ISO-8859-1?Q?Lars_M=FCller?= and Lars Müller (RFC 2047).',
  refuses: 'Unknown character sets, bytes that the named one does not have, any other letter.',
  prove({ legacy, modern }) {
    if (legacy.text === undefined || modern.text === undefined) return undefined;
    const [l, m] = [decoded(legacy.text), decoded(modern.text)];
    if (l === undefined && m === undefined) return undefined;
    return plainText(l ?? legacy.text) === plainText(m ?? modern.text)
      ? 'Only the encoded words of a mail header (RFC 2047) differ; decoded, both texts are the same.'
      : undefined;
  },
};

/** Undefined when there is no encoded word, or one that cannot be read. */
function decoded(text: string): string | undefined {
  if (!text.includes('=?') || text.length > CHARS_MAX) return undefined;
  let isReadable = true;
  const result = text.replaceAll(WORD, (word, charset: string, encoding: string, content: string) => {
    const bytes = /q/i.test(encoding) ? quoted(content) : base64(content);
    const said = bytes && decode(charset, bytes);
    if (said === undefined) isReadable = false;
    return said ?? word;
  });
  return isReadable && result !== text ? result : undefined;
}

function quoted(content: string): Uint8Array | undefined {
  if (/=(?![0-9A-Fa-f]{2})/.test(content)) return undefined;
  const letters = content
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function base64(content: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function decode(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
