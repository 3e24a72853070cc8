/** Attributes that hold a request's target by the semantic conventions, old and new. */
const targets = new Set(['http.url', 'http.target', 'url.full', 'url.path']);
/** A URL wherever it stands; group 1 is its scheme. */
const url = /^([a-z][a-z0-9+.-]*:\/\/)/i;

/**
 * An attribute without what a URL may hold of secrets: query and fragment (`?token=…`) and the name and password before its host. Undefined for
 * one that is nothing else.
 */
export function withoutQuery(key: string, value: string): string | undefined {
  if (key === 'url.query' || key === 'url.fragment') return undefined;
  const [, scheme] = url.exec(value) ?? [];
  if (scheme === undefined) return targets.has(key) ? path(value) : value;
  const rest = path(value.slice(scheme.length));
  const [host = '', ...below] = rest.split('/');
  return [scheme + host.slice(host.lastIndexOf('@') + 1), ...below].join('/');
}

const path = (target: string) => target.replace(/[?#].*$/s, '');
