/** Where a request is on its way to: a shadow, or a universe that answers its client. */
export type Way = 'copy' | 'answering';

/** What is known of an identifier that a request carries towards a universe, its target. */
export interface Known {
  /** The other universe gave it out, and what the target calls that is known. */
  readonly hasPartner: boolean;
  /** The target gave it out, for something else. */
  readonly isTargets: boolean;
  /** The target has handed it out a moment ago; what the other universe calls that may not be known yet. */
  readonly hasTargetJustMade: boolean;
}

export interface Circumstances {
  readonly way: Way;
  /** Clients may have got ids from the target: legacy's always, modern's once it has answered some. */
  readonly mayClientsHoldTargets: boolean;
  /** Some id of this kind is one thing in legacy and another in modern. */
  readonly isOverlapping: boolean;
}

/**
 * What an identifier names:
 *
 * - `others`: the other universe's thing; the target's name for it goes in its place.
 * - `targets`: the target's own; it stays.
 * - `either`: as the target's it is one thing, as the other's another, and clients hold ids of both. It stays, and is counted.
 * - `not-targets`: the target knows it, as something else than is meant. What is meant is not known yet.
 * - `unknown`: nobody is known to have given it out.
 */
export type Meaning = 'others' | 'targets' | 'either' | 'not-targets' | 'unknown';

/**
 * Two rules. On its way to the universe that answers, an id that this universe knows is never rewritten: whoever got it there must get the same thing
 * again. And a copy means what the universe that answered has understood, which is the other one's own first; so a copy's id is taken for the target's
 * own only where clients may hold such, and where the kinds of ids are known to keep apart.
 */
export function meaningOf(known: Known, circumstances: Circumstances): Meaning {
  const { hasPartner, isTargets, hasTargetJustMade } = known;
  if (circumstances.way === 'answering') {
    if (hasPartner) return isTargets || hasTargetJustMade ? 'either' : 'others';
    return isTargets ? 'targets' : 'unknown';
  }
  if (hasPartner) return 'others';
  if (!isTargets) return 'unknown';
  return circumstances.mayClientsHoldTargets && !circumstances.isOverlapping ? 'targets' : 'not-targets';
}
