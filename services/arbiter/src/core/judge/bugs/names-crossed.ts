import { isObject, type Value } from '../../compare/value.ts';
import type { Judgement } from '../judgement.ts';
import { atomsOf } from '../value/atoms.ts';
import { aligned } from '../value/names.ts';
import { NESTING_MAX, rawOf, Side } from '../value/side.ts';
import { bareName } from '../value/text.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/** Members of which each name is held against each. */
const NAMES_MAX = 40;

/**
 * The same names on both sides, nested or written otherwise (billing_city, billing.city), and the same values, but under others of these
 * names. Judged before the fields are taken apart, for what is only looked at as values is all there.
 */
export function namesCrossed(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.filter(({ legacy, modern, varies }) => !varies && isCrossed(legacy, modern));
  const first = found[0];
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'names-crossed',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the names are the same, and values stand under others of them (${found.length} requests).`,
  };
}

function isCrossed(legacy: Side, modern: Side): boolean {
  return (
    areCrossed(namedValues(legacy), namedValues(modern)) ||
    areCrossed(namedAtoms(legacy), namedAtoms(modern)) ||
    areCrossed(inTheirNames(legacy, modern), namedAtoms(modern))
  );
}

type Named = ReadonlyMap<string, string> | undefined;

function areCrossed(ours: Named, theirs: Named): boolean {
  if (ours === undefined || theirs === undefined || ours.size !== theirs.size || ours.size < 2) return false;
  if (![...ours.keys()].every((name) => theirs.has(name))) return false;
  const values = (named: ReadonlyMap<string, string>) => [...named.values()].toSorted().join('\n');
  return values(ours) === values(theirs) && [...ours].some(([name, value]) => theirs.get(name) !== value);
}

/** The words and numbers of each member, in any order: {"holder":{"first":"Ann","last":"Fox"}} and {"holder":"Fox, Ann"}. */
function namedAtoms({ fields }: Side): Named {
  const named = new Map<string, string>();
  for (const [key, value] of fields ?? []) {
    const atoms = atomsOf(new Side(rawOf(value)));
    const name = bareName(key);
    if (atoms === undefined || named.has(name)) return undefined;
    named.set(name, [...atoms.words, ...atoms.numbers].sort().join(' '));
  }
  return fields === undefined ? undefined : named;
}

/** The same by the names that modern has for them: BOOKED-BAL as booked. */
function inTheirNames(legacy: Side, modern: Side): Named {
  if (legacy.fields === undefined || modern.fields === undefined || legacy.fields.size > NAMES_MAX)
    return undefined;
  const names = aligned([...legacy.fields.keys()], [...modern.fields.keys()]);
  const atoms = names && namedAtoms(legacy);
  if (names === undefined || atoms === undefined) return undefined;
  return new Map([...names].map(([ours, theirs]) => [bareName(theirs), atoms.get(bareName(ours)) ?? '']));
}

/** Raw values by the bare letters of their path; undefined when two have the same name, or it is no object. */
function namedValues({ fields }: Side): Named {
  const named = new Map<string, string>();
  return fields !== undefined && collect(fields, '', 0, named) ? named : undefined;
}

function collect(
  fields: ReadonlyMap<string, Value>,
  path: string,
  depth: number,
  named: Map<string, string>,
): boolean {
  return [...fields].every(([key, value]) => {
    const name = path + bareName(key).replaceAll(/[^\p{L}\p{N}]/gu, '');
    if (isObject(value)) return depth < NESTING_MAX && collect(value, name, depth + 1, named);
    if (named.has(name)) return false;
    named.set(name, rawOf(value));
    return true;
  });
}
