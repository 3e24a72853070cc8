import { chronosActor } from '../../core/journal/entry.ts';
import { type DeploymentRecord, type MigrationRecord, servingDeployment } from '../../core/model.ts';
import { resolvePolicy } from '../../core/orchestrator/policy.ts';
import { archiveLegacy } from './archive-legacy.ts';
import { runtimeId, type Serving } from './build-runner.ts';
import { ensureServing } from './deploy.ts';
import { withDeployment } from './deployment-record.ts';
import { drain } from './drain.ts';
import { commit, type Engine, note } from './engine.ts';
import { startUnattended } from './start.ts';

/**
 * What a new leader finds and puts right, after it serves the proxies what was stored: builds that died with their runtime are started
 * again under their own deployment, half-done deployments are given up, drained ones end, stray processes are stopped.
 */
export async function recover(engine: Engine): Promise<void> {
  for (const record of engine.world.all()) {
    await recoverMigration(engine, record);
    void engine.rules.publish(record);
  }
  await stopStrays(engine);
}

async function recoverMigration(engine: Engine, record: MigrationRecord): Promise<void> {
  const { name } = record.spec;
  for (const deployment of record.deployments) {
    if (deployment.phase === 'starting') await giveUp(engine, name, deployment);
    if (deployment.phase === 'draining') drain(engine, name, deployment);
    if (deployment.phase === 'serving' && deployment.managed) {
      engine.background(`finding ${name} ${deployment.universe} ${deployment.id}`, () =>
        find(engine, name, deployment),
      );
    }
  }
  if (record.sealed !== undefined) {
    // One that is being drained archives by itself, once it has stopped.
    const drains = record.deployments.some((d) => d.universe === 'legacy' && d.phase === 'draining');
    if (!drains) engine.background(`archiving ${name}`, (stopping) => archiveLegacy(engine, name, stopping));
    return;
  }
  if (servingDeployment(record, 'legacy') === undefined) {
    engine.background(`bringing up ${name}`, () => ensureServing(engine, name, ['legacy'], chronosActor));
  }
  if (resolvePolicy(record.spec).autoStart)
    engine.background(`starting ${name}`, (stopping) => startUnattended(engine, name, stopping));
}

async function giveUp(engine: Engine, name: string, deployment: DeploymentRecord): Promise<void> {
  const reason = 'the control plane ended while it was being deployed';
  await commit(engine, name, (record, nowMs) => ({
    record: withDeployment(record, { ...deployment, phase: 'failed', reason }),
    journal: [note('deploy', nowMs, `${deployment.universe} ${deployment.build} failed: ${reason}`)],
  }));
}

/** The same deployment, perhaps at another port: the same evidence goes on. */
async function find(engine: Engine, name: string, deployment: DeploymentRecord): Promise<void> {
  if (engine.builds === undefined) return;
  const serves = await engine.builds.start(name, deployment.universe, deployment.build, deployment.id);
  if (sameAddresses(serves, deployment)) return;
  await commit(engine, name, (record, nowMs) => ({
    record: withDeployment(record, { ...deployment, ...serves }),
    journal: [note('deploy', nowMs, `${deployment.universe} ${deployment.id} runs at ${serves.address} now`)],
  }));
}

function sameAddresses(a: Serving, b: Serving): boolean {
  const names = Object.keys(a.ports);
  return (
    a.address === b.address &&
    names.length === Object.keys(b.ports).length &&
    names.every((name) => a.ports[name] === b.ports[name])
  );
}

/** Processes of migrations we know that no deployment stands for. */
async function stopStrays(engine: Engine): Promise<void> {
  const { builds } = engine;
  if (builds === undefined) return;
  const wanted = new Set(
    engine.world
      .all()
      .flatMap((record) =>
        record.deployments
          .filter(({ phase }) => phase === 'serving' || phase === 'draining')
          .map(({ universe, id }) => runtimeId(record.spec.name, universe, id)),
      ),
  );
  const names = engine.world.all().map((record) => record.spec.name);
  for (const id of await builds.running()) {
    if (wanted.has(id) || !names.some((name) => id.startsWith(`${name}.`))) continue;
    engine.background(`stopping stray ${id}`, () => builds.stopById(id));
  }
}
