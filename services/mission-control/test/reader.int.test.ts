import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumPath, launch, openPage, type WatchedPage } from './browser.ts';
import { type StoredControlPlane, type StoredOptions, storedControlPlane } from './stored-control-plane.ts';

const chromium = await chromiumPath();
const inBrowser = chromium === undefined ? describe.skip : describe;

let browser: Browser;

/** A server and a page of its own, as what is tested changes what is stored. */
async function onStored(
  options: StoredOptions,
  act: (on: WatchedPage & { readonly stored: StoredControlPlane }) => Promise<void>,
): Promise<void> {
  const stored = await storedControlPlane(options);
  const watched = await openPage(browser, { colorScheme: 'dark' });
  try {
    await act({ stored, ...watched });
  } finally {
    await watched.page.context().close();
    await stored.close();
  }
}

inBrowser('what a reader looks at stays, has a name, and stands in the address', () => {
  beforeAll(async () => {
    browser = await launch(chromium!);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
  });

  test(
    'a question stays under the fingers when a worse one comes, and is not followed by another when it vanishes',
    () =>
      onStored({ questions: 2, tickMs: 100 }, async ({ stored, page, complaints }) => {
        await page.goto(`${stored.url}/m/bank/questions`);
        await page.waitForURL(/question=question-0$/);
        await page.getByText('Your answer', { exact: true }).waitFor();
        const worse = stored.askWorse();
        await page.getByRole('heading', { name: '3 questions wait for you' }).waitFor();
        await page.keyboard.press('2');
        await page.keyboard.press('Enter');
        await page.waitForURL(new RegExp(`question=${worse}$`));
        await page.locator('.question-sentence:focus').waitFor();
        expect(stored.answered).toEqual(['question-0 ignore']);
        stored.withdraw(worse);
        await page.getByText('This question is not open any more').waitFor();
        await page.keyboard.press('2');
        await page.keyboard.press('Enter');
        await page.keyboard.press('n');
        await page.waitForURL(/question=question-1$/);
        expect(stored.answered).toEqual(['question-0 ignore']);
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'of several routes none hides the mismatches of another; the stage names the one that it shows',
    () =>
      onStored({ requests: 500, several: true }, async ({ stored, page, complaints }) => {
        const figure = (name: string) =>
          page
            .locator('.figure')
            .filter({ has: page.getByText(name, { exact: true }) })
            .locator('dd')
            .textContent();
        await page.goto(`${stored.url}/m/bank`);
        await page.getByText('least far: loans').waitFor();
        await page.getByRole('link', { name: 'Why does modern differ?' }).waitFor();
        await page.getByRole('heading', { name: 'Segments of loans' }).waitFor();
        expect(await figure('mismatched')).toContain('500');
        expect(await figure('compared')).toContain('201,000');
        expect(await figure('confidence')).toContain('94.5');
        expect(await figure('modern answers')).toContain('up to 50 % of one route');
        await page.getByRole('button', { name: 'loans', exact: true }).click();
        await page.goBack();
        await page.getByText('least far: loans').waitFor();
        await page.goForward();
        await page.getByRole('link', { name: 'Why does modern differ?' }).waitFor({ state: 'detached' });
        expect(await figure('mismatched')).toMatch(/^0/);
        await page.goto(`${stored.url}/stage/bank`);
        await page.getByText('loans: canary 5 %').waitFor();
        await page.goto(`${stored.url}/stage/bank?route=accounts`);
        await page.getByText('accounts: canary 50 %').waitFor();
        await page.getByText('modern differs in 500 requests').waitFor();
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'the cause that is shown stays when a worse one comes: cause and build stand in the address',
    () =>
      onStored({ mismatchGroups: 20, requests: 50, tickMs: 100 }, async ({ stored, page, complaints }) => {
        await page.goto(`${stored.url}/m/bank/mismatches`);
        await page.waitForURL(/mismatches\/cause-0\?build=v1%401$/);
        stored.differWorse();
        await page.getByRole('heading', { name: 'Modern v1@1 differs for 3 reasons' }).waitFor();
        await page.getByRole('heading', { name: 'Modern is lower for reason 0' }).waitFor();
        await page.getByRole('link', { name: /Modern loses money/ }).click();
        await page.waitForURL(/mismatches\/cause-worse\?build=v1%401$/);
        await page.goBack();
        await page.getByRole('heading', { name: 'Modern is lower for reason 0' }).waitFor();
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'an old link opens its place; a route shows its own causes, and says so',
    () =>
      onStored({ mismatchGroups: 20, requests: 50, several: true }, async ({ stored, page, complaints }) => {
        const place = 'accounts GET /accounts/16/* body.items[*].amount16 v1@1';
        await page.goto(`${stored.url}/m/bank/mismatches?place=${encodeURIComponent(place)}`);
        await page.waitForURL(/cause-1\?build=v1%401&place=/);
        await page.getByText('Requests that differ in body.items[*].amount16', { exact: true }).waitFor();
        await page.goto(`${stored.url}/m/bank/mismatches/cause-0`);
        await page.waitForURL(/cause-0\?build=v1%401$/);
        await page.goto(`${stored.url}/m/bank/mismatches?route=loans`);
        await page.getByText('Of route loans alone.').waitFor();
        await page.getByText('No mismatch stands').waitFor();
        await page.getByRole('button', { name: 'Show all' }).click();
        await page.waitForURL(/cause-0\?build=v1%401$/);
        await page.goto(`${stored.url}/m/bank/requests?group=gone`);
        await page.getByText('There is no route gone').waitFor();
        expect(await page.getByLabel('Group').inputValue()).toBe('');
        const filter = page.getByLabel('Route', { exact: true });
        await filter.fill('GET /accounts/*');
        await filter.press('Enter');
        await page.waitForURL(/route=GET/);
        expect(await filter.evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'what could not be read is read with a click once the line is back',
    () =>
      onStored({ requests: 50 }, async ({ stored, page }) => {
        await page.route(/GetVerdict|ListRules/, (route) => route.abort());
        await page.goto(`${stored.url}/m/bank/requests/request-7`);
        await page.getByText('Request request-7 cannot be shown').waitFor();
        await page.unroute(/GetVerdict|ListRules/);
        await page.getByRole('button', { name: 'Again' }).click();
        await page.getByRole('button', { name: 'Replay against modern' }).waitFor();
        await page.route(/ListRules/, (route) => route.abort());
        await page.goto(`${stored.url}/m/bank/questions`);
        await page.getByText('Rules cannot be read').waitFor();
        await page.unroute(/ListRules/);
        await page.getByRole('button', { name: 'Again' }).click();
        await page.getByRole('group', { name: 'Rules', exact: true }).waitFor();
        await page.goto(`${stored.url}/m/shop/requests/request-7`);
        await page.getByRole('link', { name: 'Show it there' }).click();
        await page.waitForURL(/m\/bank\/requests\/request-7$/);
      }),
    60_000,
  );

  test(
    'back from a request the list stands where it stood; a link begins anew; on paper stands all that was read',
    () =>
      onStored({ requests: 1_000 }, async ({ stored, page, complaints }) => {
        await page.goto(`${stored.url}/m/bank/requests`);
        const list = page.getByRole('group', { name: 'Requests' });
        await list.waitFor();
        await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
        await page.getByText('400 read').waitFor();
        await list.evaluate((box) => box.scrollTo(0, 250 * 37));
        const row = page.locator('a[href$="/requests/request-255"]');
        await row.click();
        await page.getByRole('button', { name: 'Replay against modern' }).waitFor();
        await page.goBack();
        await page.getByText('400 read').waitFor();
        expect(await list.evaluate((box) => box.scrollTop)).toBe(250 * 37);
        expect(await row.isVisible()).toBe(true);
        await page.evaluate('dispatchEvent(new Event("beforeprint"))');
        expect(await page.locator('.request-row').count()).toBe(400);
        await page.evaluate('dispatchEvent(new Event("afterprint"))');
        await page.locator('.virtual-printed').waitFor({ state: 'detached' });
        expect(await list.evaluate((box) => box.scrollTop)).toBe(250 * 37);
        await row.click();
        await page.getByRole('link', { name: 'Requests', exact: true }).click();
        await page.getByText('200 read').waitFor();
        expect(await list.evaluate((box) => box.scrollTop)).toBe(0);
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'a migration that is not there is told so',
    () =>
      onStored({}, async ({ stored, page }) => {
        await page.goto(`${stored.url}/m/nothere/capsule`);
        await page.getByRole('heading', { level: 1, name: 'Nothing is known of nothere' }).waitFor();
        await page.getByText('there is no migration nothere').waitFor();
      }),
    60_000,
  );

  test(
    'a route that is gone is told so, and the whole migration shown',
    () =>
      onStored({ requests: 500, several: true }, async ({ stored, page, complaints }) => {
        await page.goto(`${stored.url}/stage/bank?route=gone`);
        await page.getByText('There is no route gone').waitFor();
        await page.goto(`${stored.url}/m/bank?route=gone`);
        await page.getByText('There is no route gone').waitFor();
        await page.getByText('least far: loans').waitFor();
        await page.locator('.charts canvas').first().waitFor();
        await page.getByRole('button', { name: 'Pause' }).waitFor();
        await page.getByRole('button', { name: 'Show all' }).click();
        await page.waitForURL(`${stored.url}/m/bank`);
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'the chosen route goes with the reader from page to page, and is preset in the kill switch on each',
    () =>
      onStored({ requests: 50, several: true }, async ({ stored, page, complaints }) => {
        const preset = async () => {
          await page.keyboard.press('k');
          await page.getByRole('dialog', { name: 'Send every client of accounts of bank back' }).waitFor();
          await page.keyboard.press('Escape');
        };
        await page.goto(`${stored.url}/m/bank?route=accounts`);
        await page.getByText('live', { exact: true }).waitFor();
        await preset();
        await page.getByRole('link', { name: 'Requests' }).click();
        await page.waitForURL(/requests\?group=accounts$/);
        await page.locator('.request-row').first().click();
        await page.waitForURL(/requests\/[^?]+\?route=accounts$/);
        await preset();
        await page.goBack();
        await page.waitForURL(/requests\?group=accounts$/);
        await page.getByLabel('Route', { exact: true }).fill('GET /accounts/*');
        await page.getByLabel('Route', { exact: true }).blur();
        await page.waitForURL(/group=accounts&route=GET/);
        await preset();
        await page.getByRole('link', { name: 'Mismatches' }).click();
        await page.waitForURL(/cause-0\?route=accounts&build=v1%401$/);
        await preset();
        await page.getByRole('link', { name: 'Time Rift' }).click();
        await page.waitForURL(`${stored.url}/m/bank?route=accounts`);
        // Where a link led one reads on: the next Tab goes into the page.
        expect(await page.evaluate<string>('document.activeElement.id')).toBe('content');
        expect(await page.getByRole('link', { name: 'Time Rift' }).getAttribute('aria-current')).toBe('page');
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'Enter in the note answers once an answer is chosen, with the note',
    () =>
      onStored({ questions: 1, tickMs: 100 }, async ({ stored, page, complaints }) => {
        await page.goto(`${stored.url}/m/bank/questions`);
        await page.getByText('Your answer', { exact: true }).waitFor();
        const note = page.getByLabel('Note for the journal');
        await note.fill('agreed, TICKET-7');
        await note.press('Enter');
        await page.getByRole('radio').nth(1).check();
        expect(stored.answered).toEqual([]);
        await note.press('Enter');
        await page.getByText('Nobody waits for you').waitFor();
        expect(stored.answered).toEqual(['question-0 ignore (agreed, TICKET-7)']);
        expect(complaints()).toEqual([]);
      }),
    60_000,
  );

  test(
    'the story on the stage says to its end how long a kill took',
    () =>
      onStored({ several: true }, async ({ stored, page }) => {
        await page.setViewportSize({ width: 1920, height: 1080 });
        await page.goto(`${stored.url}/stage/bank`);
        const line = page
          .getByRole('region', { name: 'The story' })
          .getByText(/every proxy ACKed within 148 ms\)$/);
        await line.waitFor();
        const cut = await line.evaluate(
          (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1,
        );
        expect(cut).toBe(false);
      }),
    60_000,
  );
});
