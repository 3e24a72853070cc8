/**
 * What a browser may do with the page: load what is served beside it, ask this server, and nothing else. Scripts and styles are files of the
 * build; nobody may frame the page, so that nobody is tricked into a click.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Files of `assets/` have their content's hash in their name; everything else is asked for again each time. */
export function cacheControl(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** The file that a path means: itself, or the page for every path without an extension (the page's own router reads it). */
export function fileFor(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.includes('.') ? path : '/index.html';
}

/** The first of the encodings that the file has and the browser takes; undefined: as it is. */
export function chosenEncoding(accepted: string, available: readonly string[]): string | undefined {
  const taken = accepted.split(',').flatMap((part) => {
    const [name = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name];
  });
  return available.find((name) => taken.includes(name));
}
