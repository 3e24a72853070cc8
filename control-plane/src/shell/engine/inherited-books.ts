import { setTimeout as delay } from 'node:timers/promises';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { RepairPolicy } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { ListRepairsResponse } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { inherited, lookAtInheritance, type UnsettledCase } from '../../core/evidence/inherited.ts';
import { type DeploymentRecord, type GroupRecord, servingDeployment } from '../../core/model.ts';
import { withNewEpoch } from './deployment-record.ts';
import { commit, type Engine, note } from './engine.ts';
import type { Entangled } from './entangled.ts';

const lookMs = 500;

/**
 * Looks after a build of modern that has just begun to serve, until the rows that the build before left wrong are repaired: then its evidence begins
 * anew where those have led to mismatches. Only of groups that modern answers no client of. See core/evidence/inherited.ts.
 */
export function watchInheritedBooks(engine: Engine, migration: string, serving: DeploymentRecord): void {
  const { entanglement } = engine.world.require(migration).spec;
  const { entangled } = engine;
  if (entanglement === undefined || entanglement.repair === RepairPolicy.REPORT || entangled === undefined)
    return;
  const sinceMs = engine.nowMs();
  engine.background(`the books that ${serving.id} inherits`, (stopping) =>
    watch(engine, migration, serving, { entangled, sinceMs, stopping }),
  );
}

async function watch(
  engine: Engine,
  migration: string,
  serving: DeploymentRecord,
  {
    entangled,
    sinceMs,
    stopping,
  }: { readonly entangled: Entangled; readonly sinceMs: number; readonly stopping: AbortSignal },
): Promise<void> {
  const isMeant = ({ state }: GroupRecord) => state.stage === 'shadow';
  let hadSome = false;
  for (;;) {
    await delay(lookMs, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    const record = engine.world.get(migration);
    if (!engine.isLeading() || record === undefined) return;
    if (servingDeployment(record, 'modern')?.id !== serving.id) return;
    const groups = [...record.groups.values()].filter(isMeant);
    if (groups.length === 0) return;
    // One that does not answer is asked again: the look's own limit ends this.
    const repairs = await entangled.repairs(migration).catch(() => undefined);
    const unsettled = repairs === undefined ? [{ openedAtMs: sinceMs, isOpen: true }] : casesOf(repairs);
    if (repairs !== undefined) hadSome ||= inherited({ deployedAtMs: sinceMs, unsettled }).length > 0;
    const decision = lookAtInheritance({
      deployedAtMs: sinceMs,
      nowMs: engine.nowMs(),
      unsettled,
      hadSome,
      evidence: groups.map(({ evidence }) => evidence),
    });
    if (decision === 'leave') return;
    if (decision === 'begin') break;
  }
  await commit(engine, migration, (record, nowMs) => {
    const groups = [...record.groups.values()].filter(
      (group) =>
        isMeant(group) &&
        group.evidence.mismatched > 0 &&
        group.evidence.epoch.modernDeployment === serving.id,
    );
    if (groups.length === 0) return undefined;
    const reason = `what the build before ${serving.id} left wrong in modern's database is repaired`;
    const names = new Set(groups.map(({ state }) => state.name));
    const mismatched = groups.reduce((sum, { evidence }) => sum + evidence.mismatched, 0);
    const surroundings = engine.world.surroundings(migration, nowMs);
    return {
      record: withNewEpoch(record, reason, surroundings, nowMs, names),
      journal: [
        note('epoch', nowMs, `evidence begins anew: ${reason}`, {
          mismatched,
          groups: [...names].join(', '),
        }),
      ],
    };
  });
}

function casesOf({ unsettled }: ListRepairsResponse): UnsettledCase[] {
  return unsettled.map(({ state, openedAt }) => ({
    isOpen: state === 'open',
    openedAtMs: openedAt === undefined ? 0 : timestampMs(openedAt),
  }));
}
