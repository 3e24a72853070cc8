import { create } from '@bufbuild/protobuf';
import {
  CopySchema,
  EntanglementService,
  EntanglementStateSchema,
  JobState,
  type StartVerificationRequest,
  type StopJobRequest,
  type StopJobResponse,
  StopJobResponseSchema,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, test } from '@jest/globals';
import { verificationLines } from '../core/render/verification.ts';
import { palette } from '../core/text/palette.ts';
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

let paused = false;
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
        getEntanglement: () => ({
          captures: [{ universe: Universe.MODERN, paused, pauseReason: 'the slot is gone' }],
        }),
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

  test('what makes them equal is said, and whose word is needed where one was not read', async () => {
    const { err } = await verify(JobState.DIFFERENT);
    expect(err).toContain('chronos verify bank --repair makes them equal');
    expect(err).not.toContain('--authority');
    paused = true;
    const unread = await verify(JobState.DIFFERENT);
    paused = false;
    expect(unread.err).toContain('--repair --authority modern, before chronos resume');
    expect((await verify(JobState.DIFFERENT, '--repair', '--authority', 'modern')).err).not.toContain(
      '--repair ',
    );
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

  test('--last starts none, and says of one that was resumed that no seal stands on it', async () => {
    const { requests, out } = await verify(JobState.CLEAN, '--last');
    expect(requests).toEqual([]);
    expect(out).not.toContain('resumed');
    const lines = verificationLines({ ...ended(JobState.CLEAN), resumed: true }, palette(false));
    expect(lines.at(-1)).toContain('; resumed after a stop: no seal stands on it)');
  });
});

test('Ctrl-C ends the looking on only, and says where one looks again; without a bound the help says so', async () => {
  const interrupt = new AbortController();
  const io = testIo({
    routes: (router) =>
      router.service(EntanglementService, {
        startVerification: () => ended(JobState.RUNNING),
        async *watchVerification(_, { signal }) {
          yield ended(JobState.RUNNING);
          interrupt.abort();
          await new Promise((aborted) => signal.addEventListener('abort', aborted));
        },
      }),
  });
  const code = await runCli(['verify', 'bank'], { ...io, signal: interrupt.signal });
  expect(code).toBe(130);
  expect(io.stderr()).toContain(
    'it goes on without you: chronos verify --last bank shows it, chronos verify --stop bank ends it\n',
  );
  const help = testIo({});
  await runCli(['verify', '--help'], help);
  expect(help.stdout()).toMatch(/--rows-per-second <count>[^-]*\(default: no\s+bound\)/);
});

describe('--stop', () => {
  /** A copy with this id runs, and is another state once it was stopped. */
  function copying(id: string | undefined, answer: (stop: StopJobRequest) => StopJobResponse) {
    const stopped: StopJobRequest[] = [];
    const io = testIo({
      routes: (router) =>
        router.service(EntanglementService, {
          getEntanglement: () =>
            create(EntanglementStateSchema, id === undefined ? {} : { runningCopy: { id } }),
          stopJob(request) {
            stopped.push(request);
            return answer(request);
          },
          async *watchCopy() {
            yield create(CopySchema, { id: 'c', state: JobState.RUNNING });
            yield create(CopySchema, { id: 'c', state: JobState.STOPPED, rowsWritten: 70n });
          },
        }),
    });
    return { io, stopped };
  }
  const answers = () => create(StopJobResponseSchema);

  test('ends the one that runs, starts none and tells how far it came', async () => {
    const { io, stopped } = copying('c', answers);
    expect(await runCli(['copy', 'bank', '--stop'], io)).toBe(0);
    expect(stopped).toMatchObject([{ migration: 'bank', id: 'c', actor: 'ada' }]);
    expect(io.stdout()).toContain('stopped; go on with --resume (70 rows');
  });

  test('one that takes long to end, or has just ended, is waited for; other refusals are told', async () => {
    for (const [code, exit] of [
      [Code.DeadlineExceeded, 0],
      [Code.NotFound, 0],
      [Code.PermissionDenied, 1],
    ] as const) {
      const { io } = copying('c', () => {
        throw new ConnectError('no', code);
      });
      expect([code, await runCli(['copy', 'bank', '--stop'], io)]).toEqual([code, exit]);
    }
  });

  test('where none runs, or with what says how one is to run, nothing is stopped', async () => {
    const none = copying(undefined, answers);
    expect(await runCli(['copy', 'bank', '--stop'], none.io)).toBe(1);
    expect(none.io.stderr()).toContain('no copy of bank runs');
    const both = copying('c', answers);
    expect(await runCli(['copy', 'bank', '--stop', '--resume'], both.io)).toBe(2);
    expect([...none.stopped, ...both.stopped]).toEqual([]);
  });
});
