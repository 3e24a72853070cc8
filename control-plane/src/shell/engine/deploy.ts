import { DomainError } from '../../core/domain-error.ts';
import {
  type DeploymentRecord,
  type GroupRecord,
  type MigrationRecord,
  servingDeployment,
  type UniverseName,
} from '../../core/model.ts';
import { clientsOnModern } from '../../core/orchestrator/stages.ts';
import { answers } from './answers.ts';
import type { Serving } from './build-runner.ts';
import { type DeployOrder, firstTarget, requireDeployable } from './deploy-order.ts';
import { withDeployment, withNewEpoch } from './deployment-record.ts';
import { drain } from './drain.ts';
import { ackTimeoutMs, type Change, commit, type Engine, note, requireLeading } from './engine.ts';
import { changedGroup, journalOf, type Motive, withGroups } from './group-change.ts';
import { watchInheritedBooks } from './inherited-books.ts';

/**
 * Starts the build beside the running one, waits for its health, takes clients off modern if it is modern that changes, moves the
 * endpoint, starts a new epoch, and lets the old build drain. Resolves when the proxies run on the new one. Orders of one migration wait
 * for each other.
 *
 * @throws DomainError `refused` when the build does not become healthy, or nobody answers at the address; then nothing has moved. Also after
 * the seal, unless it is forced: nothing could compare what it answers, and there is no legacy to go back to.
 */
export function deploy(engine: Engine, order: DeployOrder): Promise<DeploymentRecord> {
  return oneAtATime(engine, order.migration, () => deployNow(engine, order));
}

/** Deploys what a migration needs to run: each universe's address, or its first build. Universes that serve already are left alone. */
export function ensureServing(
  engine: Engine,
  migration: string,
  universes: readonly UniverseName[],
  actor: string,
): Promise<void> {
  return oneAtATime(engine, migration, async () => {
    for (const universe of universes) {
      const record = engine.world.require(migration);
      if (servingDeployment(record, universe) !== undefined) continue;
      const target = firstTarget(record, universe);
      const order = {
        migration,
        universe,
        target,
        actor,
        reason: 'first deployment',
        remediation: false,
        force: false,
      };
      await deployNow(engine, order);
    }
  });
}

const lines = new WeakMap<Engine, Map<string, Promise<unknown>>>();

async function oneAtATime<T>(engine: Engine, migration: string, work: () => Promise<T>): Promise<T> {
  requireLeading(engine);
  engine.world.require(migration);
  const line = lines.get(engine) ?? new Map<string, Promise<unknown>>();
  lines.set(engine, line);
  const before = line.get(migration) ?? Promise.resolve();
  const turn = before.catch(() => {}).then(work);
  line.set(migration, turn);
  engine.world.deploying(migration, 1);
  try {
    return await turn;
  } finally {
    engine.world.deploying(migration, -1);
    if (line.get(migration) === turn) line.delete(migration);
  }
}

async function deployNow(engine: Engine, order: DeployOrder): Promise<DeploymentRecord> {
  const { migration, universe } = order;
  const starting = await enter(engine, order);
  let serves: Serving;
  try {
    serves = await listen(engine, order, starting.id);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await commit(engine, migration, (record, nowMs) => ({
      record: withDeployment(record, { ...starting, phase: 'failed', reason: why }),
      journal: [note('deploy', nowMs, `${universe} ${starting.build} failed: ${why}`, {}, order.actor)],
    }));
    await engine.builds?.stop(migration, universe, starting.id).catch(() => {});
    throw new DomainError('refused', `${universe} ${starting.build} did not become healthy: ${why}`, {
      cause: error,
    });
  }
  if (universe === 'modern') await takeClientsOff(engine, order);
  const serving: DeploymentRecord = { ...starting, ...serves, phase: 'serving' };
  const old = servingDeployment(engine.world.require(migration), universe);
  await commit(engine, migration, (record, nowMs) => moved(engine, record, order, serving, nowMs));
  await engine.dataPlane.waitForAcks(ackTimeoutMs);
  if (old !== undefined) drain(engine, migration, old);
  if (universe === 'modern' && old !== undefined) watchInheritedBooks(engine, migration, serving);
  return serving;
}

/** Checks the order and writes the deployment down before anything is started, so that a restart knows what to clean up. */
async function enter(engine: Engine, order: DeployOrder): Promise<DeploymentRecord> {
  const { universe, target } = order;
  let entered: DeploymentRecord | undefined;
  await commit(engine, order.migration, (record, nowMs) => {
    requireDeployable(engine, record, order);
    const build = target.kind === 'build' ? target.name : target.address;
    const n = record.deployments.filter((d) => d.universe === universe).length + 1;
    entered = {
      id: `${build}@${n}`,
      universe,
      build,
      address: target.kind === 'build' ? '' : target.address,
      ports: {},
      managed: target.kind === 'build',
      phase: 'starting',
      deployedAtMs: nowMs,
      reason: order.reason,
    };
    return { record: withDeployment(record, entered), journal: [] };
  });
  if (entered === undefined) throw new Error('the deployment was not entered');
  return entered;
}

async function listen(engine: Engine, order: DeployOrder, id: string): Promise<Serving> {
  if (order.target.kind === 'address') {
    // A first deployment moves no client: its service may come up later.
    if (servingDeployment(engine.world.require(order.migration), order.universe) !== undefined) {
      await answers(order.target.address);
    }
    return { address: order.target.address, ports: {} };
  }
  if (engine.builds === undefined) throw new Error('no runtime');
  return engine.builds.start(order.migration, order.universe, order.target.name, id);
}

/** A build without evidence serves no client: groups in canary or swapped go back to shadow, and the proxies know it, before it comes. */
async function takeClientsOff(engine: Engine, order: DeployOrder): Promise<void> {
  const motive = {
    action: 'return' as const,
    actor: order.actor,
    reason: 'another build of modern is deployed',
  };
  const { entries } = await commit(engine, order.migration, (record, nowMs) =>
    replaceModern(
      engine,
      record,
      'replace',
      motive,
      nowMs,
      ({ state }) => state.stage !== 'sealed' && clientsOnModern(state.stage),
    ),
  );
  if (entries.length > 0) await engine.dataPlane.waitForAcks(ackTimeoutMs);
}

function replaceModern(
  engine: Engine,
  record: MigrationRecord,
  event: 'replace' | 'remediate',
  motive: Motive,
  nowMs: number,
  meant: (group: GroupRecord) => boolean,
): Change | undefined {
  const surroundings = engine.world.surroundings(record.spec.name, nowMs);
  const changes = [...record.groups.values()].filter(meant).flatMap((group) => {
    const result = changedGroup(group, { event }, nowMs);
    if (result.kind !== 'changed') return [];
    const entry = journalOf(record, surroundings, group.state, result.group.state, motive, nowMs);
    return [{ group: result.group, entry }];
  });
  if (changes.length === 0) return undefined;
  return {
    record: withGroups(
      record,
      changes.map((change) => change.group),
    ),
    journal: changes.map((change) => change.entry),
  };
}

/** The new deployment serves, the old one drains, the evidence begins anew. */
function moved(
  engine: Engine,
  record: MigrationRecord,
  order: DeployOrder,
  serving: DeploymentRecord,
  nowMs: number,
): Change {
  const old = servingDeployment(record, order.universe);
  const drained = old === undefined ? record : withDeployment(record, { ...old, phase: 'draining' });
  const deployed = withDeployment(drained, serving);
  const reason = `${order.universe} ${serving.id} was deployed`;
  const fresh = withNewEpoch(deployed, reason, engine.world.surroundings(record.spec.name, nowMs), nowMs);
  const motive = { action: 'start' as const, actor: order.actor, reason: order.reason };
  const remediated = order.remediation
    ? replaceModern(engine, fresh, 'remediate', motive, nowMs, ({ state }) => state.stage === 'killed')
    : undefined;
  const entry = note(
    'deploy',
    nowMs,
    `${reason}: ${order.reason}`,
    {
      universe: order.universe,
      deployment: serving.id,
      address: serving.address,
      replaced: old?.id ?? '',
      ...(record.sealed !== undefined && { forced_after_seal: true }),
    },
    order.actor,
  );
  return {
    record: remediated?.record ?? fresh,
    journal: [entry, note('epoch', nowMs, `evidence begins anew: ${reason}`), ...(remediated?.journal ?? [])],
  };
}
