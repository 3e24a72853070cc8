import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { type Load, startLoad } from './harness/load.ts';
import { serviceMigration } from './harness/service-migration.ts';
import { until } from './harness/until.ts';

const name = 'things';
let run: ChronosRun;
let load: Load;

beforeAll(async () => {
  run = await chronosRun({
    migration: serviceMigration({
      ladder:
        '[{ percent: 20, confidence: 95, min_compared: 100, dwell: 1s }, { percent: 50, confidence: 99.99, dwell: 600s }, { percent: 100, confidence: 99.999, dwell: 600s }]',
    }),
  });
  load = startLoad({ target: `http://${run.listen}`, perSecond: 80 });
  await until('a canary', async () => (await run.state(name)).groups[0]?.stage === Stage.CANARY, {
    withinMs: 90_000,
    look: run.output,
  });
}, 240_000);

afterAll(async () => {
  await load?.stop();
  await run?.stop();
}, 60_000);

const compared = async () => (await run.state(name)).coverage?.compared ?? 0n;

describe('during a canary', () => {
  test.each(['arbiter', 'capture', 'kafka', 'control-plane'])(
    '%s is killed: clients notice nothing, and the evidence flows again',
    async (part) => {
      const before = load.report();
      const percentBefore = (await run.state(name)).groups[0]?.modernPercent;
      const killed = run.killPart(part);
      await until(
        `another ${part}`,
        () => {
          const pid = run.pidOf(part);
          return pid !== undefined && pid !== killed;
        },
        { withinMs: 30_000, look: run.output },
      );
      const seen = await until('the API', compared, { withinMs: 30_000, look: run.output });
      await until('fresh evidence', async () => (await compared()) > seen + 50n, {
        withinMs: 60_000,
        look: run.output,
      });
      const state = await run.state(name);
      expect([Stage.CANARY, Stage.SHADOW]).toContain(state.groups[0]?.stage);
      expect(state.groups[0]?.modernPercent).toBeLessThanOrEqual(percentBefore ?? 0);
      const after = load.report();
      expect(after.failures).toEqual([]);
      expect(after.succeeded).toBeGreaterThan(before.succeeded);
    },
    150_000,
  );

  test('the accounting closes: every request the client sent is compared or lost with a reason', async () => {
    const sent = (await load.stop()).sent;
    const state = await until(
      'nothing pending',
      async () => {
        const now = await run.state(name);
        const c = now.coverage;
        return c !== undefined && c.total === BigInt(sent) && c.pending === 0n && now;
      },
      {
        withinMs: 60_000,
        look: async () =>
          JSON.stringify((await run.state(name)).coverage, (_, v) => (typeof v === 'bigint' ? Number(v) : v)),
      },
    );
    const lost = Object.values(state.coverage?.lost ?? {}).reduce((sum, n) => sum + n, 0n);
    expect((state.coverage?.compared ?? 0n) + lost).toBe(BigInt(sent));
    const verdicts = Object.values(state.verdicts).reduce((sum, n) => sum + n, 0n);
    expect(verdicts).toBeLessThanOrEqual(BigInt(sent));
    expect(state.groups[0]?.mismatched).toBe(0n);
  }, 120_000);
});
