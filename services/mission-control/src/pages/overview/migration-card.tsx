import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { MigrationSummary } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Link } from '../../router/link.tsx';
import { path } from '../../router/match.ts';
import { Badge } from '../../ui/badge.tsx';
import { Bar } from '../../ui/bar.tsx';
import { Figure, Figures } from '../../ui/figure.tsx';
import { healthWords } from '../../words/health.ts';
import { stageTone, stageWords } from '../../words/stage.ts';

/** One migration: where it is, how it does, what it waits for. */
export function MigrationCard({ summary }: { summary: MigrationSummary }) {
  const { word, tone } = healthWords(summary.health);
  const apart = summary.percentMax !== summary.percent;
  return (
    <article className="migration-card">
      <header>
        <h2>
          <Link href={path('/m/:migration', { migration: summary.name })}>{summary.name}</Link>
        </h2>
        <Badge tone={stageTone(summary.stage)}>{stageWords(summary.stage, summary.percent)}</Badge>
        {summary.paused && <Badge tone="warn">paused</Badge>}
        <span className="migration-health">
          <Badge tone={tone}>{word}</Badge> {summary.healthReason}{' '}
          {summary.mismatches > 0n && (
            <Link href={path('/m/:migration/mismatches', { migration: summary.name })}>Why?</Link>
          )}
        </span>
      </header>
      <Figures>
        <Figure
          name="modern answers"
          value={percent(summary.percent)}
          unit="%"
          note={apart ? `up to ${percent(summary.percentMax)} % of one route` : groupsText(summary)}
        />
        <Figure name="confidence" value={percent(summary.confidence)} unit="%" note="lower bound" />
        <Figure
          name="requests"
          value={count(Math.round(summary.requestsPerSecond))}
          unit="/s"
          note="last 10 s"
        />
        <Figure
          name="clients saw fail"
          value={count(summary.failed)}
          tone={summary.failed > 0n ? 'bad' : 'neutral'}
          note="last hour"
        />
        <Figure
          name="mismatches"
          value={count(summary.mismatches)}
          tone={summary.mismatches > 0n ? 'bad' : 'neutral'}
          note="of this epoch"
        />
        <Figure
          name="questions"
          value={summary.questionsOpen === undefined ? '–' : count(summary.questionsOpen)}
          tone={summary.questionsOpen === 0 ? 'neutral' : 'warn'}
          note={summary.questionsOpen === undefined ? 'not known' : 'open'}
        />
        {summary.repairs !== undefined && (
          <Figure
            name="repairs"
            value={count(summary.repairs.repairs)}
            tone={summary.repairs.outstanding > 0n ? 'bad' : 'neutral'}
            note={
              summary.repairs.outstanding > 0n
                ? `${count(summary.repairs.outstanding)} outstanding`
                : `${count(summary.repairs.open)} open`
            }
          />
        )}
        <Figure name="kills" value={count(summary.kills)} note="since the start" />
      </Figures>
      <Bar
        label={`modern answers ${percent(summary.percent)} % of the customers`}
        total={100}
        parts={[
          { name: 'modern', value: summary.percent, color: 'var(--modern)' },
          { name: 'legacy', value: 100 - summary.percent, color: 'var(--legacy)' },
        ]}
      />
      <p className="migration-shares muted">
        <span>modern {percent(summary.percent)} %</span>
        <span>legacy {percent(100 - summary.percent)} %</span>
      </p>
      <p className="migration-waits">
        {summary.waitsFor === '' ? (
          <span className="muted">Waits for nothing.</span>
        ) : (
          <>Waits for {summary.waitsFor}</>
        )}
      </p>
    </article>
  );
}

function groupsText({ groups, groupsAtRest }: MigrationSummary): string {
  const routes = `${groups} route group${groups === 1 ? '' : 's'}`;
  return groupsAtRest === 0 ? routes : `${routes}, ${groupsAtRest} at rest`;
}
