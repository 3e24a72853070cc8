import { regroup } from './apart/regroup.ts';
import { TAKEN_APART, takeApart } from './apart/take-apart.ts';
import { barredDoubt } from './barred-beside.ts';
import { answerOfAnother } from './bugs/answer-of-another.ts';
import { doubtOf } from './bugs/doubt.ts';
import { looksLikeClock, looksLikeKeys } from './bugs/nature.ts';
import { oppositeIn } from './bugs/opposite.ts';
import { type BugRule, type Context, hasTree, needsMet, type Observed, rulesFor } from './bugs/rule.ts';
import { BUG_RULES } from './bugs/table.ts';
import { combine } from './combine.ts';
import { constantUnit } from './constant-unit.ts';
import type { Episode } from './episode.ts';
import { affordable, cutTo } from './episode-cost.ts';
import { fieldAdded } from './field-added.ts';
import { filledMinorUnits } from './filled-minor-units.ts';
import type { Judgement } from './judgement.ts';
import { beyondMasks, readablePart } from './masked.ts';
import { judgeClockNoise } from './noise/clocks.ts';
import { judgeGaps } from './noise/gaps.ts';
import { HARD_RULES, judgeNoise } from './noise/judge-noise.ts';
import { relationJudgement } from './noise/relations.ts';
import { shuffledJudgement } from './noise/shuffled.ts';
import { type Reading, readEpisode } from './observe.ts';
import { DEFAULT_PARAMETERS, type Parameters } from './parameters.ts';
import { areOfOneUnit, doubted, perhapsRenamed, perhapsTold, SIGN_RULES } from './parts-doubted.ts';
import { IDENTICAL, provenAll } from './proven-all.ts';
import { isRearranged, KEYS_RENAMED, rearrangedDoubt } from './rearranged.ts';
import { recordsTold } from './records-told.ts';
import { isKeptUnderOthers } from './renamed-members.ts';
import { DEFAULT_SCORE, type ScoreParameters } from './score/score.ts';
import { scoredBug } from './score/scored-bug.ts';
import { separatorsOnly } from './separators-only.ts';
import { isSignTold } from './sign-told.ts';
import { spelledOut } from './spelled-out.ts';
import { type Split, splitEpisode } from './split.ts';
import { NUMBER_AND_WORD } from './together.ts';
import { isDerivable, isToldElsewhere } from './told-elsewhere.ts';
import { toldOtherwise } from './told-otherwise.ts';
import { isMadeWith, isToldWith } from './told-with.ts';
import { unfoldedJudgement } from './unfold/judge-unfolded.ts';
import { areTimings, isOwnTiming } from './value/own-timing.ts';
import { isPowerOfTen, readQuantity, sameQuantity } from './value/quantities.ts';
import { NESTING_MAX } from './value/side.ts';

export type { Judgement } from './judgement.ts';

/** No evidence is no agreement. */
const NOTHING_OBSERVED: Judgement = {
  verdict: 'ask',
  rule: 'nothing-observed',
  severity: '',
  explanation: 'There is no observation to judge.',
  question: 'Nothing was observed at this field: is it still answered?',
};

/** Questions that have an explanation: no score may call them bugs. */
const EXPLAINED: readonly string[] = [NUMBER_AND_WORD, TAKEN_APART, KEYS_RENAMED];

/**
 * Judges all that was seen at one field: harmless when every difference is proven (or is legacy's own noise), a bug when a rule shows one,
 * else a question, unless a fitted score of it calls it a bug. One observation that shows a bug makes the episode one, whatever the others are.
 */
export function judgeEpisode(
  episode: Episode,
  parameters: Parameters = DEFAULT_PARAMETERS,
  score: ScoreParameters = DEFAULT_SCORE,
): Judgement {
  if (episode.observations.length === 0) return NOTHING_OBSERVED;
  const readable = readablePart(episode);
  if (readable !== episode) {
    const isEmpty = readable.observations.length === 0;
    return beyondMasks(episode, isEmpty ? undefined : judgeEpisode(readable, parameters, score));
  }
  const count = affordable(episode.observations);
  if (count === episode.observations.length)
    return judgeReading(episode, readEpisode(episode), parameters, score);
  const first = { ...episode, observations: episode.observations.slice(0, count) };
  return cutTo(
    judgeReading(first, readEpisode(first), parameters, score),
    count,
    episode.observations.length,
  );
}

/** As {@link judgeEpisode}, of an episode that is read already. */
export function judgeReading(
  episode: Episode,
  read: Reading,
  parameters: Parameters = DEFAULT_PARAMETERS,
  score: ScoreParameters = DEFAULT_SCORE,
): Judgement {
  const judgement = judgeRead(episode, read, parameters, 0);
  if (judgement.verdict === 'harmless') return barredDoubt(read.all) ?? judgement;
  const isOpen =
    judgement.verdict === 'ask' &&
    !EXPLAINED.includes(judgement.rule) &&
    // What no rule of quantities calls another one is only rounded.
    !read.unproven.every(isRounded);
  const scored = isOpen ? scoredBug({ episode, ...read }, score) : undefined;
  // A score proves nothing: who looks at the field may still be asked.
  return scored === undefined
    ? judgement
    : { ...scored, ...(judgement.question && { question: judgement.question }) };
}

function judgeRead(episode: Episode, read: Reading, parameters: Parameters, depth: number): Judgement {
  const { all, unproven } = read;
  if (unproven.length === 0) return inParts(episode, all, parameters, depth) ?? provenAll(all, episode);
  const again = (part: Episode, levels = 1) => judgeRead(part, readEpisode(part), parameters, depth + levels);
  const unfolded =
    depth > NESTING_MAX
      ? undefined
      : (unfoldedJudgement(episode, all, again) ?? shuffledJudgement(episode, all, again));
  if (unfolded !== undefined) return unfolded;
  // A number whose unit changed beside it is one thing, not two parts.
  const whole = depth > NESTING_MAX || unproven.every(isConverted) ? undefined : splitEpisode(episode);
  const isTreelike = hasTree(all);
  const filled = isTreelike ? filledMinorUnits(all) : undefined;
  if (filled !== undefined) return filled;
  const anothers = isTreelike ? answerOfAnother(all) : undefined;
  if (anothers !== undefined) return anothers;
  const opposed = isTreelike ? oppositeIn(unproven) : undefined;
  if (opposed !== undefined) return opposed;
  const otherwise = isTreelike ? toldOtherwise(episode, unproven) : undefined;
  if (otherwise !== undefined) return otherwise;
  if (whole?.decides && whole.measured !== true && isRearranged(unproven))
    return rearrangedDoubt(episode, unproven);
  const varying = all.some(({ varies }) => varies);
  const split = whole?.decides && !varying ? regroup(whole) : whole;
  const byParts = split && combine(split.parts, judgeAll(split, parameters, depth), split.decides);
  if (byParts?.judgement.verdict === 'ask' && split !== undefined && isKeptUnderOthers([...split.unpaired]))
    return rearrangedDoubt(episode, unproven);
  const apart = varying || !isTreelike || depth > NESTING_MAX ? undefined : takeApart(episode, all, again);
  if (apart !== undefined && apart.verdict !== 'ask') return apart;
  if (byParts !== undefined && (split?.decides || byParts.judgement.verdict === 'harmless')) {
    const judgement = varying ? withRelations(byParts.judgement, episode) : byParts.judgement;
    // Rounded with its unit: explained.
    return judgement.verdict === 'ask' && split?.measured
      ? { ...judgement, rule: NUMBER_AND_WORD }
      : judgement;
  }
  const context: Context = {
    ...read,
    episode,
    parameters,
    keyLike: looksLikeKeys(all),
    clockLike:
      looksLikeClock(unproven, parameters.clockLagMsMax) || (isOwnTiming(episode.field) && areTimings(all)),
  };
  if (!varying) {
    const word = byParts?.decides ? byParts.judgement : undefined;
    return (
      bugBy(BUG_RULES, context) ??
      apart ??
      word ??
      spelledOut(context) ??
      separatorsOnly(context) ??
      fieldAdded(context) ??
      recordsTold(context) ??
      constantUnit(context) ??
      ask(context)
    );
  }
  const gaps = judgeGaps(context);
  if (gaps !== undefined) return gaps;
  const hard = bugBy(HARD_RULES, context);
  if (hard !== undefined) return hard;
  // A sentence of which legacy makes some words anew (an id, a time) is judged word by word.
  const parts = byParts?.judgement;
  const noise = (parts?.verdict === 'ask' ? judgeClockNoise(context) : parts) ?? parts ?? judgeNoise(context);
  return withRelations(noise, episode);
}

/** What the parts of all of legacy's answers keep shows a bug beside any doubt, and doubts beside what is harmless alone. */
function withRelations(noise: Judgement, episode: Episode): Judgement {
  const related = noise.verdict === 'bug' ? undefined : relationJudgement(episode);
  return related !== undefined && (noise.verdict === 'harmless' || related.verdict === 'bug')
    ? related
    : noise;
}

/** Rules that prove a structure by its parts, of which nothing is known but the two values at hand. */
const BY_PARTS: readonly string[] = ['parts', 'json-text'];

/** What was proven part by part may say something else where all values of a part are seen together: a part is held to what a field of its own is. */
function inParts(
  episode: Episode,
  all: readonly Observed[],
  parameters: Parameters,
  depth: number,
): Judgement | undefined {
  if (depth > NESTING_MAX || !all.some(({ proof }) => BY_PARTS.includes(proof?.rule ?? ''))) return undefined;
  if (all.some(({ varies }) => varies)) return undefined;
  const split = splitEpisode(episode);
  const found = split && combine(split.parts, judgeAll(split, parameters, depth), split.decides).judgement;
  return found?.verdict === 'harmless' ? undefined : found;
}

function isConverted({ legacy, modern }: Observed): boolean {
  const ours = legacy.fields && readQuantity(legacy);
  const theirs = ours && modern.fields && readQuantity(modern);
  return theirs !== undefined && ours?.unitName !== theirs.unitName;
}

/** The same but for the last digit, by a factor that leaves one. */
function isRounded({ legacy, modern }: Observed): boolean {
  const ours = readQuantity(legacy);
  const theirs = ours && readQuantity(modern);
  if (ours === undefined || theirs === undefined || isPowerOfTen(ours.unit, theirs.unit)) return false;
  return sameQuantity(ours, theirs) === true;
}

function judgeAll(split: Split, parameters: Parameters, depth: number): readonly Judgement[] {
  const { parts, unpaired } = split;
  const judgements = parts.map((part) => {
    // Most parts of a structure are the same texts: there is nothing to read.
    const isEqual = part.observations.every(({ legacy, modern }) => legacy === modern);
    const judgement = isEqual ? IDENTICAL : judgeRead(part, readEpisode(part), parameters, depth + 1);
    // The value under another name, of which nothing but its letters says that it is the same.
    if (judgement.verdict === 'harmless' && split.perhapsRenamed.has(part))
      return { ...perhapsRenamed(part), rule: KEYS_RENAMED };
    if (judgement.verdict !== 'harmless' && (isMadeWith(part, parts) || isToldWith(part, parts)))
      return { ...perhapsRenamed(part), rule: NUMBER_AND_WORD };
    if (judgement.verdict !== 'bug') return judgement;
    if (SIGN_RULES.includes(judgement.rule) && isSignTold(part, parts)) return perhapsTold(part);
    if (parts.some((other) => other !== part && isSignTold(other, [part]))) return perhapsTold(part);
    if (unpaired.has(part)) return perhapsRenamed(part);
    const isTold = isToldElsewhere(part, parts) || isDerivable(part, parts);
    return isTold ? { ...perhapsRenamed(part), rule: KEYS_RENAMED } : judgement;
  });
  return areOfOneUnit(parts, judgements) ? judgements : judgements.map(doubted);
}

function bugBy(rules: readonly BugRule[], context: Context): Judgement | undefined {
  for (const rule of rulesFor(rules, needsMet(context))) {
    const found = rule.find(context);
    if (found === undefined) continue;
    const explanation = `${found.explanation} (${found.shownBy} of ${context.all.length} requests).`;
    return { verdict: 'bug', rule: rule.name, severity: found.severity, explanation };
  }
  return undefined;
}

function ask(context: Context): Judgement {
  return { verdict: 'ask', severity: '', ...doubtOf(context) };
}
