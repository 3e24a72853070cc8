/** Whether the archive of legacy's database could be opened again, found out before legacy ends. */
export interface ArchiveTrial {
  readonly outcome: 'opened' | 'failed' | 'not-tried';
  /** Why it failed or was not tried. */
  readonly reason: string;
  /** What the archive will not hold: how many, by kind. */
  readonly leftOut: Readonly<Record<string, number>>;
}

const remedy =
  '→ keep a dump of your own (pg_dump), then seal with --accept-incomplete, or change the database';

/** Why the seal must not go on unless someone accepts it; undefined when nothing of the trial is in its way. */
export function archiveObjection(trial: ArchiveTrial): string | undefined {
  const objections = [
    ...(trial.outcome === 'failed' ? [`could not be opened again: ${trial.reason}`] : []),
    ...missing(trial),
  ];
  return objections.length === 0
    ? undefined
    : `the archive of legacy's database ${objections.join('; it ')} ${remedy}`;
}

/** What whoever seals is told of the archive; the trial makes everything but the rows. */
export function archiveNotes(trial: ArchiveTrial): string[] {
  return [
    ...(trial.outcome === 'failed' ? [`could not be opened again: ${trial.reason}`] : []),
    ...(trial.outcome === 'not-tried' ? [`was not tried: ${trial.reason}`] : []),
    ...missing(trial),
  ].map((note) => `the archive of legacy's database ${note}`);
}

function missing({ leftOut }: ArchiveTrial): string[] {
  const kinds = Object.entries(leftOut).map(([kind, count]) => `${count} ${kind}`);
  return kinds.length === 0 ? [] : [`does not hold ${kinds.join(', ')}`];
}
