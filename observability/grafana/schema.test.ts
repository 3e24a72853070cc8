import { describe, expect, test } from '@jest/globals';
import { buildDashboard } from './build.ts';
import { dashboards } from './dashboards.ts';
import { sdkType } from './sdk-schema.ts';

/** What the checks look into; the rest is the schema's. */
interface DashboardJson extends Record<string, unknown> {
  readonly uid: string;
  readonly panels: readonly {
    readonly type: string;
    readonly title: string;
    options?: unknown;
    readonly gridPos: { w: unknown };
    readonly fieldConfig: { readonly defaults: { readonly custom?: Record<string, unknown> } };
    readonly targets: readonly [Record<string, unknown>];
  }[];
}

/** A dashboard as Grafana reads it. */
const jsonOf = (dashboard: (typeof dashboards)[number]): DashboardJson =>
  JSON.parse(JSON.stringify(buildDashboard(dashboard)));

/** What is wrong with a dashboard by the SDK's declarations: of the whole, and of each panel's own part, which the whole leaves open. */
function problems(dashboard: DashboardJson): string[] {
  const own = dashboard.panels.flatMap(({ type, title, options = {}, fieldConfig }) => {
    if (type === 'row') return [];
    const { custom } = fieldConfig.defaults;
    return [
      ...sdkType(type, 'Options')(options, `${title}: options`),
      ...(custom === undefined ? [] : sdkType(type, 'FieldConfig')(custom, `${title}: custom`)),
    ];
  });
  return [...sdkType('dashboard', 'Dashboard')(dashboard, dashboard.uid), ...own];
}

describe("Grafana's schema, as its SDK declares it", () => {
  test.each(dashboards.map((dashboard) => [dashboard.uid, dashboard] as const))(
    '%s keeps to it',
    (_, dashboard) => {
      expect(problems(jsonOf(dashboard))).toEqual([]);
    },
  );

  test('is read strictly: what is misspelt, missing or of another type is found, wherever it stands', () => {
    const wrong = jsonOf(dashboards[0]!);
    const panel = wrong.panels.find(({ type }) => type === 'timeseries')!;
    wrong.refrsh = '5s';
    wrong.graphTooltip = 7;
    delete wrong.templating;
    panel.gridPos.w = '8';
    panel.fieldConfig.defaults.custom!.fillOpacity = '8';
    panel.options = { legnd: {} };
    delete panel.targets[0].expr;
    const found = problems(wrong).join('\n');
    for (const problem of [
      'refrsh is not declared',
      'graphTooltip is 7, not one of [0,1,2]',
      'templating is missing',
      'gridPos.w is no number',
      'custom.fillOpacity is no number',
      'options.legnd is not declared',
      'targets[0].expr is missing',
    ])
      expect(found).toContain(problem);
  });
});
