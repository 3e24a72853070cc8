import { provePair } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { compactOf } from '../value/atoms.ts';
import { sameElements } from '../value/lists.ts';
import { isDefault, readNothing } from '../value/nothing.ts';
import type { Side } from '../value/side.ts';
import { isToken } from '../value/tokens.ts';
import { readTruth } from '../value/truth.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Both rules look at values of which at least one side is a structure; texts beside texts have rules of their own. */
function structured({ unproven, keyLike, clockLike }: Context): readonly Observed[] {
  if (keyLike || clockLike) return [];
  return unproven.filter(
    ({ legacy, modern, varies }) =>
      !varies && says(legacy) && says(modern) && (isTree(legacy) || isTree(modern)),
  );
}

function isTree(side: Side): boolean {
  return side.items !== undefined || side.fields !== undefined;
}

function says(side: Side): boolean {
  return side.raw !== undefined && !side.unreadable && readNothing(side) === undefined && !isDefault(side);
}

function isNotation(a: Side, b: Side): boolean {
  return (
    provePair(a.raw, b.raw, UNKNOWN_FIELD) !== undefined ||
    setOf(a) === setOf(b) ||
    (a.items !== undefined && b.items !== undefined && sameElements(a.items, b.items)) ||
    (a.items !== undefined && b.items !== undefined && compactOf(a) === compactOf(b)) ||
    (partsOf(a) !== undefined && partsOf(a) === partsOf(b))
  );
}

/** Words of a text with one sign between them, whatever their order: a list of them that is sorted says the same of both. */
function partsOf({ text = '' }: Side): string | undefined {
  const [sign] = /[;,|/]/.exec(text) ?? [];
  if (sign === undefined || !/^[A-Za-z_ -]+(?:[;,|/][A-Za-z_ -]+)+$/.test(text)) return undefined;
  return text.split(sign).sort().join(sign);
}

/** The different texts of a list; what else it may be is one of its own. */
function setOf({ items, raw = '' }: Side): string {
  if (items === undefined || !items.every((item) => typeof item === 'string')) return raw;
  return [...new Set(items)].sort().join('\n');
}

export const structuresUnstable: BugRule = {
  name: 'unstable-structure',
  needs: ['tree', 'several'],
  shows: 'Modern says different things for one and the same value of legacy, in an object or list.',
  spares: 'Other notations of the same; identifiers, of which each request has its own.',
  find(context) {
    const images = new Map<string, Side>();
    for (const { legacy, modern, varies } of context.all)
      if (!varies && legacy.raw !== undefined && !images.has(legacy.raw)) images.set(legacy.raw, modern);
    const found = structured(context).filter(({ legacy, modern }) => {
      if (legacy.text !== undefined && isToken(legacy.text)) return false;
      const other = images.get(legacy.raw ?? '');
      return other !== undefined && other.raw !== modern.raw && !isNotation(other, modern);
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const other = images.get(first.legacy.raw ?? '');
    const explanation = `For legacy’s ${shown(first.legacy)} modern says ${shown(first.modern)} and ${other === undefined ? '' : shown(other)}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

export const structuresCollapsed: BugRule = {
  name: 'collapsed-structure',
  needs: ['tree', 'several'],
  shows:
    'Different values of legacy become one object, list or text in modern: what told them apart is lost.',
  spares: 'Values of legacy that are notations of each other.',
  find(context) {
    const sources = new Map<string, Side>();
    const found = structured(context).filter(({ legacy, modern }) => {
      const key = modern.raw ?? '';
      const other = sources.get(key);
      if (other === undefined) sources.set(key, legacy);
      return (
        other !== undefined &&
        other.raw !== legacy.raw &&
        !isNotation(other, legacy) &&
        (readTruth(legacy) === undefined || readTruth(other) !== readTruth(legacy))
      );
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const other = sources.get(first.modern.raw ?? '');
    const explanation = `Legacy tells ${other === undefined ? '' : shown(other)} and ${shown(first.legacy)} apart, modern says ${shown(first.modern)} for both`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};
