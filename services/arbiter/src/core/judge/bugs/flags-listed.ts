import { flagsOf } from '../value/flags.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const flagsListed: BugRule = {
  name: 'flags-listed',
  needs: ['tree'],
  shows:
    'An object of flags (true and false, Y and N, on and off) beside a list of their names (either way round): a flag that is off is listed, or one that is on is not.',
  spares:
    'The list of exactly those that are on, and of exactly those that are off (asked); names that are no flag of the object.',
  find(context) {
    const found = context.unproven.flatMap((at) => {
      const how = at.varies
        ? undefined
        : (listedOther(at.legacy, at.modern) ?? listedOther(at.modern, at.legacy));
      return how === undefined ? [] : [{ at, how }];
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${first.how}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function listedOther(object: Side, list: Side): string | undefined {
  const read = list.items && flagsOf(object.fields);
  if (read === undefined || read.size < 2 || list.items === undefined) return undefined;
  const flags = [...read];
  const named = (on: boolean) => flags.flatMap(([key, value]) => (value === on ? [wordsOf(key)] : []));
  const listed = list.items.flatMap((item) => (typeof item === 'string' ? [wordsOf(item)] : []));
  const names = new Set(flags.map(([key]) => wordsOf(key)));
  if (listed.length !== list.items.length || !listed.every((name) => names.has(name))) return undefined;
  if (isSet(listed, named(true)) || isSet(listed, named(false))) return undefined;
  const off = named(false).filter((name) => listed.includes(name));
  return off.length > 0
    ? `${off.join(', ')} is off in one and listed in the other`
    : 'a flag that is on is not listed';
}

function isSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === b.length && b.every((name) => a.includes(name));
}
