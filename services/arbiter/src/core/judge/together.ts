import type { Episode } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { convertedAll } from './units-beside.ts';

/** The question whether a word beside a number is a unit that explains it: there is an explanation, so no score may call it a bug. */
export const NUMBER_AND_WORD = 'number-and-word';

/** Relative slack of a line through numbers that were rounded for display. */
const SLACK = 0.002;
const WORD = /^"[^"\\0-9]{1,12}"$/;
/** What a price is told for: "100 kWh", 100. */
const BASIS = /^(?:"[0-9]{1,6} ?[^"\\0-9]{0,12}"|[0-9]{1,6})$/;

/**
 * Numbers that are another whenever a word beside them is another, by one factor and offset for each pair of words: the word may be the unit
 * of a conversion that nobody here knows. Numbers that the words leave unexplained stay what they were judged to be.
 */
export function changedTogether(
  parts: readonly Episode[],
  judgements: readonly Judgement[],
  worst: number,
): Judgement | undefined {
  const numbers = parts[worst]?.observations;
  if (numbers === undefined || judgements[worst]?.verdict !== 'bug') return undefined;
  const packed = packedIn(parts, judgements);
  if (packed !== undefined) return packed;
  const others = judgements.flatMap(({ verdict }, i) => (verdict === 'bug' && i !== worst ? [i] : []));
  const [other] = others;
  // A unit may be told twice, as a word and as its code.
  if (!others.every((i) => i === other || isRenamed(parts[i], parts[other ?? i]))) return undefined;
  for (const [i, part] of parts.entries()) {
    if (i === worst || judgements[i]?.verdict === 'harmless') continue;
    if (others.length > 0 && !others.includes(i)) continue;
    const lines = new Map<string, [number, number][]>();
    const explained = numbers.every(({ legacy, modern }, at) => {
      const word = part.observations[at];
      // A number that stays where its word does not lies on the line, too, or breaks it.
      if (legacy === modern && (numberOf(legacy) === 0 || word?.legacy === word?.modern)) return true;
      if (word?.legacy === undefined || word.modern === undefined || word.legacy === word.modern)
        return false;
      const isBasis = BASIS.test(word.legacy) || BASIS.test(word.modern);
      if (!isBasis && !(WORD.test(word.legacy) && WORD.test(word.modern))) return false;
      const point: [number, number] = [numberOf(legacy), numberOf(modern)];
      if (!point.every(Number.isFinite)) return false;
      const key = `${word.legacy} ${word.modern}`;
      lines.set(key, [...(lines.get(key) ?? []), point]);
      return true;
    });
    if (!explained) continue;
    const converted = convertedAll(parts, worst, i);
    if (converted !== undefined) {
      const said = parts.flatMap((one, j) => (j === i || (isUnit(one) && isRenamed(one, part)) ? [j] : []));
      return othersOf(converted, judgements, worst, said);
    }
    if (![...lines.values()].every(isLine) || [...lines.keys()].some((key) => /[0-9]/.test(key))) continue;
    const [pair = ''] = lines.keys();
    return {
      verdict: 'ask',
      rule: NUMBER_AND_WORD,
      severity: '',
      explanation: `The numbers change with a word beside them (${pair}), by one factor and offset.`,
      question: `Is the change of ${parts[worst]?.field} the conversion from ${pair.replace(' ', ' to ')}?`,
    };
  }
  return undefined;
}

/** A proven conversion leaves the other parts to decide. */
function othersOf(
  converted: Judgement,
  judgements: readonly Judgement[],
  number: number,
  words: readonly number[],
): Judgement {
  if (converted.verdict !== 'harmless') return converted;
  const others = judgements.filter((_, i) => i !== number && !words.includes(i));
  return (
    others.find(({ verdict }) => verdict === 'bug') ??
    others.find(({ verdict }) => verdict === 'ask') ??
    converted
  );
}

/**
 * Packs as pieces: a number times another number of legacy (pieces a carton) is modern's, in every request, where a word beside it is another one
 * in every request. What the units hold only a person can tell.
 */
function packedIn(parts: readonly Episode[], judgements: readonly Judgement[]): Judgement | undefined {
  const open = parts.filter((_, i) => judgements[i]?.verdict !== 'harmless');
  const words = open.filter(
    (one) => isUnit(one) && one.observations.every(({ legacy, modern }) => legacy !== modern),
  );
  const factors = parts.filter(({ observations }) =>
    observations.every(({ legacy }) => numberOf(legacy) > 1),
  );
  const counts = open.filter(({ observations }) =>
    observations.every(({ legacy, modern }) => numberOf(legacy) !== numberOf(modern) && numberOf(modern) > 0),
  );
  for (const { field, observations } of counts) {
    const by = factors.find((factor) =>
      observations.every(
        ({ legacy, modern }, i) =>
          numberOf(legacy) * numberOf(factor.observations[i]?.legacy) === numberOf(modern),
      ),
    );
    if (by === undefined || words.length === 0 || open.length > words.length + 2) continue;
    return {
      verdict: 'ask',
      rule: NUMBER_AND_WORD,
      severity: '',
      explanation: `${field} is legacy's times ${by.field} in every request, and the unit beside it is another one.`,
      question: `Is ${field} of modern counted in what ${by.field} says that one of legacy's holds?`,
    };
  }
  return undefined;
}

/** Words and single letters in all requests. */
function isUnit({ observations }: Episode): boolean {
  return observations.every(({ legacy = '', modern = '' }) => WORD.test(legacy) && WORD.test(modern));
}

/** Each word of the one stands beside one word of the other, on both sides. */
function isRenamed(one: Episode | undefined, other: Episode | undefined): boolean {
  const names = new Map<string, string>();
  return (
    one?.observations.every((at, i) =>
      (['legacy', 'modern'] as const).every((side) => {
        const [ours, theirs] = [at[side], other?.observations[i]?.[side]];
        if (ours === undefined || theirs === undefined) return false;
        const known = names.get(ours) ?? theirs;
        names.set(ours, theirs);
        return known === theirs;
      }),
    ) === true && new Set(names.values()).size === names.size
  );
}

/** Of a number, or of a text that is one. */
function numberOf(raw: string | undefined): number {
  const text = /^"[0-9.,+-]+"$/.test(raw ?? '') ? raw?.slice(1, -1) : raw;
  // A comma before one digit or two is one of decimals.
  return Number(text?.replace(/^([+-]?[0-9]+),([0-9]{1,2})$/, '$1.$2'));
}

/** All points lie on the line through the two that are farthest apart; two points say nothing against it. */
function isLine(points: readonly (readonly [number, number])[]): boolean {
  const sorted = points.toSorted((a, b) => a[0] - b[0]);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return true;
  const width = last[0] - first[0];
  // What stays in one request and not in the other is converted once.
  const stays = sorted.filter(([x, y]) => x === y).length;
  if (stays > 0 && stays < sorted.length) return false;
  if (width === 0) return sorted.every(([, y]) => y === first[1]);
  const slope = (last[1] - first[1]) / width;
  const size = Math.max(Math.abs(first[1]), Math.abs(last[1]));
  return (
    slope > 0 && sorted.every(([x, y]) => Math.abs(first[1] + slope * (x - first[0]) - y) <= SLACK * size)
  );
}
