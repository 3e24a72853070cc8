import { ViolationsSchema } from '@chronos/proto/buf/validate/validate_pb.js';
import { DeploymentService } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { MigrationService, Stage, UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { describe, expect, test } from '@jest/globals';
import { Story } from '../../core/mission-control/story.ts';
import { memoryEngine } from '../../testing/memory-engine.ts';
import { verdict } from '../../testing/verdicts.ts';
import { Access } from '../mission-control/access.ts';
import { missionControl } from '../mission-control/mission-control.ts';
import { interceptors, routes } from './api-server.ts';
import { shownError } from './interceptors.ts';
import { VerdictFeed } from './verdict-feed.ts';

/** As a client of a newer version would send it. */
const unknownKind = 99 as Kind;

/** The API over memory alone: nothing listens at the database's address, so that a call that reaches for it fails. */
function scene(leading = true) {
  const { engine, log } = memoryEngine(leading);
  const feed = new VerdictFeed();
  const draining = new AbortController();
  const proxies = () => [];
  const access = new Access(undefined, new Uint8Array(32), engine.nowMs);
  const page = missionControl(engine, {
    proxies,
    story: new Story(),
    pageDir: '/nowhere',
    access,
    maskingKey: undefined,
    replaySecrets: new Map(),
    traceAddress: undefined,
  });
  const register = routes({ engine, feed, proxies, missionControl: page });
  const transport = createRouterTransport((router) => register(router, draining.signal), {
    router: { interceptors: interceptors(access, engine.log) },
  });
  return {
    log,
    feed,
    draining,
    migrations: createClient(MigrationService, transport),
    verdicts: createClient(VerdictService, transport),
    deployments: createClient(DeploymentService, transport),
    proxies: createClient(ProxyService, transport),
  };
}

async function errorOf(call: Promise<unknown>): Promise<ConnectError> {
  const error = await call.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(ConnectError);
  return ConnectError.from(error);
}

const paths = (error: ConnectError) =>
  error
    .findDetails(ViolationsSchema)
    .flatMap(({ violations }) =>
      violations.map((v) =>
        v.field?.elements
          .map((e) => (e.subscript.case === 'index' ? `${e.fieldName}[${e.subscript.value}]` : e.fieldName))
          .join('.'),
      ),
    );

test('a state shows stage, share, evidence and accounting, and no secret', async () => {
  const { state } = await scene().migrations.getMigration({ name: 'a' });
  expect(state).toMatchObject({ revision: 3n, verdicts: { identical: 990n, mismatch: 10n, lost: 1n } });
  expect(state?.groups[0]).toMatchObject({
    stage: Stage.CANARY,
    modernPercent: 10.5,
    compared: 1_000n,
    lost: 1n,
  });
  expect(state?.coverage).toMatchObject({ total: 1_001n, compared: 1_000n, lost: { x: 1n }, pending: 0n });
  expect(JSON.stringify(state, (_, v) => (typeof v === 'bigint' ? String(v) : v))).not.toContain('a secret');
});

describe('errors', () => {
  test('what the .proto files refuse, with every field', async () => {
    const error = await errorOf(
      scene().migrations.applyMigration({
        spec: { name: 'Bad', listen: 'x', legacy: {}, modern: { address: 'h:1' } },
      }),
    );
    expect(error.code).toBe(Code.InvalidArgument);
    expect(paths(error)).toEqual(['spec.name', 'spec.listen', 'spec.legacy']);
  });

  test('what the semantics refuse, in the same form', async () => {
    const error = await errorOf(
      scene().migrations.applyMigration({
        spec: {
          name: 'd',
          listen: '127.0.0.1:80',
          legacy: { address: '127.0.0.1:80' },
          modern: { address: '127.0.0.1:81' },
          routes: [{ name: 'r', match: [{ path: { case: 'regex', value: '(' } }] }],
        },
      }),
    );
    expect(error.code).toBe(Code.InvalidArgument);
    expect(paths(error)).toEqual(['spec.legacy.address', 'spec.routes[0].match[0].regex']);
  });

  test.each<[string, (s: ReturnType<typeof scene>) => Promise<unknown>, Code, RegExp]>([
    ['no such migration', (s) => s.migrations.getMigration({ name: 'z' }), Code.NotFound, /"z"/],
    [
      'no such group',
      (s) => s.migrations.killMigration({ name: 'a', group: 'z' }),
      Code.NotFound,
      /it has all/,
    ],
    [
      'a step without evidence',
      (s) => s.migrations.setWeight({ name: 'a', percent: 50 }),
      Code.FailedPrecondition,
      /waits for/,
    ],
    [
      'a share that is no rung',
      (s) => s.migrations.setWeight({ name: 'a', percent: 33 }),
      Code.FailedPrecondition,
      /ladder/,
    ],
    [
      'a share too fine',
      (s) => s.migrations.setWeight({ name: 'a', percent: 0.001 }),
      Code.InvalidArgument,
      /0.01/,
    ],
    [
      'a seal on the way',
      (s) => s.migrations.sealMigration({ name: 'a' }),
      Code.FailedPrecondition,
      /all is in canary/,
    ],
    [
      'a build that is not declared',
      (s) =>
        s.deployments.deploy({
          migration: 'a',
          universe: UniverseName.MODERN,
          what: { case: 'build', value: 'x' },
        }),
      Code.NotFound,
      /no build "x"/,
    ],
    [
      'a token of another list',
      (s) => s.migrations.listMigrations({ pageToken: Buffer.from('proxies:1').toString('base64url') }),
      Code.InvalidArgument,
      /page_token/,
    ],
    [
      'a page size out of bounds',
      (s) => s.proxies.listProxies({ pageSize: 1_001 }),
      Code.InvalidArgument,
      /page_size/,
    ],
    [
      'verdicts of a kind that does not exist',
      (s) => s.verdicts.listVerdicts({ migration: 'a', kinds: [Kind.LOST, unknownKind] }),
      Code.InvalidArgument,
      /kinds\[1\]/,
    ],
    [
      'to watch a kind that does not exist',
      (s) =>
        s.verdicts
          .watchVerdicts({ migration: 'a', kinds: [unknownKind] })
          [Symbol.asyncIterator]()
          .next(),
      Code.InvalidArgument,
      /kinds\[0\]/,
    ],
  ])('%s', async (_, call, code, words) => {
    const error = await errorOf(call(scene()));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
  });

  test('a database that is gone is told as that; where it was looked for stands in the log alone', async () => {
    const s = scene();
    const error = await errorOf(s.verdicts.getVerdict({ requestId: 'q' }));
    expect(error.code).toBe(Code.Unavailable);
    expect(error.rawMessage).toBe("Chronos' database does not answer; try again");
    expect(s.log.join()).toContain('ECONNREFUSED');
  });

  test('what nobody expected is logged and not told', () => {
    const log: string[] = [];
    const shown = shownError('Kill', new Error('at 10.0.0.7'), (line) => log.push(line));
    expect(shown.code).toBe(Code.Internal);
    expect(shown.message).not.toContain('10.0.0.7');
    expect(log.join()).toContain('Kill failed: Error: at 10.0.0.7');
  });

  test.each<[string, (s: ReturnType<typeof scene>) => Promise<unknown>]>([
    ['kill', (s) => s.migrations.killMigration({ name: 'a' })],
    ['pause', (s) => s.migrations.pauseMigration({ name: 'a' })],
    ['start', (s) => s.migrations.startMigration({ name: 'a' })],
    ['seal', (s) => s.migrations.sealMigration({ name: 'a' })],
  ])('a replica that follows takes no %s', async (_, call) => {
    expect((await errorOf(call(scene(false)))).code).toBe(Code.Unavailable);
  });
});

test('lists are paged to their end', async () => {
  const { migrations, deployments } = scene();
  const first = await migrations.listMigrations({ pageSize: 2 });
  const second = await migrations.listMigrations({ pageSize: 2, pageToken: first.nextPageToken });
  expect([...first.migrations, ...second.migrations].map((m) => m.spec?.name)).toEqual(['a', 'b', 'c']);
  expect(second.nextPageToken).toBe('');
  const newest = await deployments.listDeployments({ migration: 'a', pageSize: 1 });
  expect(newest.deployments[0]?.id).toBe('v3@3');
});

test('a watch of verdicts gets what it asked for, is told what it missed, and ends with the server', async () => {
  const { verdicts, feed, draining } = scene();
  const seen: [string | undefined, bigint][] = [];
  const begun = Promise.withResolvers<void>();
  const feeding = (async () => {
    await begun.promise;
    const many = Array.from({ length: 300 }, (_, i) =>
      verdict({ requestId: `m${i}`, migration: 'a', kind: Kind.MISMATCH }),
    );
    feed.push([
      verdict({ requestId: 'other', migration: 'b', kind: Kind.MISMATCH }),
      verdict({ requestId: 'match', migration: 'a' }),
      ...many,
    ]);
  })();
  const watch = verdicts.watchVerdicts({ migration: 'a', kinds: [Kind.MISMATCH] })[Symbol.asyncIterator]();
  const first = watch.next();
  // The handler has subscribed once it has run up to its first wait.
  setImmediate(begun.resolve);
  for (let item = await first; !item.done; item = await watch.next()) {
    seen.push([item.value.verdict?.requestId, item.value.skipped]);
    if (seen.length === 256) draining.abort();
  }
  await feeding;
  expect(seen).toHaveLength(256);
  expect(seen[0]).toEqual(['m0', 44n]);
});
