import { gateShare } from '@chronos/cli/core/render/confidence-bar.ts';
import { count, durationText, percent } from '@chronos/cli/core/text/numbers.ts';
import type { LadderStep } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type GroupState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import './ladder.css';

interface RungView {
  readonly name: string;
  /** What its gate asks for. */
  readonly needs: string;
  readonly standing: 'done' | 'here' | 'next' | 'ahead' | 'killed';
  /** Of the way to its gate, 0 to 1. */
  readonly share: number;
  readonly has: string;
}

/** The way of a group, a gate a rung: what each asks for, and how far the evidence is on its way to the next. */
export function Ladder({ group, steps }: { group: GroupState; steps: readonly LadderStep[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <ol className="ladder" aria-label={`The way of ${group.name}`} tabIndex={0}>
      {rungsOf(group, steps).map(({ name, needs, standing, share, has }) => (
        <li
          key={name}
          className={`rung rung-${standing}`}
          aria-current={standing === 'here' || standing === 'killed' ? 'step' : undefined}
        >
          <span className="rung-name">{standing === 'killed' ? `${name} · killed` : name}</span>
          <span className="rung-needs">{needs}</span>
          <span className="rung-bar" aria-hidden="true">
            <span style={{ width: `${Math.floor(share * 100)}%` }} />
          </span>
          <span className="rung-has">{has}</span>
        </li>
      ))}
    </ol>
  );
}

function rungsOf(group: GroupState, steps: readonly LadderStep[]): RungView[] {
  const place = placeOf(group, steps);
  const rungs: readonly (readonly [name: string, needs: string, step: LadderStep | undefined])[] = [
    ['shadow', 'legacy answers, modern gets copies', undefined],
    ...steps.map((step) => [`${percent(step.percent)} %`, needsOf(step), step] as const),
    ['sealed', 'legacy in its Time Capsule', undefined],
  ];
  return rungs.map(([name, needs, step], index) => {
    const passed = index <= place;
    const here = group.stage === Stage.KILLED ? 'killed' : 'here';
    const standing = index < place ? 'done' : index === place ? here : index === place + 1 ? 'next' : 'ahead';
    const climbing = standing === 'next' && step !== undefined && place >= 0;
    return {
      name,
      needs,
      standing,
      share: passed ? 1 : climbing ? gateShare(group.confidence, step.confidence) : 0,
      has: climbing ? `has ${percent(group.confidence)} %` : standing === 'here' ? 'here' : '',
    };
  });
}

function needsOf(step: LadderStep): string {
  const parts = [`≥ ${percent(step.confidence)} %`];
  if (step.minCompared > 0n) parts.push(`${count(step.minCompared)} compared`);
  if (step.dwell !== undefined) parts.push(`${durationText(step.dwell)} clean`);
  if (step.consistent) parts.push('no mismatch at all');
  return parts.join(' · ');
}

/** Index of the rung that was reached: 0 is shadow; -1: not started. */
function placeOf(group: GroupState, steps: readonly LadderStep[]): number {
  if (group.stage === Stage.SEALED) return steps.length + 1;
  if (group.stage === Stage.DRAFT || group.stage === Stage.UNSPECIFIED) return -1;
  // A share set by hand may lie between two steps: the lower one has been reached.
  return steps.filter((step) => step.percent <= group.modernPercent + 1e-9).length;
}
