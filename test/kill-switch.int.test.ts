import {
  DeploymentPhase,
  type GroupState,
  Stage,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { whileFrozen } from './harness/frozen.ts';
import { type Load, startLoad } from './harness/load.ts';
import { behave, serviceMigration } from './harness/service-migration.ts';
import { until } from './harness/until.ts';

const name = 'things';
let run: ChronosRun;
let load: Load;

beforeAll(async () => {
  run = await chronosRun({
    migration: serviceMigration({
      // Slow and hung must stay apart on a machine that others share: slower than legacy's slowest there, far from what counts as no answer.
      modernEnv: '{ SLOW_MS: "500" }',
      perTryTimeout: '1s',
      joinDeadline: '4s',
      ladder:
        '[{ percent: 50, confidence: 95, min_compared: 100, dwell: 1s }, { percent: 100, confidence: 99.9999, dwell: 600s }]',
    }),
  });
  await run.mirrored(name, '/things/0');
  load = startLoad({ target: `http://${run.listen}`, perSecond: 100 });
}, 180_000);

afterAll(async () => {
  await load?.stop();
  await run?.stop();
}, 60_000);

async function group(): Promise<GroupState> {
  const [only] = (await run.state(name)).groups;
  if (only === undefined) throw new Error('the migration has no group');
  return only;
}

function modernAddress(): Promise<string> {
  return until(
    'modern serves',
    async () =>
      (await run.state(name)).deployments.find(
        (d) => d.universe === UniverseName.MODERN && d.phase === DeploymentPhase.SERVING,
      )?.address,
    { withinMs: 30_000, look: run.output },
  );
}

const stage = (wanted: Stage, withinMs = 60_000) =>
  until(`stage ${Stage[wanted]}`, async () => (await group()).stage === wanted && group(), {
    withinMs,
    look: run.output,
  });

async function lastKill() {
  const { decisions } = await run.migrations.listDecisions({ name, pageSize: 50 });
  const kill = decisions.find((d) => d.action === 'kill');
  if (kill === undefined) throw new Error('the journal holds no kill');
  return kill;
}

/** Every mismatch of the tests before counts against modern: a slow machine judges more of them before a kill, and each wants some thirty clean requests. */
async function toCanary(): Promise<void> {
  if ((await group()).stage === Stage.KILLED) await run.migrations.startMigration({ name, actor: 'test' });
  await stage(Stage.CANARY, 180_000);
}

describe('the kill switch has three teeth', () => {
  test('manual: a database that hangs holds up neither the kill nor its answer, and has the entry once it goes on', async () => {
    await toCanary();
    const database = run.pidOf('database');
    if (database === undefined) throw new Error('no database runs');
    const reason = 'while the database hangs';
    const answer = await whileFrozen(database, () =>
      run.migrations.killMigration({ name, actor: 'operator', reason }),
    );
    expect(answer).toMatchObject({
      journalPending: true,
      probeSawLegacy: true,
      proxiesAcked: 1,
      proxiesPending: 0,
    });
    expect(answer.state?.groups[0]).toMatchObject({ stage: Stage.KILLED, modernPercent: 0 });
    const kill = await until(
      'the kill is journalled',
      async () => {
        const last = await lastKill();
        return last.reason.includes(reason) && last;
      },
      { withinMs: 30_000, look: run.output },
    );
    expect(kill.actor).toBe('operator');
    expect(load.report().failures).toEqual([]);
  }, 240_000);

  test.each([
    ['wrong', 'answers wrongly'],
    ['error', 'answers 500'],
    ['reset', 'resets connections'],
    ['hang', 'never answers'],
  ])(
    'automatic: modern that is %s (%s) is taken out, and no client sees a failure',
    async (mode) => {
      await toCanary();
      const address = await modernAddress();
      const before = load.report();
      await behave(address, mode);
      const killed = await stage(Stage.KILLED);
      expect(killed.modernPercent).toBe(0);
      expect((await lastKill()).actor).toBe('chronos');
      await behave(address, 'ok');
      const after = load.report();
      expect({ failed: after.failed - before.failed, failures: after.failures }).toEqual({
        failed: 0,
        failures: before.failures,
      });
      expect(after.sent).toBeGreaterThan(before.sent);
    },
    270_000,
  );

  test('automatic: modern that has become slow is taken out', async () => {
    await toCanary();
    const address = await modernAddress();
    await until('enough of legacy’s latencies', async () => (await group()).compared >= 1_200n, {
      withinMs: 60_000,
      look: run.output,
    });
    await behave(address, 'slow');
    await stage(Stage.KILLED);
    expect((await lastKill()).reason).toMatch(/latency|slow/i);
    await behave(address, 'ok');
    expect(load.report().failures).toEqual([]);
  }, 300_000);

  test('in the proxy: a dead modern is failed over without the control plane', async () => {
    await toCanary();
    const address = await modernAddress();
    const before = load.report();
    const control = run.pidOf('control-plane');
    if (control === undefined) throw new Error('no control plane runs');
    process.kill(control, 'SIGSTOP');
    try {
      await behave(address, 'reset');
      await until('300 more requests', () => load.report().sent - before.sent >= 300, { withinMs: 20_000 });
    } finally {
      process.kill(control, 'SIGCONT');
    }
    expect(load.report().failures).toEqual([]);
    await behave(address, 'ok');
  }, 240_000);

  test('manual: answers once every proxy has ACKed and a probe sees legacy', async () => {
    await toCanary();
    const answer = await run.migrations.killMigration({ name, actor: 'operator', reason: 'a test' });
    expect(answer.proxiesAcked).toBe(1);
    expect(answer.proxiesPending).toBe(0);
    expect(answer.probeSawLegacy).toBe(true);
    expect(answer.elapsedMs).toBeGreaterThan(0);
    expect(answer.state?.groups[0]?.stage).toBe(Stage.KILLED);
    const kill = await lastKill();
    expect([kill.actor, kill.reason]).toEqual(['operator', expect.stringContaining('a test')]);
    // It wins over what the operator asks next without starting again.
    await expect(run.migrations.setWeight({ name, percent: 50, actor: 'operator' })).rejects.toThrow(
      /killed/i,
    );
    expect(load.report().failures).toEqual([]);
  }, 240_000);
});
