/** The ways in which modern fails an approved correction, as verdicts say them. */
export const NOT_APPLIED = 'was not applied';
export const APPLIED_WRONGLY = 'was applied wrongly';
export const DOES_NOT_BELONG = 'was applied where it does not belong';

const WAYS = [NOT_APPLIED, APPLIED_WRONGLY, DOES_NOT_BELONG];

/** How often each way is in the explanations of one correction's failures; undefined where all fail in the same way, which one of them says. */
export function failuresTold(name: string, explanations: readonly string[]): string | undefined {
  const counts = WAYS.map((way) => ({
    way,
    count: explanations.filter((text) => text.startsWith(`The approved correction "${name}" ${way}:`)).length,
  })).filter(({ count }) => count > 0);
  if (counts.length < 2) return undefined;
  const told = counts.map(({ way, count }) => `${way} (${count} of ${explanations.length})`);
  return `The approved correction "${name}" ${told.slice(0, -1).join(', ')} and ${told.at(-1)}.`;
}
