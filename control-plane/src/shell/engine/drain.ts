import type { DeploymentRecord, MigrationRecord } from '../../core/model.ts';
import { resolvePolicy } from '../../core/orchestrator/policy.ts';
import { archiveLegacy } from './archive-legacy.ts';
import { withDeployment } from './deployment-record.ts';
import { ackTimeoutMs, commit, type Engine, publish } from './engine.ts';
import { pause } from './tasks.ts';

/** Requests under way on the old build end in this time; more would only hold a port. */
const drainMsMax = 30_000;

/**
 * Stops a deployment once no proxy sends to it any more and the requests that were under way on it have ended; answers at once. A proxy
 * that has not ACKed the change still needs it, however long that takes. What a sealed legacy still answers are copies: the proxies know it until
 * the last of them is judged.
 */
export function drain(engine: Engine, migration: string, old: DeploymentRecord): void {
  engine.background(`draining ${migration} ${old.universe} ${old.id}`, async (stopping) => {
    const before = engine.world.require(migration);
    const isSealed = old.universe === 'legacy' && before.sealed !== undefined;
    if (old.managed || isSealed) {
      await everyProxyAcked(engine, stopping);
      await pause(old.managed ? drainMs(before) : resolvePolicy(before.spec).joinDeadlineMs, stopping);
    }
    if (stopping.aborted) return; // the next control plane goes on: see recover.ts
    if (old.managed) await engine.builds?.stop(migration, old.universe, old.id);
    if (old.universe === 'legacy') await archiveLegacy(engine, migration, stopping);
    if (stopping.aborted) return;
    await commit(engine, migration, (record) => ({
      record: withDeployment(record, { ...old, phase: 'stopped' }),
      journal: [],
    }));
    if (isSealed) await publish(engine, migration);
  });
}

async function everyProxyAcked(engine: Engine, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const { pending, rejected } = await engine.dataPlane.waitForAcks(ackTimeoutMs, 'ways');
    if (pending.length + rejected.length === 0) return;
    engine.log(
      `an old deployment is kept for proxies that have not moved: ${[...pending, ...rejected].join(', ')}`,
    );
    await pause(ackTimeoutMs, stopping);
  }
}

/** How long an old build goes on once no proxy sends to it: the longest deadline of any route, for nothing that a client waits for takes longer. */
export function drainMs(record: MigrationRecord): number {
  const longest = Math.max(
    15_000,
    ...record.spec.routes.map((route) => Number(route.timeout?.seconds ?? 0n) * 1000),
  );
  return Math.min(drainMsMax, longest, resolvePolicy(record.spec).joinDeadlineMs + longest);
}
