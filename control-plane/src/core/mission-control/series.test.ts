import { describe, expect, test } from '@jest/globals';
import { pointsMessage } from './points-message.ts';
import { keptS, Series } from './series.ts';
import type { SeriesFact } from './series-fact.ts';

const fact = (atS: number, fields: Partial<SeriesFact> = {}): SeriesFact => ({
  endedAtMs: atS * 1000 + 500,
  outcome: 'match',
  asked: false,
  answeredByModern: false,
  legacy: { failed: false, ms: 10 },
  modern: { failed: false, ms: 20 },
  ...fields,
});
const at = (seconds: number) => seconds * 1000;

describe('a series', () => {
  test('tells of a second once it is over', () => {
    const series = new Series();
    series.add(fact(100), at(100.6));
    expect(series.close(at(100.9))).toEqual([]);
    expect(series.close(at(101.02))).toMatchObject([{ atS: 100, compared: 1 }]);
  });

  test('tells again of a second that a late verdict changed, and of no other', () => {
    const series = new Series();
    for (const second of [100, 101]) series.add(fact(second), at(second + 1));
    series.close(at(102));
    const { version } = series;
    series.add(fact(100, { outcome: 'mismatch' }), at(103));
    series.close(at(103));
    expect(series.after(version)).toMatchObject([{ atS: 100, compared: 2, mismatched: 1 }]);
    expect(series.after(series.version)).toEqual([]);
    expect(series.after(undefined).map(({ atS }) => atS)).toEqual([100, 101]);
    expect(series.after(undefined, 100).map(({ atS }) => atS)).toEqual([101]);
  });

  test('forgets what is older than an hour, and takes nothing older', () => {
    const series = new Series();
    series.add(fact(100), at(101));
    series.close(at(101));
    series.add(fact(99), at(100 + keptS));
    series.close(at(100 + keptS));
    expect(series.after(undefined)).toEqual([]);
  });

  test('counts a request of the future now', () => {
    const series = new Series();
    series.add(fact(500), at(100));
    series.close(at(101));
    expect(series.after(undefined)).toMatchObject([{ atS: 100 }]);
  });

  test('goes on from what was stored', () => {
    const before = new Series();
    before.add(fact(100), at(100));
    const [stored] = before.close(at(101));
    const after = new Series();
    after.restore(stored === undefined ? [] : [stored]);
    after.add(fact(100, { modern: undefined, outcome: 'lost' }), at(102));
    after.close(at(102));
    expect(after.after(undefined)).toMatchObject([
      { atS: 100, compared: 1, lost: 1, legacy: { requests: 2 }, modern: { requests: 1 } },
    ]);
    // A second without an answer of modern since keeps the quantiles that it had.
    expect(after.after(undefined)[0]?.modern.p50Ms).toBe(stored?.modern.p50Ms);
  });
});

describe('a point', () => {
  const pointOf = (...facts: readonly SeriesFact[]) => {
    const series = new Series();
    for (const item of facts) series.add(item, at(101));
    return series.close(at(101))[0];
  };

  test('counts clients’ requests where they were answered, copies where they were asked', () => {
    const point = pointOf(fact(100), fact(100, { answeredByModern: true }));
    expect(point).toMatchObject({
      legacy: { requests: 2, answered: 1 },
      modern: { requests: 2, answered: 1 },
    });
  });

  test('a failed copy is modern’s error and no client’s; a failed answer is both', () => {
    const failed = { failed: true, ms: undefined };
    expect(pointOf(fact(100, { modern: failed }))).toMatchObject({ failed: 0, modern: { errors: 1 } });
    expect(pointOf(fact(100, { modern: failed, answeredByModern: true }))).toMatchObject({
      failed: 1,
      modern: { errors: 1 },
    });
  });

  test('a race is neither compared nor lost', () => {
    expect(pointOf(fact(100, { outcome: 'race' }))).toMatchObject({ compared: 0, mismatched: 0, lost: 0 });
  });

  test('quantiles are right to 2 %, and not known where nothing was answered', () => {
    const facts = Array.from({ length: 1000 }, (_, i) =>
      fact(100, { legacy: { failed: false, ms: i + 1 }, modern: undefined }),
    );
    const point = pointOf(...facts);
    expect(Math.abs((point?.legacy.p50Ms ?? 0) / 500 - 1)).toBeLessThanOrEqual(0.02);
    expect(Math.abs((point?.legacy.p99Ms ?? 0) / 990 - 1)).toBeLessThanOrEqual(0.02);
    expect(point?.modern.p99Ms).toBeNaN();
  });

  test('columns have one row a point', () => {
    const series = new Series();
    for (const second of [100, 102]) series.add(fact(second), at(103));
    series.close(at(103));
    const columns = pointsMessage(series.after(undefined));
    expect(columns).toMatchObject({ atSeconds: [100, 102], compared: [1, 1], confidence: [NaN, NaN] });
    expect(columns.modern?.requests).toEqual([1, 1]);
  });
});
