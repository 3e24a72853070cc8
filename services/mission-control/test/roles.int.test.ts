import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Stack, startStack } from '@chronos/control-plane/testing/stack.ts';
import { mismatch, verdict } from '@chronos/control-plane/testing/verdicts.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { DifferenceKind, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeFindings, chromiumPath, launch, openPage, type WatchedPage } from './browser.ts';

const chromium = await chromiumPath();
const inBrowser = chromium === undefined ? describe.skip : describe;

const token = () => randomBytes(18).toString('base64url');
const people = { ada: { role: 'operator', token: token() }, bob: { role: 'viewer', token: token() } };
const name = 'shop';

let folder: Awaited<ReturnType<typeof temporaryDir>>;
let stack: Stack;
let browser: Browser;
let desk: WatchedPage;

async function tokensFile(path: string): Promise<string> {
  const lines = Object.entries(people).map(
    ([who, { role, token }]) => `${who}:${role}:${createHash('sha256').update(token).digest('hex')}\n`,
  );
  await writeFile(path, lines.join(''), { mode: 0o600 });
  return path;
}

async function logIn(who: keyof typeof people): Promise<void> {
  await desk.page.locator('input[type=password]').fill(people[who].token);
  await desk.page.getByRole('button', { name: 'Log in' }).click();
  await desk.page.getByRole('button', { name: who, exact: true }).waitFor();
}

async function logOut(who: keyof typeof people): Promise<void> {
  await desk.page.getByRole('button', { name: who, exact: true }).click();
  await desk.page.locator('input[type=password]').waitFor();
}

/** Deployments and rules under which verdicts count as evidence now. */
async function running() {
  const { decisions } = await stack.migrations.listDecisions({ name, pageSize: 100 });
  const applied = decisions.find(({ action }) => action === 'apply');
  const { rules_version: rulesVersion } = JSON.parse(applied?.evidenceJson ?? '{}');
  return { legacyDeployment: 'old@1', modernDeployment: 'v1@1', rulesVersion };
}

const anyToken = () => JSON.stringify(randomBytes(16).toString('hex'));
/** What the arbiter says of a field that it can neither prove harmless nor show to be a bug. */
const asked = () => {
  const [legacyJson, modernJson] = [anyToken(), anyToken()];
  return {
    path: 'body.token',
    pointer: 'body.token',
    kind: DifferenceKind.VALUE,
    ruling: Ruling.ASKED,
    severity: Severity.MAJOR,
    rule: 'unproven',
    legacy: legacyJson,
    modern: modernJson,
    legacyJson,
    modernJson,
  };
};

inBrowser('a real control plane with a file of tokens', () => {
  beforeAll(async () => {
    folder = await temporaryDir('roles');
    const CHRONOS_API_TOKENS_FILE = await tokensFile(join(folder.path, 'tokens'));
    [stack, browser] = await Promise.all([
      startStack(name, { env: { CHRONOS_API_TOKENS_FILE }, token: people.ada.token }),
      launch(chromium!),
    ]);
    const step = (percent: number, confidence: number) => ({
      percent,
      confidence,
      dwell: { seconds: 0n },
      minCompared: 10n,
    });
    const group = (group: string, prefix: string) => ({
      name: group,
      match: [{ path: { case: 'prefix' as const, value: prefix } }],
    });
    await stack.migrations.applyMigration({
      spec: {
        name,
        listen: stack.listen,
        legacy: { builds: [{ name: 'old', command: ['unused'] }] },
        modern: { builds: [{ name: 'v1', command: ['unused'] }] },
        routes: [group('visits', '/visits'), group('all', '/')],
        policy: { autoStart: true, ladder: [step(50, 99), step(100, 99.999)] },
      },
    });
    await stack.until('shadow', ({ groups }) => groups.every(({ stage }) => stage === Stage.SHADOW));
    const now = await running();
    const clean = Array.from({ length: 600 }, (_, i) => verdict({ requestId: `clean ${i}`, ...now }));
    const tokens = Array.from({ length: 40 }, (_, i) =>
      mismatch({ requestId: `token ${i}`, group: 'visits', asked: true, differences: [asked()], ...now }),
    );
    await stack.send([...clean, ...tokens]);
    await stack.until('canary', ({ groups }) => groups.some(({ stage }) => stage === Stage.CANARY));
    desk = await openPage(browser, { colorScheme: 'dark' });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.dispose();
    await folder?.dispose();
  }, 60_000);

  test('nobody gets past the log-in with a token that is not in the file', async () => {
    const { page, complaints } = desk;
    await page.goto(`${stack.api}/m/${name}`);
    await page.locator('input[type=password]').fill('guessed');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').filter({ hasText: /token/ }).waitFor();
    for (const complaint of complaints()) expect(complaint).toMatch(/401/);
  }, 60_000);

  test('a viewer sees everything and cannot kill, by the page or past it', async () => {
    const { page, complaints } = desk;
    await logIn('bob');
    await page.getByText('canary 50 %').first().waitFor();
    await page.getByText('You look on: operators act.').waitFor();
    expect(await page.getByRole('button', { name: 'Kill switch' }).isDisabled()).toBe(true);
    await page.keyboard.press('k');
    expect(await page.getByRole('dialog').count()).toBe(0);
    const status = await page.evaluate<number>(`fetch('/chronos.v1.MigrationService/KillMigration', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"${name}"}',
    }).then((response) => response.status)`);
    expect(status).toBe(403);
    for (const complaint of complaints()) expect(complaint).toMatch(/401|403/);
    await logOut('bob');
  }, 60_000);

  test('an operator answers the judge’s question from the keyboard; the rule bears their name', async () => {
    const { page } = desk;
    await logIn('ada');
    await page.goto(`${stack.api}/m/${name}/questions`);
    await page.getByRole('heading', { name: 'One question waits for you' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const ignore = page.locator('.answer', { hasText: /^\d?\s*ignore/ }).first();
    const digit = await ignore.locator('kbd').first().textContent();
    await page.keyboard.press(digit ?? '');
    await page.getByRole('button', { name: 'Answer "ignore"' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'No open question' }).waitFor();
    const { rules } = await stack.judgement.listRules({ migration: name });
    expect(rules).toMatchObject([{ field: 'body.token', author: 'ada' }]);
  }, 60_000);

  test('an operator kills the route of the page with one key and Enter; the journal and the log say who', async () => {
    const { page, complaints } = desk;
    await page.goto(`${stack.api}/m/${name}?route=all`);
    await page.getByText('canary 50 %').first().waitFor();
    await page.keyboard.press('k');
    const dialog = page.getByRole('dialog', { name: `Send every client of all of ${name} back to legacy?` });
    await dialog.waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('1 of 1 proxy ACKed').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    const { groups } = await stack.until('the route is killed', (state) =>
      state.groups.some(({ stage }) => stage === Stage.KILLED),
    );
    expect(groups.filter(({ stage }) => stage === Stage.KILLED).map((group) => group.name)).toEqual(['all']);
    await page.goto(`${stack.api}/m/${name}/journal`);
    await page.locator('.entry', { hasText: 'ada' }).filter({ hasText: 'kill' }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto(`${stack.api}/m/${name}/log`);
    await page.locator('.log-line', { hasText: 'kill' }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints()).toEqual([]);
  }, 60_000);
});
