import { deltaOf, sameCell, sameState } from './cell.ts';
import type { EntityRules } from './entities.ts';
import { type Change, isOwn, type Transaction } from './transaction.ts';

/** What one transaction did to one row. */
export interface Version {
  readonly transaction: Transaction;
  /** Its changes of this row, in order; never empty. */
  readonly changes: readonly Change[];
}

/** A row's transactions in the order of their commits, as far as they are remembered. */
export interface Timeline {
  readonly legacy: readonly Version[];
  readonly modern: readonly Version[];
}

/**
 * What is known of the order of commits on one row, around one request. `explained`: from an equal state on, both universes committed the same
 * requests, each with the same effect, so that legacy's order leads to exactly what legacy has and modern's to what modern has.
 */
export type Chain =
  | {
      readonly type: 'explained';
      /** The universes committed them in another order. */
      readonly reordered: boolean;
      /** Requests on the chain. */
      readonly requests: ReadonlySet<string>;
      /** Fields whose last writer differs: the universes end in different states. */
      readonly diverging: readonly string[];
      /** The chain's own versions. */
      readonly span: Timeline;
    }
  | {
      readonly type: 'unexplained';
      /** A request that one universe has committed and the other has not yet. */
      readonly missing: boolean;
    };

/** Commits looked at before the request's own, on either side. */
const LOOK_BACK = 48;
/** Commits of a chain, on either side. */
const CHAIN_MAX = 64;

/** The shortest chain around what `requestId` did to the row. */
export function chainOf(timeline: Timeline, requestId: string, entity: EntityRules): Chain {
  const legacy = own(timeline.legacy, requestId);
  const modern = own(timeline.modern, requestId);
  const unexplained = { type: 'unexplained', missing: false } as const;
  if (legacy === undefined || modern === undefined) return unexplained;
  let missing = false;
  for (const [back, forth] of startsBefore(legacy.first, modern.first)) {
    const before = [stateBefore(timeline.legacy[back]), stateBefore(timeline.modern[forth])] as const;
    if (!sameState(before[0], before[1], entity.compared)) continue;
    const span = grow(
      timeline,
      { legacy: back, modern: forth },
      { legacy: legacy.last, modern: modern.last },
    );
    if (span === 'missing') missing = true;
    else if (span !== undefined) {
      const explained = verify(span, entity);
      if (explained !== undefined) return explained;
    }
  }
  return { ...unexplained, missing };
}

/** Pairs of beginnings, the nearest first. */
function* startsBefore(legacy: number, modern: number): Generator<readonly [number, number]> {
  for (let distance = 0; distance <= 2 * LOOK_BACK; distance++) {
    for (let back = Math.max(0, distance - LOOK_BACK); back <= Math.min(distance, LOOK_BACK); back++) {
      const from = legacy - back;
      const to = modern - (distance - back);
      if (from >= 0 && to >= 0) yield [from, to];
    }
  }
}

function own(
  versions: readonly Version[],
  requestId: string,
): { readonly first: number; readonly last: number } | undefined {
  const first = versions.findIndex(({ transaction }) => transaction.requestId === requestId);
  if (first < 0) return undefined;
  return { first, last: versions.findLastIndex(({ transaction }) => transaction.requestId === requestId) };
}

/**
 * Lengthens both sides until they hold the same transactions. `missing`: the other side lacks one so far, or whose one is is not known
 * yet; undefined: Chronos itself wrote in between, or the chain is too long.
 */
function grow(
  timeline: Timeline,
  from: { readonly legacy: number; readonly modern: number },
  to: { readonly legacy: number; readonly modern: number },
): Timeline | 'missing' | undefined {
  const end = { ...to };
  for (;;) {
    const legacy = timeline.legacy.slice(from.legacy, end.legacy + 1);
    const modern = timeline.modern.slice(from.modern, end.modern + 1);
    if (legacy.length > CHAIN_MAX || modern.length > CHAIN_MAX) return undefined;
    // One that nobody tagged may still be found to belong to a request.
    const nameless = [...legacy, ...modern].find(({ transaction }) => transaction.requestId === '');
    if (nameless !== undefined) return isOwn(nameless.transaction) ? undefined : 'missing';
    const inLegacy = new Set(namesOf(legacy));
    const inModern = new Set(namesOf(modern));
    const onlyLegacy = without(inLegacy, inModern);
    const onlyModern = without(inModern, inLegacy);
    if (onlyLegacy.size === 0 && onlyModern.size === 0) return { legacy, modern };
    const further = {
      legacy: reach(timeline.legacy, from.legacy, onlyModern),
      modern: reach(timeline.modern, from.modern, onlyLegacy),
    };
    if (further.legacy === 'never' || further.modern === 'never') return undefined;
    if (further.legacy === undefined || further.modern === undefined) return 'missing';
    end.legacy = Math.max(end.legacy, further.legacy);
    end.modern = Math.max(end.modern, further.modern);
  }
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}

/** Where the last of the names stands; undefined: not there; `never`: only before the chain's beginning. */
function reach(
  versions: readonly Version[],
  from: number,
  names: ReadonlySet<string>,
): number | undefined | 'never' {
  const all = namesOf(versions, from);
  let last = -1;
  for (const name of names) {
    const at = all.indexOf(name);
    if (at < 0) {
      const request = name.slice(0, name.lastIndexOf('#'));
      const earlier = versions.slice(0, from).some(({ transaction }) => transaction.requestId === request);
      return earlier ? 'never' : undefined;
    }
    last = Math.max(last, from + at);
  }
  return last;
}

/** Each transaction by its request, and which of that request's transactions on this row it is. */
function namesOf(versions: readonly Version[], from = 0): string[] {
  const seen = new Map<string, number>();
  return versions.slice(from).map(({ transaction: { requestId } }) => {
    const nth = (seen.get(requestId) ?? 0) + 1;
    seen.set(requestId, nth);
    return `${requestId}#${nth}`;
  });
}

/** Whether the versions follow on each other and each has the same effect in both universes. */
function verify(span: Timeline, entity: EntityRules): Chain | undefined {
  const { legacy, modern } = span;
  const { compared } = entity;
  if (!follows(legacy, compared) || !follows(modern, compared)) return undefined;
  const names = namesOf(legacy);
  const others = namesOf(modern);
  const pairs = names.map((name, at) => {
    const other = modern[others.indexOf(name)];
    const version = legacy[at];
    return other === undefined || version === undefined ? undefined : ([version, other] as const);
  });
  const diverging: string[] = [];
  for (const pair of pairs) {
    if (pair === undefined) return undefined;
    const exists = pair.map((version) =>
      [stateBefore(version), stateAfter(version)].map((s) => s !== undefined),
    );
    if (String(exists[0]) !== String(exists[1])) return undefined;
  }
  const sure = pairs.filter((pair) => pair !== undefined);
  for (const field of compared) {
    const added = sure.every(([left, right]) => sameAddition(left, right, field));
    if (!added && !sure.every(([left, right]) => sameSetting(left, right, field))) return undefined;
  }
  const ends = [stateAfter(legacy.at(-1)), stateAfter(modern.at(-1))] as const;
  for (const field of compared) {
    if (!sameCell(ends[0]?.get(field), ends[1]?.get(field))) diverging.push(field);
  }
  const requests = new Set([...legacy, ...modern].map(({ transaction }) => transaction.requestId));
  const reordered = names.some((name, at) => name !== others[at]);
  return { type: 'explained', reordered, requests, diverging, span };
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
  const deltas = [left, right].map((version) =>
    deltaOf(stateBefore(version)?.get(field), stateAfter(version)?.get(field)),
  );
  if (deltas[0] !== undefined && deltas[0] === deltas[1]) return true;
  // A new row has no number to add to.
  return stateBefore(left) === undefined && sameSetting(left, right, field);
}

/** Both write the same, whatever was there; or neither changes the field. */
function sameSetting(left: Version, right: Version, field: string): boolean {
  if (isNeutral(left, field) && isNeutral(right, field)) return true;
  return sameCell(stateAfter(left)?.get(field), stateAfter(right)?.get(field));
}

function isNeutral(version: Version, field: string): boolean {
  const before = stateBefore(version);
  const after = stateAfter(version);
  return before !== undefined && after !== undefined && sameCell(before.get(field), after.get(field));
}

export function stateBefore(version: Version | undefined): Change['before'] {
  return version?.changes[0]?.before;
}

export function stateAfter(version: Version | undefined): Change['after'] {
  return version?.changes.at(-1)?.after;
}
