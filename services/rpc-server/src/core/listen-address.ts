/** Where a server listens: a TCP host and port (port 0 asks for any free one), or a unix socket. */
export type ListenAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/**
 * Parses `host:port`, `[::1]:port` or `unix:/path`. The host is required: binding to every interface must be written down
 * (`0.0.0.0:8080`), never happen by leaving something out.
 *
 * @throws RangeError that quotes the text and says what is accepted.
 */
export function parseListenAddress(text: string): ListenAddress {
  if (text.startsWith('unix:') && text.length > 'unix:'.length) {
    return { kind: 'unix', path: text.slice('unix:'.length) };
  }
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port > 65_535) {
    throw new RangeError(
      `listen address "${text}": expected host:port with a port from 0 to 65535 (127.0.0.1:8080, [::1]:8080) or unix:/path`,
    );
  }
  return { kind: 'tcp', host, port };
}

/** The address as clients write it; the inverse of {@link parseListenAddress}. */
export function formatListenAddress(address: ListenAddress): string {
  if (address.kind === 'unix') return `unix:${address.path}`;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
