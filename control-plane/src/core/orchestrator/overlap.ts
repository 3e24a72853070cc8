import { clone } from '@bufbuild/protobuf';
import type { Bijection } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { type Migration, MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';

/** A kind of identifier of which one id is one thing in legacy and another in modern, as services/identifiers has noted it. */
export interface OverlappingKind {
  readonly bijection: string;
  /** Such an id; empty: a token's. */
  readonly id: string;
}

type Declaring = Pick<Migration, 'identifiers'>;

/**
 * Why clients may not be on modern: they keep the ids that legacy gave them and get modern's besides, and of a kind that overlaps nobody can tell whose
 * one is; the wrong row would be shown and changed. Only kinds that requests carry count, and none that somebody has accepted. undefined: no reason.
 */
export function overlapHold(spec: Declaring, overlapping: readonly OverlappingKind[]): string | undefined {
  const first = harmful(spec, overlapping).find(({ kind }) => kind.overlapAccepted === '');
  if (first === undefined) return undefined;
  return `ids of "${first.kind.name}" that tell whose they are: ${example(first.id)} is one thing in legacy and another in modern; number modern's apart (docs/identifiers.md, "Ids that overlap")`;
}

/** Overlaps that somebody has accepted, each with why: shown wherever the migration's health is. */
export function acceptedOverlaps(spec: Declaring, overlapping: readonly OverlappingKind[]): string[] {
  return harmful(spec, overlapping).flatMap(({ kind, id }) =>
    kind.overlapAccepted === ''
      ? []
      : [
          `ids of "${kind.name}" overlap (${example(id)} is one thing in legacy and another in modern), accepted: ${kind.overlapAccepted}`,
        ],
  );
}

/** The same without anybody's word on overlaps: it changes no verdict and moves nobody by itself. */
export function withoutAcceptances(spec: Migration): Migration {
  const copy = clone(MigrationSchema, spec);
  for (const kind of copy.identifiers?.bijections ?? []) kind.overlapAccepted = '';
  return copy;
}

/** What an operator has accepted, or accepts no more, in words for the journal; empty: nothing of the kind has changed. */
export function acceptancesChanged(before: Declaring, after: Declaring): string {
  const accepted = new Map(kinds(before).map(({ name, overlapAccepted }) => [name, overlapAccepted]));
  const words = kinds(after).flatMap(({ name, overlapAccepted }) => {
    const then = accepted.get(name) ?? '';
    if (then === overlapAccepted) return [];
    return overlapAccepted === ''
      ? [`that ids of "${name}" may overlap is accepted no more`]
      : [`that ids of "${name}" may overlap is accepted: ${overlapAccepted}`];
  });
  return words.join('; ');
}

function harmful(spec: Declaring, overlapping: readonly OverlappingKind[]) {
  return overlapping.flatMap(({ bijection, id }) =>
    kinds(spec)
      .filter(({ name, used, anywhere }) => name === bijection && (anywhere || used.length > 0))
      .map((kind) => ({ kind, id })),
  );
}

function kinds({ identifiers }: Declaring): readonly Bijection[] {
  return identifiers?.bijections ?? [];
}

function example(id: string): string {
  return id === '' ? 'a token' : id;
}
