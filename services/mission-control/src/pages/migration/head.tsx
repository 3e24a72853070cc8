import { percent } from '@chronos/cli/core/text/numbers.ts';
import type { GroupState, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Link } from '../../router/link.tsx';
import { path } from '../../router/match.ts';
import { withGroup } from '../../shell/chosen-group.ts';
import { Badge } from '../../ui/badge.tsx';
import { stageTone, stageWords } from '../../words/stage.ts';
import { Controls } from './controls.tsx';
import { figuresShown, groupShown } from './which-group.ts';

/**
 * Where the migration is, in one line, what it waits for in the next, and what a person can do. Of several routes without a chosen one it is
 * where the one is that has come least far, by its name.
 */
export function Head({ state, chosen }: { state: MigrationState; chosen: string }) {
  const group = groupShown(state, chosen);
  const { groups, mismatched } = figuresShown(state, chosen);
  return (
    <header className="migration-head">
      <div>
        <p className="migration-stage">
          {group !== undefined && groups > 1 && <span className="muted">least far: {group.name}</span>}
          {group !== undefined && (
            <Badge tone={stageTone(group.stage)}>{stageWords(group.stage, group.modernPercent)}</Badge>
          )}
          {group?.paused && <Badge tone="warn">paused</Badge>}
          <span className="muted">{nextText(group)}</span>
        </p>
        <p className="migration-waits">
          {waitsText(state, group)}{' '}
          {mismatched > 0n && (
            <Link
              href={withGroup(
                path('/m/:migration/mismatches', { migration: state.spec?.name ?? '' }),
                chosen,
              )}
            >
              Why does modern differ?
            </Link>
          )}
        </p>
      </div>
      <Controls state={state} chosen={chosen} />
    </header>
  );
}

function nextText(group: GroupState | undefined): string {
  const next = group?.nextStep;
  return next === undefined
    ? ''
    : `next: ${percent(next.percent)} % at ${percent(next.confidenceNeeded)} % confidence`;
}

function waitsText(state: MigrationState, group: GroupState | undefined): string {
  if (state.sealed !== undefined) return 'Legacy is sealed in its Time Capsule. Modern answers everyone.';
  const waits = group?.nextStep?.waitsFor ?? '';
  if (waits !== '') return `Waits for ${waits}`;
  return group?.nextStep === undefined ? 'There is no next step.' : 'The gate is open.';
}
