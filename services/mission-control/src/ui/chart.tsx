import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { type ChartMark, type ChartShape, chartOptions } from './chart-options.ts';
import { colorOf, onTheme } from './color.ts';
import { drawing } from './draw-queue.ts';

export type ChartValues = readonly (number | null)[];

/** A mark is read when the cursor is this near, in CSS pixels. */
const markReachPx = 8;
/** Decisions that stand close together are read together; beyond that a count. */
const marksRead = 3;

/**
 * Lines over time. `shape` must be a constant; data comes with each render: `seconds` (Unix time) and one column a line, null for a gap.
 * Under the cursor (the newest without one) stand the values as text, which is also what screen readers get.
 */
export function Chart({
  title,
  shape,
  seconds,
  columns,
  marks,
}: {
  title: string;
  shape: ChartShape;
  seconds: readonly number[];
  columns: readonly ChartValues[];
  marks: readonly ChartMark[];
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const newest = useRef({ seconds, marks });
  newest.current = { seconds, marks };
  const [cursor, setCursor] = useState<number | null>(null);
  useEffect(() => {
    const element = box.current!;
    const range = (): [number, number] => {
      const { seconds: xs } = newest.current;
      return [xs[0] ?? 0, xs.at(-1) ?? 1];
    };
    const options = chartOptions(shape, { range, marks: () => newest.current.marks, onCursor: setCursor });
    const plot = new uPlot(options, undefined, element);
    chart.current = plot;
    const fit = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    fit.observe(element);
    const stop = onTheme(() => plot.redraw());
    return () => {
      stop();
      fit.disconnect();
      drawing.forget(plot);
      plot.destroy();
    };
  }, [shape]);
  useEffect(() => {
    const plot = chart.current;
    if (plot !== undefined)
      drawing.draw(plot, () => plot.setData([seconds, ...columns] as uPlot.AlignedData));
  }, [seconds, columns]);
  const index = cursor ?? seconds.length - 1;
  const values = shape.lines.map((_, line) => columns[line]?.[index] ?? null);
  const near = useMemo(() => marksNear(chart.current, marks, cursor, seconds), [marks, cursor, seconds]);
  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
        <span className="chart-legend">
          {shape.lines.map((line, at) => (
            <span key={line.label}>
              <i className={line.dashed ? 'dashed' : undefined} style={{ color: `var(${line.color})` }} />
              {line.label} <b>{values[at] === null ? '–' : shape.format(values[at] ?? 0)}</b>
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={box} className="chart-box" aria-hidden="true" />
      {near.length > 0 && (
        <ul className="chart-marks">
          {near.slice(-marksRead).map((mark) => (
            <li key={mark.id} style={{ borderColor: colorOf(mark.color) }}>
              {mark.text}
            </li>
          ))}
          {near.length > marksRead && <li>and {near.length - marksRead} before</li>}
        </ul>
      )}
    </figure>
  );
}

function marksNear(
  chart: uPlot | undefined,
  marks: readonly ChartMark[],
  cursor: number | null,
  seconds: readonly number[],
): readonly ChartMark[] {
  const at = cursor === null ? undefined : seconds[cursor];
  if (chart === undefined || at === undefined) return [];
  const reach = chart.posToVal(markReachPx, 'x') - chart.posToVal(0, 'x');
  return marks.filter((mark) => Math.abs(mark.at - at) <= reach);
}
