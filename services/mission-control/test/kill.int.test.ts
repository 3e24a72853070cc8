import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { chromiumPath, launch, openPage } from './browser.ts';
import { type StoredControlPlane, storedControlPlane } from './stored-control-plane.ts';

const chromium = await chromiumPath();
const inBrowser = chromium === undefined ? describe.skip : describe;

let browser: Browser;

/** The kills of the stored control plane: the first is not proven, the others are. */
async function onPage(
  act: (on: { readonly page: Page; readonly stored: StoredControlPlane }) => Promise<void>,
): Promise<void> {
  const stored = await storedControlPlane({ tickMs: 500 });
  const { page } = await openPage(browser, {});
  try {
    await page.clock.install();
    await page.goto(`${stored.url}/m/bank`);
    await page.getByText('live', { exact: true }).waitFor();
    await act({ page, stored });
  } finally {
    await page.context().close();
    await stored.close();
  }
}

const asks = /Send every client of bank back/;

async function killByKey(page: Page): Promise<void> {
  await page.keyboard.press('k');
  await page.getByRole('dialog', { name: asks }).waitFor();
  await page.keyboard.press('Enter');
}

/** The element that has the focus, by its first words. */
const focused = (page: Page) => page.evaluate<string>('document.activeElement.innerText');

inBrowser('the kill switch, when things are bad', () => {
  beforeAll(async () => {
    browser = await launch(chromium!);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
  });

  test(
    'what is not proven is not told as done; what is proven says that its journal entry waits; all of it by keyboard',
    () =>
      onPage(async ({ page }) => {
        const button = page.getByRole('button', { name: 'Kill switch' });
        await button.focus();
        await killByKey(page);
        const unproven = page.getByRole('dialog', {
          name: 'Not proven that every client of bank is back on legacy',
        });
        await unproven.getByText('0 of 1 proxy has ACKed; those that have not may still').waitFor();
        expect(await focused(page)).toBe('Close');
        await page.keyboard.press('Enter');
        await unproven.waitFor({ state: 'detached' });
        expect(await focused(page)).toMatch(/^Kill switch/);
        await killByKey(page);
        const proven = page.getByRole('dialog', { name: 'Every client of bank is back on legacy' });
        await proven.getByText('1 of 1 proxy ACKed').waitFor();
        await proven.getByText("its journal entry waits for Chronos' database").waitFor();
      }),
    60_000,
  );

  test(
    'one that fails says so and keeps the focus: Enter tries again',
    () =>
      onPage(async ({ page }) => {
        let tried = 0;
        await page.route('**/KillMigration', (route) => {
          tried += 1;
          return tried === 1 ? route.abort() : route.continue();
        });
        await killByKey(page);
        await page.getByRole('alert').getByText('Not killed: ').waitFor();
        expect(await focused(page)).toMatch(/^Kill again/);
        await page.keyboard.press('Enter');
        await page.getByRole('dialog', { name: /^Not proven/ }).waitFor();
        expect(tried).toBe(2);
      }),
    60_000,
  );

  test(
    'one without an answer says so, is found again, and tells what came of it after its dialog was closed',
    () =>
      onPage(async ({ page }) => {
        const held: Route[] = [];
        await page.route('**/KillMigration', (route) => void held.push(route));
        await killByKey(page);
        await page.getByRole('button', { name: 'Killing …' }).waitFor();
        await page.clock.fastForward(10_000);
        await page.getByText('No answer for 10 s: it is not known whether').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.keyboard.press('k');
        await page.getByRole('dialog').getByText('No answer for 10 s').waitFor();
        await page.getByRole('button', { name: 'Kill again' }).waitFor();
        await page.keyboard.press('Escape');
        await held[0]!.continue();
        await page.getByRole('button', { name: 'Not proven that every client of bank is back' }).waitFor();
        await page.clock.fastForward(60_000);
        await page.getByRole('button', { name: 'Not proven that every client of bank is back' }).click();
        await page.keyboard.press('k');
        await page.getByRole('button', { name: 'Kill now' }).waitFor();
        expect(held).toHaveLength(1);
      }),
    60_000,
  );

  test('a chosen route is killed alone also before it is known which routes there are', async () => {
    const stored = await storedControlPlane({ several: true });
    const { page } = await openPage(browser, {});
    try {
      await page.route(/GetMigration/, () => {});
      await page.goto(`${stored.url}/m/bank/journal?route=loans`);
      // Nothing that is watched comes either.
      await page.route(/Watch$/, () => {});
      await page.reload();
      await page.locator('.kill-button:enabled').waitFor();
      await page.keyboard.press('k');
      await page
        .getByRole('dialog', { name: 'Send every client of loans of bank back to legacy?' })
        .waitFor();
      const sent = page.waitForRequest(/KillMigration/);
      await page.keyboard.press('Enter');
      expect((await sent).postDataBuffer()?.toString('latin1')).toContain('loans');
    } finally {
      await page.context().close();
      await stored.close();
    }
  }, 60_000);

  test('of several migrations none is killed before one is chosen', async () => {
    const stored = await storedControlPlane({ neighbour: true });
    const { page } = await openPage(browser, {});
    try {
      await page.goto(stored.url);
      await page.getByText('live', { exact: true }).waitFor();
      await page.keyboard.press('k');
      const kill = page.getByRole('button', { name: 'Kill now' });
      await kill.waitFor();
      expect(await kill.isDisabled()).toBe(true);
      await page.keyboard.type('s');
      await page.getByRole('dialog', { name: 'Send every client of shop back to legacy?' }).waitFor();
      expect(await kill.isDisabled()).toBe(false);
    } finally {
      await page.context().close();
      await stored.close();
    }
  }, 60_000);

  test('more windows than the browser has connections: the kill goes out at once, and each window is served', async () => {
    const stored = await storedControlPlane({ tickMs: 500 });
    const context = await browser.newContext();
    try {
      const opened: Page[] = [];
      for (let window = 0; window < 6; window += 1) {
        const page = await context.newPage();
        await page.goto(`${stored.url}/m/bank`);
        await page.getByText('live', { exact: true }).waitFor();
        opened.push(page);
      }
      const [first] = opened as [Page, ...Page[]];
      await killByKey(first);
      await first.getByRole('dialog', { name: /^Not proven/ }).waitFor();
      const seventh = await context.newPage();
      await seventh.goto(`${stored.url}/m/bank`);
      await seventh.getByText('live', { exact: true }).waitFor();
    } finally {
      await context.close();
      await stored.close();
    }
  }, 60_000);
});
