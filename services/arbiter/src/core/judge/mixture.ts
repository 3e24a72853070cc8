import type { Observed } from './bugs/rule.ts';
import { shown } from './bugs/shown.ts';
import type { Judgement } from './judgement.ts';
import { compareDecimals } from './value/decimal.ts';
import { readNothing } from './value/nothing.ts';
import { NumberStyle, readNumber } from './value/numbers.ts';

/** Rounded values that all lie on one side of what they were rounded from: four do so by chance once in eight cases. */
const ONE_WAY_MIN = 4;

/**
 * What proofs of single requests cannot see: that legacy tells two things apart which modern makes one, or that modern's further digits all go
 * one way. Proven one by one, but asked.
 */
export function mixtureDoubt(all: readonly Observed[]): Judgement | undefined {
  const merged = nothingMerged(all);
  if (merged !== undefined)
    return doubt(
      'nothing-merged',
      `Legacy says nothing in several ways (${merged.join(', ')}), modern in one.`,
      `Do ${merged.join(' and ')} of legacy mean the same?`,
    );
  const told = textsMerged(all);
  if (told !== undefined)
    return doubt(
      'texts-merged',
      `Legacy has both ${told.ours.join(' and ')}, of which modern makes ${told.theirs}.`,
      `Do ${told.ours.join(' and ')} of legacy mean the same?`,
    );
  const ways = oneWay(all);
  if (ways !== undefined)
    return doubt(
      'digits-one-way',
      `Modern's further digits make all ${ways} values larger, or all smaller, than legacy's.`,
      'Does legacy cut these values, or are modern’s other values?',
    );
  return undefined;
}

function doubt(rule: string, explanation: string, question: string): Judgement {
  return { verdict: 'ask', rule, severity: '', explanation, question };
}

/** The ways in which legacy says nothing, when there are several and modern has one for all. Blanks are an empty text that is padded. */
function nothingMerged(all: readonly Observed[]): string[] | undefined {
  if (
    !all.some(({ proof, modern }) => proof?.rule === 'nothing-notation' || (proof && modern.value === null))
  )
    return undefined;
  const ours = new Set<string>();
  const theirs = new Set<string>();
  for (const { legacy, modern, proof } of all) {
    // UNKNOWN beside YES and NO.
    const l = readNothing(legacy) ?? (proof && modern.value === null ? legacy.raw : undefined);
    const m = readNothing(modern);
    if (l === undefined || m === undefined) continue;
    ours.add(l === 'sentinel date' ? (legacy.text ?? l) : l === 'blank text' ? 'empty text' : l);
    theirs.add(m === 'blank text' ? 'empty text' : m);
  }
  return ours.size > 1 && theirs.size === 1 ? [...ours] : undefined;
}

/** Rules of which it is the point that several texts mean one thing: Y, 1 and yes are true, and a moment is written in many ways. */
const MANY_TO_ONE: ReadonlySet<string | undefined> = new Set([
  'truth-notation',
  'nothing-notation',
  'same-instant',
  'sub-second',
  'same-date',
]);

/** Two texts of legacy of which modern makes one: legacy may tell by them what modern no longer does (A and A with a blank, 1.10 and 1.1). */
function textsMerged(
  all: readonly Observed[],
): { readonly ours: readonly string[]; readonly theirs: string } | undefined {
  const seen = new Map<string, Observed>();
  for (const one of all) {
    const { legacy, modern, proof } = one;
    if (legacy.text === undefined || modern.raw === undefined || MANY_TO_ONE.has(proof?.rule)) continue;
    const other = seen.get(modern.raw);
    if (other === undefined) seen.set(modern.raw, one);
    else if (other.legacy.raw !== legacy.raw)
      return { ours: [shown(other.legacy), shown(legacy)], theirs: shown(modern) };
  }
  return undefined;
}

function oneWay(all: readonly Observed[]): number | undefined {
  const signs = all.flatMap(({ proof, legacy, modern }) => {
    if (proof?.rule !== 'more-digits') return [];
    const [l, m] = [legacy, modern].map((side) => readNumber(side)?.values.get(NumberStyle.plain));
    return l === undefined || m === undefined ? [] : [compareDecimals(m, l)];
  });
  const same = signs.length >= ONE_WAY_MIN && signs.every((sign) => sign === signs[0]);
  return same ? signs.length : undefined;
}
