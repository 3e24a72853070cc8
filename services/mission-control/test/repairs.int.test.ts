/** Repairs in a real Chromium, on stored data. */
import { Role } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeFindings, chromiumPath, launch, openPage, type WatchedPage } from './browser.ts';
import { type StoredControlPlane, storedControlPlane } from './stored-control-plane.ts';

const chromium = await chromiumPath();
const inBrowser = chromium === undefined ? describe.skip : describe;

let server: StoredControlPlane;
let browser: Browser;
let desk: WatchedPage;

async function open(path: string): Promise<void> {
  await desk.page.goto(server.url + path);
  await desk.page.getByText('live', { exact: true }).waitFor();
}

inBrowser('what keeps both databases equal', () => {
  beforeAll(async () => {
    [server, browser] = await Promise.all([storedControlPlane(), launch(chromium!)]);
    desk = await openPage(browser, { colorScheme: 'dark' });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('the overview counts them, the tab says how many are outstanding, and leads there by keyboard', async () => {
    const { page, complaints } = desk;
    await open('/');
    await page.getByText('1,203', { exact: true }).waitFor();
    await page.getByText('2 outstanding', { exact: true }).waitFor();
    await open('/m/bank');
    await page.getByRole('link', { name: 'Repairs 2' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Repairs' }).waitFor();
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('what was written, before and after, for which request; what is masked is not shown; the rest unfolds', async () => {
    const { page, complaints } = desk;
    await open('/m/bank/repairs');
    const written = page.getByRole('list', { name: 'Written' }).getByRole('listitem');
    const text = (await written.first().textContent())?.replaceAll(/\s/g, '');
    expect(text).toContain('modernwaswrittenforrequestrequest-7,requestrequest-8,whatlegacydid');
    expect(text).toContain('["7"]madeequalbalance38.12→38.15');
    expect(text).toContain('["8"]madeequalinfieldsthataresensitive,notshown');
    expect(text).toContain('["42"]removedamount0.06');
    await page.getByText('480 more rows: chronos repairs --json').waitFor();
    const folded = page.getByText('["104"]');
    expect(await folded.isVisible()).toBe(false);
    await page.getByText('3 more rows', { exact: true }).click();
    await folded.waitFor();
    await page.getByRole('link', { name: 'request-7', exact: true }).click();
    await page.getByRole('list', { name: 'Repairs' }).getByText('38.12 → 38.15').first().waitFor();
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('what is not settled, why, and how far an emptied table is carried over, live', async () => {
    const { page, complaints } = desk;
    await open('/m/bank/repairs');
    const waiting = page.getByRole('list', { name: 'Not settled' });
    await waiting.getByText('violates check constraint "balance_positive"').waitFor();
    await waiting.getByText('an emptied table or partition is carried over: 40 %').waitFor();
    expect(await waiting.getByRole('listitem').count()).toBe(2);
    const written = page.getByRole('list', { name: 'Written' });
    expect(await written.getByText('a verification', { exact: false }).count()).toBe(0);
    server.repairs.more(70);
    await waiting.getByText('an emptied table or partition is carried over: 70 %').waitFor();
    await written.getByText('a verification', { exact: false }).waitFor();
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('one entity alone, in the address; a reload shows the same', async () => {
    const { page } = desk;
    await open('/m/bank/repairs');
    await page.getByLabel('Entity').selectOption('account');
    const waiting = page.getByRole('list', { name: 'Not settled' }).getByRole('listitem');
    expect(await waiting.count()).toBe(1);
    await page.reload();
    await page.getByText('live', { exact: true }).waitFor();
    expect(await page.getByLabel('Entity').inputValue()).toBe('account');
    expect(await waiting.count()).toBe(1);
  }, 60_000);

  test('it fits 320 pixels and is open to everyone (axe)', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 320, height: 700 });
    await open('/m/bank/repairs');
    await page.getByRole('list', { name: 'Written' }).waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await axeFindings(page)).toEqual([]);
  }, 60_000);

  test('a verification and a copy that run are shown, and stopped when that is confirmed', async () => {
    const { page, complaints } = desk;
    await open('/m/bank/repairs');
    const running = page.getByRole('list', { name: 'Running' });
    expect(await running.count()).toBe(0);
    server.repairs.run();
    await running
      .getByText('posting 120,000 of about 400,000 rows 30 % 12,000/s 7 differ, 5 repaired')
      .waitFor();
    await running.getByText('300,000 of about 400,000 rows').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const stop = running.getByRole('button', { name: 'Stop the verification …' });
    await stop.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(server.repairs.stopped).toEqual([]);
    await stop.click();
    const dialog = page.getByRole('dialog', { name: 'Stop the verification of bank?' });
    await dialog.getByText('chronos verify --resume bank').waitFor();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('The verification of bank is stopped').waitFor();
    await stop.waitFor({ state: 'detached' });
    expect(server.repairs.stopped).toEqual(['v-1']);
    await running.getByRole('button', { name: 'Stop the copy …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await running.waitFor({ state: 'detached' });
    expect(server.repairs.stopped).toEqual(['v-1', 'c-1']);
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('who looks on sees what runs, and cannot stop it', async () => {
    const viewers = await storedControlPlane({ role: Role.VIEWER });
    const { page } = await openPage(browser, {});
    try {
      viewers.repairs.run();
      await page.goto(`${viewers.url}/m/bank/repairs`);
      await page.getByRole('list', { name: 'Running' }).getByText('120,000 of about').waitFor();
      expect(await page.getByRole('button', { name: /^Stop the/ }).count()).toBe(0);
    } finally {
      await page.context().close();
      await viewers.close();
    }
  }, 60_000);

  test('where the process that repairs does not answer, what stands there stays, with its age', async () => {
    const { page } = desk;
    await open('/m/bank/repairs');
    server.repairs.lose();
    await page
      .getByText(
        /The entanglement does not answer: connect ECONNREFUSED\. What stands here is of \d\d:\d\d:\d\d/,
      )
      .waitFor();
    await page.getByText('an emptied table or partition is carried over').waitFor();
  }, 60_000);
});
