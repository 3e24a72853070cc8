import { usePath, useSearch } from '../router/location.ts';
import { match } from '../router/match.ts';

/** The route group that a page shows stands in its address as `route`; on Requests, where a route is a path, as `group`. */
function nameOn(path: string): 'group' | 'route' {
  return match('/m/:migration/requests', path) === undefined ? 'route' : 'group';
}

/** The group in an address, as it stands there; empty: none. */
export function groupIn(path: string, search: string): string {
  return new URLSearchParams(search).get(nameOn(path)) ?? '';
}

/** The address of a page, with the group. */
export function withGroup(path: string, group: string): string {
  return group === '' ? path : `${path}?${new URLSearchParams({ [nameOn(path)]: group })}`;
}

/** The group in this page's address. */
export const useChosenGroup = () => groupIn(usePath(), useSearch());
