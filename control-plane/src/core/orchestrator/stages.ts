/** Where a route group stands. `draft` mirrors nothing; `killed` mirrors like `shadow` and waits for an operator. */
export type Stage = 'draft' | 'shadow' | 'canary' | 'swapped' | 'sealed' | 'killed';

/**
 * What can happen to a group. `step` raises modern's share below 100 %, `swap` raises it to 100 %, `lower` reduces it without leaving
 * canary, `return` takes it to 0, `replace` is another build of modern taking over, `remediate` the same by the remediation policy.
 */
export type StageEvent =
  | 'start'
  | 'step'
  | 'swap'
  | 'lower'
  | 'return'
  | 'kill'
  | 'pause'
  | 'resume'
  | 'replace'
  | 'remediate'
  | 'seal';

/** `stay` changes no stage (flags and weight may change), `ignore` changes nothing at all, `refuse` is an error to whoever asked. */
export type Outcome =
  | { readonly kind: 'to'; readonly stage: Stage }
  | { readonly kind: 'stay' }
  | { readonly kind: 'ignore'; readonly why: string }
  | { readonly kind: 'refuse'; readonly why: string };

const to = (stage: Stage): Outcome => ({ kind: 'to', stage });
const stay: Outcome = { kind: 'stay' };
const ignore = (why: string): Outcome => ({ kind: 'ignore', why });
const refuse = (why: string): Outcome => ({ kind: 'refuse', why });

const notStarted = refuse('it was never started');
const killed = refuse('it was killed; start it again first');
const sealed = refuse('the legacy is sealed; there is no way back');
const legacyAnswers = ignore('legacy answers everything already');

/**
 * The total transition table. Invariants, asserted by a seeded random test:
 *
 * 1. `kill` leads to `killed` from every stage in which a client may reach modern, now or by the next step.
 * 2. Nothing leaves `sealed`; `seal` starts from `swapped` only.
 * 3. `killed` is left by an operator's `start` or by `remediate`, by nothing else.
 * 4. Modern's share is 0 in `draft`, `shadow` and `killed`, between 0 and 100 % in `canary`, 100 % in `swapped` and `sealed`.
 * 5. The share grows by `step` and `swap` only, never while paused.
 * 6. Less weight is always allowed while the legacy lives.
 * 7. A new build of modern starts without clients: `replace` takes `canary` and `swapped` to `shadow`.
 */
export const transitions: Record<Stage, Record<StageEvent, Outcome>> = {
  draft: {
    start: to('shadow'),
    step: notStarted,
    swap: notStarted,
    lower: legacyAnswers,
    return: legacyAnswers,
    kill: legacyAnswers,
    pause: notStarted,
    resume: notStarted,
    replace: stay,
    remediate: notStarted,
    seal: notStarted,
  },
  shadow: {
    start: ignore('it is mirroring already'),
    step: to('canary'),
    swap: to('swapped'),
    lower: legacyAnswers,
    return: legacyAnswers,
    kill: to('killed'),
    pause: stay,
    resume: stay,
    replace: stay,
    remediate: stay,
    seal: refuse('clients still depend on legacy'),
  },
  canary: {
    start: ignore('it is on its way already'),
    step: stay,
    swap: to('swapped'),
    lower: stay,
    return: to('shadow'),
    kill: to('killed'),
    pause: stay,
    resume: stay,
    replace: to('shadow'),
    remediate: refuse('clients depend on modern; remediation waits for a kill'),
    seal: refuse('clients still depend on legacy'),
  },
  swapped: {
    start: ignore('modern answers everything already'),
    step: refuse('modern answers everything already'),
    swap: ignore('modern answers everything already'),
    lower: to('canary'),
    return: to('shadow'),
    kill: to('killed'),
    pause: stay,
    resume: stay,
    replace: to('shadow'),
    remediate: refuse('clients depend on modern; remediation waits for a kill'),
    seal: to('sealed'),
  },
  sealed: {
    start: sealed,
    step: sealed,
    swap: sealed,
    lower: sealed,
    return: sealed,
    kill: sealed,
    pause: sealed,
    resume: sealed,
    replace: stay,
    remediate: sealed,
    seal: ignore('it is sealed already'),
  },
  killed: {
    start: to('shadow'),
    step: killed,
    swap: killed,
    lower: legacyAnswers,
    return: legacyAnswers,
    kill: ignore('it is killed already'),
    pause: stay,
    resume: stay,
    replace: stay,
    remediate: to('shadow'),
    seal: killed,
  },
};

/** Whether some client's answer can come from modern in this stage. */
export function clientsOnModern(stage: Stage): boolean {
  return stage === 'canary' || stage === 'swapped' || stage === 'sealed';
}
