import type { Context } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';

/** Judges a field that legacy itself does not repeat; undefined when nothing can be said of it. */
export function judgeNoise({ all, episode }: Context): Judgement | undefined {
  const varying = all.filter(({ varies }) => varies).length;
  return {
    verdict: 'ask',
    rule: 'varies',
    severity: '',
    explanation: `Legacy itself gives another value in ${varying} of ${all.length} second runs.`,
    question: `Is it by nature that ${episode.field || 'this field'} is another value each time?`,
  };
}
