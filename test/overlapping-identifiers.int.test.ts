import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { DurationSchema } from '@bufbuild/protobuf/wkt';
import { IdentifiersService } from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import { Stage, UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';

/** Both universes number their notes from the bottom up: legacy's 2 is modern's 3. Nothing but the overlap keeps clients from modern. */
const migration = `
name: notes
listen: "@LISTEN@"
customer: { header: x-customer }
legacy:
  builds:
    - { name: old, command: [node, "@ROOT@/test/universes/counting.mjs", "1"] }
modern:
  builds:
    - { name: new, command: [node, "@ROOT@/test/universes/counting.mjs", "2"] }
    - { name: apart, command: [node, "@ROOT@/test/universes/counting.mjs", "1000000"] }
routes:
  - { name: all, match: [{ prefix: / }] }
identifiers:
  bijections:
    - name: notes
      made:
        - { route: POST /notes, at: body.number }
        - { route: GET /notes/*, at: body.number }
        - { route: PUT /notes/*, at: body.number }
      used:
        - { route: GET /notes/*, at: path.2 }
        - { route: PUT /notes/*, at: path.2 }
  wait: 5s
  answering: [all]
policy:
  auto_start: true
  ladder:
    - { percent: 50, confidence: 50, min_compared: 20, dwell: 1s }
    - { percent: 100, confidence: 50, min_compared: 20, dwell: 1s }
`;

let run: ChronosRun;

beforeAll(async () => {
  run = await chronosRun({ migration });
  await run.copiesFlow('notes');
}, 180_000);

afterAll(async () => {
  await run?.stop();
}, 60_000);

async function ask(method: string, path: string, text?: string, customer = 'c1') {
  const response = await fetch(`http://${run.listen}${path}`, {
    method,
    headers: { 'x-customer': customer, 'content-type': 'application/json' },
    ...(text !== undefined && { body: JSON.stringify({ text }) }),
    signal: AbortSignal.timeout(15_000),
  });
  return { status: response.status, ...((await response.json()) as { number: number; text?: string }) };
}

/** Every round has to go well; `done` only has to come true. */
async function rounds(round: (n: number) => Promise<void>, done: () => Promise<boolean>) {
  const deadline = performance.now() + 90_000;
  for (let n = 0; !(await done()); n += 1) {
    if (performance.now() > deadline) throw new Error(`not within 90 s\n${run.output()}`);
    await round(n);
    // So many that others on this machine can work, too.
    await delay(25);
  }
}

const group = async () => (await run.state('notes')).groups[0];

test('where both universes count 1, 2, 3, legacy’s clients get their own, and nobody is moved', async () => {
  const mine = new Map<number, string>();
  const round = async (n: number) => {
    const { number } = await ask('POST', '/notes', `note ${n}`);
    mine.set(number, `note ${n}`);
    const [oldest = number] = mine.keys();
    expect(await ask('PUT', `/notes/${oldest}`, `note ${n} of ${oldest}`)).toMatchObject({ status: 200 });
    mine.set(oldest, `note ${n} of ${oldest}`);
    for (const [own, text] of [...mine].slice(-3))
      expect(await ask('GET', `/notes/${own}`)).toEqual({ status: 200, number: own, text });
  };
  const held = /^ids of "notes" that tell whose they are: \d+ is one thing in legacy and another in modern/;
  await rounds(round, async () => {
    const now = await group();
    return held.test(now?.nextStep?.waitsFor ?? '') && Number(now?.compared) > 60;
  });
  for (const [own, text] of mine)
    expect(await ask('GET', `/notes/${own}`)).toEqual({ status: 200, number: own, text });
  expect(await group()).toMatchObject({ stage: Stage.SHADOW, mismatched: 0n });
  const byHand = run.migrations.setWeight({ name: 'notes', group: 'all', percent: 50, actor: 'test' });
  await expect(byHand).rejects.toThrow(/tell whose they are/);
}, 150_000);

test('who knows better may go on, which is journalled; where it is accepted no more, a canary goes back', async () => {
  const { spec } = await run.state('notes');
  const [kind] = spec?.identifiers?.bijections ?? [];
  const last = spec?.policy?.ladder.at(-1);
  if (spec === undefined || kind === undefined || last === undefined)
    throw new Error('the migration declares a kind and a ladder');
  const { dwell } = last;
  // It stays a canary, however slow this machine is.
  last.dwell = create(DurationSchema, { seconds: 600n });
  // What is only made names nothing that exists.
  const make = async () => void (await ask('POST', '/notes', 'made'));
  kind.overlapAccepted = 'all of these are trials';
  await run.migrations.applyMigration({ spec, actor: 'grace' });
  await rounds(make, async () => (await group())?.stage === Stage.CANARY);
  kind.overlapAccepted = '';
  await run.migrations.applyMigration({ spec, actor: 'grace' });
  await rounds(make, async () => (await group())?.stage === Stage.SHADOW);
  if (dwell !== undefined) last.dwell = dwell;
  await run.migrations.applyMigration({ spec });
  const { decisions } = await run.migrations.listDecisions({ name: 'notes', pageSize: 20 });
  const words = decisions.map(({ action, actor, reason }) => `${action} by ${actor}: ${reason}`);
  expect(words).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^apply by grace: .+"notes" may overlap is accepted: all of these are trials$/),
      expect.stringMatching(/^apply by grace: .+"notes" may overlap is accepted no more$/),
      expect.stringMatching(/^return by chronos: a canary needs ids of "notes" that tell whose they are/),
    ]),
  );
}, 150_000);

test('once modern numbers from elsewhere, and the kind has another name, clients move and keep the ids of either', async () => {
  await run.deployments.deploy({
    migration: 'notes',
    universe: UniverseName.MODERN,
    what: { case: 'build', value: 'apart' },
    actor: 'test',
  });
  const { spec } = await run.state('notes');
  const [kind] = spec?.identifiers?.bijections ?? [];
  if (spec === undefined || kind === undefined) throw new Error('the migration declares a kind');
  kind.name = 'notes-apart';
  await run.migrations.applyMigration({ spec });
  const transport = createConnectTransport({ baseUrl: run.apiUrl, httpVersion: '1.1' });
  const { listIdentifiers } = createClient(IdentifiersService, transport);
  const pairs = async () => (await listIdentifiers({ migration: 'notes' })).bijections[0]?.pairs ?? 0n;
  const trial = async () => void (await ask('POST', '/notes', 'a trial'));
  await rounds(trial, async () => (await pairs()) > 0n);

  const mine: { readonly customer: string; readonly number: number; text: string }[] = [];
  const look = async ({ customer, number, text }: (typeof mine)[number]) =>
    expect({ asked: number, ...(await ask('GET', `/notes/${number}`, undefined, customer)) }).toMatchObject({
      status: 200,
      text,
    });
  const round = async (n: number) => {
    const customer = `c${n % 8}`;
    const note = { customer, number: (await ask('POST', '/notes', `new ${n}`, customer)).number, text: '' };
    note.text = `new ${n}, changed`;
    expect(await ask('PUT', `/notes/${note.number}`, note.text, customer)).toMatchObject({ status: 200 });
    mine.push(note);
    for (const each of [...mine.slice(-2), ...mine.slice(0, 1)]) await look(each);
  };
  await rounds(round, async () => (await group())?.stage === Stage.SWAPPED);
  for (let more = 0; more < 8; more += 1) await round(more);
  for (const note of mine) await look(note);
  expect(
    mine.some(({ number }) => number >= 1_000_000) && mine.some(({ number }) => number < 1_000_000),
  ).toBe(true);
  await run.migrations.killMigration({
    name: 'notes',
    actor: 'test',
    reason: 'to see what legacy makes of them',
  });
  for (const note of mine) await look(note);
}, 200_000);
