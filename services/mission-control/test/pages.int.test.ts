import { Role } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { axeFindings, chromiumPath, launch, openPage, type WatchedPage } from './browser.ts';
import { type StoredControlPlane, storedControlPlane } from './stored-control-plane.ts';
import { longPlace } from './stored-data.ts';

const chromium = await chromiumPath();
const inBrowser = chromium === undefined ? describe.skip : describe;

/** Rows in the document, and all elements of it. */
const rowsDrawn = 'document.querySelectorAll(".virtual li").length';
const elements = 'document.querySelectorAll("*").length';

let server: StoredControlPlane;
let browser: Browser;
let desk: WatchedPage;

async function open(path: string): Promise<void> {
  await desk.page.goto(server.url + path);
  await desk.page.getByText('live', { exact: true }).waitFor();
}

inBrowser('the pages for understanding, on stored data', () => {
  beforeAll(async () => {
    [server, browser] = await Promise.all([
      storedControlPlane({ mismatchGroups: 500, requests: 10_000, questions: 2 }),
      launch(chromium!),
    ]);
    desk = await openPage(browser, { colorScheme: 'dark' });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('the worst cause is open at once: its sentence, both answers, the rows that it changed', async () => {
    const { page, complaints } = desk;
    await open('/m/bank/mismatches');
    await page.getByRole('heading', { name: 'Modern is lower for reason 0' }).waitFor();
    await page.locator('.side-legacy mark', { hasText: '38.15' }).waitFor();
    await page.locator('.side-modern mark', { hasText: '38.12' }).waitFor();
    await page.getByRole('row', { name: 'balance 100.00 → 138.15 +38.15 100.00 → 138.12 +38.12' }).waitFor();
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('a viewer at ten thousand mismatches in five hundred groups: everything is there, nothing can be changed, the document stays small', async () => {
    const stored = await storedControlPlane({ mismatchGroups: 500, requests: 10_000, role: Role.VIEWER });
    const { page, complaints } = await openPage(browser, { colorScheme: 'dark' });
    try {
      await page.goto(`${stored.url}/m/bank/mismatches`);
      await page.getByText('live', { exact: true }).waitFor();
      await page.locator('.side-modern mark', { hasText: '38.12' }).waitFor();
      expect(await page.locator('.cause').count()).toBe(30);
      expect(await page.getByRole('button', { name: 'Kill switch operators only' }).isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Replay against modern' }).isDisabled()).toBe(true);
      await page.getByText('Operators send requests; you look on.').waitFor();
      await page.keyboard.press('k');
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.goto(`${stored.url}/m/bank/requests?kind=mismatch`);
      const list = page.getByRole('group', { name: 'Requests' });
      await list.waitFor();
      const before = await page.evaluate<number>(elements);
      for (const read of ['400 read', '600 read', '800 read']) {
        await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
        await page.getByText(read).waitFor();
      }
      expect(await page.evaluate<number>(rowsDrawn)).toBeLessThan(60);
      expect(await page.evaluate<number>(elements)).toBeLessThan(before + 300);
      await page.getByText(/^read at \d\d:\d\d:\d\d UTC$/).waitFor();
      expect(complaints()).toEqual([]);
    } finally {
      await page.context().close();
      await stored.close();
    }
  }, 60_000);

  test('what must not be sent again is refused with the reason', async () => {
    const { page, complaints } = desk;
    await open('/m/bank/requests/request-7');
    await page.getByRole('button', { name: 'Replay against modern' }).click();
    await page.getByText('Not sent again: POST is not a safe method.').waitFor();
    // The browser says so too; nothing else may be wrong.
    expect(complaints().filter((text) => !text.includes('400'))).toEqual([]);
  }, 60_000);

  test('a question is answered from the keyboard: a digit chooses, Enter answers', async () => {
    const { page, complaints } = desk;
    await open('/m/bank/questions');
    await page.getByText('same-shape: 200 differences were tried').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('p');
    await page.keyboard.press('Enter');
    expect(server.answered).toEqual([]);
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'Answer "ignore"' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'One question waits for you' }).waitFor();
    expect(server.answered).toEqual(['question-0 ignore']);
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('the stage: four acts on one screen, and the kill switch in reach', async () => {
    const { page, complaints } = desk;
    await page.setViewportSize({ width: 1920, height: 1080 });
    await open('/stage/bank');
    const acts = page.getByRole('list', { name: 'The four acts' }).getByRole('listitem');
    expect(await acts.count()).toBe(4);
    expect(await acts.nth(1).getAttribute('aria-current')).toBe('step');
    expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThanOrEqual(1_080);
    await page.keyboard.press('k');
    await page.getByRole('dialog', { name: /Send every client of bank back/ }).waitFor();
    await page.keyboard.press('Escape');
    expect(complaints()).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  }, 60_000);

  test('a defect of the stage leaves the kill switch standing', async () => {
    const { page } = await openPage(browser, { colorScheme: 'dark' });
    await page.addInitScript(
      "HTMLCanvasElement.prototype.getContext = () => { throw new Error('no canvas'); }",
    );
    await page.goto(`${server.url}/stage/bank`);
    await page.getByRole('heading', { name: 'This page has a defect' }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('dialog', { name: /Send every client of bank back/ }).waitFor();
    await page.context().close();
  }, 60_000);

  test('approved divergences: an answered one is revoked by a click, a declared one says where it is', async () => {
    const { page, complaints } = desk;
    await open('/m/bank/questions');
    const approved = page.getByRole('group', { name: 'Approved divergences' });
    await approved
      .getByRole('row', { name: /fee-halved .* body\.fee = legacy \/ 2 .* in the migration file/ })
      .waitFor();
    const expected = approved.getByRole('row', { name: /body\.rate = legacy \/ 3/ });
    await expected.getByRole('button', { name: 'Revoke …' }).click();
    await page.getByRole('dialog', { name: 'Revoke the approved divergence on body.rate?' }).waitFor();
    await page.keyboard.type('withdrawn by audit');
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expected.waitFor({ state: 'detached' });
    await page
      .getByRole('group', { name: 'Rules' })
      .getByRole('row', { name: /body\.trace/ })
      .waitFor();
    expect(server.revoked).toEqual(['rule-expected']);
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('the chosen place of a cause stands in the address, and is open when one comes by it', async () => {
    const { page } = desk;
    await open('/m/bank/mismatches');
    await page.getByRole('button', { name: 'body.items[*].amount6 GET /accounts/6/*' }).click();
    await page.getByText('Requests that differ in body.items[*].amount6', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Requests that differ in body.items[*].amount6', { exact: true }).waitFor();
  }, 60_000);

  test('a page that is not there says so in its heading', async () => {
    await open('/nowhere');
    await desk.page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
  }, 60_000);

  test.each([
    '/m/bank',
    `/m/bank/mismatches?place=${encodeURIComponent(longPlace)}`,
    '/m/bank/requests',
    '/m/bank/requests/request-7',
  ])(
    '%s fits 320 pixels (a phone, or 400 %%), however long names and values are, and all of it can be reached',
    async (path) => {
      const { page } = desk;
      await page.setViewportSize({ width: 320, height: 700 });
      await open(path);
      await page.locator('.ladder, .differences, .request-row').first().waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
      const cut =
        '[...document.querySelectorAll(".chart-legend")].filter((box) => box.scrollWidth > box.clientWidth)';
      expect(await page.evaluate<number>(`${cut}.length`)).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
    },
    60_000,
  );

  test('what gets the focus is neither below the header nor, on a phone, below the kill switch', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/m/bank/requests/request-7');
    const box = async (of: Locator) => (await of.boundingBox())!;
    /** At an edge of the window it is in sight for the browser, but covered. */
    const focusAt = async (edge: 'top' | 'bottom', of: Locator) => {
      const { y, height } = await box(of);
      await page.evaluate<void>(`scrollBy(0, ${edge === 'top' ? y : y + height - 844})`);
      await of.focus();
      return box(of);
    };
    const replay = await focusAt('bottom', page.getByRole('button', { name: 'Replay against modern' }));
    const kill = await box(page.getByRole('button', { name: 'Kill switch' }));
    expect(replay.y + replay.height).toBeLessThanOrEqual(kill.y);
    const tab = await focusAt('top', page.getByRole('link', { name: 'Requests', exact: true }));
    const head = await box(page.getByRole('banner'));
    expect(tab.y).toBeGreaterThanOrEqual(head.y + head.height);
    await page.setViewportSize({ width: 1440, height: 900 });
  }, 60_000);

  test('/stage/bank fits a phone', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/stage/bank');
    await page.locator('.universes').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1440, height: 900 });
  }, 60_000);

  test.each([
    '/m/bank/mismatches',
    '/m/bank/requests',
    '/m/bank/requests/request-7',
    '/m/bank/questions',
    '/m/bank/journal',
    '/m/bank/log',
    '/m/bank/capsule',
    '/stage/bank',
  ])(
    '%s is open to everyone (axe)',
    async (path) => {
      await open(path);
      await desk.page.locator('h1').first().waitFor();
      expect(await axeFindings(desk.page)).toEqual([]);
      expect(desk.complaints()).toEqual([]);
    },
    60_000,
  );

  test('what the server cannot read any more is told with its age, although the stream lives', async () => {
    const { page } = desk;
    await open('/m/bank/mismatches');
    server.freeze('mismatches');
    await page.getByText(/^mismatches: \d+ s old$/).waitFor();
    await page.getByRole('link', { name: 'Journal' }).click();
    await page.getByText('live', { exact: true }).waitFor();
  }, 60_000);
});
