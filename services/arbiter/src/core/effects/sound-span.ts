import { type Cell, deltaOf, lessBy, numberOf, sameCell, sameState, sumOf } from './cell.ts';
import type { Span } from './chain-span.ts';
import type { EntityRules } from './entities.ts';
import { stateAfter, stateBefore, type Version } from './timeline.ts';

/** A span in which all that led from one place to the other is the same in both universes, or known to be lacking in legacy. */
export interface SoundSpan extends Span {
  /** Requests of modern's that legacy never did, through no fault of modern's, and that no repair has carried over. */
  readonly lacked: readonly string[];
}

/**
 * The span, if the versions follow on each other and each has the same effect in both universes. Repairs of legacy's must have added just what those
 * of the lacking add up to that are carried over: the first of them, for they are carried over as they become known.
 */
export function soundSpan(span: Span, entity: EntityRules): SoundSpan | undefined {
  if (!isSound(span, entity)) return undefined;
  const { lacking, repairs } = span;
  const carried = repairs.length === 0 ? 0 : carriedOver(span, entity.compared);
  if (carried === undefined) return undefined;
  return {
    ...span,
    lacked: [...new Set(lacking.slice(carried).map(({ transaction }) => transaction.requestId))],
  };
}

/** How many of the lacking the repairs have carried over; undefined: they did something else. */
function carriedOver({ lacking, repairs }: Span, fields: readonly string[]): number | undefined {
  const changed = fields.filter((field) =>
    [...repairs, ...lacking].some((version) => !isNeutral(version, field)),
  );
  const sums = (versions: readonly Version[]) => changed.map((field) => sumAdded(versions, field));
  const repaired = sums(repairs);
  if (repaired.includes(undefined)) return undefined;
  for (let count = lacking.length; count >= 0; count -= 1)
    if (String(sums(lacking.slice(0, count))) === String(repaired)) return count;
  return undefined;
}

function sumAdded(versions: readonly Version[], field: string): string | undefined {
  const added = versions.map((version) => (isNeutral(version, field) ? '0' : addedBy(version, field)));
  return added.some((each) => each === undefined) ? undefined : sumOf(added as string[]);
}

function isSound({ legacy, modern, pairs }: Span, { compared }: EntityRules): boolean {
  if (!follows(legacy, compared) || !follows(modern, compared)) return false;
  for (const pair of pairs) {
    const [left, right] = pair.map((version) =>
      [stateBefore(version), stateAfter(version)].map((state) => state !== undefined),
    );
    if (String(left) !== String(right)) return false;
  }
  return compared.every(
    (field) =>
      (pairs.every(([left, right]) => sameAddition(left, right, field)) &&
        sameBeginning({ legacy, modern, pairs }, field)) ||
      (!isCounted(pairs, field) && pairs.every(([left, right]) => sameSetting(left, right, field))),
  );
}

/**
 * What stood there at the beginning, where the database does not tell it (a replica identity that is not FULL): what the first one left behind, less
 * what the same request added in the other universe. Both must come to the same.
 */
function sameBeginning(
  { legacy, modern, pairs }: Pick<Span, 'legacy' | 'modern' | 'pairs'>,
  field: string,
): boolean {
  const [left, right] = [legacy[0], modern[0]].map((first) => {
    const pair = pairs.find((each) => first !== undefined && each.includes(first));
    const other = pair?.find((version) => version !== first);
    return first && beginningOf(first, other, field);
  });
  return left === undefined || right === undefined || sameCell(left, right);
}

/** undefined: not known. */
function beginningOf(first: Version, other: Version | undefined, field: string): Cell | undefined {
  const [before, after] = [stateBefore(first)?.get(field), stateAfter(first)?.get(field)];
  if (!isUntold(first, field)) return before;
  if (other === undefined || isUntold(other, field)) return undefined;
  if (isNeutral(other, field)) return after;
  const delta = addedBy(other, field);
  return delta === undefined ? undefined : lessBy(after, delta);
}

/** The database tells what the change left there, and not what it was before. */
function isUntold(version: Version, field: string): boolean {
  const [before, after] = [stateBefore(version)?.get(field), stateAfter(version)?.get(field)];
  return before?.is === 'unknown' && after !== undefined && after.is !== 'unknown';
}

/**
 * A number that was changed is added to, never set: two that come to the same value from different ones may well have, where amounts repeat, one of
 * them done nothing and the other lost. Nothing in the rows tells that from a number which both have set.
 */
function isCounted(pairs: Span['pairs'], field: string): boolean {
  return pairs.some((pair) =>
    pair.some(
      (version) =>
        !isNeutral(version, field) &&
        (isUntold(version, field)
          ? numberOf(stateAfter(version)?.get(field)) !== undefined
          : addedBy(version, field) !== undefined),
    ),
  );
}

/** Nothing happened to the row in between that is not on the chain. */
function follows(versions: readonly Version[], fields: readonly string[]): boolean {
  return versions.every((version, at) => {
    const before = versions[at - 1];
    return before === undefined || sameState(stateAfter(before), stateBefore(version), fields);
  });
}

/** Both add the same to a number, whatever it was; or neither changes the field. */
function sameAddition(left: Version, right: Version, field: string): boolean {
  if (isNeutral(left, field) && isNeutral(right, field)) return true;
  const untold = [left, right].filter((version) => isUntold(version, field));
  if (untold.length === 2) return sameSetting(left, right, field);
  const [told] = untold.length === 1 ? [left, right].filter((version) => !untold.includes(version)) : [];
  // What the one did that tells it, the other may have done, too: that must fit the beginning.
  if (told !== undefined && (isNeutral(told, field) || addedBy(told, field) !== undefined)) return true;
  const deltas = [left, right].map((version) => addedBy(version, field));
  if (deltas[0] !== undefined && deltas[0] === deltas[1]) return true;
  // A new row has no number to add to.
  return stateBefore(left) === undefined && sameSetting(left, right, field);
}

function addedBy(version: Version, field: string): string | undefined {
  return deltaOf(stateBefore(version)?.get(field), stateAfter(version)?.get(field));
}

/** Both write the same, whatever was there; or neither changes the field. */
function sameSetting(left: Version, right: Version, field: string): boolean {
  if (isNeutral(left, field) && isNeutral(right, field)) return true;
  return sameCell(stateAfter(left)?.get(field), stateAfter(right)?.get(field));
}

function isNeutral(version: Version, field: string): boolean {
  const before = stateBefore(version);
  const after = stateAfter(version);
  if (before === undefined || after === undefined || isUntold(version, field)) return false;
  return sameCell(before.get(field), after.get(field));
}
