import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';

/** A kind of identifier of which one id is one thing in legacy and another in modern, as services/identifiers has noted it. */
export interface OverlappingKind {
  readonly bijection: string;
  /** Such an id; empty: a token's. */
  readonly id: string;
}

/**
 * Why clients may not be moved: they keep the ids that legacy gave them and get modern's besides, and of a kind that overlaps nobody can tell whose
 * one is; the wrong row would be shown and changed. Only kinds that requests carry count. undefined: no reason.
 */
export function overlapHold(
  { identifiers }: Pick<Migration, 'identifiers'>,
  overlapping: readonly OverlappingKind[],
): string | undefined {
  const carried = (identifiers?.bijections ?? []).filter(({ used, anywhere }) => anywhere || used.length > 0);
  const first = overlapping.find(({ bijection }) => carried.some(({ name }) => name === bijection));
  if (first === undefined) return undefined;
  const example = first.id === '' ? 'a token' : first.id;
  return `ids of "${first.bijection}" that tell whose they are: ${example} is one thing in legacy and another in modern; number modern's apart (docs/identifiers.md, "Ids that overlap")`;
}
