/** A URL by its parts, in the normal form of RFC 3986 section 6.2.2 and 6.2.3. */
export interface Url {
  readonly scheme: string;
  /** Lower case, without the default port. */
  readonly host: string;
  readonly user: string;
  /** Percent-encoding normalised. */
  readonly path: string;
  /** Parameters sorted by name; those of one name keep their order. */
  readonly query: string;
  readonly fragment: string;
}

const PARTS = /^([A-Za-z][A-Za-z0-9+.-]{1,20}):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/;
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: ':80',
  https: ':443',
  ws: ':80',
  wss: ':443',
};

export function readUrl(text: string): Url | undefined {
  if (text.length > 4096 || !text.includes('://')) return undefined;
  const match = PARTS.exec(text);
  if (match === null || /\s/.test(text)) return undefined;
  const [, schemeText = '', authority = '', path = '', query = '', fragment = ''] = match;
  const scheme = schemeText.toLowerCase();
  const at = authority.lastIndexOf('@');
  const port = DEFAULT_PORTS[scheme];
  let host = authority.slice(at + 1).toLowerCase();
  if (port !== undefined && host.endsWith(port)) host = host.slice(0, -port.length);
  return {
    scheme,
    host,
    user: at < 0 ? '' : authority.slice(0, at),
    path: normalEscapes(path === '' ? '/' : path),
    // What forms and browsers write for a blank; a plus sign itself is escaped (WHATWG URL, application/x-www-form-urlencoded).
    query: sortedQuery(scheme.startsWith('http') ? query.replaceAll('+', '%20') : query),
    fragment: normalEscapes(fragment),
  };
}

/** Escapes in upper case; what needs no escape stands unescaped. */
export function normalEscapes(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/%([0-9a-fA-F]{2})/g, (encoded, digits: string) => {
    const letter = String.fromCharCode(Number.parseInt(digits, 16));
    return /[A-Za-z0-9._~-]/.test(letter) ? letter : encoded.toUpperCase();
  });
}

function sortedQuery(query: string): string {
  if (query === '') return '';
  const parameters = query.split('&').map((part, index) => ({ part: normalEscapes(part), index }));
  const nameOf = (part: string) => part.split('=', 1)[0] ?? '';
  parameters.sort((a, b) => {
    const left = nameOf(a.part);
    const right = nameOf(b.part);
    return left < right ? -1 : left > right ? 1 : a.index - b.index;
  });
  return parameters.map(({ part }) => part).join('&');
}

/**
 * A host that only the platform itself can reach: an address of the service that answers, not of a customer or partner. Private addresses
 * of RFC 1918, names without a domain, and the top-level names kept for private use.
 */
export function isInternalHost(host: string): boolean {
  const name = host.replace(/:[0-9]+$/, '');
  if (name === 'localhost' || /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2[0-9]|3[01])\./.test(name))
    return true;
  if (!name.includes('.')) return name !== '';
  return /\.(?:local|localhost|internal|int|intern|svc|lan|corp|intranet|private|home|test|example|invalid)$/.test(
    name,
  );
}
