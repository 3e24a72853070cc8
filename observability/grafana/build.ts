/** Our descriptions → dashboards by Grafana's own SDK, whose builders keep to its schema. */
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  type DataSourceRef,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type DynamicConfigValue,
  type Dashboard as GrafanaDashboard,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dashboard, Panel } from './spec.ts';

/** Chosen at the top of each dashboard; provisioning/datasources brings one. */
const datasource: DataSourceRef = { type: 'prometheus', uid: '$datasource' };

/** Of 24. */
const widths = { graph: 8, stat: 4, name: 4 } as const;
const heights = { graph: 8, stat: 4, name: 4 } as const;

export function buildDashboard(dashboard: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.uid)
    .description(dashboard.description)
    .tags(['chronos'])
    .timezone('browser')
    .time({ from: 'now-30m', to: 'now' })
    .refresh('5s')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'))
    .withVariable(
      new QueryVariableBuilder('migration')
        .label('Migration')
        .datasource(datasource)
        .query('label_values(chronos_group_stage, migration)')
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .multi(true)
        .includeAll(true)
        .allValue('.*'),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name('Kills')
        .datasource(datasource)
        .enable(true)
        .iconColor('red')
        .expr('increase(chronos_kills_total{migration=~"$migration"}[$__rate_interval]) > 0')
        .titleFormat('{{migration}} was killed'),
    )
    .link(
      new DashboardLinkBuilder('Chronos')
        .type(DashboardLinkType.Dashboards)
        .tags(['chronos'])
        .asDropdown(true)
        .keepTime(true),
    );
  let id = 0;
  for (const row of dashboard.rows) {
    id += 1;
    builder.withRow(new RowBuilder(row.title).id(id));
    for (const panel of row.panels) {
      id += 1;
      builder.withPanel(panelBuilder(panel).id(id));
    }
  }
  return builder.build();
}

function panelBuilder(panel: Panel): TimeseriesBuilder | StatBuilder {
  const builder =
    panel.kind === 'graph'
      ? new TimeseriesBuilder().fillOpacity(8).lineWidth(1).showPoints(VisibilityMode.Never)
      : new StatBuilder()
          .colorMode(panel.alarmAbove === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
          .graphMode(panel.kind === 'stat' ? BigValueGraphMode.Area : BigValueGraphMode.None)
          .textMode(panel.kind === 'name' ? BigValueTextMode.Name : BigValueTextMode.Auto);
  builder
    .title(panel.title)
    .description(panel.description)
    .datasource(datasource)
    .unit(panel.unit)
    .min(0)
    .span(widths[panel.kind])
    .height(heights[panel.kind])
    // The story's colours.
    .overrideByRegexp('.*legacy.*', fixedColor('green'))
    .overrideByRegexp('.*modern.*', fixedColor('orange'));
  if (panel.emptyBecause !== undefined) builder.noValue(panel.emptyBecause);
  if (panel.alarmAbove !== undefined)
    builder.thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
        { value: null, color: 'green' },
        { value: panel.alarmAbove, color: 'red' },
      ]),
    );
  for (const [index, { expr, legend }] of panel.queries.entries())
    builder.withTarget(
      new DataqueryBuilder()
        .refId(String.fromCharCode('A'.charCodeAt(0) + index))
        .datasource(datasource)
        .expr(expr)
        .legendFormat(legend),
    );
  return builder;
}

function fixedColor(color: string): DynamicConfigValue[] {
  return [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }];
}
