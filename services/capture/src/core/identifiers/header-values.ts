import { type AroundId, idInHeader } from '@chronos/arbiter/core/entangled/header-id.ts';
import { fromBinaryText, toBinaryText } from '../mask/binary.ts';

/** Headers whose value is a scheme and a credential: what follows the first space is the credential. */
const SCHEMED: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization']);

/** Where a header's identifier stands: the whole value, what follows the scheme, or the last part of a URL's path. */
export function headerValue(name: string, text: string): AroundId {
  if (SCHEMED.has(name)) {
    const space = text.indexOf(' ') + 1;
    return { before: text.slice(0, space), value: text.slice(space), after: '' };
  }
  return idInHeader(name, text);
}

/** Name and value of a `set-cookie`; undefined where it deletes its cookie. */
export function setCookie(text: string): { readonly name: string; readonly value: string } | undefined {
  const pair = text.split(';', 1)[0] ?? '';
  const equals = pair.indexOf('=');
  const value = pair.slice(equals + 1).trim();
  return equals < 1 || value === '' ? undefined : { name: pair.slice(0, equals).trim(), value };
}

/** Headers are bytes; each stands for the character of its number, so that nothing is lost on the way back. */
export const headerText = (value: Uint8Array): string => toBinaryText(value);
export const headerBytes = (text: string): Uint8Array => fromBinaryText(text);
