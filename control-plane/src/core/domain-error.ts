/**
 * Why an operation was not done, in terms of the domain; the API turns it into a status.
 *
 * - `not-found`: there is no such migration, group, build or verdict.
 * - `refused`: it exists, but its state does not allow this.
 * - `taken`: something else has that name or address.
 * - `invalid`: the request itself cannot mean anything; `field` says where.
 * - `unavailable`: this replica, or a part it needs, cannot do it now; try again.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly kind: 'not-found' | 'refused' | 'taken' | 'invalid' | 'unavailable';
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(
    kind: DomainError['kind'],
    message: string,
    options: { readonly cause?: unknown; readonly fields?: DomainError['fields'] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.fields = options.fields ?? [];
  }
}
