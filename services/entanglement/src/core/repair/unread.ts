/** What a universe did for clients and nobody has read: a capture was paused, and its changes were lost. */
import type { Universe } from '../mapping/catalog.ts';
import type { Values } from '../mapping/entity.ts';
import { dueOf, sumOf } from './due.ts';
import type { HomeHistory } from './home-history.ts';
import type { RowPair } from './plan.ts';
import { other, type RepairCase, rowId } from './repair-case.ts';
import { added, rowOf, sameRow } from './truth.ts';

/** What a universe committed in this time is not known, nor proven equal since. */
export interface UnreadSpan {
  readonly universe: Universe;
  readonly fromMs: number;
  /** Undefined: it is not read yet. */
  readonly toMs: number | undefined;
}

/** Universes that answered requests while what they did was not read: rows of theirs may hold what a client was told and no case knows of. */
export function unreadAnswers(
  spans: readonly UnreadSpan[],
  homes: HomeHistory,
  { nowMs, skewMs }: { readonly nowMs: number; readonly skewMs: number },
): ReadonlySet<Universe> {
  return new Set(
    spans
      .filter(({ universe, fromMs, toMs = nowMs }) => homes.answered(universe, fromMs, toMs, { skewMs }))
      .map(({ universe }) => universe),
  );
}

/** @param universe whose changes were not read */
export function unreadWords(universe: Universe): string {
  return `${universe} answered requests while its changes were not read, so what it did for them is not known → say whose is right: chronos verify --repair --authority legacy or modern (all that ${universe} answered stays with --authority ${universe})`;
}

/**
 * The universe whose unread answers the row would take from somebody, were it made what the cases say: its row would be overwritten or removed, and
 * what is known of the cases does not explain all of the difference. Undefined: there is none.
 */
export function unreadGuess(
  pair: RowPair,
  truth: Values | undefined,
  cases: readonly RepairCase[],
  unread: ReadonlySet<Universe>,
): Universe | undefined {
  const id = rowId(pair.entity.name, pair.key);
  const open = cases.filter(({ rows }) => rows.get(id)?.proven === false);
  return [...unread].find((universe) => {
    const { values } = pair[universe];
    const others = open.filter(({ authority }) => authority === other(universe));
    // Its row is what stands: the other universe's answers, of which nobody knows what they would have been here, are to be in it.
    if (values === undefined || sameRow(pair.entity, values, truth))
      return others.length < open.length && others.some((each) => dueOf(rowOf(each, id)) === undefined);
    if (truth === undefined) return !others.some((each) => isKnownToGo(each, id, universe));
    const due = sumOf(others.map((each) => dueOf(rowOf(each, id))));
    const explained = due && added(values, due);
    return explained === undefined || !sameRow(pair.entity, explained, truth);
  });
}

/** The right universe is known to have removed it, or only the other one to have made it, for the same request. */
function isKnownToGo(each: RepairCase, id: string, universe: Universe): boolean {
  const { deed, lone } = rowOf(each, id);
  return deed === 'removed' || (deed === 'kept' && lone?.what === 'added' && lone.in === universe);
}
