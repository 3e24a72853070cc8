import { join } from 'node:path';
import { create } from '@bufbuild/protobuf';
import { ViolationsSchema } from '@chronos/proto/buf/validate/validate_pb.js';
import { DeploymentService, type DeployRequest } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { EntanglementService } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import {
  type AnswerQuestionRequest,
  JudgementService,
  type PreviewAnswerRequest,
  QuestionStatus,
  type RevokeRuleRequest,
} from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import {
  type KillMigrationRequest,
  MigrationService,
  type SetWeightRequest,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MissionControlService } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { type ListVerdictsRequest, VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import {
  Code,
  ConnectError,
  type ConnectRouter,
  type HandlerContext,
  type ServiceImpl,
} from '@connectrpc/connect';
import { describe, expect, test } from '@jest/globals';
import { testIo } from './commands/testing.ts';
import { sampleDecision, sampleState } from './core/render/sample.ts';
import { READER_GONE } from './io.ts';
import { runCli } from './program.ts';
import { repositoryRoot } from './shell/state-paths.ts';

const file = `
name: shop
listen: 127.0.0.1:7500
legacy: { address: "127.0.0.1:8081" }
modern: { address: "127.0.0.1:8082" }
routes: [{ name: all, match: [{ prefix: / }] }]
`;

interface Handlers {
  migrations?: Partial<ServiceImpl<typeof MigrationService>>;
  verdicts?: Partial<ServiceImpl<typeof VerdictService>>;
  deployments?: Partial<ServiceImpl<typeof DeploymentService>>;
  judgement?: Partial<ServiceImpl<typeof JudgementService>>;
  entanglement?: Partial<ServiceImpl<typeof EntanglementService>>;
  missionControl?: Partial<ServiceImpl<typeof MissionControlService>>;
}

const listOne = { listMigrations: () => ({ migrations: [sampleState()] }) };

async function run(args: string[], handlers: Handlers = {}, io: Parameters<typeof testIo>[0] = {}) {
  const routes = (router: ConnectRouter) => {
    router.service(MigrationService, handlers.migrations ?? listOne);
    router.service(VerdictService, handlers.verdicts ?? {});
    router.service(DeploymentService, handlers.deployments ?? {});
    router.service(JudgementService, handlers.judgement ?? { listQuestions: () => ({}) });
    router.service(EntanglementService, handlers.entanglement ?? {});
    router.service(MissionControlService, handlers.missionControl ?? {});
  };
  const test = testIo({ routes, ...io });
  const code = await runCli(args, test);
  return { code, out: test.stdout(), err: test.stderr() };
}

describe('which migration', () => {
  const killed: KillMigrationRequest[] = [];
  const killMigration = (request: KillMigrationRequest) => {
    killed.push(request);
    return { elapsedMs: 3.5, proxiesAcked: 1, probeSawLegacy: true };
  };

  test('the only one, when none is named', async () => {
    const { code, out } = await run(['kill', '--reason', 'smoke'], {
      migrations: { ...listOne, killMigration },
    });
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Kill Switch bank: 1 proxy ACKed within 3.5 ms\na probe through the proxy was answered by legacy\n',
    });
    expect(killed.at(-1)).toMatchObject({ name: 'bank', group: '', actor: 'ada', reason: 'smoke' });
  });

  test('the one named, with its group', async () => {
    await run(['kill', 'shop', '-g', 'cart'], { migrations: { killMigration } });
    expect(killed.at(-1)).toMatchObject({ name: 'shop', group: 'cart' });
  });

  test('none there, or several', async () => {
    const other = sampleState();
    other.spec!.name = 'shop';
    const none = await run(['status'], { migrations: { listMigrations: () => ({}) } });
    const several = await run(['status'], {
      migrations: { listMigrations: () => ({ migrations: [sampleState(), other] }) },
    });
    expect(none).toMatchObject({ code: 4, err: expect.stringContaining('chronos apply -f FILE') });
    expect(several).toMatchObject({ code: 2, err: expect.stringContaining('bank, shop') });
  });
});

describe('a kill that is not proven fails', () => {
  test.each([
    ['a proxy has not ACKed', { proxiesPending: 1, probeSawLegacy: true }],
    ['no probe saw legacy', { proxiesPending: 0, probeSawLegacy: false }],
  ])('%s', async (_why, response) => {
    const { code, err } = await run(['kill'], { migrations: { ...listOne, killMigration: () => response } });
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('not proven') });
  });
});

describe('a kill tells what modern alone has', () => {
  const state = sampleState();
  state.spec!.entanglement = create(EntanglementSchema);
  const migrations = { ...listOne, killMigration: () => ({ probeSawLegacy: true, state }) };

  test('repairs that are open, and how far its changes are read', async () => {
    const entanglement = {
      getEntanglement: () => ({ captures: [{ universe: Universe.MODERN, lagSeconds: 0.4 }] }),
      listRepairs: () => ({ totals: { open: 2n, outstanding: 1n } }),
    };
    const { code, out } = await run(['kill'], { migrations, entanglement });
    expect(code).toBe(0);
    expect(out).toContain('2 repairs open, 1 outstanding; modern’s changes are read up to 400 ms ago');
  });

  test('or that nobody knows, which fails nothing', async () => {
    const { code, out } = await run(['kill'], { migrations });
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('does not answer') });
  });
});

describe('exit codes', () => {
  test.each([
    [Code.Unavailable, 3],
    [Code.NotFound, 4],
    [Code.FailedPrecondition, 1],
    [Code.InvalidArgument, 2],
    [Code.Internal, 1],
  ])('%s → %i', async (code, exitCode) => {
    const fail = () => {
      throw new ConnectError('no', code);
    };
    expect(await run(['seal'], { migrations: { ...listOne, sealMigration: fail } })).toMatchObject({
      code: exitCode,
    });
  });

  test('field violations are listed', async () => {
    const applyMigration = () => {
      throw new ConnectError('invalid', Code.InvalidArgument, undefined, [
        {
          desc: ViolationsSchema,
          value: {
            violations: [
              { message: 'too long', field: { elements: [{ fieldName: 'spec' }, { fieldName: 'name' }] } },
            ],
          },
        },
      ]);
    };
    const { err } = await run(
      ['apply', '-f', 'm.yaml'],
      { migrations: { applyMigration } },
      { files: { 'm.yaml': file } },
    );
    expect(err).toBe('chronos: invalid\n  spec.name: too long\n');
  });

  test.each([
    [['weight', '101']],
    [['weight', 'x']],
    [['deploy', 'modern']],
    [['deploy', 'modern', 'v1', '--force']],
    [['deploy', 'neither', 'v1']],
    [['verdicts', '--kind', 'odd']],
    [['nonsense']],
    [['run']],
    [['status', '--server', 'ftp://x']],
    [['apply', '-f', 'missing.yaml']],
  ])('wrong usage: %j', async (args) => {
    expect(await run(args)).toMatchObject({ code: 2, err: expect.stringMatching(/\w/) });
  });

  test('help is no failure', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes:') });
  });

  test.each(['kill', 'pause', 'verdicts', 'run'])(
    'the help of %s shows no empty default',
    async (command) => {
      const { out } = await run([command, '--help']);
      expect(out).toContain('Usage:');
      expect(out).not.toContain('default: ""');
    },
  );
});

describe('where Chronos is', () => {
  const reached = async (args: string[], env: Record<string, string> = {}) => {
    const servers: string[] = [];
    await run(['status', ...args], {}, { env, onServer: (server) => servers.push(server) });
    return servers;
  };

  test.each([
    [[], {}, 'http://127.0.0.1:7400'],
    [[], { CHRONOS_SERVER: 'http://there:1' }, 'http://there:1'],
    [['--server', 'here:2'], { CHRONOS_SERVER: 'http://there:1' }, 'http://here:2'],
  ])('%j %j → %s', async (args, env, expected) => {
    expect(await reached(args, env)).toEqual([expected]);
  });
});

test('the token goes with each call, and where one is missing it is said how to give it', async () => {
  const applyMigration = (_: unknown, { requestHeader }: HandlerContext) => {
    if (requestHeader.get('authorization') === 'Bearer secret-1')
      return { changed: true, state: { revision: 1n } };
    throw new ConnectError('log in first', Code.Unauthenticated);
  };
  const apply = (env: Record<string, string>) =>
    run(['apply', '-f', 'm.yaml'], { migrations: { applyMigration } }, { files: { 'm.yaml': file }, env });
  expect(await apply({ CHRONOS_API_TOKEN: 'secret-1' })).toMatchObject({ code: 0, err: '' });
  const { code, err } = await apply({});
  expect(code).toBe(1);
  expect(err).toMatch(/log in first\n.*CHRONOS_API_TOKEN/);
});

test('apply sends the file, and says whether it changed anything', async () => {
  const names: string[] = [];
  const applyMigration = (request: { spec?: { name: string }; actor: string }) => {
    names.push(`${request.spec?.name} by ${request.actor}`);
    return { changed: names.length === 1, state: { revision: 1n } };
  };
  const files = { 'm.yaml': file };
  const first = await run(['apply', '-f', 'm.yaml'], { migrations: { applyMigration } }, { files });
  const second = await run(['apply', '-f', 'm.yaml'], { migrations: { applyMigration } }, { files });
  expect([first.out, second.out]).toEqual([
    'applied shop, revision 1\n',
    'shop is already in force as the file says\n',
  ]);
  expect(names).toEqual(['shop by ada', 'shop by ada']);
});

test('a file with problems never reaches the server', async () => {
  const { code, err } = await run(
    ['apply', '-f', 'm.yaml'],
    { migrations: {} },
    { files: { 'm.yaml': 'name: X' } },
  );
  expect(code).toBe(2);
  expect(err).toContain('m.yaml:1:7: name is `X`');
});

test('weight takes the percent, with or without the sign', async () => {
  const weights: number[] = [];
  const setWeight = (request: SetWeightRequest) => {
    weights.push(request.percent);
    return { state: sampleState() };
  };
  for (const percent of ['5', '12.5%'])
    await run(['weight', percent], { migrations: { ...listOne, setWeight } });
  expect(weights).toEqual([5, 12.5]);
});

test('deploy by build and by address, and after the seal by force', async () => {
  const asked: DeployRequest[] = [];
  const deploy = (request: DeployRequest) => {
    asked.push(request);
    return { deployment: { id: 'v2@2', address: '127.0.0.1:1' } };
  };
  await run(['deploy', 'modern', 'v2'], { deployments: { deploy } });
  const { out } = await run(['deploy', 'modern', '--address', 'a:1', '-m', 'bank'], {
    deployments: { deploy },
  });
  await run(['deploy', 'modern', 'v1', '--force', '--reason', 'v2 is down'], { deployments: { deploy } });
  expect(asked).toMatchObject([
    { what: { case: 'build', value: 'v2' }, force: false, reason: '' },
    { what: { case: 'address', value: 'a:1' }, force: false },
    { what: { case: 'build', value: 'v1' }, force: true, reason: 'v2 is down' },
  ]);
  expect(out).toBe('deployed v2@2 as modern at 127.0.0.1:1\n');
});

test('status: for people, and the API message as JSON', async () => {
  const handlers = {
    migrations: { ...listOne, getMigration: () => ({ state: sampleState() }) },
    verdicts: { listMismatchGroups: () => ({ groups: [{ route: '/a', field: 'body.x', count: 2n }] }) },
  };
  const people = await run(['status'], handlers);
  expect(people.out).toMatch(/^bank\n {2}money/);
  expect(people.out).toContain('2 × /a body.x');
  const json = JSON.parse((await run(['status', '--json'], handlers)).out);
  expect(json).toMatchObject({ state: { groups: [{ name: 'money', stage: 'STAGE_CANARY' }, {}], kills: 1 } });
});

test('watch tells decisions and changes until the seal', async () => {
  const sealed = sampleState();
  sealed.sealed = { $typeName: 'chronos.v1.Seal', capsule: '/c', at: sealed.observedAt! };
  async function* watchMigration() {
    yield {
      state: sampleState(),
      decisions: [sampleDecision(1n, { action: 'step', stage: Stage.CANARY, percent: 5 })],
    };
    yield { state: sampleState(), decisions: [] };
    // The ten seconds count from the newest line, however often the state is sent.
    for (const seconds of [5n, 10n]) {
      const state = sampleState();
      state.observedAt!.seconds += seconds;
      yield { state, decisions: [] };
    }
    yield {
      state: sealed,
      decisions: [sampleDecision(2n, { action: 'seal', stage: Stage.SEALED, percent: 100 })],
    };
    throw new Error('read on after the seal');
  }
  const { code, out } = await run(['watch'], { migrations: { ...listOne, watchMigration } });
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toEqual([
    expect.stringContaining('Time Rift: 0 % → 5 %'),
    expect.stringContaining('money canary 5 %'),
    expect.stringContaining('money canary 5 %'),
    expect.stringContaining('Time Capsule'),
  ]);
});

test('watch that loses its stream says so', async () => {
  async function* watchMigration() {
    yield { state: sampleState() };
  }
  expect(await run(['watch'], { migrations: { ...listOne, watchMigration } })).toMatchObject({ code: 3 });
});

describe('verdicts', () => {
  const verdict = (requestId: string) => ({
    requestId,
    route: '/a',
    kind: Kind.LOST,
    lostReason: 'shadow-no-response',
  });

  test('filters go to the server; pages until the limit', async () => {
    const requests: ListVerdictsRequest[] = [];
    const listVerdicts = (request: ListVerdictsRequest) => {
      requests.push(request);
      const start = Number(request.pageToken || '0');
      const verdicts = Array.from({ length: Math.min(2, request.pageSize) }, (_, index) =>
        verdict(`r${start + index}`),
      );
      return { verdicts, nextPageToken: String(start + 2) };
    };
    const { out } = await run(['verdicts', '-k', 'lost', 'mismatch', '--route', '/a', '-n', '3', '--json'], {
      verdicts: { listVerdicts },
    });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).requestId),
    ).toEqual(['r0', 'r1', 'r2']);
    expect(requests[0]).toMatchObject({
      migration: 'bank',
      kinds: [Kind.LOST, Kind.MISMATCH],
      route: '/a',
      pageSize: 3,
    });
  });

  test('none', async () => {
    expect((await run(['verdicts'], { verdicts: { listVerdicts: () => ({}) } })).out).toBe('no verdicts\n');
  });
});

test('decisions: newest from the server, oldest first for people', async () => {
  const decisions = [2n, 1n].map((sequence) =>
    sampleDecision(sequence, { action: 'step', stage: Stage.CANARY, percent: Number(sequence) }),
  );
  const { out } = await run(['decisions'], {
    migrations: { ...listOne, listDecisions: () => ({ decisions }) },
  });
  expect(out.trimEnd().split('\n')).toEqual([
    expect.stringContaining('→ 1 %'),
    expect.stringContaining('→ 2 %'),
  ]);
});

test('explain an unknown request', async () => {
  const getVerdict = () => {
    throw new ConnectError('no verdict of request x', Code.NotFound);
  };
  expect(await run(['explain', 'x'], { verdicts: { getVerdict } })).toMatchObject({
    code: 4,
    err: 'chronos: no verdict of request x\n',
  });
});

describe('judge', () => {
  const judge = (stdin: string[]) => run(['judge', '--episodes', '-'], {}, { stdin });
  const episode = (id: string, legacy: string, modern: string) =>
    JSON.stringify({ id, field: 'fee', observations: [{ legacy, modern, legacy2: legacy }] });

  test('one answer a line, in the order read', async () => {
    const { code, out } = await judge([episode('a', '1.10', '1.1'), '', episode('b', '1.10', '-1.10')]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines).toEqual([
      { id: 'a', verdict: 'harmless', rule: 'decimal-equal', explanation: expect.any(String) },
      { id: 'b', verdict: 'bug', rule: 'sign-flipped', explanation: expect.any(String) },
    ]);
  });

  test('a line that cannot be read is told by number, the others are answered', async () => {
    const { code, out, err } = await judge([episode('a', '1', '2'), '{"id":"b"}', episode('c', '1', '2')]);
    expect(code).toBe(2);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toContain('line 2: "field" must be a string');
  });

  test.each([
    ['by a person: told, and how far it came', undefined, 'chronos: interrupted: 2 judged of 3 lines read\n'],
    ['because nobody reads on: not told', READER_GONE, ''],
  ])('interrupted %s', async (_, reason, told) => {
    const interrupted = new AbortController();
    function* stdin() {
      yield episode('a', '1', '2');
      yield '';
      yield episode('b', '1', '2');
      interrupted.abort(reason);
      yield episode('c', '1', '2');
    }
    const io = { stdin: stdin(), signal: interrupted.signal };
    const { code, out, err } = await run(['judge', '--episodes', '-'], {}, io);
    expect({ code, err }).toEqual({ code: 130, err: told });
    expect(out.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('score', () => {
  const score = (stdin: string[]) => run(['score'], {}, { stdin });

  test('one answer a line', async () => {
    const { code, out } = await score([
      '{"compared": 10000, "mismatched": 0, "alpha": 0.01}',
      '',
      '{"compared":0,"mismatched":0,"alpha":0.05}',
    ]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines).toEqual([
      { lower: 0, upper: expect.closeTo(0.00050996701929, 12), confidence: expect.closeTo(99.949003298, 8) },
      { lower: 0, upper: 1, confidence: 0 },
    ]);
  });

  test.each([
    ['foo', 'is no JSON'],
    ['[1]', 'is no JSON object'],
    [
      '{"compared":1,"mismatched":2,"alpha":0.1}',
      'mismatched is 2; accepted: a whole number from 0 to compared',
    ],
    ['{"compared":1.5,"mismatched":0,"alpha":0.1}', 'compared is 1.5'],
    ['{"compared":1,"mismatched":0,"alpha":1}', 'alpha is 1; accepted: a number above 0 and below 1'],
    ['{"compared":1,"mismatched":0}', 'alpha is missing'],
    ['{"compared":"1","mismatched":0,"alpha":0.1,"beta":1}', '"beta" is not a known key; compared is "1"'],
  ])('%s', async (line, problem) => {
    const good = '{"compared":1,"mismatched":0,"alpha":0.1}';
    const { code, out, err } = await score([good, line, good]);
    expect(code).toBe(2);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toContain(`line 2: ${problem}`);
  });
});

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('%s knows every command', async (shell) => {
    const { out } = await run(['completion', shell]);
    for (const command of ['run', 'explain', 'deploy', 'completion']) expect(out).toContain(command);
  });
});

test('schema prints the committed file', async () => {
  const { code, out } = await run(
    ['schema'],
    {},
    { files: { [join(repositoryRoot, 'docs/migration.schema.json')]: '{}' } },
  );
  expect({ code, out }).toEqual({ code: 0, out: '{}' });
});

describe('mismatches', () => {
  const cause = { id: 'c-1', sentence: 'modern = legacy × 100 in 2 fields of GET /a', fields: 2, routes: 1 };
  const groups = [
    { group: 'all', route: 'GET /a', field: 'body.x', count: 3n, cause, legacy: '1', modern: '100' },
    { group: 'all', route: 'GET /a', field: 'body.y', count: 2n, cause, legacy: '2', modern: '200' },
    { group: 'all', route: 'GET /b', field: 'body.z', count: 1n, legacy: '"a"', modern: '' },
  ];
  const listMismatchGroups = ({ pageToken }: { pageToken: string }) =>
    pageToken === ''
      ? { groups: groups.slice(0, 1), nextPageToken: 'more' }
      : { groups: groups.slice(1), nextPageToken: '' };

  test('one cause that touches two fields is one block, whatever the pages', async () => {
    const listed = await run(['mismatches'], { migrations: listOne, verdicts: { listMismatchGroups } });
    expect(listed.out).toContain('bug: modern = legacy × 100 in 2 fields of GET /a\n  5 mismatches\n');
    expect(listed.out).toContain('bug: GET /b body.z: modern differs\n');
    expect(listed.out).toMatch(/2 causes\n$/);
  });

  test('the trace of a cause’s first example is linked where the server says who shows traces', async () => {
    const examples = groups.map((group, index) => ({ ...group, exampleRequestId: `r-${index}` }));
    const { out } = await run(['mismatches'], {
      verdicts: {
        listMismatchGroups: () => ({ groups: examples }),
        getVerdict({ requestId }) {
          if (requestId === 'r-2') throw new ConnectError('no such verdict', Code.NotFound);
          return { traceId: `of-${requestId}` };
        },
      },
      missionControl: { getVersion: () => ({ traceAddress: 'http://zipkin.example/zipkin/traces/{trace}' }) },
    });
    expect(out).toContain('  trace    http://zipkin.example/zipkin/traces/of-r-0\n');
    expect(out.match(/ trace /g)).toHaveLength(1);
  });

  test('a limit counts causes, in JSON too', async () => {
    const listed = await run(['mismatches', '--limit', '1', '--json'], {
      migrations: listOne,
      verdicts: { listMismatchGroups },
    });
    expect(JSON.parse(listed.out).groups).toHaveLength(2);
  });
});

describe('what the judge asks and knows', () => {
  const question = {
    id: 'q-1',
    route: 'GET /sessions/*',
    field: 'body.token',
    sentence: 'May body.token be another one each time?',
    differences: 412n,
    status: QuestionStatus.OPEN,
    severity: Severity.MAJOR,
    examples: [{ legacy: '"tok_0a1b"', modern: '"tok_ffff"' }],
    answers: [
      { id: 'same-shape', sentence: 'body.token is an opaque token of the shape tok_[0-9a-f]{4}' },
      { id: 'bug', sentence: 'any difference in body.token is a bug' },
    ],
  };
  const rule = {
    id: 'r-1',
    group: 'all',
    route: question.route,
    field: question.field,
    author: 'ada',
    sentence: 'body.token is an opaque token',
  };
  const effect = { sentence: 'accepts 412 of the 412 past differences; hides none of the known bugs' };

  test('questions with examples and what may be answered; the status says that they wait', async () => {
    const listQuestions = () => ({ questions: [question], open: 1 });
    const listed = await run(['questions'], { judgement: { listQuestions } });
    expect(listed.out).toBe(
      [
        'q-1  GET /sessions/* body.token  major',
        '  May body.token be another one each time?',
        '  seen 412 times, first -, last -',
        '    legacy "tok_0a1b", modern "tok_ffff"',
        '  same-shape    body.token is an opaque token of the shape tok_[0-9a-f]{4}',
        '  bug           any difference in body.token is a bug',
        '',
        '1 open; answer with: chronos answer QUESTION ANSWER; --preview shows what it would do',
        '',
      ].join('\n'),
    );
    const status = await run(['status'], {
      migrations: { ...listOne, getMigration: () => ({ state: sampleState() }) },
      verdicts: { listMismatchGroups: () => ({}) },
      judgement: { listQuestions },
    });
    expect(status.out).toContain('1 question waits for you: chronos questions');
  });

  test('an answer is previewed without being given', async () => {
    const answered: AnswerQuestionRequest[] = [];
    const judgement = {
      previewAnswer: () => ({ rule, effect }),
      answerQuestion: (request: AnswerQuestionRequest) => {
        answered.push(request);
        return { rule, effect };
      },
    };
    const preview = await run(['answer', 'q-1', 'accept', '--preview'], { judgement });
    expect(preview.out).toContain(effect.sentence);
    expect(answered).toEqual([]);
    const given = await run(['answer', 'q-1', 'accept', '--note', 'by design'], { judgement });
    expect(given.out).toContain('answered q-1 by rule r-1; the evidence of all begins anew');
    expect(answered[0]).toMatchObject({
      questionId: 'q-1',
      answer: 'accept',
      actor: 'ada',
      note: 'by design',
    });
  });

  test('an intended fix is answered by what modern must say', async () => {
    const asked: PreviewAnswerRequest[] = [];
    const previewAnswer = (request: PreviewAnswerRequest) => {
      asked.push(request);
      return { rule, effect };
    };
    const words = ['answer', 'q-1', 'expect', '--expression', 'legacy / 3', '--preview'];
    expect((await run(words, { judgement: { previewAnswer } })).code).toBe(0);
    expect(asked[0]).toMatchObject({ questionId: 'q-1', answer: 'expect', expression: 'legacy / 3' });
  });

  test('an answer that the question does not have is refused with those it has', async () => {
    const answerQuestion = () => {
      throw new ConnectError('"clock" is no answer to q-1; accepted: accept, bug', Code.InvalidArgument);
    };
    const refused = await run(['answer', 'q-1', 'clock'], { judgement: { answerQuestion } });
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('accepted: accept, bug') });
  });

  test('rules are listed and revoked', async () => {
    const revoked: RevokeRuleRequest[] = [];
    const judgement = {
      listRules: () => ({ rules: [rule] }),
      revokeRule: (request: RevokeRuleRequest) => {
        revoked.push(request);
        return { rule };
      },
    };
    const listed = await run(['rules'], { judgement });
    expect(listed.out).toContain(
      'r-1  GET /sessions/* body.token\n  body.token is an opaque token\n  answered by ada',
    );
    const json = await run(['rules', '--json'], { judgement });
    expect(JSON.parse(json.out).rules[0]).toMatchObject({ id: 'r-1', author: 'ada' });
    await run(['rules', '--revoke', 'r-1', '--reason', 'no longer'], { judgement });
    expect(revoked[0]).toMatchObject({ migration: 'bank', ruleId: 'r-1', actor: 'ada', reason: 'no longer' });
  });
});
