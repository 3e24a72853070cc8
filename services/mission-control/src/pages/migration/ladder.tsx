import { gateShare } from '@chronos/cli/core/render/confidence-bar.ts';
import { count, durationText, percent } from '@chronos/cli/core/text/numbers.ts';
import type { LadderStep } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type GroupState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import './ladder.css';

type Standing = 'done' | 'here' | 'ahead';

/** The way of a group, a step a rung: what each needs, and what is there. */
export function Ladder({ group, steps }: { group: GroupState; steps: readonly LadderStep[] }) {
  const place = placeOf(group, steps);
  const standing = (index: number): Standing => (index < place ? 'done' : index === place ? 'here' : 'ahead');
  return (
    <ol className="ladder" aria-label={`The way of ${group.name}`}>
      <Rung name="shadow" note="copies only" standing={standing(0)} group={group} next={steps[0]} />
      {steps.map((step, index) => (
        <Rung
          key={step.percent}
          name={`${percent(step.percent)} %`}
          note={needs(step)}
          standing={standing(index + 1)}
          group={group}
          next={steps[index + 1]}
        />
      ))}
      <Rung
        name="sealed"
        note="Time Capsule"
        standing={standing(steps.length + 1)}
        group={group}
        next={undefined}
      />
    </ol>
  );
}

function Rung({
  name,
  note,
  standing,
  group,
  next,
}: {
  name: string;
  note: string;
  standing: Standing;
  group: GroupState;
  next: LadderStep | undefined;
}) {
  const here = standing === 'here';
  const killed = here && group.stage === Stage.KILLED;
  const share = standing === 'done' ? 1 : here && next ? gateShare(group.confidence, next.confidence) : 0;
  return (
    <li
      className={`rung rung-${standing} ${killed ? 'rung-killed' : ''}`}
      aria-current={here ? 'step' : undefined}
    >
      <span className="rung-name">{killed ? 'killed' : name}</span>
      <span className="rung-note">{note}</span>
      <span className="rung-bar" aria-hidden="true">
        <span style={{ width: `${Math.floor(share * 100)}%` }} />
      </span>
      <span className="rung-has">
        {here && next !== undefined && `has ${percent(group.confidence)} of ${percent(next.confidence)} %`}
      </span>
    </li>
  );
}

function needs(step: LadderStep): string {
  const parts = [`≥ ${percent(step.confidence)} %`];
  if (step.minCompared > 0n) parts.push(`${count(step.minCompared)} compared`);
  if (step.dwell !== undefined) parts.push(`${durationText(step.dwell)} clean`);
  if (step.consistent) parts.push('no mismatch at all');
  return parts.join(' · ');
}

function placeOf(group: GroupState, steps: readonly LadderStep[]): number {
  if (group.stage === Stage.SEALED) return steps.length + 1;
  if (group.stage === Stage.DRAFT || group.stage === Stage.UNSPECIFIED) return -1;
  // A share set by hand may lie between two steps: the lower one has been reached.
  return steps.filter((step) => step.percent <= group.modernPercent + 1e-9).length;
}
