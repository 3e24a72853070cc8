import { parseDecimal, sameDecimal, shift } from '../value/decimal.ts';
import type { BugRule, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const percentMixed: BugRule = {
  name: 'percent-mixed',
  needs: ['several'],
  shows:
    'A number that modern writes with a percent sign, times a hundred in some requests (0.2 as 20%) and as it is in others (0.2 as 0.2%).',
  spares: 'One of the two in all requests; zero, which is the same in both.',
  find(context) {
    const same = context.all.filter((at) => timesOf(at) === 1);
    const hundredfold = context.all.filter((at) => timesOf(at) === 100);
    const [first, other] = [same[0], hundredfold[0]];
    if (first === undefined || other === undefined) return undefined;
    const explanation = `Modern has ${shown(first.modern)} for ${shown(first.legacy)}, but ${shown(other.modern)} for ${shown(other.legacy)}`;
    return {
      severity: severityOf(context),
      explanation,
      shownBy: Math.min(same.length, hundredfold.length),
    };
  },
};

function timesOf({ legacy, modern, varies }: Observed): 1 | 100 | undefined {
  const digits = /^([+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?) ?%$/.exec(modern.text ?? '')?.[1];
  const theirs = digits === undefined ? undefined : parseDecimal(digits);
  const ours = legacy.number;
  if (varies || ours === undefined || theirs === undefined || ours.units === 0n) return undefined;
  if (sameDecimal(ours, theirs)) return 1;
  return sameDecimal(shift(ours, 2), theirs) ? 100 : undefined;
}
