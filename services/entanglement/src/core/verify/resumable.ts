/** Whether a job that was stopped may go on. */

/** Rows that a stopped verification has compared may have become others since, and nobody has looked at them. */
const verificationMaxMs = 60 * 60_000;

export interface StoppedJob {
  readonly kind: 'verification' | 'copy';
  readonly mapping: string;
  readonly savedAtMs: number;
}

/** Why it may not; undefined: it may. A copy has no age: it ends with a comparison of everything. */
export function notResumable(job: StoppedJob, mapping: string, nowMs: number): string | undefined {
  if (job.mapping !== mapping)
    return `the migration file says something else of the entities since the ${job.kind} was stopped`;
  const ageMs = nowMs - job.savedAtMs;
  return job.kind === 'verification' && ageMs > verificationMaxMs
    ? `the verification was stopped ${Math.floor(ageMs / 60_000)} minutes ago: what it had compared then proves too little after more than an hour`
    : undefined;
}
