import uPlot from 'uplot';
import { colorOf } from './color.ts';

export interface ChartLine {
  readonly label: string;
  /** Name of a colour of the tokens: `--legacy`. */
  readonly color: string;
  readonly dashed?: boolean;
  /** Holds its value until the next: a weight, not a measurement. */
  readonly stepped?: boolean;
  readonly filled?: boolean;
}

export interface ChartMark {
  readonly id: string;
  /** Unix time in seconds. */
  readonly at: number;
  readonly text: string;
  /** Name of a colour of the tokens. */
  readonly color: string;
  /** Something went wrong: a square, which is told from a dot also by who sees no colours. */
  readonly square: boolean;
}

export interface ChartShape {
  readonly lines: readonly ChartLine[];
  /** Values of the y axis in words. */
  readonly format: (value: number) => string;
  /** The y axis: from 0 up to at least this; default 1. */
  readonly atLeast?: number;
  /** The y axis ends here, and begins at the smallest value: shares near 100 %. */
  readonly upTo?: number;
  /** Names that share a cursor. */
  readonly syncKey?: string;
  /** Read from afar. */
  readonly large?: boolean;
}

const fillAlpha = 0.14;
/** Steps of the x axis in seconds. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];
/** Room in CSS pixels: for the times below, the values beside, a time on its own, and half of the last one, which ends beyond the plot. */
const near = { font: 11, below: 26, beside: 52, time: 64, beyond: 26 };
const far = { font: 16, below: 34, beside: 66, time: 64, beyond: 30 };

/** uPlot's options for a chart of the page. Colours are functions: they follow the theme with the next drawing. */
export function chartOptions(
  shape: ChartShape,
  world: {
    readonly range: () => [number, number];
    readonly marks: () => readonly ChartMark[];
    readonly onCursor: (index: number | null) => void;
  },
): uPlot.Options {
  const room = shape.large ? far : near;
  const axis = {
    stroke: () => colorOf('--muted'),
    font: `${room.font}px Inter, system-ui, sans-serif`,
    grid: { stroke: () => colorOf('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: 300,
    height: 150,
    padding: [null, room.beyond, null, null],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    legend: { show: false },
    cursor: {
      drag: { x: false, y: false },
      points: { size: 6 },
      ...(shape.syncKey === undefined ? {} : { sync: { key: shape.syncKey } }),
    },
    scales: {
      x: { time: true, range: world.range },
      y: { range: (_, min, max) => yRange(shape, min, max) },
    },
    axes: [
      {
        ...axis,
        size: room.below,
        gap: 6,
        space: room.time,
        incrs: timeSteps,
        values: (_, splits, _axis, _space, step) => splits.map((at) => clock(at, step)),
      },
      {
        ...axis,
        size: room.beside,
        gap: 8,
        space: 3.3 * room.font,
        values: (_, splits) => splits.map(shape.format),
      },
    ],
    series: [{}, ...shape.lines.map(seriesOf)],
    hooks: {
      setCursor: [(chart) => world.onCursor(chart.cursor.idx ?? null)],
      drawAxes: [(chart) => drawMarks(chart, world.marks())],
    },
  };
}

function seriesOf(line: ChartLine): uPlot.Series {
  return {
    label: line.label,
    stroke: () => colorOf(line.color),
    width: 1.5,
    points: { show: false },
    ...(line.dashed ? { dash: [3, 3] } : {}),
    ...(line.stepped ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
    ...(line.filled
      ? {
          fill: () =>
            colorOf(line.color)
              .replace(/^rgb\((.*)\)$/, `rgb($1 / ${fillAlpha})`)
              .replaceAll(',', ' '),
        }
      : {}),
  };
}

function yRange({ atLeast = 1, upTo }: ChartShape, min: number | null, max: number | null): [number, number] {
  if (upTo === undefined)
    return uPlot.rangeNum(0, Math.max(atLeast, max ?? 0), 0.1, true) as [number, number];
  return [Math.min(upTo - atLeast, Math.max(0, min ?? 0)), upTo];
}

/** With seconds where the axis' step has some. */
function clock(seconds: number, step: number): string {
  return new Date(seconds * 1_000).toISOString().slice(11, step % 60 === 0 ? 16 : 19);
}

/** Decisions stand as thin lines behind the data, with a dot or a square above. */
function drawMarks(chart: uPlot, marks: readonly ChartMark[]): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const mark of marks) {
    const x = Math.round(chart.valToPos(mark.at, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = ctx.fillStyle = colorOf(mark.color);
    ctx.globalAlpha = 0.55;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.beginPath();
    const half = 3 * devicePixelRatio;
    if (mark.square) ctx.rect(x - half, bbox.top - half, 2 * half, 2 * half);
    else ctx.arc(x, bbox.top, half, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}
