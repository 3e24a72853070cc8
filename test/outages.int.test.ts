import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { type Load, startLoad } from './harness/load.ts';
import { serviceMigration } from './harness/service-migration.ts';
import { until } from './harness/until.ts';

const name = 'things';
let run: ChronosRun;
let load: Load;
/** Requests of the warm-up, counted before the load began. */
let before: number;

beforeAll(async () => {
  run = await chronosRun({
    migration: serviceMigration({
      ladder:
        '[{ percent: 20, confidence: 95, min_compared: 100, dwell: 1s }, { percent: 50, confidence: 99.99, dwell: 600s }, { percent: 100, confidence: 99.999, dwell: 600s }]',
    }),
  });
  await run.mirrored(name, '/things/0');
  before = Number((await settled()).coverage?.total ?? 0n);
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

/** The state once every request has its verdict. */
const settled = () =>
  until(
    'nothing pending',
    async () => {
      const state = await run.state(name);
      return (state.coverage?.total ?? 0n) > 0n && state.coverage?.pending === 0n && state;
    },
    {
      withinMs: 60_000,
      look: async () =>
        JSON.stringify((await run.state(name)).coverage, (_, v) => (typeof v === 'bigint' ? Number(v) : v)),
    },
  );
describe('during a canary', () => {
  test.each(['arbiter', 'capture', 'kafka', 'control-plane'])(
    '%s is killed: clients notice nothing, and the evidence flows again',
    async (part) => {
      const sentBefore = load.report();
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
      const sent = before + load.report().sent;
      await until(
        'a verdict on every request sent until now',
        async () => {
          const { coverage } = await run.state(name);
          const lost = Object.values(coverage?.lost ?? {}).reduce((sum, n) => sum + n, 0n);
          return (coverage?.compared ?? 0n) + lost >= BigInt(sent);
        },
        { withinMs: 90_000, look: run.output },
      );
      const state = await run.state(name);
      expect([Stage.CANARY, Stage.SHADOW]).toContain(state.groups[0]?.stage);
      expect(state.groups[0]?.modernPercent).toBeLessThanOrEqual(percentBefore ?? 0);
      const after = load.report();
      expect(after.failures).toEqual([]);
      expect(after.succeeded).toBeGreaterThan(sentBefore.succeeded);
    },
    150_000,
  );

  test('the accounting closes: every request the client sent is compared or lost with a reason', async () => {
    const sent = (await load.stop()).sent;
    const total = BigInt(before + sent);
    await until('Envoy counted the last one', async () => (await run.state(name)).coverage?.total === total, {
      withinMs: 20_000,
      look: async () => `${total} wanted, ${(await run.state(name)).coverage?.total} counted`,
    });
    const state = await settled();
    const lost = Object.values(state.coverage?.lost ?? {}).reduce((sum, n) => sum + n, 0n);
    expect((state.coverage?.compared ?? 0n) + lost).toBe(total);
    const verdicts = Object.values(state.verdicts).reduce((sum, n) => sum + n, 0n);
    expect(verdicts).toBeLessThanOrEqual(total);
    expect(state.groups[0]?.mismatched).toBe(0n);
  }, 120_000);
});
