import { create } from '@bufbuild/protobuf';
import {
  EntanglementService,
  JobState,
  type StartVerificationRequest,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { describe, expect, test } from '@jest/globals';
import { runCli } from '../program.ts';
import { testIo } from './testing.ts';

const ended = (state: JobState) =>
  create(VerificationSchema, {
    id: 'v',
    migration: 'bank',
    state,
    rowsRead: 1_200n,
    startedAt: { seconds: 1_000n },
    endedAt: { seconds: 1_002n },
    entities: [
      {
        entity: 'account',
        rowsLegacy: 1_200n,
        rowsModern: 1_199n,
        differences: 2n,
        inFlight: 3n,
        done: true,
      },
    ],
    differences: [
      {
        entity: 'account',
        key: '["7"]',
        fields: ['balance'],
        legacy: {
          fields: [
            { name: 'balance', value: { case: 'text', value: '12.5' } },
            { name: 'id', value: { case: 'text', value: '7' } },
          ],
        },
        modern: {
          fields: [
            { name: 'balance', value: { case: 'text', value: '12.51' } },
            { name: 'id', value: { case: 'text', value: '7' } },
          ],
        },
      },
      {
        entity: 'account',
        key: '["8"]',
        legacy: { fields: [{ name: 'pin', value: { case: 'masked', value: 'abc' } }] },
      },
    ],
  });

async function verify(state: JobState, ...args: string[]) {
  const requests: StartVerificationRequest[] = [];
  const io = testIo({
    routes: (router) =>
      router.service(EntanglementService, {
        startVerification(request) {
          requests.push(request);
          return ended(JobState.RUNNING);
        },
        async *watchVerification() {
          yield ended(JobState.RUNNING);
          yield ended(state);
        },
      }),
  });
  const code = await runCli(['verify', 'bank', ...args], io);
  return { code, out: io.stdout(), err: io.stderr(), requests };
}

describe('chronos verify', () => {
  test('differing databases: the rows as both have them, exit code 1', async () => {
    const { code, out, err } = await verify(JobState.DIFFERENT);
    expect(code).toBe(1);
    expect(out).toContain('account ["7"]\n  legacy  balance 12.5\n  modern  balance 12.51\n');
    expect(out).toContain('account ["8"]\n  legacy  pin masked:abc\n  modern  no such row\n');
    expect(out).toContain('different (1,200 rows, 2 s, 1970-01-01T00:16:42.000Z)');
    expect(err).toContain('1,200 rows');
    expect(err).toContain('chronos: the databases differ');
  });

  test('equal: exit code 0; options reach the API', async () => {
    const { code, out, requests } = await verify(
      JobState.CLEAN,
      ...['--rows-per-second', '500', '--repair', '--authority', 'modern', '-e', 'account', '--resume'],
    );
    expect(code).toBe(0);
    expect(out).toContain('equal (1,200 rows');
    expect(requests).toMatchObject([
      {
        migration: 'bank',
        entities: ['account'],
        rowsPerSecond: 500,
        repair: true,
        resume: true,
        authority: Universe.MODERN,
        actor: 'ada',
      },
    ]);
  });

  test('--json prints the message; rows that never rested are no proof', async () => {
    const { code, out } = await verify(JobState.UNSETTLED, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ id: 'v', state: 'JOB_STATE_UNSETTLED' });
  });

  test('--last starts none', async () => {
    const { requests } = await verify(JobState.CLEAN, '--last');
    expect(requests).toEqual([]);
  });
});
