import type { BugRule } from './rule.ts';
import { shown } from './shown.ts';

/** A wildcard in a right or scope: `accounts:*`, `/api/*`, a lone `*`. */
const WILDCARD = /(?:[:/.]|^|[\s",[|;])\*(?=$|[\s",\]|;])/;

export const rightsWidened: BugRule = {
  name: 'rights-widened',
  shows:
    'A wildcard among rights, scopes or paths (accounts:*) where legacy names single ones (accounts:read).',
  spares: 'Values of which legacy has a star anywhere: masks, footnotes, other wildcards.',
  find(context) {
    if (context.all.some(({ legacy }) => legacy.raw?.includes('*'))) return undefined;
    const found = context.unproven.filter(
      ({ varies, legacy, modern }) =>
        !varies && legacy.raw !== undefined && WILDCARD.test(modern.raw ?? '') && /[:/.]/.test(legacy.raw),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: a star allows more than legacy does`;
    return { severity: 'critical', explanation, shownBy: found.length };
  },
};
