import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type ChronosRun, chronosRun } from '../../../test/harness/chronos-run.ts';
import { until } from '../../../test/harness/until.ts';
import { quickBank } from './bank.ts';
import { axeFindings, chromiumPath, launch, openPage, type WatchedPage } from './browser.ts';

const chromium = await chromiumPath();
const inBrowser = chromium === undefined ? describe.skip : describe;
const name = 'bank';

let run: ChronosRun;
let browser: Browser;
let desk: WatchedPage;

const figure = (page: Page, title: string): Locator =>
  page.locator('.figure', { has: page.getByText(title, { exact: true }) }).locator('.figure-value');

/** Waits for the words; says what stands there otherwise. */
async function shows(locator: Locator, withinMs = 30_000): Promise<void> {
  try {
    await locator.first().waitFor({ state: 'visible', timeout: withinMs });
  } catch (cause) {
    const page = locator.page();
    const seen = await page.locator('.migration-head, .decision-list').allInnerTexts();
    throw new Error(`${page.url()} does not show it; it shows:\n${seen.join('\n').slice(0, 2_000)}`, {
      cause,
    });
  }
}

async function showsMoreThanZero(locator: Locator, withinMs: number): Promise<void> {
  await shows(locator.filter({ hasText: /^[1-9]/ }), withinMs);
}

/** Sets modern's share in the dialog; the server refuses as long as the gate is closed, and the dialog says why. */
async function setWeight(page: Page, percent: number): Promise<void> {
  await page.getByRole('button', { name: 'Weight …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Percent').fill(String(percent));
  const refused = dialog.getByRole('alert');
  await until(
    `the gate to ${percent} % is open`,
    async () => {
      if ((await dialog.count()) === 0) return true;
      const set = dialog.getByRole('button', { name: 'Set' });
      await set.click({ timeout: 5_000 });
      // Until it is answered, the button is busy and takes no click.
      await dialog
        .or(page.locator('.toast-good'))
        .and(page.locator(':not(:has([aria-busy]))'))
        .first()
        .waitFor();
      return (await dialog.count()) === 0;
    },
    { withinMs: 90_000, look: () => refused.textContent() },
  );
}

/** The same page on a phone. */
async function onPhone(look: (page: Page) => Promise<void>): Promise<void> {
  const { page, complaints } = await openPage(browser, { viewport: { width: 390, height: 844 } });
  await page.goto(`${run.apiUrl}/m/${name}`);
  await look(page);
  expect(complaints()).toEqual([]);
  await page.context().close();
}

inBrowser('Mission Control, on the real demo', () => {
  beforeAll(async () => {
    [run, browser] = await Promise.all([
      chronosRun({ migration: quickBank(), args: ['--tps', '40'] }),
      launch(chromium!),
    ]);
    desk = await openPage(browser, { colorScheme: 'dark' });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await run?.stop();
  }, 60_000);

  test('overview: the migration is there, not started', async () => {
    const { page, complaints } = desk;
    await page.goto(run.apiUrl);
    await shows(page.getByText('not started'));
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name, exact: true }).click();
    await page.waitForURL(`**/m/${name}`);
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('act one, The Mirror: a click on Start, and both universes answer', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await shows(page.getByText('Parallel Universes', { exact: true }));
    await showsMoreThanZero(figure(page, 'compared'), 60_000);
  }, 90_000);

  test('act two, Remediation: the mismatches show', async () => {
    await showsMoreThanZero(figure(desk.page, 'mismatched'), 60_000);
  }, 90_000);

  test('a stored balance is asked of modern again; the auditors’ token stands in for the customer’s, which nobody kept', async () => {
    const { page, complaints } = desk;
    const answered = page.getByText(/v1@1 answered in/).first();
    for (let row = 0; ; row += 1) {
      await page.goto(`${run.apiUrl}/m/${name}/requests?route=/bank.v1.BankService/GetBalance`);
      await page.locator('.request-row').nth(row).click();
      await page.getByRole('button', { name: 'Replay against modern' }).click();
      // One in ten comes by gRPC: refused, and the page says so.
      await shows(answered.or(page.getByText(/it is a gRPC call; only plain HTTP requests are sent again/)));
      if (await answered.isVisible()) break;
    }
    await shows(page.getByRole('group', { name: "Legacy's answer beside modern now's" }));
    for (const complaint of complaints()) expect(complaint).toMatch(/status of 400/);
    await page.goto(`${run.apiUrl}/m/${name}`);
  }, 60_000);

  test('the page of a migration is open to everyone (axe)', async () => {
    expect(await axeFindings(desk.page)).toEqual([]);
  }, 60_000);

  test('a dropped connection shows, comes back by itself, and the hour before is still there', async () => {
    const { page, complaints } = desk;
    expect(complaints()).toEqual([]);
    run.killPart('control-plane');
    await shows(page.getByText(/^not connected/));
    await shows(page.getByText('live', { exact: true }), 60_000);
    await showsMoreThanZero(figure(page, 'compared'), 60_000);
    await shows(page.getByText('Requests to each, and answers to clients, per second'));
    // The browser complains of each refused connection; of nothing else.
    for (const complaint of complaints()) expect(complaint).toMatch(/ERR_|Failed to (load|fetch)/);
  }, 90_000);

  test('on a phone the kill switch is in reach of the thumb, and one touch away from the confirmation', async () => {
    await onPhone(async (page) => {
      const button = page.getByRole('button', { name: 'Kill switch' });
      await shows(button);
      const box = (await button.boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(844);
      expect(box.height).toBeGreaterThanOrEqual(44);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await button.click();
      const confirm = (await page.getByRole('button', { name: 'Kill now' }).boundingBox())!;
      expect(confirm.x).toBeGreaterThanOrEqual(0);
      expect(confirm.x + confirm.width).toBeLessThanOrEqual(390);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Cancel' }).click();
    });
  }, 60_000);

  test('a click deploys the corrected build', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Deploy …' }).click();
    await page.getByLabel('Build').selectOption('v2');
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await shows(page.getByText('v2 serves'), 60_000);
    await shows(page.getByRole('row', { name: /modern v2 serving/ }));
  }, 120_000);

  test('act three and the kill switch: during the canary one key and Enter take every client back', async () => {
    const { page } = desk;
    await setWeight(page, 10);
    await shows(page.getByText('canary 10 %', { exact: true }));
    await page.keyboard.press('k');
    await shows(page.getByRole('dialog', { name: /Send every client of bank back/ }));
    await page.keyboard.press('Enter');
    await shows(page.getByText('until every proxy had ACKed'));
    expect(await page.getByText('1 of 1 proxy ACKed').count()).toBe(1);
    await page.getByRole('button', { name: 'Close' }).click();
    await shows(page.getByText('killed', { exact: true }));
    const { decisions } = await run.migrations.listDecisions({ name, pageSize: 20 });
    expect(decisions.find(({ action }) => action === 'kill')?.reason).toMatch(/Mission Control/);
  }, 120_000);

  test('act four, Convergence: started again it climbs to the Hot-Swap, and is sealed', async () => {
    const { page, complaints } = desk;
    await page.getByRole('button', { name: 'Start again' }).click();
    await shows(page.getByText('Parallel Universes', { exact: true }));
    await setWeight(page, 10);
    await setWeight(page, 100);
    await shows(page.getByText('Hot-Swap', { exact: true }), 60_000);
    // The browser complains of each weight that a closed gate refused; of nothing else.
    for (const complaint of complaints()) expect(complaint).toMatch(/status of 400/);
    await page.getByRole('button', { name: 'Seal …' }).click();
    const seal = page.getByRole('button', { name: 'Seal', exact: true });
    expect(await seal.isDisabled()).toBe(true);
    await page.getByLabel('Type bank to confirm').fill('bank');
    await seal.click();
    await shows(page.getByText('Legacy is sealed in its Time Capsule. Modern answers everyone.'), 60_000);
    await page.goto(`${run.apiUrl}/m/${name}/capsule`);
    await shows(page.locator('.capsule-manifest'));
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints()).toEqual([]);
    const { sealed } = await run.state(name);
    expect(sealed).toBeDefined();
  }, 240_000);
});
