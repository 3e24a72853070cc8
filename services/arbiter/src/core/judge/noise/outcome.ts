import type { Context } from '../bugs/rule.ts';
import { severityOf } from '../bugs/severity.ts';
import type { Judgement } from '../judgement.ts';

export function noiseHarmless(rule: string, explanation: string): Judgement {
  return { verdict: 'harmless', rule, severity: '', explanation };
}

export function noiseBug(context: Context, rule: string, explanation: string): Judgement {
  return { verdict: 'bug', rule, severity: severityOf(context), explanation };
}

export function noiseAsk({ episode, all }: Context, rule: string, explanation: string): Judgement {
  const varying = all.filter(({ varies }) => varies).length;
  return {
    verdict: 'ask',
    rule,
    severity: '',
    explanation,
    question: `Legacy itself gives another value at ${episode.field || 'this field'} in ${varying} of ${all.length} second runs; may modern differ in this way?`,
  };
}
