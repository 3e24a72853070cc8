import { isAscii } from '../value/text.ts';
import { type Domain, reading } from './reading.ts';

const HOST =
  /^((?:[a-z][a-z0-9+.-]{1,20}:\/\/)?(?:[^\s@/?#]{1,64}@)?)([\p{L}\p{N}][\p{L}\p{M}\p{N}.-]{2,200})((?:[:/?#][^\s]*)?)$/u;

/** Names of hosts with letters beyond ASCII; the key has them as DNS does. */
export const hostNames: Domain = {
  name: 'host-name',
  reads:
    'The name of a host, alone, in an e-mail address or at the start of a link, in letters or as DNS has them (UTS 46, Punycode): münchen.example and xn--mnchen-3ya.example.',
  read({ text }) {
    if (text === undefined || text.length > 300 || !text.includes('.')) return [];
    const isEncoded = /(?:^|[./@])xn--/i.test(text);
    if (!isEncoded && isAscii(text)) return [];
    const [, before = '', host = '', behind = ''] = HOST.exec(text) ?? [];
    const ascii = host.includes('.') && isAscii(before + behind) ? asciiOf(host) : undefined;
    return ascii === undefined
      ? []
      : reading(isEncoded ? 'Punycode' : 'letters', before + ascii + behind, isEncoded);
  },
};

function asciiOf(host: string): string | undefined {
  try {
    const { hostname } = new URL(`http://${host}`);
    return hostname.includes('xn--') ? hostname : undefined;
  } catch {
    return undefined;
  }
}
