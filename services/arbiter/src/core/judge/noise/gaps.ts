import type { Context, Observed } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';
import { isEmpty, readNothing } from '../value/nothing.ts';
import type { Side } from '../value/side.ts';
import { noiseAsk, noiseHarmless } from './outcome.ts';

/** Requests, and requests in which only one run of legacy has the value, from which shares can be compared. */
const REQUESTS_MIN = 10;
const GAPS_MIN = 3;

/**
 * Judges a value that comes and goes between legacy's own runs (an enrichment that times out) and is the same whenever it is there: modern
 * may lack it as often as legacy does. Undefined when modern lacks it more often, or always: then it is lost.
 */
export function judgeGaps(context: Context): Judgement | undefined {
  const { all } = context;
  if (!all.every(isSameWhenThere)) return undefined;
  const gaps = all.filter(
    ({ legacy, legacy2 }) => legacy2 !== undefined && isEmpty(legacy) !== isEmpty(legacy2),
  );
  const missing = all.filter(({ modern }) => isEmpty(modern)).length;
  if (gaps.length === 0 || missing === all.length) return undefined;
  const runs = all.flatMap(({ legacy, legacy2 }) => (legacy2 === undefined ? [legacy] : [legacy, legacy2]));
  const ours = runs.filter(isEmpty).length;
  const share = (ours + missing) / (runs.length + all.length);
  const deviation = Math.sqrt(share * (1 - share) * (1 / runs.length + 1 / all.length));
  const excess = (missing / all.length - ours / runs.length) / deviation;
  if (excess > 3) return undefined;
  const said = `Legacy lacks the value in ${ours} of ${runs.length} runs, modern in ${missing} of ${all.length}; it is the same whenever it is there.`;
  const kinds = new Set(runs.map(readNothing));
  if (all.length < REQUESTS_MIN || gaps.length < GAPS_MIN || excess > 2 || !isCovered(all, kinds))
    return noiseAsk(context, 'gaps', said);
  return noiseHarmless('gaps', said);
}

/** All of legacy, its second run and modern that have a value have the same. */
function isSameWhenThere({ legacy, legacy2, modern, proof }: Observed): boolean {
  const sides: Side[] = legacy2 === undefined ? [legacy, modern] : [legacy, legacy2, modern];
  const there = sides.filter((side) => !isEmpty(side));
  return (
    new Set(there.map(({ raw }) => raw)).size <= 1 || (proof !== undefined && legacy2?.raw === legacy.raw)
  );
}

/** Modern says nothing as legacy says it, gives each value that it lacks in another request, and none that legacy does not tell. */
function isCovered(all: readonly Observed[], kinds: ReadonlySet<unknown>): boolean {
  const given = new Set(all.map(({ modern }) => modern.raw));
  return all.every(({ legacy, legacy2, modern }) => {
    const told = [legacy, legacy2].filter((side) => side !== undefined && !isEmpty(side));
    return isEmpty(modern)
      ? kinds.has(readNothing(modern)) && told.every((side) => given.has(side?.raw))
      : told.length > 0;
  });
}
