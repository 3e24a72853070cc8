import { DomainError } from '../../core/domain-error.ts';

const pageSizeDefault = 100;

/** Where a page begins, and how many it holds. */
export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken: string;
}

export function pageSizeOf(request: PageRequest): number {
  return request.pageSize === 0 ? pageSizeDefault : request.pageSize;
}

/**
 * Page tokens are opaque to callers: what kind of list they belong to and a position in it. A token of another list is refused.
 */
export function pageToken(list: string, position: bigint | number): string {
  return Buffer.from(`${list}:${position}`).toString('base64url');
}

/** @throws DomainError `invalid` for what {@link pageToken} did not write. */
export function positionOf(list: string, request: PageRequest): bigint | undefined {
  if (request.pageToken === '') return undefined;
  const match = /^([a-z-]+):(\d{1,18})$/.exec(Buffer.from(request.pageToken, 'base64url').toString());
  if (match?.[1] === list && match[2] !== undefined) return BigInt(match[2]);
  throw new DomainError('invalid', 'page_token is not one that this list gave', {
    fields: [{ path: 'page_token', message: 'take next_page_token of the page before, unchanged' }],
  });
}

/** A page of a list that is in memory; positions are indices. */
export function pageOf<T>(
  list: string,
  all: readonly T[],
  request: PageRequest,
): { readonly items: readonly T[]; readonly nextPageToken: string } {
  const from = Number(positionOf(list, request) ?? 0n);
  const to = from + pageSizeOf(request);
  return { items: all.slice(from, to), nextPageToken: to < all.length ? pageToken(list, to) : '' };
}
