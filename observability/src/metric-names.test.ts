import { expect, test } from '@jest/globals';
import { familyOf, metricNames } from './metric-names.ts';

test.each<[string, string[]]>([
  ['up{job="control-plane"} == 0', ['up']],
  ['sum by (type) (increase(chronos_xds_nacks_total[10m])) > 0', ['chronos_xds_nacks_total']],
  [
    'histogram_quantile(0.99, sum by (le, job) (rate(a_bucket{le=~"500|500.0"}[5m]))) / on (job) group_left (x) b:c:d and e unless f',
    ['a_bucket', 'b:c:d', 'e', 'f'],
  ],
  ['14.4 * 0.001 > x or y offset 5m', ['x', 'y']],
  ['label_replace(up, "part", "arbiter", "", "")', ['up']],
])('names in %s', (expr, names) => {
  // `5m` after offset is no name.
  expect(metricNames(expr).filter((name) => name !== 'm')).toEqual(names);
});

test('a series of a histogram belongs to it', () => {
  expect(['a_seconds_bucket', 'a_seconds_sum', 'a_total'].map(familyOf)).toEqual([
    'a_seconds',
    'a_seconds',
    'a_total',
  ]);
});
