/** Whether a request is one of a declared route's. */
export type RoutePattern = (method: string, path: string) => boolean;

export type ParsedRoute =
  | { readonly ok: true; readonly matches: RoutePattern }
  | { readonly ok: false; readonly reason: string };

const ROUTE = /^(?:([A-Z]{1,20}) )?(\/\S*)$/;

/**
 * `POST /orders`, `/orders/*` (any method), `/shop.v1.Shop/PlaceOrder`. `*` stands for one whole part of the path; the empty text for every
 * request. A query in `path` counts for nothing, nor does a slash at its end, and HEAD asks for what GET does (RFC 9110, section 9.3.2): what such a
 * request carries stands at the same places.
 */
export function parseRoute(text: string): ParsedRoute {
  if (text === '') return { ok: true, matches: () => true };
  const found = ROUTE.exec(text);
  const parts = found?.[2]?.split('/');
  if (parts === undefined || /[?#]/.test(text)) {
    return { ok: false, reason: 'is no route: like POST /orders, GET /orders/* or /shop.v1.Shop/PlaceOrder' };
  }
  const declared = found?.[1];
  return {
    ok: true,
    matches: (method, path) => {
      if (declared !== undefined && declared !== method && !(declared === 'GET' && method === 'HEAD'))
        return false;
      const actual = path.split('?', 1)[0]?.split('/') ?? [];
      if (actual.length === parts.length + 1 && actual.at(-1) === '') actual.pop();
      return (
        actual.length === parts.length &&
        parts.every((part, index) => (part === '*' ? actual[index] !== '' : part === actual[index]))
      );
    },
  };
}
