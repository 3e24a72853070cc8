import { timestampMs } from '@bufbuild/protobuf/wkt';
import { storyOf } from '@chronos/cli/core/story.ts';
import { timeOfDay } from '@chronos/cli/core/text/numbers.ts';
import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useMemo } from 'react';
import { useTopic } from '../../api/live.ts';
import { type Column, seriesTopic } from '../../api/series.ts';
import { migrationTopic } from '../../api/topics.ts';
import type { ChartValues } from '../../ui/chart.tsx';
import type { ChartMark } from '../../ui/chart-options.ts';

/** One window of a migration's series, ready to be drawn. */
export interface SeriesWindow {
  readonly seconds: readonly number[];
  readonly marks: readonly ChartMark[];
  /** Nothing comes any more: the window ends with the seal. */
  readonly sealed: boolean;
  read(column: Column): ChartValues;
}

const nothing: SeriesWindow = { seconds: [], marks: [], sealed: false, read: () => [] };
/** The youngest seconds still take verdicts: they would look like a fall to nothing, so they are not drawn yet. */
const settlingSeconds = 2;
/** Verdicts of so many seconds may still be on their way; a longer silence is drawn as one. */
const quietSeconds = 4;
const markColors = {
  good: '--good',
  bad: '--bad',
  warn: '--warn',
  accent: '--accent',
  plain: '--line-strong',
};

export function useSeries(migration: string, group: string, windowSeconds: number): SeriesWindow {
  const watched = useTopic(seriesTopic(migration, group));
  const sealed = useTopic(migrationTopic(migration))?.state.sealed !== undefined;
  return useMemo(() => {
    if (watched?.series.lastSecond === undefined) return nothing;
    const { series, observedAtMs } = watched;
    const last = newestSecond(watched.series.lastSecond, sealed ? undefined : observedAtMs) - settlingSeconds;
    const first = last - windowSeconds + 1;
    const seconds = Array.from({ length: windowSeconds }, (_, index) => first + index);
    const marks = series.marks.map(markOf);
    return { seconds, marks, sealed, read: (column) => series.read(column, first, last) };
  }, [watched, windowSeconds, sealed]);
}

/** A window ends where the server looked last: where nothing came since, that is what the chart shows, not the past as if it were now. */
function newestSecond(lastSecond: number, observedAtMs: number | undefined): number {
  return observedAtMs === undefined
    ? lastSecond
    : Math.max(lastSecond, Math.floor(observedAtMs / 1_000) - quietSeconds);
}

function markOf(decision: Decision): ChartMark {
  const story = storyOf(decision);
  return {
    id: String(decision.sequence),
    at: decision.at === undefined ? 0 : timestampMs(decision.at) / 1_000,
    text: `${timeOfDay(decision.at)} ${story.headline}`,
    color: markColors[story.tone],
    square: story.tone === 'bad',
  };
}
