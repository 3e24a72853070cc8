import { sameCell } from './cell.ts';
import { equalStarts, type Place, Spans } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { type SoundSpan, soundSpan } from './sound-span.ts';
import { deedOf, type RowHistory, stateAfter, type Timeline, type Version } from './timeline.ts';

/**
 * What is known of the order of commits on one row, until one request had changed it in both universes. `explained`: from an equal state on, every
 * request that stood before it in either universe has the same effect in both (in the other one it may have come later), so that legacy's order leads
 * to exactly what legacy had, and modern's to what modern had.
 */
export type Chain =
  | {
      readonly type: 'explained';
      /** The universes committed them in another order. */
      readonly reordered: boolean;
      /** Requests on the chain. */
      readonly requests: ReadonlySet<string>;
      /** Fields whose last writer differs, where both have done the same since: the universes end in different states. */
      readonly diverging: readonly string[];
      /** The chain's own versions. */
      readonly span: Timeline;
      /** Requests on it that legacy never did, through no fault of modern's. */
      readonly lacked: readonly string[];
    }
  | {
      readonly type: 'unexplained';
      /** A request that one universe has committed and the other has not yet. */
      readonly missing: boolean;
    };

/** Beginnings that are tried. */
const STARTS_MAX = 64;

/** The shortest chain that leads to what `requestId` did to the row. */
export function chainOf(timeline: RowHistory, requestId: string, entity: EntityRules): Chain {
  const legacy = own(timeline.legacy, requestId);
  const modern = own(timeline.modern, requestId);
  const unexplained = { type: 'unexplained', missing: false } as const;
  if (legacy === undefined || modern === undefined) return unexplained;
  let missing = false;
  const spans = new Spans(timeline);
  const to = { legacy: legacy.last, modern: modern.last };
  const before = { legacy: legacy.first, modern: modern.first };
  for (const from of equalStarts(timeline, before, entity.compared).slice(0, STARTS_MAX)) {
    const whole = spans.between(from, to);
    if (whole === 'missing') missing = true;
    const span = whole === 'missing' || whole === undefined ? undefined : soundSpan(whole, entity);
    if (span !== undefined) return explained(timeline, spans, from, span, entity);
  }
  return { ...unexplained, missing };
}

function explained(
  timeline: Timeline,
  spans: Spans,
  from: Place,
  { legacy, modern, lacked }: SoundSpan,
  entity: EntityRules,
): Chain {
  const [left, right] = [namesOf(legacy), namesOf(modern)];
  const end = spans.closing(from, {
    legacy: from.legacy + legacy.length - 1,
    modern: from.modern + modern.length - 1,
  });
  return {
    type: 'explained',
    reordered: left.length !== right.length || left.some((name, at) => name !== right[at]),
    requests: new Set([...left, ...right]),
    diverging: end === undefined ? [] : divergence(timeline, spans, { from, end }, entity),
    span: { legacy, modern },
    lacked,
  };
}

/** What differs once both have done the same, by nothing but the order. */
function divergence(
  timeline: Timeline,
  spans: Spans,
  { from, end }: { readonly from: Place; readonly end: Place },
  entity: EntityRules,
): readonly string[] {
  const whole = spans.between(from, end);
  if (whole === undefined || whole === 'missing' || soundSpan(whole, entity) === undefined) return [];
  const legacy = stateAfter(timeline.legacy[end.legacy]);
  const modern = stateAfter(timeline.modern[end.modern]);
  return entity.compared.filter((field) => !sameCell(legacy?.get(field), modern?.get(field)));
}

function own(
  versions: readonly Version[],
  requestId: string,
): { readonly first: number; readonly last: number } | undefined {
  const isOwn = (version: Version) => deedOf(version) === requestId;
  const first = versions.findIndex(isOwn);
  if (first < 0) return undefined;
  return { first, last: versions.findLastIndex(isOwn) };
}

function namesOf(versions: readonly Version[]): string[] {
  return versions.map(deedOf);
}
