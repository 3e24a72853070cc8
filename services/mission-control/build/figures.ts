/**
 * Figures of the page in a real Chromium, on stored data: what it weighs, how soon it shows, whether it stutters with an hour of data, and
 * whether a day makes it grow. `node services/mission-control/build/figures.ts [--json FILE]`; exits 1 where a limit is broken.
 */
import { readdir, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launch } from '../test/browser.ts';
import { storedControlPlane } from '../test/stored-control-plane.ts';

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The figure must not be more (`max`) or less (`min`) than this. */
  readonly max?: number;
  readonly min?: number;
}

const dist = resolve(import.meta.dirname, '../dist');
const daySeconds = 86_400;
const dayTick = { secondsPerTick: 300, tickMs: 250 };
const frameSampleMs = 10_000;

/** What a first visit loads, gzipped, without the font. */
async function weight(): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    if (!['.html', '.js', '.css'].includes(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const zipped = await stat(`${path}.gz`).catch(() => stat(path));
    bytes += zipped.size;
  }
  return bytes / 1_024;
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.addInitScript(
    'window.long = []; new PerformanceObserver((list) => window.long.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask", buffered: true })',
  );
  await page.goto(url);
  await page.locator('.chart canvas, .migration-card').first().waitFor();
  return page;
}

/** First paint with content, and the longest task until then: of three visits the middle one. */
async function firstView(browser: Browser): Promise<Figure[]> {
  const server = await storedControlPlane({ mismatchGroups: 100 });
  const visits: { paint: number; long: number }[] = [];
  for (let visit = 0; visit < 3; visit += 1) {
    const page = await openPage(browser, `${server.url}/m/bank`);
    const paint = await page.evaluate<number>(
      'performance.getEntriesByName("first-contentful-paint")[0].startTime',
    );
    visits.push({ paint, long: await page.evaluate<number>('Math.max(0, ...window.long)') });
    await page.context().close();
  }
  await server.close();
  const middle = (of: 'paint' | 'long') => visits.map((visit) => visit[of]).sort((a, b) => a - b)[1]!;
  return [
    {
      name: 'first view (contentful paint, migration page, cold cache)',
      value: middle('paint'),
      unit: 'ms',
      max: 1_000,
    },
    { name: 'longest task while it opens', value: middle('long'), unit: 'ms' },
  ];
}

/** Frames while an hour of data is drawn and a point comes each second. */
async function frames(browser: Browser): Promise<Figure[]> {
  const server = await storedControlPlane();
  const page = await openPage(browser, `${server.url}/m/bank?window=1h`);
  await page.waitForTimeout(2_000);
  const [count, slowest, long] = await page.evaluate<[number, number, number]>(`new Promise((done) => {
    const from = performance.now();
    let last = from, frames = 0, slowest = 0;
    window.long.length = 0;
    requestAnimationFrame(function frame(now) {
      frames += 1; slowest = Math.max(slowest, now - last); last = now;
      if (now - from < ${frameSampleMs}) requestAnimationFrame(frame);
      else done([frames, slowest, window.long.length]);
    });
  })`);
  await page.context().close();
  await server.close();
  return [
    {
      name: 'frames a second, six charts of 1 h at 1 s, live',
      value: (count * 1_000) / frameSampleMs,
      unit: '/s',
      min: 55,
    },
    { name: 'slowest frame of these 10 s', value: slowest, unit: 'ms' },
    { name: 'tasks over 50 ms in these 10 s', value: long, unit: '' },
  ];
}

/** Heap after an hour of simulated data and after a day more, both after a collection. */
async function growth(browser: Browser): Promise<Figure[]> {
  const server = await storedControlPlane(dayTick);
  const page = await openPage(browser, `${server.url}/m/bank?window=1h`);
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  };
  const until = async (seconds: number) => {
    while (server.sentSeconds() < seconds) await page.waitForTimeout(250);
  };
  await until(3_600);
  const before = await heap();
  await until(3_600 + daySeconds);
  const after = await heap();
  await page.context().close();
  await server.close();
  return [
    { name: 'heap after 1 h of simulated data', value: before, unit: 'MiB' },
    { name: 'heap after 24 h more', value: after, unit: 'MiB', max: before * 1.2 + 2 },
  ];
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const chromium = await chromiumPath();
if (chromium === undefined) throw new Error('no Chromium: apt install chromium');
const browser = await launch(chromium);
const figures: Figure[] = [
  { name: 'page, gzipped, without its font', value: await weight(), unit: 'KiB', max: 350 },
];
try {
  for (const measure of [firstView, frames, growth]) figures.push(...(await measure(browser)));
} finally {
  await browser.close();
}
console.log(
  `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores: times of a busy machine say nothing of the page`,
);
let broken = 0;
for (const { name, value, unit, max = Number.POSITIVE_INFINITY, min = 0 } of figures) {
  const holds = value <= max && value >= min;
  if (!holds) broken += 1;
  const limit = Number.isFinite(max) ? `at most ${max.toFixed(0)}` : min > 0 ? `at least ${min}` : '';
  console.log(
    `${holds ? ' ' : '✗'} ${name.padEnd(58)} ${value.toFixed(1).padStart(9)} ${unit.padEnd(4)} ${limit}`,
  );
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exitCode = broken === 0 ? 0 : 1;
