/** Dashboards as we describe them; build.ts makes Grafana's of them. */

export interface Query {
  /** PromQL; `$migration` is the chosen migrations as a regular expression, `$__rate_interval` Grafana's. */
  readonly expr: string;
  /** Grafana's legend, such as `{{universe}}`. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  /** `graph` over time, `stat` the newest value large, `name` the names of the newest series instead of their values. */
  readonly kind: 'graph' | 'stat' | 'name';
  /** Grafana's unit: `reqps`, `s`, `percentunit`, `bytes`, `short` … */
  readonly unit: string;
  readonly description: string;
  readonly queries: readonly Query[];
  /** Stands in red above it. */
  readonly alarmAbove?: number;
  /** Why a healthy run may have nothing to show here. */
  readonly emptyBecause?: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  /** Part of its address and the name of its file. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

/** A quantile of a histogram, by some labels. `metric` without `_bucket`. */
export function quantile(q: number, metric: string, by: string, selector = ''): string {
  return `histogram_quantile(${q}, sum by (le, ${by}) (rate(${metric}_bucket{${selector}}[$__rate_interval])))`;
}

/** Sum of a counter's rates, by some labels. */
export function perSecond(metric: string, by: string, selector = ''): string {
  return `sum by (${by}) (rate(${metric}{${selector}}[$__rate_interval]))`;
}

/** A graph of one counter's rates, a line each for the values of some labels. */
export function rates({
  metric,
  by,
  selector,
  legend,
  unit = 'ops',
  ...panel
}: Pick<Panel, 'title' | 'description' | 'emptyBecause'> & {
  readonly metric: string;
  readonly by: string;
  readonly selector?: string;
  readonly legend: string;
  readonly unit?: string;
}): Panel {
  return { ...panel, kind: 'graph', unit, queries: [{ expr: perSecond(metric, by, selector), legend }] };
}

export const ofMigration = 'migration=~"$migration"';
