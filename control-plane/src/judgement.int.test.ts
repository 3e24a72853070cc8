import { randomBytes } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import { type Arbiter, startArbiter } from '@chronos/arbiter/shell/arbiter.ts';
import { type ExchangeParts, exchange } from '@chronos/arbiter/testing/exchanges.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { type Question, QuestionStatus } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Database } from './shell/store/database.ts';
import { type Stack, startStack } from './testing/stack.ts';

jest.setTimeout(120_000);

const migration = 'shop';
const group = 'tokens';
const calm = 'calm';

let stack: Stack;
let arbiter: Arbiter;
let bus: ReturnType<typeof connectBus>;
let producer: Awaited<ReturnType<typeof bus.producer>>;
let sent = 0;

beforeAll(async () => {
  stack = await startStack(migration);
  bus = connectBus({ brokers: stack.brokers, clientId: 'test', log: () => {} });
  const path = (prefix: string) => [{ path: { case: 'prefix' as const, value: prefix } }];
  await stack.migrations.applyMigration({
    spec: {
      name: migration,
      listen: stack.listen,
      // Named so that their deployments are those that the arbiter's test exchanges name.
      legacy: { builds: [{ name: 'legacy', command: ['unused'] }] },
      modern: { builds: [{ name: 'modern', command: ['unused'] }] },
      routes: [
        { name: group, match: path('/tokens') },
        { name: calm, match: path('/') },
      ],
      policy: { autoStart: true, joinDeadline: { seconds: 5n } },
    },
  });
  await stack.until('serving', (s) => s.deployments.filter((d) => d.phase === 2).length === 2);
  arbiter = await begunArbiter();
  producer = await bus.producer();
}, 120_000);
afterAll(async () => {
  await arbiter?.close();
  await bus?.close();
  await stack?.dispose();
}, 60_000);

const begunArbiter = () => startArbiter({ brokers: stack.brokers, group: 'arbiters', log: () => {} });

/** What one request was answered by each run; a third answer is legacy's second. */
type Bodies = readonly [legacy: string, modern: string, second?: string];

async function send(path: string, of: string, requests: readonly Bodies[]): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < requests.length; from += 100) {
    const records = requests.slice(from, from + 100).flatMap(([legacy, modern, second]) => {
      const id = `q${sent++}`;
      ids.push(id);
      const common: ExchangeParts = { id, migration, group: of, path };
      const exchanges = [
        ...(second === undefined ? [] : [exchange({ ...common, role: 'second', body: second })]),
        exchange({ ...common, body: legacy }),
        exchange({ ...common, universe: 'modern', role: 'shadow', body: modern }),
      ];
      return exchanges.map((e) => ({ key: id, value: toBinary(ExchangeSchema, e) }));
    });
    await producer.send('shadow-requests', records);
  }
  return ids;
}

/** Numbers in [0, 1), the same in each run (Lehmer). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const many = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
const token = () => randomBytes(16).toString('hex');
const withToken = (): Bodies => [`{"n":1,"token":"${token()}"}`, `{"n":1,"token":"${token()}"}`];
const groupNow = async (name: string) => (await stack.state()).groups.find((g) => g.name === name);
const untilGroup = (what: string, name: string, holds: (compared: bigint, mismatched: bigint) => boolean) =>
  stack.until(what, (s) => {
    const found = s.groups.find((g) => g.name === name);
    return found !== undefined && holds(found.compared, found.mismatched);
  });

async function poll<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const openQuestion = (field: string): Promise<Question> =>
  poll(`a question about ${field}`, async () => {
    const { questions } = await stack.judgement.listQuestions({ migration, statuses: [QuestionStatus.OPEN] });
    return questions.find((question) => question.field === field);
  });
const rules = async (revoked = false) => (await stack.judgement.listRules({ migration, revoked })).rules;
const learnedRule = (field: string): Promise<FieldRule> =>
  poll(`a learned rule of ${field}`, async () =>
    (await rules()).find((rule) => rule.author === 'judge' && rule.field === field),
  );
/** Sends until a verdict was judged by the rules that are in force now: how long a rule takes to hold. */
async function untilInForce(path: string, bodies: () => Bodies): Promise<void> {
  await poll('a verdict by the new rules', async () => {
    await send(path, group, [bodies()]);
    return ((await groupNow(group))?.compared ?? 0n) > 0n ? true : undefined;
  });
}
const verdictOf = (requestId: string) =>
  poll(`the verdict of ${requestId}`, () =>
    stack.verdicts.getVerdict({ requestId }).then(
      ({ verdict }) => verdict,
      () => undefined,
    ),
  );

test('a volatile field becomes one question, however many requests differ', async () => {
  await send(
    '/calm',
    calm,
    many(30, () => ['{"a":1}', '{"a":1}']),
  );
  const [first = ''] = await send('/tokens/17', group, many(40, withToken));
  expect(await verdictOf(first)).toMatchObject({ kind: Kind.MISMATCH, asked: true });
  await untilGroup('all mismatched', group, (compared, mismatched) => compared === 40n && mismatched === 40n);
  await untilGroup('the calm group compared', calm, (compared) => compared === 30n);
  const question = await poll('all are seen', async () => {
    const found = await openQuestion('body.token');
    return found.differences === 40n ? found : undefined;
  });
  expect(question).toMatchObject({ group, route: 'GET /tokens/*', status: QuestionStatus.OPEN });
  expect(question.examples).toHaveLength(10);
  expect(question.answers.map(({ id }) => id)).toEqual(['same-shape', 'ignore', 'bug']);
  const { open, questions } = await stack.judgement.listQuestions({ migration });
  expect([open, questions.length]).toEqual([1, 1]);
  const { groups } = await stack.verdicts.listMismatchGroups({ migration });
  expect(groups).toMatchObject([{ field: 'body.token', ruling: Ruling.ASKED, count: 40n }]);
});

test('an answer is previewed on the past differences; what is no answer is refused with what is', async () => {
  const { id } = await openQuestion('body.token');
  const { rule, effect } = await stack.judgement.previewAnswer({ questionId: id, answer: 'same-shape' });
  expect(rule?.accepts).toMatchObject({ case: 'shape', value: { pattern: '[0-9a-f]{32}' } });
  expect(effect).toMatchObject({ examined: 40, accepted: 40, differences: 40n, hiddenBugs: 0 });
  expect(effect?.sentence).toBe('accepts 40 of the 40 past differences; hides none of the known bugs');
  expect(await rules()).toEqual([]);
  const error = ConnectError.from(
    await stack.judgement.previewAnswer({ questionId: id, answer: 'clock' }).catch((e: unknown) => e),
  );
  expect(error.code).toBe(Code.InvalidArgument);
  expect(error.rawMessage).toContain('accepted: accept, same-shape, ignore, bug');
});

test('what does not exist is said, with where to look', async () => {
  const errors = await Promise.all([
    stack.judgement.previewAnswer({ questionId: 'q-none', answer: 'bug' }).catch(ConnectError.from),
    stack.judgement.answerQuestion({ questionId: 'q-none', answer: 'bug' }).catch(ConnectError.from),
    stack.judgement.revokeRule({ migration, ruleId: 'r-none' }).catch(ConnectError.from),
    stack.judgement.listQuestions({ migration: 'none' }).catch(ConnectError.from),
    stack.judgement.listQuestions({ migration, pageToken: 'x' }).catch(ConnectError.from),
  ]);
  expect(errors.map((error) => (error instanceof ConnectError ? Code[error.code] : 'answered'))).toEqual([
    'NotFound',
    'NotFound',
    'NotFound',
    'NotFound',
    'InvalidArgument',
  ]);
});

test('an answer holds for new verdicts at once, and starts the evidence of its own group anew', async () => {
  const { id } = await openQuestion('body.token');
  const { rule, question } = await stack.judgement.answerQuestion({
    questionId: id,
    answer: 'same-shape',
    actor: 'ada',
    note: 'sessions are random',
  });
  expect(question).toMatchObject({
    status: QuestionStatus.ANSWERED,
    given: { actor: 'ada', ruleId: rule?.id },
  });
  expect(await groupNow(group)).toMatchObject({ compared: 0n, mismatched: 0n, confidence: 0 });
  expect(await groupNow(calm)).toMatchObject({ compared: 30n });
  await untilInForce('/tokens/17', withToken);
  const [next = ''] = await send('/tokens/17', group, many(20, withToken));
  const verdict = await verdictOf(next);
  expect(verdict.kind).toBe(Kind.EQUIVALENT);
  expect(verdict.differences[0]).toMatchObject({
    rule: `answered:shape:${rule?.id}`,
    ruling: Ruling.HARMLESS,
  });
  await untilGroup('clean', group, (compared, mismatched) => compared >= 20n && mismatched === 0n);
  // One that was judged by the old rules and arrives late is no evidence for the new.
  const old = await verdictOf('q30');
  expect(verdict.rulesVersion).not.toBe(old.rulesVersion);
  await stack.send([{ ...old, requestId: 'late' }]);
  await verdictOf('late');
  expect(await groupNow(group)).toMatchObject({ mismatched: 0n });
  const { decisions } = await stack.migrations.listDecisions({ name: migration });
  expect(decisions.find(({ action }) => action === 'answer')).toMatchObject({ actor: 'ada', group });
  await poll('no mismatch group stands', async () => {
    const { groups } = await stack.verdicts.listMismatchGroups({ migration });
    return groups.length === 0 ? true : undefined;
  });
});

test('beyond what the rule can verify it is a mismatch still', async () => {
  const [id = ''] = await send('/tokens/17', group, [
    [`{"n":1,"token":"${token()}"}`, '{"n":1,"token":"short"}'],
  ]);
  expect((await verdictOf(id)).kind).toBe(Kind.MISMATCH);
});

test('an answer that was given is not given twice', async () => {
  const { questions } = await stack.judgement.listQuestions({ migration });
  const answered = questions.find(({ given }) => given?.actor === 'ada') ?? questions[0];
  const [rule] = await rules();
  const both = await Promise.allSettled(
    many(2, () =>
      stack.judgement.answerQuestion({ questionId: answered?.id ?? '', answer: 'ignore', actor: 'bob' }),
    ),
  );
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  expect((await rules()).filter(({ questionId }) => questionId === rule?.questionId)).toHaveLength(1);
});

test('an arbiter that starts anew judges by the same rules', async () => {
  await arbiter.close();
  arbiter = await begunArbiter();
  const [id = ''] = await send('/tokens/17', group, [withToken()]);
  expect((await verdictOf(id)).kind).toBe(Kind.EQUIVALENT);
});

test('revoked: what it accepted is a mismatch again, and the question waits again', async () => {
  for (const { id } of await rules()) {
    const { rule } = await stack.judgement.revokeRule({
      migration,
      ruleId: id,
      actor: 'ada',
      reason: 'a mistake',
    });
    expect(rule?.revoked).toMatchObject({ actor: 'ada', reason: 'a mistake' });
  }
  await untilInForce('/tokens/17', withToken);
  const [id = ''] = await send('/tokens/17', group, [withToken()]);
  expect((await verdictOf(id)).kind).toBe(Kind.MISMATCH);
  expect((await openQuestion('body.token')).given).toBeUndefined();
  expect(await rules()).toEqual([]);
  expect((await rules(true)).length).toBeGreaterThan(0);
});

test('kill -9 around an answer loses nothing: stored is in force, once', async () => {
  const database = new Database(stack.databaseUrl);
  const { id } = await openQuestion('body.token');
  const stored = poll('the rule is stored', async () => {
    const { rows } = await database.query('SELECT id FROM field_rules WHERE NOT revoked');
    return rows.length > 0 ? true : undefined;
  });
  const answered = stack.judgement
    .answerQuestion({ questionId: id, answer: 'ignore', actor: 'eve' })
    .catch(() => undefined);
  await stored;
  await stack.restartControlPlane();
  await answered;
  await database.close();
  expect(await rules()).toMatchObject([{ author: 'eve' }]);
  await untilInForce('/tokens/17', withToken);
  const [next = ''] = await send('/tokens/17', group, [withToken()]);
  expect((await verdictOf(next)).kind).toBe(Kind.EQUIVALENT);
});

test('noise that legacy shows against itself is learned, verified on each request, and ended when its distribution shifts', async () => {
  const random = seeded(7);
  const quote = (i: number, shift = 0) => (100 + (i % 17) + random() + shift).toFixed(3);
  const quotes = (n: number, shift = 0) =>
    many(n, (i): Bodies => [`{"q":${quote(i)}}`, `{"q":${quote(i, shift)}}`, `{"q":${quote(i)}}`]);
  await send('/tokens/quote', group, quotes(60));
  const rule = await learnedRule('body.q');
  expect(rule).toMatchObject({ author: 'judge', accepts: { case: 'noise' }, group });
  await untilInForce('/tokens/quote', () => quotes(1)[0] ?? ['', '']);
  const [within = ''] = await send('/tokens/quote', group, quotes(1));
  const verdict = await verdictOf(within);
  expect(verdict.differences[0]).toMatchObject({ rule: `learned:noise:${rule.id}`, hasSecond: true });
  const [beyond = ''] = await send('/tokens/quote', group, quotes(1, 50));
  expect((await verdictOf(beyond)).kind).toBe(Kind.MISMATCH);
  // A bias small enough to stay within the bounds on each request shows in all of them together.
  await send('/tokens/quote', group, quotes(300, 0.8));
  const ended = await poll('the rule is ended', async () =>
    (await rules(true)).find(({ id, revoked }) => id === rule.id && revoked !== undefined),
  );
  expect(ended.revoked?.actor).toBe('judge');
});

test('an intended fix is answered by an expression, verified on equal answers too, and revocable', async () => {
  const ref = (modern: (legacy: string) => string): Bodies => {
    const legacy = randomBytes(8).toString('hex');
    return [`{"ref":"${legacy}"}`, `{"ref":"${modern(legacy)}"}`];
  };
  const right = () => ref((legacy) => `v2.${legacy}`);
  await send('/tokens/ref', group, many(8, right));
  const { id } = await poll('all are seen', async () => {
    const found = await openQuestion('body.ref');
    return found.differences === 8n ? found : undefined;
  });
  const given = (expression: string) => ({ questionId: id, answer: 'expect', expression });
  const refused = await Promise.all(
    [given(''), given('legacy +'), given('request.body.ref'), { ...given('legacy'), answer: 'bug' }].map(
      (wrong) =>
        stack.judgement.previewAnswer(wrong).then(
          () => 'accepted',
          (error: unknown) => Code[ConnectError.from(error).code],
        ),
    ),
  );
  expect(refused).toEqual(refused.map(() => 'InvalidArgument'));
  const preview = async (expression: string) =>
    (await stack.judgement.previewAnswer(given(expression))).effect;
  expect(await preview('legacy')).toMatchObject({ examined: 8, accepted: 0 });
  const expression = '"v2." + legacy';
  expect(await preview(expression)).toMatchObject({ examined: 8, accepted: 8 });
  const { rule } = await stack.judgement.answerQuestion(given(expression));
  expect(await rules()).toContainEqual(expect.objectContaining({ id: rule?.id }));
  expect(await stack.metrics()).toMatch(/chronos_questions_open\{migration="shop"\} \d/);
  await poll('it is in force', async () => {
    const [asked = ''] = await send('/tokens/ref', group, [right()]);
    return (await verdictOf(asked)).kind === Kind.EQUIVALENT ? true : undefined;
  });
  const ids = await send('/tokens/ref', group, [
    right(),
    ref((legacy) => legacy.toUpperCase()),
    ref((legacy) => legacy),
  ]);
  const verdicts = await Promise.all(ids.map(verdictOf));
  expect(verdicts.map(({ kind }) => kind)).toEqual([Kind.EQUIVALENT, Kind.MISMATCH, Kind.MISMATCH]);
  for (const { differences } of verdicts) expect(differences[0]?.rule).toBe(`answered:expect:${rule?.id}`);
  await stack.judgement.revokeRule({ migration, ruleId: rule?.id ?? '' });
  await poll('it is revoked', async () => {
    const [asked = ''] = await send('/tokens/ref', group, [ref((legacy) => legacy)]);
    return (await verdictOf(asked)).kind === Kind.IDENTICAL ? true : undefined;
  });
  expect((await openQuestion('body.ref')).id).toBe(id);
});

test('ids renamed one to one are accepted while they are; one that is renamed two ways ends the rule', async () => {
  const name = (i: number, suffix = '') =>
    [
      `{"id":"ACCT-${100_000 + i * 7919}"}`,
      `{"id":"${(900_000 + i * 7907).toString(36)}-${500_000 + i}${suffix}"}`,
    ] as const;
  await send('/tokens/ids', group, [...many(20, (i) => name(i)), ...many(5, (i) => name(i))]);
  const { id } = await openQuestion('body.id');
  const { rule } = await stack.judgement.answerQuestion({ questionId: id, answer: 'renamed', actor: 'ada' });
  expect(rule?.accepts.case).toBe('renaming');
  await untilInForce('/tokens/ids', () => name(1));
  const [known = ''] = await send('/tokens/ids', group, [name(3)]);
  expect((await verdictOf(known)).kind).toBe(Kind.EQUIVALENT);
  const [, another] = name(4);
  await send('/tokens/ids', group, [name(3), [name(3)[0], another]]);
  const ended = await poll('the rule is ended', async () =>
    (await rules(true)).find((candidate) => candidate.id === rule?.id && candidate.revoked !== undefined),
  );
  expect(ended.revoked?.reason).toContain('renamed two ways');
  await poll('what it accepted stands again', async () => {
    const { groups } = await stack.verdicts.listMismatchGroups({ migration });
    return groups.find(({ field }) => field === 'body.id');
  });
});
