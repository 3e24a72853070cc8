import type { Page } from 'playwright-core';

/** A moment of the demo: mismatches show, modern answers some customers, legacy is sealed; `outside`: before one is logged in. */
export type Moment = 'mirror' | 'canary' | 'sealed' | 'outside';

export interface Shot {
  /** File name below docs/screenshots, without ending. */
  readonly name: string;
  readonly at: Moment;
  readonly path: string;
  readonly colorScheme?: 'dark' | 'light';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What is done before the picture; it also waits for what the picture shows. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const phone = { width: 390, height: 844 };
const projector = { width: 1920, height: 1080 };
const tall = { width: 1440, height: 1500 };
const charts = (page: Page) => page.locator('.chart canvas').first().waitFor();

/** Charts, and the worst cause. */
async function stage(page: Page): Promise<void> {
  await charts(page);
  await page.locator('.stage-why-sentence').waitFor();
}

const shown = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();

/** The worst cause, with its example and the requests of the same field. */
async function example(page: Page): Promise<void> {
  await page.locator('.story .sides').first().waitFor();
  await page.locator('.cause-detail .request-row').first().waitFor();
}

/** A stored balance, asked for once more; the service account stands in for the customer. */
async function replay(page: Page): Promise<void> {
  await page.locator('.request-row').first().click();
  await page.getByRole('button', { name: 'Replay against modern' }).click();
  await page.getByText(/answered in/).waitFor();
  await page.locator('.replay').scrollIntoViewIfNeeded();
}

/** The manifest, once legacy has stopped and its database is in the capsule too. */
async function capsule(page: Page): Promise<void> {
  await page.locator('.capsule-manifest').waitFor();
  await page.getByText(/rows of \d+ tables, archived/).waitFor({ timeout: 120_000 });
}

/** From a cause to the request that shows it. */
async function exampleRequest(page: Page): Promise<void> {
  await page.locator('.story .panel-aside a[href*="/requests/"]').first().click();
  await page.locator('.sides').first().waitFor();
}

async function killDialog(page: Page): Promise<void> {
  await charts(page);
  await page.getByRole('button', { name: 'Kill switch' }).click();
  await page.getByRole('dialog').waitFor();
}

/** Each page once; what it shows is the demo's, as it is in that moment. */
export const shots: readonly Shot[] = [
  { name: 'login', at: 'outside', path: '/', prepare: shown('input[type=password]') },
  {
    name: 'stage-remediation',
    at: 'mirror',
    path: '/stage/bank',
    viewport: projector,
    prepare: shown('.stage-why-sentence'),
  },
  { name: 'overview-trouble', at: 'mirror', path: '/', prepare: shown('.migration-card') },
  { name: 'mismatches', at: 'mirror', path: '/m/bank/mismatches', prepare: example },
  { name: 'repairs', at: 'mirror', path: '/m/bank/repairs', prepare: shown('[aria-label="Written"] li') },
  {
    name: 'mismatches-light',
    at: 'mirror',
    path: '/m/bank/mismatches',
    colorScheme: 'light',
    prepare: example,
  },
  { name: 'request', at: 'mirror', path: '/m/bank/mismatches', prepare: exampleRequest, viewport: tall },
  { name: 'mirror', at: 'mirror', path: '/m/bank', prepare: charts },
  { name: 'requests', at: 'mirror', path: '/m/bank/requests', prepare: shown('.request-row') },
  { name: 'questions', at: 'mirror', path: '/m/bank/questions', prepare: shown('.questions') },
  {
    name: 'replay',
    at: 'canary',
    path: '/m/bank/requests?route=/bank.v1.BankService/GetBalance',
    prepare: replay,
  },
  { name: 'overview', at: 'canary', path: '/', colorScheme: 'light' },
  { name: 'migration', at: 'canary', path: '/m/bank', viewport: tall, prepare: charts },
  { name: 'migration-light', at: 'canary', path: '/m/bank', colorScheme: 'light', prepare: charts },
  { name: 'kill', at: 'canary', path: '/m/bank', prepare: killDialog },
  { name: 'kill-phone', at: 'canary', path: '/m/bank', viewport: phone, prepare: killDialog },
  { name: 'stage-convergence', at: 'canary', path: '/stage/bank', viewport: projector, prepare: stage },
  { name: 'journal', at: 'canary', path: '/m/bank/journal?evidence=unfolded', prepare: shown('.entry') },
  { name: 'log', at: 'canary', path: '/m/bank/log', prepare: shown('.log-line') },
  { name: 'capsule', at: 'sealed', path: '/m/bank/capsule', prepare: capsule },
  { name: 'stage-sealed', at: 'sealed', path: '/stage/bank', viewport: projector, prepare: stage },
  { name: 'sealed', at: 'sealed', path: '/m/bank', prepare: charts },
];
