import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { newEvidence } from '../core/evidence/evidence.ts';
import { testEpoch } from '../core/evidence/testing.ts';
import type { GroupRecord } from '../core/model.ts';
import { type GroupState, newGroup } from '../core/orchestrator/group.ts';
import { CLUSTER_TYPE } from '../core/xds/resource-types.ts';
import { migrationRecord } from '../testing/migration-record.ts';
import { verdict } from '../testing/verdicts.ts';
import { World } from './engine/world.ts';
import { type ControlPlaneMetrics, controlPlaneMetrics } from './metrics.ts';

function group(state: Partial<GroupState>, verdicts: Record<string, number>): GroupRecord {
  return { state: { ...newGroup('all', 0), ...state }, evidence: newEvidence(testEpoch), verdicts };
}

const shop = (all: GroupRecord, kills = 0) => migrationRecord({ name: 'shop' }, [all], { kills });

function metricsOf(world: World, openQuestions = async () => new Map([['shop', 2]])): ControlPlaneMetrics {
  return controlPlaneMetrics({
    world,
    proxies: () => [],
    isLeading: () => true,
    nowMs: () => 0,
    openQuestions,
  });
}

async function values({ registry }: ControlPlaneMetrics, name: string): Promise<string[]> {
  const text = await registry.metrics();
  return text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

const labels = 'migration="shop",group="all"';

describe('a route group', () => {
  test('is told by ratios, and by the one stage that it is in', async () => {
    const world = new World();
    world.replace(undefined, shop(group({ stage: 'canary', weightBp: 500 }, {}), 3));
    const metrics = metricsOf(world);
    expect(await values(metrics, 'chronos_group_modern_ratio')).toEqual([
      `chronos_group_modern_ratio{${labels}} 0.05`,
    ]);
    expect((await values(metrics, 'chronos_group_stage')).filter((line) => line.endsWith(' 1'))).toEqual([
      `chronos_group_stage{${labels},stage="canary"} 1`,
    ]);
    expect(await values(metrics, 'chronos_group_stage')).toHaveLength(6);
    // Scraped twice, counted once.
    expect(await values(metrics, 'chronos_kills_total')).toEqual(['chronos_kills_total{migration="shop"} 3']);
  });

  test.each([
    [{}, 1],
    [{ identical: 97, mismatch: 1, asked: 1, 'lost:no-answer': 1 }, 0.99],
    // Neither agreement nor mismatch: not compared.
    [{ identical: 8, race: 2 }, 0.8],
  ])('is covered as far as it was compared: %j', async (verdicts, coverage) => {
    const world = new World();
    world.replace(undefined, shop(group({ stage: 'shadow' }, verdicts)));
    expect(await values(metricsOf(world), 'chronos_group_coverage_ratio')).toEqual([
      `chronos_group_coverage_ratio{${labels}} ${coverage}`,
    ]);
  });

  test('has its counters from the start, so that the first of anything is an increase', async () => {
    const world = new World();
    world.replace(undefined, shop(group({}, {})));
    const metrics = metricsOf(world);
    const mismatches = `chronos_verdicts_total{${labels},kind="mismatch"}`;
    expect(await values(metrics, 'chronos_verdicts_total')).toContain(`${mismatches} 0`);
    metrics.verdicts.taken([verdict({ requestId: 'a', kind: Kind.MISMATCH })]);
    expect(await values(metrics, 'chronos_verdicts_total')).toContain(`${mismatches} 1`);
  });
});

test('a database that is away takes the questions from a scrape, and nothing else', async () => {
  const world = new World();
  world.replace(undefined, shop(group({}, {})));
  expect(await values(metricsOf(world), 'chronos_questions_open')).toEqual([
    'chronos_questions_open{migration="shop"} 2',
  ]);
  const metrics = metricsOf(world, () => Promise.reject(new Error('away')));
  expect(await values(metrics, 'chronos_questions_open')).toEqual([]);
  expect(await values(metrics, 'chronos_leading')).toEqual(['chronos_leading 1']);
});

test('types that proxies make up are counted as other', async () => {
  const metrics = metricsOf(new World());
  const nack = { kind: 'nack' as const, nodeId: 'p', nodeGroup: 'g', atMs: 0, version: '1', error: 'no' };
  metrics.xds.event({ ...nack, typeUrl: CLUSTER_TYPE });
  metrics.xds.event({ ...nack, typeUrl: 'type.example/anything' });
  expect((await values(metrics, 'chronos_xds_nacks_total')).filter((line) => line.endsWith(' 1'))).toEqual([
    'chronos_xds_nacks_total{type="cluster"} 1',
    'chronos_xds_nacks_total{type="other"} 1',
  ]);
});
