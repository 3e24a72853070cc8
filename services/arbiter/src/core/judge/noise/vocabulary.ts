import type { Context } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';
import { noiseAsk, noiseBug, noiseHarmless } from './outcome.ts';

/** Judges a choice among a few words that legacy makes anew in each run (the node that answered): modern's are words of the same few. */
export function judgeChoiceNoise(context: Context): Judgement | undefined {
  const { all } = context;
  const texts = all.flatMap(({ legacy, legacy2 }) => [legacy.text, legacy2?.text ?? legacy.text]);
  const theirs = all.map(({ modern }) => modern.text);
  if (!texts.every(isWord) || !theirs.every(isWord)) return undefined;
  const words = new Set(texts);
  if (words.size > 24 || words.size * 2 >= texts.length + 2) return undefined;
  const unknown = theirs.filter((text) => !words.has(text));
  const said = `Legacy chooses among ${words.size} values by itself (${all.length} requests)`;
  const series = [...words].every((word) => isOfSeries(word, texts[0] ?? ''));
  const foreign = unknown.find((text) => !isOfSeries(text, texts[0] ?? ''));
  // Modern runs elsewhere: its pods have names of their own, and as little to do with what is answered.
  if (series && foreign !== undefined && theirs.every(isPod))
    return noiseAsk(
      context,
      'choice-unknown',
      `${said}; modern’s are names of pods, as ${JSON.stringify(foreign)}.`,
    );
  if (series && all.length >= 3 && words.size >= 2 && foreign !== undefined)
    return noiseBug(
      context,
      'choice-foreign',
      `${said}, all of one series; modern has ${JSON.stringify(foreign)}, which is none of it.`,
    );
  if (unknown.length > 0 && !(series && unknown.every((text) => isOfSeries(text, texts[0] ?? ''))))
    return noiseAsk(
      context,
      'choice-unknown',
      `${said}; modern has ${JSON.stringify(unknown[0])}, which legacy never has.`,
    );
  const differs = all.filter((observed) => observed.differs).length;
  const varies = all.filter((observed) => observed.varies).length;
  // Modern may meet legacy's choice as often as legacy meets its own.
  const gap =
    (differs - varies) /
    Math.sqrt(Math.max(1, (differs + varies) * (1 - (differs + varies) / (2 * all.length + 1))));
  const constant = new Set(theirs).size === 1 && all.length >= 3;
  const large = all.length >= CHOICES_MIN && unknown.length === 0 && new Set(theirs).size === words.size;
  // A decision that legacy left open in some requests and modern turns in others is no choice among nodes.
  const turned = all.filter(({ differs, varies }) => differs && !varies).length;
  if (
    (!series && !large) ||
    constant ||
    gap > 3 ||
    (!series && (sharesDiffer(texts, theirs) || 2 * varies < all.length) && turned > 0)
  )
    return noiseAsk(
      context,
      'choice',
      `${said}; modern differs in ${differs}, legacy’s second run in ${varies}.`,
    );
  return noiseHarmless(
    'choice',
    `${said}, and so does modern among the same; it differs in ${differs} requests, legacy’s second run in ${varies}.`,
  );
}

/** A pod’s name (Kubernetes): five letters without vowels, or figures, behind that of its set. */
function isPod(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,50}-[bcdfghjklmnpqrstvwxz2-9]{5}$/.test(text);
}

/** Requests from which shares of words that are no series (HIT and MISS) can be compared. */
const CHOICES_MIN = 20;

/** Whether some word is much more or less frequent than in legacy's runs (3 standard deviations of a share). */
function sharesDiffer(ours: readonly string[], theirs: readonly string[]): boolean {
  return [...new Set(ours)].some((word) => {
    const [l, m] = [ours, theirs].map((texts) => texts.filter((text) => text === word).length);
    const share = ((l ?? 0) + (m ?? 0)) / (ours.length + theirs.length);
    const deviation = Math.sqrt(share * (1 - share) * (1 / ours.length + 1 / theirs.length));
    return Math.abs((l ?? 0) / ours.length - (m ?? 0) / theirs.length) > 3 * deviation;
  });
}

function isWord(text: string | undefined): text is string {
  return text !== undefined && text.length > 0 && text.length <= 40 && !/\s/.test(text);
}

/** Names that differ only in a letter or number at the end (node-a, node-b; pod-17): instances of one thing, not states. */
function isOfSeries(a: string, b: string): boolean {
  const stem = (text: string) => text.replace(/(?:[0-9]{1,4}|[-_.][A-Za-z0-9]{1,2})$/, '');
  return stem(a) === stem(b) && stem(a).length >= 2;
}
