import { relateInstants } from '../meaning/instants.ts';
import { floorTo } from '../value/instants.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const SECOND_NS = 1_000_000_000n;

export const fractionMisplaced: BugRule = {
  name: 'fraction-misplaced',
  shows:
    'In every request that differs the parts of a second have the same digits at other places: zeros before them are lost or added (.044 as .44).',
  spares:
    'Other digits within the same second (asked); a single request in which modern is later, as a clock is (asked).',
  find(context) {
    const { unproven, profile, clockLike } = context;
    if (clockLike && unproven.length < 2) return undefined;
    const [first] = unproven;
    if (first === undefined) return undefined;
    const isMisplaced = unproven.every(({ legacy, modern, varies }) => {
      const relation = varies ? undefined : relateInstants(legacy, modern, profile);
      return relation?.is === 'different' && haveSameDigits(relation.legacy.ns, relation.modern.ns);
    });
    if (!isMisplaced) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the parts of a second have the same digits at other places`;
    return { severity: severityOf(context), explanation, shownBy: unproven.length };
  },
};

/** Two instants of one second, the parts of which are one number times a power of ten. */
function haveSameDigits(legacy: bigint, modern: bigint): boolean {
  const second = floorTo(legacy, SECOND_NS);
  if (legacy === modern || second !== floorTo(modern, SECOND_NS)) return false;
  const digits = digitsOf(legacy - second);
  return digits !== '' && digits === digitsOf(modern - second);
}

function digitsOf(fraction: bigint): string {
  return fraction.toString().replace(/0+$/, '');
}
