import { splitOutsideQuotes } from './media-type.ts';

/** Digests of the body (RFC 9530, RFC 3230, RFC 1864), by which clients refuse it. */
export const DIGESTS: ReadonlySet<string> = new Set([
  'content-digest',
  'content-md5',
  'digest',
  'repr-digest',
]);

/**
 * Whether two digests of the same bytes contradict each other: one of them is wrong. By algorithm; those that one side alone has say nothing.
 * Content-MD5 is base64 alone, whose padding names no algorithm.
 */
export function digestsContradict(legacy: string, modern: string): boolean {
  const theirs = byAlgorithm(modern);
  return [...byAlgorithm(legacy)].some(([name, value]) => (theirs.get(name) ?? value) !== value);
}

function byAlgorithm(text: string): ReadonlyMap<string, string> {
  return new Map(
    splitOutsideQuotes(text, ',').map((part) => {
      const [, name = '', value = ''] = /^\s*(?:([a-z0-9-]+)=(?=[^=]))?(.*?)\s*$/i.exec(part) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
}
