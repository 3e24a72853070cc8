import type { Page } from 'playwright-core';

/** A moment of the demo: mismatches show, modern answers some customers, legacy is sealed. */
export type Moment = 'mirror' | 'canary' | 'sealed';

export interface Shot {
  /** File name below docs/screenshots, without ending. */
  readonly name: string;
  readonly at: Moment;
  readonly path: string;
  readonly colorScheme?: 'dark' | 'light';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly fullPage?: boolean;
  /** What is done before the picture; it also waits for what the picture shows. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const phone = { width: 390, height: 844 };
const charts = (page: Page) => page.locator('.chart canvas').first().waitFor();

async function killDialog(page: Page): Promise<void> {
  await charts(page);
  await page.getByRole('button', { name: 'Kill switch' }).click();
  await page.getByRole('dialog').waitFor();
}

/** Each page once; what it shows is the demo's, as it is in that moment. */
export const shots: readonly Shot[] = [
  { name: 'mirror', at: 'mirror', path: '/m/bank', prepare: charts },
  { name: 'overview', at: 'canary', path: '/', colorScheme: 'light' },
  { name: 'migration', at: 'canary', path: '/m/bank', fullPage: true, prepare: charts },
  { name: 'migration-light', at: 'canary', path: '/m/bank', colorScheme: 'light', prepare: charts },
  { name: 'kill', at: 'canary', path: '/m/bank', prepare: killDialog },
  { name: 'kill-phone', at: 'canary', path: '/m/bank', viewport: phone, prepare: killDialog },
  { name: 'sealed', at: 'sealed', path: '/m/bank', prepare: charts },
];
