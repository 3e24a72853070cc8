import { newEvidence } from '../core/evidence/evidence.ts';
import { testEpoch } from '../core/evidence/testing.ts';
import type { DeploymentRecord, MigrationRecord } from '../core/model.ts';
import { newGroup } from '../core/orchestrator/group.ts';
import type { Engine } from '../shell/engine/engine.ts';
import { SerialQueue } from '../shell/engine/serial-queue.ts';
import { World } from '../shell/engine/world.ts';
import { Database } from '../shell/store/database.ts';
import { migrationRecord } from './migration-record.ts';

const deployment = (id: string): DeploymentRecord => ({
  id,
  universe: 'modern',
  build: id,
  address: 'h:1',
  ports: {},
  managed: true,
  phase: 'serving',
  deployedAtMs: 1,
  reason: '',
});

/** A migration in the middle of its way, with a secret that nobody may see. */
export function record(name: string): MigrationRecord {
  const all = {
    state: { ...newGroup('all', 0), stage: 'canary' as const, weightBp: 1_050 },
    evidence: { ...newEvidence(testEpoch), compared: 1_000, lost: { x: 1 } },
    verdicts: { identical: 990, mismatch: 10, 'lost:x': 1 },
  };
  return migrationRecord({ name, listen: `${name}:80`, routes: [{ name: 'all' }] }, [all], {
    revision: 3n,
    probeSecret: 'a secret of the proxies',
    deployments: ['v1@1', 'v2@2', 'v3@3'].map(deployment),
  });
}

/** An engine with three migrations in memory: nothing listens at the database's address, so that a call that reaches for it fails. */
export function memoryEngine(leading = true): { readonly engine: Engine; readonly log: string[] } {
  const world = new World();
  for (const name of ['a', 'b', 'c']) world.replace(undefined, record(name));
  const log: string[] = [];
  const engine: Engine = {
    world,
    database: new Database('postgres://nobody@127.0.0.1:1/none'),
    queue: new SerialQueue(),
    dataPlane: {
      publish: () => ({ changed: false, problems: [] }),
      causeOf: () => undefined,
      waitForAcks: async () => ({ elapsedMs: 0, acked: [], rejected: [], pending: [] }),
    },
    rules: { publish: async () => {}, retry: async () => {}, close: async () => {} },
    builds: undefined,
    entangled: undefined,
    capsuleDir: '/nowhere',
    nowMs: () => 10_000,
    isLeading: () => leading,
    mayRetreat: () => leading,
    log: (line) => log.push(line),
    background: () => {},
  };
  return { engine, log };
}
