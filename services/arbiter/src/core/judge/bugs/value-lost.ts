import { abbreviates } from '../value/abbreviations.ts';
import { flagsOf } from '../value/flags.ts';
import { isDefault, isEmpty, readNothing, sentinelEnd } from '../value/nothing.ts';
import type { Side } from '../value/side.ts';
import { numbersIn } from '../value/text.ts';
import { isTruthOrUnknown } from '../value/truth.ts';
import { saysNothing } from '../value/words-of-nothing.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const valueLost: BugRule = {
  name: 'value-lost',
  shows:
    'Legacy has a value where modern has none: a missing field, null, an empty or blank text, an empty list or object.',
  spares:
    'Zero and false, which some formats leave out by rule (asked); flags of which none is set, as an empty list of those that are, all nines for an open end, words that say that there is nothing (NONE KNOWN, keine) of which modern never has any, lists of nothing but blank texts (asked); values that legacy itself leaves out in its second run.',
  find(context) {
    const lost = context.unproven.filter(
      ({ legacy, modern, legacy2 }) =>
        readNothing(legacy) === undefined &&
        !isDefault(legacy) &&
        isEmpty(modern) &&
        !isNoneSet(legacy, modern) &&
        !areBlank(legacy, modern) &&
        !isOpenEnd(legacy) &&
        !(saysNothing(legacy.text) && isAlwaysNothing(legacy, context)) &&
        !(legacy2 !== undefined && isEmpty(legacy2)),
    );
    const first = lost[0];
    if (first === undefined) return undefined;
    return {
      severity: severityOf(context),
      explanation: `Legacy has ${shown(first.legacy)}, modern has ${readNothing(first.modern)}`,
      shownBy: lost.length,
    };
  },
};

/** Whatever legacy's same text is, modern has nothing for it, in every request. */
function isAlwaysNothing(legacy: Side, { all }: Context): boolean {
  return all.every((at) => at.legacy.raw !== legacy.raw || isEmpty(at.modern));
}

/** All nines stand for no end in formats of fixed width: 99999999, 99991231 (asked). */
function isOpenEnd({ raw = '' }: Side): boolean {
  return /^"?9{5,}(?:\.9+)?"?$|^"?99991231"?$/.test(raw);
}

/** Slots of a record, none of them filled, as an empty list. */
function areBlank({ items: ours }: Side, { items: theirs }: Side): boolean {
  return (
    ours !== undefined &&
    theirs !== undefined &&
    ours.every((item) => typeof item === 'string' && item.trim() === '')
  );
}

/** {"read":false,"pay":false}, NNNNNNNNNNNN, or a word of bits 0x0000, as a list of the flags that are set. */
function isNoneSet({ fields, text }: Side, { items }: Side): boolean {
  if (items !== undefined && text !== undefined && /^(?:N{3,40}|\.{3,40}|-{3,40}|0x0{2,16})$/.test(text))
    return true;
  const flags = items && flagsOf(fields);
  return flags !== undefined && [...flags.values()].every((isSet) => !isSet);
}

export const defaultPut: BugRule = {
  name: 'default-put',
  shows:
    'Modern puts a default where legacy has a value, or makes one up where legacy has none: 0, -1, "UNKNOWN", "null", 1970-01-01, a nil UUID, [object Object].',
  spares:
    'Truth values (false is a value), a field that legacy never has, and defaults that legacy gives as well.',
  find(context) {
    const put = context.unproven.filter((observed) => isPut(observed, context));
    const first = put[0];
    if (first === undefined) return undefined;
    return {
      severity: severityOf(context),
      explanation: `Legacy has ${shown(first.legacy)}, modern puts the default ${shown(first.modern)}`,
      shownBy: put.length,
    };
  },
};

function isPut(at: Observed, { all }: Context): boolean {
  const { legacy, modern, legacy2 } = at;
  if (!isDefault(modern) || modern.raw === 'false') return false;
  if (isDefault(legacy) && !(readNothing(legacy) !== undefined && readNothing(modern) === undefined))
    return false;
  if (legacy2 !== undefined && legacy2.raw === modern.raw) return false;
  if (typeof legacy.value === 'boolean' || isSameSize(legacy, modern)) return false;
  if (at.varies && isPassedBy(modern, all)) return false;
  if (isSpelledDefault(legacy, modern, all) || isWorthNothing(legacy, modern, all)) return false;
  if (saysNothing(legacy.text) && /^(?:none|unknown|not set)$/i.test(modern.text ?? '')) return false;
  if (readNothing(legacy) !== 'absent') return true;
  return all.some((other) => !other.legacy.absent);
}

/** A measure that legacy does not repeat and that goes from below zero to above it: it is zero, too, at times. */
function isPassedBy(modern: Side, all: readonly Observed[]): boolean {
  if (!/^[0.]+$/.test(modern.text ?? modern.raw ?? '')) return false;
  const told = all.flatMap(({ legacy, legacy2 }) =>
    [legacy, legacy2].map((side) => Number(side?.text ?? side?.raw)),
  );
  return (
    told.every(Number.isFinite) && told.some((number) => number < 0) && told.some((number) => number > 0)
  );
}

/** 001- C and -1: legacy has the number, with its sign told otherwise. */
function isSameSize({ text = '' }: Side, { number, raw = '' }: Side): boolean {
  return (
    number !== undefined &&
    text.length < 40 &&
    numbersIn(text).some((told) => Number(told) === Math.abs(Number(raw)))
  );
}

/** A code of which the default is the long form (O as other, U as unknown) while no other code becomes it: a vocabulary that has such a word. */
function isSpelledDefault(legacy: Side, modern: Side, all: readonly Observed[]): boolean {
  const [code, word] = [legacy.text, modern.text];
  if (code === undefined || word === undefined || code.length > 3 || word.length < 4) return false;
  const named =
    /^[0-9]+$/.test(code) && all.every((other) => /^[A-Za-z_ -]{2,}$/.test(other.modern.text ?? ''));
  if (!named && !abbreviates(code, word) && code[0]?.toLowerCase() !== word[0]?.toLowerCase()) return false;
  if (named && new Set(all.map((other) => other.legacy.raw)).size < 3) return false;
  return all.every((other) => other.modern.raw !== modern.raw || other.legacy.raw === legacy.raw);
}

/** One code of several that each have a number of their own, written alike (F as 0.0 beside B as 3.0): zero is a number among them. */
function isWorthNothing({ text: code }: Side, modern: Side, all: readonly Observed[]): boolean {
  if (code === undefined || !/^[A-Z][A-Z+-]{0,3}$/.test(code)) return false;
  const shape = (text: string) => text.replaceAll(/[0-9]/g, '0');
  const zero = modern.text ?? modern.raw ?? '';
  const worth = new Map<string, string>();
  for (const at of all) {
    const [ours, theirs] = [at.legacy.text ?? '', at.modern.text ?? at.modern.raw ?? ''];
    if (!/^[A-Z][A-Z+-]{0,3}$/.test(ours) || shape(theirs) !== shape(zero)) return false;
    if ((worth.get(ours) ?? theirs) !== theirs) return false;
    worth.set(ours, theirs);
  }
  return /^0/.test(zero) && worth.size >= 4 && new Set(worth.values()).size === worth.size;
}

export const valueMadeUp: BugRule = {
  name: 'value-made-up',
  needs: ['several'],
  shows:
    'Modern gives a value where legacy says that there is none (zeros as a day, too), in a field that has values in other requests.',
  spares:
    'A field that legacy never has (asked), truth values (but a yes where legacy has yes, no and nothing), values that legacy gives in its second run, and a code that modern has for nothing and for no value of legacy (NOT_ASKED beside GRANTED and DENIED; asked).',
  find(context) {
    const known = context.all.some(
      ({ legacy }) => legacy.raw !== undefined && readNothing(legacy) === undefined,
    );
    if (!known || isCodeOfNothing(context)) return undefined;
    const isYesOrNo = isTruthOrUnknown(context.profile.data.legacy.vocabulary);
    const found = context.unproven.filter(({ legacy, modern, legacy2 }) => {
      if (
        !(readNothing(legacy) !== undefined || isZeros(legacy)) ||
        (readNothing(modern) !== undefined && !(isZeros(legacy) && isFirstDay(modern))) ||
        modern.unreadable
      )
        return false;
      const isSaid = typeof modern.value !== 'boolean' || (modern.value && isYesOrNo);
      return isSaid && (legacy2 === undefined || readNothing(legacy2) !== undefined || isZeros(legacy2));
    });
    const first = found[0];
    if (first === undefined) return undefined;
    return {
      severity: severityOf(context),
      explanation: `Legacy says that there is nothing (${readNothing(first.legacy)}), modern has ${shown(first.modern)}`,
      shownBy: found.length,
    };
  },
};

/** A day of zeros that modern tells as a day. */
function isZeros({ text = '' }: Side): boolean {
  return /^0{6}(?:00)?$|^0000-00-00$/.test(text);
}

/** The day from which a program counts, which a reader takes for one: 0001-01-01, 1900-01-01. */
function isFirstDay(side: Side): boolean {
  return sentinelEnd(side) === 'first';
}

/** Modern says nothing by one code of its own, that no value of legacy becomes, and says the values by other codes. */
function isCodeOfNothing({ all }: Context): boolean {
  const isNothing = ({ legacy }: Observed) => readNothing(legacy) !== undefined;
  const words = new Set(all.filter(isNothing).map(({ modern }) => modern.text ?? ''));
  const others = new Set(all.filter((at) => !isNothing(at)).map(({ modern }) => modern.text ?? ''));
  const [word = ''] = words;
  if (words.size !== 1 || others.size < 2 || others.has(word)) return false;
  const isSaid = /\b(?:not|none|no|unknown|unrecorded|unspecified|missing|nothing)\b/.test(word);
  return [word, ...others].every(
    (code) => /^[A-Z][A-Z_]{2,31}$/.test(code) || (isSaid && /^[a-z][a-z_ -]{2,40}$/.test(code)),
  );
}
