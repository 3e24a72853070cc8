/** Distinct labels a route group may have; what comes after is `other`, so that hostile paths do not become a label each. */
export const ROUTES_MAX = 500;

const SEGMENT_CHARS_MAX = 64;
const METHOD_PATH = /^\/[A-Za-z_]\w*(?:\.\w+)*\.[A-Za-z_]\w*\/[A-Za-z_]\w*$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A stable name for a kind of request: `GET /accounts/*` , or the path of a gRPC or Connect method as it is. */
export function routeLabel(method: string, path: string, isKnownMethod: boolean): string {
  if (isKnownMethod || METHOD_PATH.test(path)) return path;
  const bare = path.split('?', 1)[0] ?? '';
  const segments = bare.split('/').map((segment) => (isId(segment) ? '*' : segment));
  return `${method} ${segments.join('/')}`;
}

/** What capture puts in place of a secret. */
const MASK_START = '⟨masked:';

/** Masked values, numbers, UUIDs, hexadecimal, what holds three digits or more (`C-00042`), and what no one would name a route. */
function isId(segment: string): boolean {
  if (segment === '') return false;
  if (segment.includes(MASK_START)) return true;
  if (segment.length > SEGMENT_CHARS_MAX || UUID.test(segment) || /^[0-9]+$/.test(segment)) return true;
  if (/^[0-9a-f]{8,}$/i.test(segment) && /[0-9]/.test(segment)) return true;
  return (segment.match(/[0-9]/g)?.length ?? 0) >= 3;
}

/** Counts the labels in use, a group each. */
export class RouteLabels {
  readonly #known = new Map<string, Set<string>>();

  /** The label itself, or `other` once the group has too many. */
  bounded(migration: string, group: string, label: string): string {
    const key = `${migration}/${group}`;
    const known = this.#known.get(key) ?? new Set();
    this.#known.set(key, known);
    if (known.has(label)) return label;
    if (known.size >= ROUTES_MAX) return 'other';
    known.add(label);
    return label;
  }
}
