import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { WatchSeriesResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { Series, seriesSeconds, seriesTopic } from './series.ts';

const start = 1_800_000_000;

function message(fields: MessageInitShape<typeof WatchSeriesResponseSchema>) {
  return create(WatchSeriesResponseSchema, fields);
}

/** Rows of one second each; confidence carries the value. */
function rows(from: number, confidence: readonly number[]) {
  const atSeconds = confidence.map((_, index) => from + index);
  return message({ points: { atSeconds, confidence: [...confidence], compared: confidence.map(() => 1) } });
}

describe('Series', () => {
  test('seconds that were not observed are gaps, and so is what is not known', () => {
    const series = new Series();
    series.take(rows(start, [90, Number.NaN]));
    series.take(rows(start + 4, [92]));
    expect(series.read('confidence', start - 1, start + 4)).toEqual([null, 90, null, null, null, 92]);
    expect(series.read('compared', start, start + 1)).toEqual([1, 1]);
    expect(series.read('legacyP99', start, start)).toEqual([null]);
  });

  test('a point replaces that of the same second, also a late one', () => {
    const series = new Series();
    series.take(rows(start, [90, 91, 92]));
    series.take(rows(start + 1, [80]));
    expect(series.read('confidence', start, start + 2)).toEqual([90, 80, 92]);
    expect(series.lastSecond).toBe(start + 2);
  });

  test('a day of seconds holds an hour, and nothing of the hour before shines through', () => {
    const series = new Series();
    const day = 86_400;
    for (let second = 0; second < day; second += 10) series.take(rows(start + second, [second]));
    const last = start + day - 10;
    expect(series.lastSecond).toBe(last);
    const kept = series.read('confidence', last - seriesSeconds + 1, last);
    expect(kept.filter((value) => value !== null)).toHaveLength(seriesSeconds / 10);
    expect(series.read('confidence', last - seriesSeconds - 1_000, last - seriesSeconds)).not.toContainEqual(
      expect.any(Number),
    );
  });

  test('a point older than the ring is let go', () => {
    const series = new Series();
    series.take(rows(start + seriesSeconds, [99]));
    series.take(rows(start, [1]));
    expect(series.read('confidence', start + seriesSeconds, start + seriesSeconds)).toEqual([99]);
  });

  test('a reset forgets points and marks; a mark told twice is one', () => {
    const series = new Series();
    const marks = [{ sequence: 7n, action: 'step' }];
    series.take(message({ marks }));
    series.take(message({ marks }));
    expect(series.marks).toHaveLength(1);
    series.take(message({ reset: true }));
    expect(series.marks).toEqual([]);
    expect(series.lastSecond).toBeUndefined();
  });
});

describe('seriesTopic', () => {
  test('after a reconnect it asks only for what may have changed', () => {
    const spec = seriesTopic('bank', '');
    expect(spec.topic(undefined).topic.value).not.toHaveProperty('since');
    const points = { atSeconds: [start], confidence: [90] };
    const known = spec.fold(undefined, { case: 'series', value: message({ migration: 'bank', points }) });
    const { value } = spec.topic(known).topic;
    if (value?.$typeName !== 'chronos.v1.WatchSeriesRequest') throw new Error('not a series');
    expect(timestampMs(value.since!)).toBeLessThan(start * 1_000);
    expect(timestampMs(value.since!)).toBeGreaterThan((start - 120) * 1_000);
  });

  test('messages of another migration or group are not its own', () => {
    const spec = seriesTopic('bank', '');
    expect(spec.fold(undefined, { case: 'series', value: message({ migration: 'shop' }) })).toBeUndefined();
    expect(
      spec.fold(undefined, { case: 'series', value: message({ migration: 'bank', group: 'x' }) }),
    ).toBeUndefined();
  });
});
