import { repeatsDeployment, storyOf } from '@chronos/cli/core/story.ts';
import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useMemo } from 'react';
import { mismatchesTopic } from '../../api/list-topics.ts';
import { serverMs, useTopic } from '../../api/live.ts';
import type { Column } from '../../api/series.ts';
import { Chart } from '../../ui/chart.tsx';
import type { ChartShape } from '../../ui/chart-options.ts';
import { Values } from '../../ui/values.tsx';
import { whenText } from '../../words/when.ts';
import type { SeriesWindow } from '../migration/use-series.ts';
import { sentenceOf } from '../mismatches/cause-list.tsx';
import { orderedCauses } from '../mismatches/causes.ts';

const told = 4;
const whole = (value: number) => count(Math.round(value));

const answered: ChartShape = {
  lines: [
    { label: 'legacy', color: '--legacy', filled: true },
    { label: 'modern', color: '--modern' },
  ],
  format: whole,
  atLeast: 10,
  large: true,
};
const differing: ChartShape = {
  lines: [
    { label: 'differ', color: '--bad', filled: true },
    { label: 'lost', color: '--line-strong' },
  ],
  format: whole,
  atLeast: 5,
  large: true,
};
const confidence: ChartShape = {
  lines: [{ label: 'at least', color: '--good', stepped: true, filled: true }],
  format: (value) => `${percent(value)} %`,
  upTo: 100,
  atLeast: 1,
  large: true,
};

/** What the acts stand on: the charts, why modern fails, and the story's last lines. */
export function Evidence({
  migration,
  series,
  decisions,
  groups,
  build,
  mismatched,
}: {
  migration: string;
  series: SeriesWindow;
  decisions: readonly Decision[];
  groups: number;
  /** Id of the deployment that serves modern. */
  build: string;
  /** Mismatches were counted. */
  mismatched: boolean;
}) {
  const shown = decisions.filter((decision, index) => !repeatsDeployment(decisions[index + 1], decision));
  return (
    <div className="stage-evidence">
      <div className="stage-charts">
        <StageChart
          title="Answered per second"
          shape={answered}
          of={['legacyAnswered', 'modernAnswered']}
          series={series}
        />
        <StageChart
          title="Differing per second"
          shape={differing}
          of={['mismatched', 'lost']}
          series={series}
        />
        <StageChart title="Confidence" shape={confidence} of={['confidence']} series={series} />
      </div>
      <WhyModernFails migration={migration} build={build} differing={mismatched} named={groups > 1} />
      <section className="stage-story" aria-label="The story">
        <h2>The story</h2>
        <ol>
          {shown.slice(0, told).map((decision) => {
            const { headline, reason, tone } = storyOf(groups > 1 ? decision : { ...decision, group: '' });
            return (
              <li key={String(decision.sequence)}>
                <time>{whenText(decision.at, serverMs())}</time>
                <p>
                  <strong className={tone}>{headline}</strong>
                  <span>{reason}</span>
                </p>
              </li>
            );
          })}
        </ol>
      </section>
    </div>
  );
}

function StageChart({
  title,
  shape,
  of,
  series,
}: {
  title: string;
  shape: ChartShape;
  of: readonly Column[];
  series: SeriesWindow;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: which columns is a constant
  const columns = useMemo(() => of.map((column) => series.read(column)), [series]);
  return (
    <Chart title={title} shape={shape} seconds={series.seconds} columns={columns} marks={series.marks} />
  );
}

/** Nothing is claimed that is not known yet: causes come a moment after the mismatches that they explain. */
function noCauseText(known: boolean, differing: boolean): string {
  if (!known) return 'Waiting for the causes …';
  return differing ? 'The causes of what differs are being found …' : 'Nothing differs so far.';
}

/** The worst cause that stands, of any route (`named`: of several), with what both universes said. `differing`: mismatches were counted. */
function WhyModernFails({
  migration,
  build,
  differing,
  named,
}: {
  migration: string;
  build: string;
  differing: boolean;
  named: boolean;
}) {
  const groups = useTopic(mismatchesTopic(migration))?.groups;
  const causes = useMemo(() => orderedCauses(groups?.values() ?? []), [groups]);
  const [worst] = causes;
  const example = worst?.groups[0];
  return (
    <section className="stage-why" aria-label="Why modern differs">
      <h2>
        {example === undefined || example.modernDeployment === build
          ? 'Why modern differs'
          : `Why ${example.modernDeployment} differed`}{' '}
        <span>{causes.length === 0 ? '' : `${causes.length} causes`}</span>
      </h2>
      {worst === undefined || example === undefined ? (
        <p className="stage-why-none">{noCauseText(groups !== undefined, differing)}</p>
      ) : (
        <>
          <p className="stage-why-sentence">{sentenceOf(worst)}</p>
          <Values legacy={example.legacy} modern={example.modern} />
          <p className="stage-why-place">
            {named && `${example.group}: `}
            {example.field} of {example.route}, {example.modernDeployment} · {count(worst.count)} ×
          </p>
        </>
      )}
    </section>
  );
}
