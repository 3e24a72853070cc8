import { ensureDebianPackage } from '@chronos/local/debian-package.ts';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, installed where this may be; undefined where there is none: tests then skip by name. */
export function chromiumPath(): Promise<string | undefined> {
  return ensureDebianPackage('chromium', 'chromium');
}

export function launch(executablePath: string): Promise<Browser> {
  // Root, as in containers, gets no sandbox; what is opened is our own page alone.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: sandbox });
}

/** A page of the browser that writes down what it had to complain about. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of the console and of scripts since the last look. */
  complaints(): string[];
}

export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  return { page, complaints: () => heard.splice(0) };
}

/** What axe finds against WCAG 2.2 A and AA, one line a rule and element; in dark and in light. */
export async function axeFindings(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // Not addScriptTag: the page's policy, rightly, runs no foreign script; what the debugger evaluates it does not concern.
    await page.evaluate(axe.source);
    const violations = await page.evaluate(runAxe);
    findings.push(...violations.map((line) => `${colorScheme}: ${line}`));
  }
  return findings;
}

/** Runs in the page. */
async function runAxe(): Promise<string[]> {
  const { axe: there } = globalThis as unknown as { axe: typeof axe };
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await there.run({ runOnly: { type: 'tag', values: tags } });
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
}
