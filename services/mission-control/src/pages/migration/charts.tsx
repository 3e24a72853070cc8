import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import { useMemo } from 'react';
import type { Column } from '../../api/series.ts';
import { useQueryValue } from '../../router/location.ts';
import { Chart } from '../../ui/chart.tsx';
import type { ChartLine, ChartShape } from '../../ui/chart-options.ts';
import { EmptyState } from '../../ui/state.tsx';
import { type SeriesWindow, useSeries } from './use-series.ts';

const legacy = { label: 'legacy', color: '--legacy' };
const modern = { label: 'modern', color: '--modern' };
const syncKey = 'migration';
const whole = (value: number) => count(Math.round(value));
const ms = (value: number) => (value >= 100 ? whole(value) : value.toFixed(1));
const share = (value: number) => `${percent(value)} %`;

interface Figure {
  readonly title: string;
  readonly shape: ChartShape;
  readonly columns: readonly Column[];
}

function figure(
  title: string,
  lines: readonly (readonly [Column, ChartLine])[],
  rest: Omit<ChartShape, 'lines'>,
): Figure {
  const columns = lines.map(([column]) => column);
  return { title, columns, shape: { ...rest, syncKey, lines: lines.map(([, line]) => line) } };
}

const figures: readonly Figure[] = [
  figure(
    'Requests to each, and answers to clients, per second',
    [
      ['legacyRequests', { ...legacy, label: 'legacy' }],
      ['modernRequests', { ...modern, label: 'modern' }],
      ['legacyAnswered', { ...legacy, label: 'legacy answers', dashed: true }],
      ['modernAnswered', { ...modern, label: 'modern answers', dashed: true }],
    ],
    { format: whole, atLeast: 10 },
  ),
  figure(
    'Latency, ms',
    [
      ['legacyP99', { ...legacy, label: 'legacy p99' }],
      ['modernP99', { ...modern, label: 'modern p99' }],
      ['legacyP50', { ...legacy, label: 'legacy p50', dashed: true }],
      ['modernP50', { ...modern, label: 'modern p50', dashed: true }],
    ],
    { format: ms, atLeast: 5 },
  ),
  figure(
    'Errors of the universes, per second',
    [
      ['legacyErrors', legacy],
      ['modernErrors', modern],
      ['failed', { label: 'clients saw', color: '--bad', dashed: true }],
    ],
    { format: whole, atLeast: 2 },
  ),
  figure(
    "Modern's share of the customers",
    [['modernPercent', { ...modern, label: 'share', stepped: true, filled: true }]],
    {
      format: share,
      atLeast: 100,
    },
  ),
  figure('Confidence', [['confidence', { label: 'at least', color: '--good', stepped: true }]], {
    format: share,
    upTo: 100,
    atLeast: 1,
  }),
  figure(
    'Mismatches, per second',
    [
      ['mismatched', { label: 'mismatched', color: '--bad' }],
      ['asked', { label: 'of these asked', color: '--warn', dashed: true }],
      ['lost', { label: 'lost', color: '--line-strong' }],
    ],
    { format: whole, atLeast: 2 },
  ),
];

const windows = { '5m': 300, '15m': 900, '1h': 3_600 };
const isWindow = (text: string): text is keyof typeof windows => text in windows;

/** Both universes over time, with every decision as a mark. */
export function Charts({ migration, group }: { migration: string; group: string }) {
  const [chosen, choose] = useQueryValue('window', '5m');
  const series = useSeries(migration, group, windows[isWindow(chosen) ? chosen : '5m']);
  return (
    <section className="charts" aria-label="Both universes over time">
      <header className="charts-head">
        <h2>
          Parallel Universes {group !== '' && <span className="muted">· {group}</span>}{' '}
          {series.sealed && <span className="muted">· until legacy was sealed</span>}
        </h2>
        <fieldset className="segmented">
          <legend className="visually-hidden">Window</legend>
          {Object.keys(windows).map((name) => (
            <label key={name}>
              <input type="radio" name="window" checked={chosen === name} onChange={() => choose(name)} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      </header>
      {series.seconds.length === 0 ? (
        <EmptyState title="No request has been seen yet">
          The charts begin with the first request through the Time Rift.
        </EmptyState>
      ) : (
        <div className="charts-grid">
          {figures.map((each) => (
            <SeriesChart key={each.title} figure={each} series={series} />
          ))}
        </div>
      )}
    </section>
  );
}

function SeriesChart({
  figure: { title, shape, columns },
  series,
}: {
  figure: Figure;
  series: SeriesWindow;
}) {
  const values = useMemo(() => columns.map((column) => series.read(column)), [columns, series]);
  return <Chart title={title} shape={shape} seconds={series.seconds} columns={values} marks={series.marks} />;
}
