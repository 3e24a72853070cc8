import type { Side } from '../value/side.ts';

/** By the name of a member on one side alone the end is the day after the last one: untilExclusive, endExcl. */
export function hasExclusiveEnd({
  legacy,
  modern,
}: {
  readonly legacy: Side;
  readonly modern: Side;
}): boolean {
  return isNamed(legacy) !== isNamed(modern);
}

function isNamed({ fields }: Side): boolean {
  return [...(fields?.keys() ?? [])].some((key) => /excl(?:usive|usiv)?(?:$|[A-Z_ ])/i.test(key));
}
