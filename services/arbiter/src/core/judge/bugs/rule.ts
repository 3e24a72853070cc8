import type { Episode } from '../episode.ts';
import type { Severity } from '../judgement.ts';
import type { Reading } from '../observe.ts';
import type { Parameters } from '../parameters.ts';
import type { Proof } from '../proofs/rule.ts';
import type { Side } from '../value/side.ts';

/** One request's answers at the field, read. */
export interface Observed {
  readonly index: number;
  readonly legacy: Side;
  readonly modern: Side;
  /** Undefined when there is no second run of legacy. */
  readonly legacy2: Side | undefined;
  /** The second run is not proven equal to the first. */
  readonly varies: boolean;
  /** Modern's text is not legacy's. */
  readonly differs: boolean;
  /** The proof that they mean the same; undefined when they differ and nothing proves it. */
  readonly proof: Proof | undefined;
}

/** Everything that is known of the field when its unproven differences are judged. */
export interface Context extends Reading {
  readonly episode: Episode;
  readonly parameters: Parameters;
  /** The numbers may be keys that each system hands out by itself; see looksLikeKeys. */
  readonly keyLike: boolean;
  /** The values may be the time of the answer; see looksLikeClock. */
  readonly clockLike: boolean;
}

export interface Finding {
  readonly severity: Severity;
  /** One sentence with figures, without the count of requests, which the judge adds. */
  readonly explanation: string;
  /** How many observations show it. */
  readonly shownBy: number;
}

/**
 * What has to be there for a rule to find anything: an unproven difference of two texts, an object or list in any observation, more than one
 * observation. Rules are tried on every difference, and most of them are about something else.
 */
export type Need = 'texts' | 'tree' | 'several';

/** What an episode has of it. */
export function needsMet({ all, unproven }: Pick<Context, 'all' | 'unproven'>): Met {
  return {
    texts: unproven.some(({ legacy, modern }) => legacy.text !== undefined && modern.text !== undefined),
    tree: hasTree(all),
    several: all.length > 1,
  };
}

export type Met = { readonly [need in Need]: boolean };

/** The rules that can find anything where just that is met, in their order; found once for each of the few kinds of episodes. */
export function rulesFor(rules: readonly BugRule[], met: Met): readonly BugRule[] {
  const known = INDEX.get(rules) ?? [];
  INDEX.set(rules, known);
  const kind = (met.texts ? 1 : 0) + (met.tree ? 2 : 0) + (met.several ? 4 : 0);
  const found = known[kind] ?? rules.filter(({ needs }) => needs?.every((need) => met[need]) !== false);
  known[kind] = found;
  return found;
}

const INDEX = new WeakMap<readonly BugRule[], (readonly BugRule[])[]>();

/** Whether any side of them is an object or list. */
export function hasTree(all: readonly Observed[]): boolean {
  return all.some(({ legacy, modern }) => isTree(legacy) || isTree(modern));
}

function isTree({ items, fields }: Side): boolean {
  return items !== undefined || fields !== undefined;
}

/** One way in which a difference is shown to be a bug. */
export interface BugRule {
  readonly name: string;
  /** Without all of them the rule finds nothing; it is not tried then. */
  readonly needs?: readonly Need[];
  readonly shows: string;
  /** What looks alike and is left to other rules, or asked. */
  readonly spares: string;
  find(context: Context): Finding | undefined;
}

/** One kind of doubt: what is neither proven nor shown, and the question a person can answer. */
export interface Doubt {
  readonly rule: string;
  readonly explanation: string;
  readonly question: string;
}
