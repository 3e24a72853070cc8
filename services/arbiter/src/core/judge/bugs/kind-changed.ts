import { plainNumber } from '../value/atoms.ts';
import { readNothing } from '../value/nothing.ts';
import { readNumber } from '../value/numbers.ts';
import { rawOf, type Side } from '../value/side.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const kindChanged: BugRule = {
  name: 'kind-changed',
  shows:
    'A value of another kind that cannot mean the same: a text that is no number beside a number, an object beside a text.',
  spares:
    'Numbers and truth values written as text, one value beside a list of one, small numbers that are named one to one (asked), a number as a member of an object (5 and {"id":5}, -5 and {"n":5,"side":"SHORT"}, 1999 and {"value":"19.99","currency":"EUR"}, 42 and {"href":"/customers/42"}, asked), nothing beside something, all nines beside a word (no limit, asked).',
  find(context) {
    if (isNamed(context)) return undefined;
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      if (varies || legacy.unreadable || modern.unreadable) return false;
      if (readNothing(legacy) !== undefined || readNothing(modern) !== undefined) return false;
      const kinds = new Set([kindOf(legacy), kindOf(modern)]);
      if (kinds.size < 2) return false;
      // All nines stand for no limit.
      if (/^"?9{5,}(?:\.9+)?"?$/.test(legacy.raw ?? '')) return false;
      if (kinds.has('number') && kinds.has('text'))
        return (
          (readNumber(legacy) === undefined &&
            !/[0-9]/.test(legacy.text ?? '0') &&
            readNumber(modern) === undefined) ||
          /^[^0-9]*$/.test(modern.text ?? '0')
        );
      return (
        kinds.has('object') && !isMember(legacy, modern) && (kinds.has('number') || kinds.has('truth value'))
      );
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, a ${kindOf(first.modern)} in place of a ${kindOf(first.legacy)}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** One side's number or truth value is among the members of the other, but for its sign: nothing is lost. */
function isMember(legacy: Side, modern: Side): boolean {
  return isMemberOf(legacy, modern) || isMemberOf(modern, legacy);
}

function isMemberOf({ raw = '' }: Side, { fields }: Side): boolean {
  // A comma before two digits is one of decimals.
  const bare = (text: string) => plainNumber(text.replaceAll(/["+-]/g, '').replace(/,(?=[0-9]{2}$)/, '.'));
  if (fields === undefined) return false;
  const alone = bare(raw);
  // An amount in its minor unit: 1999 and {"value":"19.99","currency":"EUR"}.
  if ([...fields.values()].some((value) => typeof value === 'string' && isLastOf(value, raw))) return true;
  return [...fields.values()].some((value) => {
    const told = bare(rawOf(value));
    return told === alone || isMinor(alone, told) || isMinor(told, alone);
  });
}

/** A key at the end of a path: 42 and {"href":"/customers/42"}. */
function isLastOf(text: string, raw: string): boolean {
  return /^[1-9][0-9]*$/.test(raw) && text.includes('/') && text.endsWith(`/${raw}`);
}

function isMinor(minor: string, major: string): boolean {
  return (
    /^[1-9][0-9]*$/.test(minor) &&
    /^[0-9]+(?:\.[0-9]{1,3})?$/.test(major) &&
    [100, 1000].some(
      (times) =>
        Math.round(Number(major) * times) === Number(minor) && Number(major) * times - Number(minor) < 1e-6,
    )
  );
}

/** Small numbers that modern names, each in its own way: a vocabulary (asked). */
function isNamed({ all }: Context): boolean {
  const names = new Map<string, string>();
  for (const { legacy, modern } of all) {
    if (
      legacy.raw === undefined ||
      !/^[0-9]{1,3}$/.test(legacy.raw) ||
      !/^[A-Za-z_ -]{2,40}$/.test(modern.text ?? '')
    )
      return false;
    const name = modern.text ?? '';
    if ((names.get(legacy.raw) ?? name) !== name) return false;
    names.set(legacy.raw, name);
  }
  return (all.length === 1 || names.size > 1) && new Set(names.values()).size === names.size;
}

export function kindOf(side: Side): string {
  if (side.isNumber) return 'number';
  if (side.text !== undefined) return 'text';
  if (side.items !== undefined) return 'list';
  if (side.fields !== undefined) return 'object';
  return typeof side.value === 'boolean' ? 'truth value' : 'nothing';
}
