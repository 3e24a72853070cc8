import type { IdentifierRules, RequestPlan } from '../core/plan.ts';
import type { Resolve, Wanted } from '../core/resolve.ts';
import type { Scope, Side } from './pair-table.ts';
import type { PlaceInLine } from './place-in-line.ts';
import type { Resolver } from './resolver.ts';

/** A request whose identifiers are to be translated. */
export interface Finding {
  readonly rules: IdentifierRules;
  readonly scope: Scope;
  readonly target: Side;
  readonly resolver: Resolver;
  readonly place: PlaceInLine;
  readonly plan: RequestPlan;
  /** It changes nothing. */
  readonly isSafe: boolean;
  readonly cameMs?: number;
}

/** For so long a client waits for copies on their way, without a word to Envoy. */
const COPIES_WAIT_MS = 125;
/** For so long a client waits for what nobody is known to have made: who has, may not have been read yet. */
const UNKNOWN_WAIT_MS = 750;
/** Beyond what is waited for, on a machine that is busy; Envoy allows twice as much. */
const LONGER_MARGIN_MS = 500;

/** Once it is the copy's turn, and the partners are known. A word: why it is not sent. */
export async function partnersForCopy(
  wanted: Wanted,
  { rules, scope, target, resolver, place, plan, isSafe, cameMs }: Finding,
): Promise<Resolve | 'copy-out-of-order' | 'unlearned-id'> {
  if (!(await place.turn(wanted, !isSafe))) return 'copy-out-of-order';
  const course = { scope, target, way: 'copy', ...(cameMs !== undefined && { cameMs }) } as const;
  const { resolve, unlearned, misleading } = await resolver.resolve(course, wanted.all, { ms: rules.waitMs });
  const maySend = unlearned.every((want) => isSame(plan, want.bijection) && !misleading.has(want));
  return maySend ? resolve : 'unlearned-id';
}

/**
 * A client waits for copies on their way, for they change what it names, and for the pair: a moment. Then what only reads is `elsewhere`: what legacy
 * made or changed a moment ago, modern does not know yet, and legacy is asked itself. Only for what changes nothing, since legacy may get a copy, too;
 * and never from legacy to modern, which is not trusted when legacy answers. A write goes on waiting.
 *
 * @param askForTime tells Envoy that the answer takes longer than usual: up to so many ms.
 */
export async function partnersForClient(
  wanted: Wanted,
  { rules: { waitMs }, scope, target, resolver, place, plan, isSafe }: Finding,
  askForTime: (ms: number) => void,
): Promise<Resolve | 'elsewhere'> {
  const mayGoElsewhere = target === 'modern' && isSafe;
  const askOnce = once(() => askForTime(2 * waitMs + LONGER_MARGIN_MS));
  if (!(await place.copiesOver(wanted, COPIES_WAIT_MS))) {
    if (mayGoElsewhere) return 'elsewhere';
    askOnce();
    await place.copiesOver(wanted, waitMs);
  }
  // No client waits for an id that is most likely from before the migration.
  const wants = wanted.all.map((want) =>
    isSame(plan, want.bijection) ? { ...want, isDeclared: false } : want,
  );
  const { resolve, isElsewhere } = await resolver.resolve({ scope, target, way: 'answering' }, wants, {
    ms: Math.min(UNKNOWN_WAIT_MS, waitMs),
    enough: mayGoElsewhere ? 'elsewhere' : 'here',
    longerMs: waitMs,
    onWait: askOnce,
  });
  return mayGoElsewhere && isElsewhere ? 'elsewhere' : resolve;
}

/** What has no partner is sent as it is. */
function isSame({ bijections }: RequestPlan, name: string): boolean {
  return bijections.some((bijection) => bijection.name === name && bijection.unknownIsSame);
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
