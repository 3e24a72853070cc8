import { withSpan } from '@chronos/observability/tracing.ts';
import { chronosActor } from '../../core/journal/entry.ts';
import { type Cause, type Decision, decide } from '../../core/orchestrator/decide.ts';
import { commandForWeight } from '../../core/orchestrator/group.ts';
import { viewOf } from '../../core/view/migration-view.ts';
import { deploy } from './deploy.ts';
import { commit, type Engine } from './engine.ts';
import { kill } from './kill.ts';
import { changeGroups } from './operate.ts';
import { retreat } from './retreat.ts';
import { sealUnattended } from './seal-unattended.ts';

/**
 * The orchestrator's look at every migration. Kills and returns are carried out at once; a step is decided again inside the queue, on
 * what holds when its turn comes.
 */
export async function tick(
  engine: Engine,
  causeOf: (migration: string, group: string) => Cause | undefined,
): Promise<void> {
  for (const record of engine.world.all()) {
    const { name } = record.spec;
    if (record.sealed !== undefined) continue;
    const nowMs = engine.nowMs();
    const decisions = decide(viewOf(record, engine.world.surroundings(name, nowMs)), nowMs);
    for (const decision of decisions) {
      await traced(name, decision, causeOf, () => carryOut(engine, name, decision, causeOf));
    }
  }
}

/** One span a decision, linked to the request that led to it: the end of that request's journey. */
function traced(
  name: string,
  decision: Decision,
  causeOf: (migration: string, group: string) => Cause | undefined,
  work: () => Promise<void>,
): Promise<void> {
  const group = 'group' in decision ? decision.group : '';
  const cause = ('cause' in decision ? decision.cause : undefined) ?? causeOf(name, group);
  const attributes = {
    'chronos.migration': name,
    'chronos.group': group,
    'chronos.action': decision.action,
    'chronos.reason': decision.reason,
  };
  return withSpan(
    'orchestrator.decision',
    { links: cause === undefined ? [] : [cause.traceparent], attributes },
    work,
  );
}

async function carryOut(
  engine: Engine,
  name: string,
  decision: Decision,
  causeOf: (migration: string, group: string) => Cause | undefined,
): Promise<void> {
  const motive = { actor: chronosActor, reason: decision.reason };
  switch (decision.action) {
    case 'kill': {
      // In the background: the proof takes as long as the slowest proxy, and other groups are waiting. The kill itself happens now.
      const proven = kill(engine, name, decision.group, { ...motive, action: 'kill', cause: decision.cause });
      engine.background(`kill of ${name}/${decision.group}`, async () => {
        await proven;
      });
      return;
    }
    case 'return': {
      const { stored } = retreat(engine, name, decision.group, 'return', { ...motive, action: 'return' });
      engine.background(`return of ${name}/${decision.group}`, async () => {
        await stored;
      });
      return;
    }
    case 'step':
      await step(engine, name, decision.group, causeOf);
      return;
    case 'deploy': {
      const target = { kind: 'build' as const, name: decision.build };
      const order = {
        migration: name,
        universe: 'modern' as const,
        target,
        ...motive,
        remediation: true,
        force: false,
      };
      const deployed = deploy(engine, order);
      engine.background(`remediation of ${name}`, async () => {
        await deployed;
      });
      return;
    }
    case 'seal':
      await sealUnattended(engine, name, motive);
  }
}

async function step(
  engine: Engine,
  name: string,
  group: string,
  causeOf: (migration: string, group: string) => Cause | undefined,
): Promise<void> {
  await commit(engine, name, (record, nowMs) => {
    const decisions = decide(viewOf(record, engine.world.surroundings(name, nowMs)), nowMs);
    const again = decisions.find((d) => d.action === 'step' && d.group === group);
    if (again?.action !== 'step') return undefined;
    const motive = {
      action: 'step' as const,
      actor: chronosActor,
      reason: again.reason,
      cause: causeOf(name, group),
    };
    return changeGroups(engine, record, group, motive, nowMs, ({ state }) =>
      commandForWeight(state, again.weightBp),
    );
  });
}
