import { commonEnds, isToken, shapeOf } from '../value/tokens.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';
import { textPairs } from './text-pairs.ts';

/** Different identifiers that modern has as legacy before another one is no renaming. */
const KEPT_MIN = 2;

export const identifierReplaced: BugRule = {
  name: 'identifier-replaced',
  needs: ['texts', 'several'],
  shows:
    'A wholly other identifier of the same shape, while modern has legacy’s own in other requests: both take them from one source.',
  spares: 'Identifiers that are other in all requests: each system may hand out its own (asked).',
  find(context) {
    if (keptOf(context) < KEPT_MIN) return undefined;
    const found = textPairs(context).filter(
      ({ legacy, modern }) =>
        isToken(legacy) &&
        isToken(modern) &&
        shapeOf(legacy) === shapeOf(modern) &&
        legacy.length === modern.length &&
        commonEnds(legacy, modern).start * 2 < legacy.length,
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}, while it has legacy’s own in other requests`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function keptOf({ all }: Context): number {
  const kept = all.filter(
    ({ legacy, differs, varies }) => !differs && !varies && legacy.text !== undefined && isToken(legacy.text),
  );
  return new Set(kept.map(({ legacy }) => legacy.text)).size;
}
