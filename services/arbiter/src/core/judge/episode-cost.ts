import type { Triple } from './episode.ts';
import type { Judgement } from './judgement.ts';

/**
 * What judging one episode may cost, in parts gone through: about a second, which ten thousand amounts never reach, and two thousand texts
 * or six hundred objects of ten members do. Counted, so that the same episode always gets the same verdict.
 */
const EPISODE_COST_MAX = 80_000;

/** An observation by itself, whatever it holds. */
const OBSERVATION = 4;

/** A text may be written in any notation: all of them are tried on it, and on each word of a sentence. */
const TEXT = 12;

/** How many of an episode's observations, from the first on, may be judged: all of them, or as many as the bound allows, at least one. */
export function affordable(observations: readonly Triple[]): number {
  let cost = 0;
  for (const [index, { legacy, modern, legacy2 }] of observations.entries()) {
    if (legacy === modern && (legacy2 === undefined || legacy2 === legacy)) continue;
    cost += OBSERVATION + partsIn(legacy) + partsIn(modern) + partsIn(legacy2);
    if (cost > EPISODE_COST_MAX) return Math.max(index, 1);
  }
  return observations.length;
}

/** What the first observations show stands; what they do not show, the others may. */
export function cutTo(judgement: Judgement, count: number, all: number): Judgement {
  const explanation = `Only the first ${count} of ${all} observations were looked at, which is as much as may be judged at once.`;
  return judgement.verdict === 'bug'
    ? { ...judgement, explanation: `${judgement.explanation} ${explanation}` }
    : {
        verdict: 'ask',
        rule: 'too-much-to-judge',
        severity: '',
        explanation,
        question: 'Only fewer observations can be judged at once: are the others like the first ones?',
      };
}

/** A text of more words is judged as a whole. */
const WORDS_MAX = 64;

/** Neither a text nor a structure. */
const PLAIN = /^[^"[{]*$/;

/** A text that holds JSON or XML. */
const STRUCTURE = /^"\s*(?:[[{<]|\\")/;

function partsIn(raw: string | undefined): number {
  if (raw === undefined || PLAIN.test(raw)) return delimitersIn(raw);
  const isPlain = raw.startsWith('"') && !STRUCTURE.test(raw);
  return isPlain ? TEXT + delimitersIn(raw, WORDS_MAX + raw.length / WORDS_MAX) : delimitersIn(raw);
}

/** Characters of ASCII that are neither letters nor digits: what stands between the parts of a value that are judged one by one. */
export function delimitersIn(text: string | undefined, most = Number.POSITIVE_INFINITY): number {
  if (text === undefined) return 0;
  let count = 0;
  for (let i = 0; i < text.length && count < most; i++) if (isDelimiter(text.charCodeAt(i))) count += 1;
  return count;
}

function isDelimiter(code: number): boolean {
  return (
    code < 0x30 ||
    (code > 0x39 && code < 0x41) ||
    (code > 0x5a && code < 0x61) ||
    (code > 0x7a && code < 0x80)
  );
}
