import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import {
  DeploymentPhase,
  type GroupState,
  type MigrationState,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { Column } from '../../api/series.ts';
import type { SeriesWindow } from '../migration/use-series.ts';

type StageFigure = readonly [value: string, unit: string, name: string];

/** What a universe does is said over this much time: less flickers. */
const meanSeconds = 5;

/** Legacy and modern beside each other, and between them how the customers are shared. */
export function Universes({
  state,
  group,
  series,
  health,
}: {
  state: MigrationState;
  group: GroupState;
  series: SeriesWindow;
  health: { readonly word: string };
}) {
  const share = group.modernPercent;
  const sealed = state.sealed !== undefined;
  // Chronos sees no request after the seal.
  const live = (figures: readonly StageFigure[]) => (sealed ? [] : figures);
  return (
    <section className="universes" aria-label="Parallel Universes">
      <Universe
        name="Legacy"
        className="stage-legacy"
        build={buildOf(state, UniverseName.LEGACY)}
        word={sealed ? 'sealed in its Time Capsule' : 'what customers know'}
        figures={[
          [percent(100 - share), '%', 'of the customers'],
          ...live([
            [perSecond(series, 'legacyAnswered'), '/s', 'answered to clients'],
            [milliseconds(series, 'legacyP50'), 'ms', 'half of them within'],
          ]),
        ]}
      />
      <div className="rift">
        <p className="rift-name">Time Rift</p>
        <div
          className="rift-bar"
          role="img"
          aria-label={`modern answers ${percent(share)} % of the customers, legacy the others`}
        >
          <span className="rift-legacy" style={{ height: `${100 - share}%` }} />
        </div>
        <dl>
          <div>
            <dt>confidence, at least</dt>
            <dd>{percent(group.confidence)} %</dd>
          </div>
          <div>
            <dt>clients saw fail</dt>
            <dd>{failed(series)}</dd>
          </div>
        </dl>
      </div>
      <Universe
        name="Modern"
        className="stage-modern"
        build={buildOf(state, UniverseName.MODERN)}
        word={health.word}
        figures={[
          [percent(share), '%', 'of the customers'],
          ...live([[perSecond(series, 'modernAnswered'), '/s', 'answered to clients']]),
          [count(group.mismatched), '', `of ${count(group.compared)} differ`],
        ]}
      />
    </section>
  );
}

function Universe({
  name,
  className,
  build,
  word,
  figures,
}: {
  name: string;
  className: string;
  build: string;
  word: string;
  figures: readonly StageFigure[];
}) {
  return (
    <article className={`stage-universe ${className}`}>
      <h2>
        {name} <span>{build}</span>
      </h2>
      <p className="stage-word">{word}</p>
      <dl>
        {figures.map(([value, unit, text]) => (
          <div key={text}>
            <dd>
              {value} <small>{unit}</small>
            </dd>
            <dt>{text}</dt>
          </div>
        ))}
      </dl>
    </article>
  );
}

function buildOf({ deployments }: MigrationState, universe: UniverseName): string {
  const of = deployments.filter((each) => each.universe === universe);
  const serving = of.find(({ phase }) => phase === DeploymentPhase.SERVING);
  return serving?.build ?? '';
}

function newest(series: SeriesWindow, column: Column): number[] {
  return series
    .read(column)
    .slice(-meanSeconds)
    .filter((value) => value !== null);
}

function perSecond(series: SeriesWindow, column: Column): string {
  const values = newest(series, column);
  return values.length === 0
    ? '–'
    : count(Math.round(values.reduce((sum, value) => sum + value, 0) / values.length));
}

function milliseconds(series: SeriesWindow, column: Column): string {
  const values = newest(series, column).sort((a, b) => a - b);
  const middle = values[Math.floor(values.length / 2)];
  return middle === undefined ? '–' : count(Math.round(middle));
}

/** In the five minutes that the charts show. */
function failed(series: SeriesWindow): string {
  return count(series.read('failed').reduce<number>((sum, value) => sum + (value ?? 0), 0));
}
