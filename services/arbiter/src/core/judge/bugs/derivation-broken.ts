import { derivationsOf } from '../meaning/derivation.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const derivationBroken: BugRule = {
  name: 'derivation-broken',
  needs: ['several'],
  shows:
    'In other words or another structure a number of modern follows from legacy’s (25 56 36 as 25.943333, 178 mg/dL as 9.88 mmol/L, by one factor each) in most requests, and here it does not.',
  spares:
    'Numbers beside numbers (other rules), fewer than three requests more than legacy has numbers, more than eight numbers.',
  find(context) {
    const found = derivationsOf(context.all).flatMap(({ exceptions, factors }) =>
      exceptions.filter(({ proof }) => proof === undefined).map((at) => ({ at, factors })),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const factors = first.factors.map((factor) => String(Number(factor.toPrecision(6)))).join(', ');
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}, which is not legacy’s numbers times ${factors} as in the other requests`;
    return { severity: severityOf(context), explanation, shownBy: new Set(found.map(({ at }) => at)).size };
  },
};
