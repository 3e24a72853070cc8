import { population } from '@chronos/bank-data/population.ts';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { until } from './harness/until.ts';
import { ZipkinApi, type ZipkinSpan } from './harness/zipkin-api.ts';

/** Traces in a real Zipkin, which `--observability` installs and starts. The two banks, right about everything, with a ladder that a few dozen requests climb. */
const bank = `
name: bank
listen: "@LISTEN@"
customer: { jwt_claim: sub }
descriptors: ["@ROOT@/deploy/migrations/bank.binpb"]
shared_secrets: [BANK_JWT_KEY]
legacy:
  protocol: http2
  postgres: { database: legacy_bank }
  builds:
    - { name: v0, command: [node, "@ROOT@/services/legacy-bank/src/main.ts"], health_path: /healthz }
modern:
  protocol: http2
  postgres: { database: modern_bank }
  builds:
    - { name: v2, command: [node, "@ROOT@/services/modern-bank/src/main.ts", --build, v2], health_path: /healthz }
routes:
  - name: bank
    match: [{ prefix: /bank.v1.BankService/, safe: true }]
policy:
  auto_start: true
  ladder:
    - { percent: 50, confidence: 50, min_compared: 20, dwell: 0s }
    - { percent: 100, confidence: 99.9999, dwell: 600s }
`;
const method = (name: string) => `/bank.v1.BankService/${name}`;
const customers = population().slice(0, 20);

let zipkin: ZipkinApi;
let run: ChronosRun;

beforeAll(async () => {
  run = await chronosRun({
    migration: bank,
    args: ['--observability'],
    env: {
      // Every trace is kept, and soon decided.
      CHRONOS_TRACE_SHARE: '1',
      CHRONOS_TRACE_HOLD_MS: '1000',
      OTEL_BSP_SCHEDULE_DELAY: '200', // spans come within a fifth of a second instead of five
    },
  });
  const link = await until(
    'the link',
    () => /Zipkin \(traces\) .*(http:\S+)\/zipkin\//.exec(run.output())?.[1],
    {
      withinMs: 100_000,
      look: run.output,
    },
  );
  zipkin = new ZipkinApi(link);
  await until('the copies flow', async () => (await stage()) >= Stage.SHADOW, {
    withinMs: 60_000,
    look: run.output,
  });
}, 240_000);

afterAll(async () => {
  await run?.stop();
}, 60_000);

async function stage(): Promise<Stage> {
  return (await run.state('bank')).groups[0]?.stage ?? Stage.UNSPECIFIED;
}

async function ask(name: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`http://${run.listen}${method(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${name}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Asks for balances, each under a trace id of the client's choosing. */
async function askForBalances(): Promise<void> {
  for (const customer of customers) {
    const login = await ask('Login', { customerId: customer.id, pin: customer.pin });
    const authorization = `Bearer ${String(login.token)}`;
    await ask('GetBalance', { accountId: customer.accounts[0].id }, { authorization });
  }
}

const balance = 'bank.v1.bankservice/getbalance'; // Zipkin writes names small

const isCallOf = (service: string) => (span: ZipkinSpan) =>
  span.service === service && span.attributes['rpc.method'] !== undefined;
const isSql = (span: ZipkinSpan) => span.attributes['db.query.text'] !== undefined;

/** The spans of one trace, once all that belong to it are there. */
async function wholeTrace(traceId: string): Promise<readonly ZipkinSpan[]> {
  let spans: readonly ZipkinSpan[] = [];
  return await until(
    'a whole trace',
    async () => {
      spans = await zipkin.trace(traceId);
      return missing(spans).length === 0 && spans;
    },
    { withinMs: 40_000, look: () => `missing: ${missing(spans).join(', ')}\n${drawn(spans)}` },
  );
}

/** The spans whose parent is not in the trace: its root, or the one below the client's. */
function tops(spans: readonly ZipkinSpan[]): ZipkinSpan[] {
  const ids = new Set(spans.map((span) => span.spanId));
  return spans.filter((span) => !ids.has(span.parentId));
}

/** A trace in which this service has a span of this name. */
async function traceOf(service: string, name: string): Promise<string> {
  const span = await until(
    `a span ${name}`,
    async () => (await zipkin.traces(service)).flat().find((one) => one.name === name),
    { withinMs: 40_000, look: run.output },
  );
  return span.traceId;
}

/** What a request's trace must hold: who took part, on which side, and all of it one tree. */
function missing(spans: readonly ZipkinSpan[]): string[] {
  const count = (of: (span: ZipkinSpan) => boolean) => spans.filter(of).length;
  const wanted: [string, boolean][] = [
    ['Envoy, the client’s side and one towards each universe', count((s) => s.service === 'time-rift') >= 3],
    ['legacy', count(isCallOf('legacy-bank')) === 1],
    ['modern', count(isCallOf('modern-bank')) === 1],
    ['SQL of legacy', count((s) => s.service === 'legacy-bank' && isSql(s)) >= 1],
    ['SQL of modern', count((s) => s.service === 'modern-bank' && isSql(s)) >= 1],
    ['capture of the answer', count((s) => s.attributes['chronos.side'] === 'authority') === 1],
    ['capture of the copy', count((s) => s.attributes['chronos.side'] === 'shadow') === 1],
    ['the judgement', count((s) => s.name === 'arbiter.judge') === 1],
    ['every span’s parent', tops(spans).length === 1],
  ];
  return wanted.filter(([, there]) => !there).map(([what]) => what);
}

function drawn(spans: readonly ZipkinSpan[]): string {
  return spans
    .map(
      (s) =>
        `${s.spanId} ← ${s.parentId || '(root)'}  ${s.service}: ${s.name} ${s.attributes['chronos.side'] ?? ''}`,
    )
    .join('\n');
}

test('one trace runs from the proxy through both universes and Kafka to the verdict', async () => {
  await askForBalances();
  const spans = await wholeTrace(await traceOf('modern-bank', balance));
  expect(tops(spans).map(({ service, parentId }) => ({ service, parentId }))).toEqual([
    { service: 'time-rift', parentId: '' },
  ]);
  // What each universe recorded lies below the proxy's own span towards it, and so does what was captured there.
  const parent = (span: ZipkinSpan | undefined) => spans.find((one) => one.spanId === span?.parentId);
  const legacy = spans.find(isCallOf('legacy-bank'));
  const modern = spans.find(isCallOf('modern-bank'));
  expect([parent(legacy)?.service, parent(modern)?.service]).toEqual(['time-rift', 'time-rift']);
  expect(parent(legacy)?.spanId).not.toBe(parent(modern)?.spanId);
  for (const call of [legacy, modern]) {
    const sql = spans.filter((span) => span.service === call?.service && isSql(span));
    expect(new Set(sql.map(({ parentId }) => parentId))).toEqual(new Set([call?.spanId]));
  }
  const side = (one: string) => spans.find((span) => span.attributes['chronos.side'] === one);
  const universes = new Set([parent(legacy)?.spanId, parent(modern)?.spanId]);
  expect(new Set([side('authority')?.parentId, side('shadow')?.parentId])).toEqual(universes);
  // The judgement follows from both captures, by way of Kafka.
  const judgement = spans.find((span) => span.name === 'arbiter.judge');
  expect(judgement?.parentId).toBe(side('authority')?.spanId);
  expect(new Set(judgement?.links.map((link) => link.spanId))).toEqual(
    new Set([side('authority')?.spanId, side('shadow')?.spanId]),
  );
}, 120_000);

test('a client’s own trace goes on', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const { id, pin } = customers[0]!;
  await ask('Login', { customerId: id, pin }, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  const spans = await wholeTrace(traceId);
  expect(tops(spans).map((span) => span.parentId)).toEqual(['b7ad6b7169203331']);
});

test('the span of a weight decision links to the trace of the verdict it stands on', async () => {
  const decision = await until(
    'the step to 50 %',
    async () =>
      (await zipkin.traces('chronos-control-plane', 'chronos.action=step'))
        .flat()
        .find((s) => s.attributes['chronos.action'] === 'step'),
    { withinMs: 60_000, look: run.output },
  );
  expect(decision.links).toHaveLength(1);
  const { traceId, spanId } = decision.links[0]!;
  const spans = await wholeTrace(traceId);
  expect(spans.find((span) => span.spanId === spanId)?.name).toBe('arbiter.judge');
  // The journal names the same request.
  const { decisions } = await run.migrations.listDecisions({ name: 'bank', pageSize: 50 });
  const step = decisions.find((entry) => entry.action === 'step');
  expect(step?.traceparent).toContain(traceId);
  const verdict = await run.verdicts.getVerdict({ requestId: step?.requestId ?? '' });
  expect(verdict.traceId).toBe(traceId);
}, 120_000);
