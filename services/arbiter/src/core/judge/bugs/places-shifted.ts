import type { Value } from '../../compare/value.ts';
import { numberedValues, scalarKey } from '../value/numbered-keys.ts';
import type { Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const placesShifted: BugRule = {
  name: 'places-shifted',
  needs: ['tree'],
  shows:
    'A list beside an object whose keys count its places: values that stand at another place, are lost or added, while most are found again.',
  spares: 'Values of which fewer than half are found again (another unit; asked).',
  find(context) {
    const found = context.unproven.flatMap(({ varies, legacy, modern }) => {
      const [ours, theirs] = [legacy.items ?? numberedValues(legacy), modern.items ?? numberedValues(modern)];
      if (!varies && isCut(legacy, modern)) return [{ legacy, modern }];
      if (varies || ours === undefined || theirs === undefined) return [];
      if ((legacy.items === undefined) === (modern.items === undefined) || ours.length < 3) return [];
      return keptOf(ours, theirs) * 2 >= ours.length ? [{ legacy, modern }] : [];
    });
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the same values do not stand at the same places`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** How many of the values are found again, each as often as it is there. */
function keptOf(ours: readonly Value[], theirs: readonly Value[]): number {
  const left = new Map<string, number>();
  for (const value of theirs) left.set(scalarKey(value), (left.get(scalarKey(value)) ?? 0) + 1);
  return ours.filter((value) => {
    const times = left.get(scalarKey(value)) ?? 0;
    left.set(scalarKey(value), times - 1);
    return times > 0;
  }).length;
}

/** A list with gaps (as PHP writes an array of which elements were removed) whose later elements are lost. */
function isCut({ fields }: Side, { items }: Side): boolean {
  if (fields === undefined || items === undefined || items.length === 0 || items.length >= fields.size)
    return false;
  const keys = [...fields.keys()].map(Number);
  const counts = keys.every((key, i) => Number.isInteger(key) && key > (keys[i - 1] ?? -1));
  if (!counts || (keys[0] ?? 9) > 1 || (keys.at(-1) ?? 0) > 3 * keys.length) return false;
  const values = [...fields.values()];
  return items.every((item, i) => {
    const value = values[i];
    return value !== undefined && scalarKey(value) === scalarKey(item);
  });
}
