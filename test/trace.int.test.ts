import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { population } from '@chronos/bank-data/population.ts';
import { MissionControlService } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { drawn, isCallOf, isSql, missing, tops } from './harness/bank-trace.ts';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { foundInFiles } from './harness/found-in-files.ts';
import { until } from './harness/until.ts';
import { ZipkinApi, type ZipkinSpan } from './harness/zipkin-api.ts';

/**
 * Traces in a real Zipkin, which `--observability` installs and starts. The two banks, with a ladder that a few dozen requests climb; modern books
 * interest wrongly for VIP customers, on a route that is only mirrored.
 */
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
    - { name: v1, command: [node, "@ROOT@/services/modern-bank/src/main.ts", --build, v1], health_path: /healthz }
routes:
  - name: interest
    match: [{ path_exact: /bank.v1.BankService/AccrueInterest }]
    shadow_only: true
  - name: bank
    match: [{ prefix: /bank.v1.BankService/, safe: true }]
policy:
  auto_start: true
  ladder:
    - { percent: 50, confidence: 50, min_compared: 20, dwell: 0s }
    - { percent: 100, confidence: 99.9999, dwell: 600s }
`;
const method = (name: string) => `/bank.v1.BankService/${name}`;
const [customers, others] = [population().slice(0, 20), population().slice(20)];

let zipkin: ZipkinApi;
let run: ChronosRun;

beforeAll(async () => {
  run = await chronosRun({
    migration: bank,
    args: ['--observability'],
    env: {
      // Every trace is kept, but of interest only those with a mismatch; and all is soon decided.
      CHRONOS_TRACE_SHARE: '1,interest=0',
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
  await run.copiesFlow('bank');
}, 240_000);

afterAll(async () => {
  await run?.stop();
}, 60_000);

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

/** What must not be found anywhere afterwards. */
const tokensSeen: string[] = [];

/** Logs in; what the customer's next calls carry. */
async function authorizationOf({ id, pin }: { id: string; pin: string }): Promise<{ authorization: string }> {
  const { token } = await ask('Login', { customerId: id, pin });
  tokensSeen.push(String(token));
  return { authorization: `Bearer ${String(token)}` };
}

async function askForBalances(): Promise<void> {
  for (const customer of customers)
    await ask('GetBalance', { accountId: customer.accounts[0].id }, await authorizationOf(customer));
}

/** A year's interest on the savings account, under a trace id of the client's choosing. */
async function accrueInterest(customer: (typeof others)[number] | undefined, traceId: string): Promise<void> {
  if (customer === undefined) throw new Error('there is no such customer');
  await ask(
    'AccrueInterest',
    { accountId: customer.accounts[1].id, days: 366 },
    {
      ...(await authorizationOf(customer)),
      'idempotency-key': traceId,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
  );
}

const balance = 'bank.v1.bankservice/getbalance'; // Zipkin writes names small

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

/** A trace in which this service has a span of this name. */
async function traceOf(service: string, name: string): Promise<string> {
  const span = await until(
    `a span ${name}`,
    async () => (await zipkin.traces(service)).flat().find((one) => one.name === name),
    { withinMs: 40_000, look: run.output },
  );
  return span.traceId;
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

test('of a route whose traces are not kept, that of a mismatch is, and the page and the command line link to it', async () => {
  const [matching, differing] = [
    '1af7651916cd43dd8448eb211c80319c',
    '2af7651916cd43dd8448eb211c80319c',
  ] as const;
  const open = others.filter(({ accounts }) => !accounts[1].blocked);
  await accrueInterest(
    open.find(({ vip }) => !vip),
    matching,
  );
  await accrueInterest(
    open.find(({ vip }) => vip),
    differing,
  );
  const spans = await until(
    'the trace of the mismatch, with its judgement',
    async () => {
      const found = await zipkin.trace(differing);
      return found.some(({ name }) => name === 'arbiter.judge') && found;
    },
    { withinMs: 60_000, look: run.output },
  );
  expect(spans.some(isCallOf('modern-bank'))).toBe(true);
  // Asked first, judged first, decided first: it had its time, and was left out.
  expect(await zipkin.trace(matching)).toEqual([]);
  const { traceAddress } = await createClient(
    MissionControlService,
    createConnectTransport({ baseUrl: run.apiUrl, httpVersion: '1.1' }),
  ).getVersion({});
  const link = traceAddress.replace('{trace}', differing);
  expect((await fetch(link)).ok).toBe(true);
  const { stdout } = await promisify(execFile)(process.execPath, [
    resolve(import.meta.dirname, '../cli/src/main.ts'),
    'mismatches',
    '--server',
    run.apiUrl,
  ]);
  expect(stdout).toContain(link);
}, 120_000);

test('no token, PIN or key of the traffic is in a log, on a topic, in Chronos’ database or in a span', async () => {
  const guessed = '739201846509174';
  await ask('Login', { customerId: customers[0]!.id, pin: guessed }).catch(() => undefined);
  const inState = (folder: string, texts: readonly string[]) =>
    foundInFiles(join(run.stateDir, folder), texts);
  // What is no secret is found: what is not found below is not there.
  const { id } = customers[3]!.accounts[0];
  await until('the requests are stored', async () => (await inState('kafka', [id])).length === 1, {
    withinMs: 30_000,
    look: run.output,
  });
  const kept: Record<string, unknown> = JSON.parse(
    await readFile(join(run.stateDir, 'secrets.json'), 'utf8'),
  );
  // A masked token keeps its form and the claims of declared segments; never its signature.
  const signatures = tokensSeen.map((token) => token.slice(token.lastIndexOf('.') + 1));
  const secrets = [guessed, ...tokensSeen, ...signatures, ...Object.values(kept).map(String)];
  expect(secrets.length).toBeGreaterThan(25);
  const spans = await Promise.all(
    ['legacy-bank', 'modern-bank', 'time-rift', 'capture'].map((one) => zipkin.traces(one)),
  );
  const found = {
    terminal: secrets.filter((secret) => run.output().includes(secret)),
    spans: secrets.filter((secret) => JSON.stringify(spans).includes(secret)),
    logs: await inState('logs', secrets),
    topics: await inState('kafka', secrets),
    database: await inState('postgres/database', secrets),
  };
  expect(found).toEqual({ terminal: [], spans: [], logs: [], topics: [], database: [] });
}, 120_000);
