import { readEpisode } from '@chronos/arbiter/core/judge/observe.ts';
import { FEATURES, featuresOf } from '@chronos/arbiter/core/judge/score/features.ts';
import { type ScoreParameters, scoreOf } from '@chronos/arbiter/core/judge/score/score.ts';
import { askedOf, isAskedBlind } from './asked.ts';
import type { Dataset, Labelled } from './episodes.ts';

/** Pull of the weights towards nothing, and steps of the descent: chosen once, not searched. */
const DECAY = 0.01;
const ROUNDS = 600;
const RATE = 0.5;
const MOMENTUM = 0.9;

export interface Example {
  readonly author: string;
  readonly family: string;
  readonly bug: boolean;
  readonly features: readonly number[];
}

/** What is asked and has a score. */
export function examplesOf(sets: readonly Dataset[]): Example[] {
  return sets.flatMap((set) => askedOf(set).flatMap((one) => exampleOf(set.name, one)));
}

function exampleOf(author: string, { episode, family, bug }: Labelled): readonly Example[] {
  const features = featuresOf(readEpisode(episode));
  return features === undefined ? [] : [{ author, family, bug, features }];
}

/** Logistic regression by gradient descent in which each family weighs the same, and bugs as much as harmless ones. Deterministic. */
export function fitScore(examples: readonly Example[], threshold: number): ScoreParameters {
  const size = Map.groupBy(examples, ({ family }) => family);
  const families = (bug: boolean) =>
    new Set(examples.filter((one) => one.bug === bug).map(({ family }) => family)).size;
  const share = [1 / 2 / families(false), 1 / 2 / families(true)];
  const weights = new Float64Array(FEATURES.length + 1);
  const speed = new Float64Array(weights.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = new Float64Array(weights.length);
    for (const { family, bug, features } of examples) {
      let sum = weights[FEATURES.length] ?? 0;
      for (const [i, value] of features.entries()) sum += (weights[i] ?? 0) * value;
      const weight = (share[bug ? 1 : 0] ?? 0) / (size.get(family)?.length ?? 1);
      const error = ((bug ? 1 : 0) - 1 / (1 + Math.exp(-sum))) * weight;
      for (const [i, value] of features.entries()) gradient[i]! += error * value;
      gradient[FEATURES.length]! += error;
    }
    for (let i = 0; i < weights.length; i += 1) {
      const decay = i < FEATURES.length ? DECAY * (weights[i] ?? 0) : 0;
      speed[i] = MOMENTUM * (speed[i] ?? 0) + RATE * ((gradient[i] ?? 0) - decay);
      weights[i]! += speed[i] ?? 0;
    }
  }
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    version: 1,
    threshold,
    fittedOn: [...new Set(examples.map(({ author }) => author))],
    bias: round(weights[FEATURES.length] ?? 0),
    weights: Object.fromEntries(FEATURES.map((name, i) => [name, round(weights[i] ?? 0)])),
  };
}

/** What the score makes of one author's questions when it was fitted on the others, by threshold. */
export interface LeftOut {
  readonly author: string;
  readonly bugs: number;
  readonly harmless: number;
  readonly called: readonly {
    readonly threshold: number;
    readonly bugs: number;
    readonly harmless: number;
  }[];
}

/** Leave one author out, of those whose questions were kept blind: the only figures of the score that say something of the next author. */
export function leaveOneAuthorOut(sets: readonly Dataset[], thresholds: readonly number[]): LeftOut[] {
  const examples = examplesOf(sets);
  return sets.filter(isAskedBlind).map((set) => {
    const fitted = fitScore(
      examples.filter(({ author }) => author !== set.name),
      1,
    );
    const rated = examples
      .filter(({ author }) => author === set.name)
      .map(({ bug, features }) => ({ bug, score: scoreOf(features, fitted) }));
    const asked = askedOf(set);
    const bugs = asked.filter(({ bug }) => bug).length;
    return {
      author: set.name,
      bugs,
      harmless: asked.length - bugs,
      called: thresholds.map((threshold) => {
        const called = rated.filter(({ score }) => score > threshold);
        const found = called.filter(({ bug }) => bug).length;
        return { threshold, bugs: found, harmless: called.length - found };
      }),
    };
  });
}
