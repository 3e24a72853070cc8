import { create } from '@bufbuild/protobuf';
import { compileMaskRules } from '@chronos/capture/core/mask/rules.ts';
import { keyedHashOf } from '@chronos/capture/shell/keyed-hash.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  MissionControlService,
  type WatchSeriesResponse,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Outcome, Role, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Client, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Stack, startStack, testMaskingKey } from './testing/stack.ts';
import { mismatch, verdict } from './testing/verdicts.ts';

jest.setTimeout(60_000);

let stack: Stack;
let page: Client<typeof MissionControlService>;

/** Reads until a message is as wanted. */
async function until<T>(stream: AsyncIterable<T>, wanted: (message: T) => boolean): Promise<T> {
  for await (const message of stream) if (wanted(message)) return message;
  throw new Error('the stream ended');
}

const exchange = (universe: Universe) => ({ universe, role: Role.AUTHORITY, response: {} });
const both = { legacy: exchange(Universe.LEGACY), modern: exchange(Universe.MODERN) };
const total = (numbers: readonly number[] = []) => numbers.reduce((sum, n) => sum + n, 0);

beforeAll(async () => {
  stack = await startStack('shop');
  page = createClient(
    MissionControlService,
    createConnectTransport({ baseUrl: stack.api, httpVersion: '1.1' }),
  );
  const build = (name: string) => ({ name, command: ['unused'] });
  await stack.migrations.applyMigration({
    spec: {
      name: 'shop',
      listen: stack.listen,
      legacy: { builds: [build('old')] },
      modern: { builds: [build('v1')] },
      routes: [{ name: 'all', match: [{ path: { case: 'prefix', value: '/' } }] }],
      policy: { autoStart: true, ladder: [{ percent: 100, confidence: 99.9, minCompared: 1_000_000n }] },
    },
  });
  await stack.until('shadow', ({ groups }) => groups[0]?.stage === Stage.SHADOW);
});
afterAll(() => stack.dispose());

test('the overview says what is there', async () => {
  const { migrations } = await until(page.watchOverview({}), (m) => m.migrations[0]?.stage === Stage.SHADOW);
  expect(migrations).toMatchObject([
    { name: 'shop', groups: 1, groupsAtRest: 0, percent: 0, kills: 0, sealed: false, modernBuild: 'v1' },
  ]);
});

test('verdicts become figures of their second, which a restart keeps', async () => {
  const running = { legacyDeployment: 'old@1', modernDeployment: 'v1@1' };
  const batch = Array.from({ length: 50 }, (_, i) => verdict({ requestId: `s${i}`, ...both, ...running }));
  await stack.send([...batch, mismatch({ requestId: 'bad', ...both, ...running })]);
  const seen: WatchSeriesResponse[] = [];
  const counted = (all: readonly WatchSeriesResponse[]) => {
    // A point replaces that of the same second.
    const compared = new Map<number, number>();
    for (const { points } of all) {
      for (const [i, at] of (points?.atSeconds ?? []).entries()) compared.set(at, points?.compared[i] ?? 0);
    }
    return total([...compared.values()]);
  };
  let isTold = false;
  await until(page.watchSeries({ migration: 'shop' }), (message) => {
    seen.push(message);
    // What is told is stored before the next second is told: a kill may take the last second, not this one.
    const isStored = isTold && message.points !== undefined && message.points.atSeconds.length > 0;
    isTold ||= counted(seen) === 51;
    return isStored;
  });
  expect(seen[0]?.reset).toBe(true);
  expect(seen.slice(1).some(({ reset }) => reset)).toBe(false);

  await stack.restartControlPlane();
  const again = await until(page.watchSeries({ migration: 'shop', group: 'all' }), ({ reset }) => reset);
  expect(counted([again])).toBe(51);
  expect(total(again.points?.mismatched)).toBe(1);
  expect(total(again.points?.legacy?.answered)).toBe(51);
  expect(again.marks.map(({ action }) => action)).toContain('start');
});

test('the log tells what was decided, also before the restart', async () => {
  const { lines } = await until(page.watchLog({ migration: 'shop' }), ({ reset }) => reset);
  expect(lines.find(({ text }) => text.startsWith('start:'))).toMatchObject({
    part: 'orchestrator',
    migration: 'shop',
  });
});

test('a mismatch is watched with its group', async () => {
  const { groups, total: all } = await until(page.watchMismatches({ migration: 'shop' }), (m) => m.reset);
  expect(groups.map(({ group }) => group?.field)).toEqual(['body.total']);
  expect(all).toBe(1);
});

describe('a stored request', () => {
  const header = (name: string, value: string) => ({ name, value: new TextEncoder().encode(value) });
  const stored = async (requestId: string, method: string, legacyBody: string) => {
    const { spec } = await stack.state();
    const rules = create(JudgingRulesSchema, { ...(spec && { spec }) });
    const { version: maskingVersion } = compileMaskRules(rules, keyedHashOf(testMaskingKey, 'shop'));
    const side = { method, path: '/x', maskingVersion, outcome: Outcome.COMPLETE, request: { headers: [] } };
    const body = new TextEncoder().encode(legacyBody);
    const response = { headers: [header(':status', '200')], body, bodyBytes: BigInt(body.length) };
    const running = { legacyDeployment: 'old@1', modernDeployment: 'v1@1' };
    const sides = { legacy: { ...side, response }, modern: { ...side, response } };
    await stack.send([verdict({ requestId, ...running, ...sides })]);
    const arrived = () => stack.verdicts.getVerdict({ requestId }).catch(() => undefined);
    for (const deadline = performance.now() + 20_000; (await arrived()) === undefined; ) {
      if (performance.now() > deadline) throw new Error(`no verdict ${requestId}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  // The stack's builds answer everything with their name.
  test.each([
    ['the same', 'v1', Kind.IDENTICAL],
    ['something else', 'old', Kind.MISMATCH],
  ])('is sent to modern again, which answers %s as legacy did', async (what, legacyBody, kind) => {
    await stored(`replay ${what}`, 'GET', legacyBody);
    const answer = await page.replayRequest({ requestId: `replay ${what}` });
    expect(answer).toMatchObject({ kind, modernDeployment: 'v1@1' });
    expect(new TextDecoder().decode(answer.replayed?.response?.body)).toBe('v1');
    expect(new TextDecoder().decode(answer.verdict?.legacy?.response?.body)).toBe(legacyBody);
  });

  test('that may change something is not', async () => {
    await stored('a write', 'POST', 'v1');
    await expect(page.replayRequest({ requestId: 'a write' })).rejects.toThrow(
      /not sent again: POST may change/,
    );
    await expect(page.replayRequest({ requestId: 'nobody knows' })).rejects.toThrow(/no verdict/);
  });
});
