import type { Side } from '../value/side.ts';

/** By the name of a member, or by a parenthesis, on one side alone the end is the first that is no part of it: untilExclusive, endExcl, [1,5). */
export function hasExclusiveEnd({
  legacy,
  modern,
}: {
  readonly legacy: Side;
  readonly modern: Side;
}): boolean {
  return isNamed(legacy) !== isNamed(modern);
}

function isNamed({ fields, text }: Side): boolean {
  if (text !== undefined) return /^\[[^,()[\]]{1,60},[^,()[\]]{1,60}\)$/.test(text);
  return [...(fields?.keys() ?? [])].some((key) => /excl(?:usive|usiv)?(?:$|[A-Z_ ])/i.test(key));
}
