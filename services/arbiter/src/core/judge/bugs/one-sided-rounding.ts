import { formatDecimal, toFloat } from '../value/decimal.ts';
import { lnMaterialEvidence, lnSignEvidence } from './bias.ts';
import { isLastDigit, type NumberPair, numberPairs } from './number-pairs.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';

/** Cents to one side, and requests that legacy answered twice, before few of them are a rule of rounding. */
const [STEADY_MIN, AGAIN_MIN] = [2, 8];

export const oneSidedRounding: BugRule = {
  name: 'one-sided-rounding',
  shows:
    'Differences of one unit in the last digit that all, or by far most, go one way: cut instead of rounded, or cents skimmed. By their share, where legacy was asked twice and repeats each of its cents, or over many requests by both tests of bias (signs and materiality).',
  spares: 'Single units to both sides, and too few of them to tell (asked).',
  find(context) {
    const pairs = numberPairs(context).filter((pair) => isLastDigit(pair, context));
    const first = pairs[0];
    if (first === undefined || context.keyLike || context.clockLike) return undefined;
    const up = pairs.filter(isUp).length;
    if (
      !isOneSided(up, pairs.length, context) &&
      !isSteady(up, pairs.length, context) &&
      !isBiased(pairs, up, context)
    )
      return undefined;
    const down = pairs.length - up;
    const explanation = `${Math.max(up, down)} of ${pairs.length} differences of one last digit go ${up > down ? 'up' : 'down'}, as ${formatDecimal(first.legacy)} and ${formatDecimal(first.modern)}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

function isUp({ legacy, modern }: NumberPair): boolean {
  return toFloat(modern) > toFloat(legacy);
}

function isOneSided(up: number, count: number, { all, parameters }: Context): boolean {
  return (
    (up === 0 || up === count) &&
    count >= parameters.biasCountMin &&
    count >= parameters.biasShareMin * all.length
  );
}

/** Cents of what legacy was asked twice, each time with the same answer: nothing else than another rule of rounding is left. */
function isSteady(up: number, count: number, { all, profile }: Context): boolean {
  const { compared, varying, legacy } = profile.data;
  if (count < STEADY_MIN || (up !== 0 && up !== count)) return false;
  return legacy.scaleMax === 2 && compared === all.length && compared >= AGAIN_MIN && varying === 0;
}

function isBiased(pairs: readonly NumberPair[], up: number, { all, parameters }: Context): boolean {
  const zeros = Array.from({ length: all.length - pairs.length }, () => 0);
  const differences = [...pairs.map((pair) => (isUp(pair) ? 1 : -1)), ...zeros];
  const direction = up * 2 > pairs.length ? 1 : -1;
  return (
    lnSignEvidence(up, pairs.length) >= Math.log(1 / parameters.alpha) &&
    lnMaterialEvidence(differences, direction) >= Math.log(2 / parameters.alpha)
  );
}
