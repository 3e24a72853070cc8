import { doubtOf } from './bugs/doubt.ts';
import type { Context, Observed } from './bugs/rule.ts';
import { BUG_RULES } from './bugs/table.ts';
import type { Episode, Triple } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { judgeNoise } from './noise/judge-noise.ts';
import { proveSides } from './pair.ts';
import { DEFAULT_PARAMETERS, type Parameters } from './parameters.ts';
import { FieldProfile } from './profile.ts';
import { Side } from './value/side.ts';

export type { Judgement } from './judgement.ts';

/**
 * Judges all that was seen at one field: harmless when every difference is proven (or is legacy's own noise), a bug when a rule shows one,
 * else a question. One observation that shows a bug makes the episode one, whatever the others are.
 */
export function judgeEpisode(episode: Episode, parameters: Parameters = DEFAULT_PARAMETERS): Judgement {
  const profile = FieldProfile.of(episode.observations);
  const all = episode.observations.map((triple, index) => observed(triple, index, profile));
  const open = all.filter(({ differs, proof }) => differs && proof === undefined);
  if (open.length === 0) return harmless(all);
  const context: Context = { episode, profile, parameters, all, unproven: open };
  if (all.some(({ varies }) => varies)) {
    const judged = judgeNoise(context);
    if (judged !== undefined) return judged;
  }
  for (const rule of BUG_RULES) {
    const found = rule.find(context);
    if (found === undefined) continue;
    const { severity, explanation, shownBy } = found;
    const count = `${shownBy} of ${all.length} requests`;
    return { verdict: 'bug', rule: rule.name, severity, explanation: `${explanation} (${count}).` };
  }
  const { rule, explanation, question } = doubtOf(context);
  return { verdict: 'ask', rule, severity: '', explanation, question };
}

function observed(triple: Triple, index: number, profile: FieldProfile): Observed {
  const legacy = new Side(triple.legacy);
  const differs = triple.legacy !== triple.modern;
  const modern = differs ? new Side(triple.modern) : legacy;
  const again = triple.legacy2;
  const legacy2 = again === undefined ? undefined : again === triple.legacy ? legacy : new Side(again);
  const varies =
    legacy2 !== undefined && legacy2 !== legacy && proveSides(legacy, legacy2, profile) === undefined;
  const proof = differs ? proveSides(legacy, modern, profile) : undefined;
  return { index, legacy, modern, legacy2, varies, differs, proof };
}

function harmless(all: readonly Observed[]): Judgement {
  const rules = new Map<string, number>();
  let example = '';
  for (const { proof } of all) {
    if (proof === undefined) continue;
    rules.set(proof.rule, (rules.get(proof.rule) ?? 0) + 1);
    example ||= proof.explanation;
  }
  const ranked = [...rules].sort((a, b) => b[1] - a[1]);
  const first = ranked[0];
  if (first === undefined)
    return {
      verdict: 'harmless',
      rule: 'identical',
      severity: '',
      explanation: 'All values are the same text.',
    };
  const counts = ranked.map(([rule, count]) => `${rule} ${count}`).join(', ');
  const explanation = `${example} Proven for all ${[...rules.values()].reduce((a, b) => a + b)} differing of ${all.length} requests (${counts}).`;
  return { verdict: 'harmless', rule: first[0], severity: '', explanation };
}
