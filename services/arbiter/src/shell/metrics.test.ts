import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ExchangeSchema, Outcome } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { ArbiterMetrics } from './metrics.ts';

const figures = { pending: () => 3, ignored: () => 0, lag: () => 7 };
const exchange = (outcome: Outcome, ms: number) =>
  create(ExchangeSchema, { outcome, duration: durationFromMs(ms) });

async function lines(metrics: ArbiterMetrics, start: string): Promise<string[]> {
  return (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(start));
}

test.each([
  [exchange(Outcome.COMPLETE, 1), 200, 'ok'],
  [exchange(Outcome.COMPLETE, 1), 404, 'refused'],
  [exchange(Outcome.COMPLETE, 1), 500, 'failed'],
  // TCP has no status.
  [exchange(Outcome.COMPLETE, 1), 0, 'ok'],
  [exchange(Outcome.RESET, 1), 200, 'reset'],
  [undefined, 0, 'unseen'],
])('what modern did with a request is counted (%#)', async (modern, modernStatus, outcome) => {
  const metrics = new ArbiterMetrics(figures);
  const legacy = exchange(Outcome.COMPLETE, 30);
  metrics.verdict(
    create(VerdictSchema, {
      migration: 'm',
      group: 'g',
      route: 'GET /a',
      kind: Kind.IDENTICAL,
      legacy,
      legacyStatus: 200,
      ...(modern === undefined ? {} : { modern }),
      modernStatus,
    }),
  );
  expect(await lines(metrics, 'chronos_requests_total')).toEqual([
    'chronos_requests_total{migration="m",group="g",route="GET /a",universe="legacy",outcome="ok"} 1',
    `chronos_requests_total{migration="m",group="g",route="GET /a",universe="modern",outcome="${outcome}"} 1`,
  ]);
  expect(
    await lines(metrics, 'chronos_request_duration_seconds_sum{migration="m",group="g",universe="legacy"}'),
  ).toEqual(['chronos_request_duration_seconds_sum{migration="m",group="g",universe="legacy"} 0.03']);
});

test('verdicts by kind, losses by reason, and what is read when it is scraped', async () => {
  const metrics = new ArbiterMetrics(figures);
  metrics.verdict(create(VerdictSchema, { migration: 'm', kind: Kind.LOST, lostReason: 'no-answer' }));
  expect(await lines(metrics, 'chronos_arbiter_')).toEqual(
    expect.arrayContaining([
      'chronos_arbiter_verdicts_total{migration="m",kind="lost"} 1',
      'chronos_arbiter_lost_total{migration="m",reason="no-answer"} 1',
      'chronos_arbiter_joins_pending 3',
      'chronos_arbiter_lag_records 7',
    ]),
  );
});

test('routes that clients make up do not become a series each', async () => {
  const metrics = new ArbiterMetrics(figures);
  for (let number = 0; number < 1_000; number += 1)
    metrics.verdict(
      create(VerdictSchema, { migration: 'm', route: `GET /wp-${number}`, kind: Kind.IDENTICAL }),
    );
  const series = await lines(metrics, 'chronos_requests_total');
  expect(series.length).toBe(2 * 201);
  expect(
    series.filter((line) => line.includes('route="other"')).map((line) => line.split(' ').at(-1)),
  ).toEqual(['800', '800']);
});
