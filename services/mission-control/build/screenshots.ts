/**
 * Takes the pictures in docs/screenshots of the demo as it runs: `node services/mission-control/build/screenshots.ts [NAME …]`, without names all
 * of them. It starts the demo in a state folder of its own, waits for the moments, and ends it. Build the page before (build.ts).
 */
import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { freePort } from '@chronos/local/free-port.ts';
import { type GroupState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Role } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { Browser } from 'playwright-core';
import { chronosRun } from '../../../test/harness/chronos-run.ts';
import { until } from '../../../test/harness/until.ts';
import { chromiumPath, launch } from '../test/browser.ts';
import { storedControlPlane } from '../test/stored-control-plane.ts';
import { type Moment, type Shot, shots } from './shots.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = resolve(root, 'docs/screenshots');
const migration = 'bank';
/** Pictures are read over the network. */
const bytesMax = 300_000;
const withinMs = 600_000;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !shots.some((shot) => shot.name === name));
if (unknown.length > 0)
  throw new Error(
    `no such picture: ${unknown.join(', ')}; there are: ${shots.map(({ name }) => name).join(', ')}`,
  );
const wanted = (moment: Moment) =>
  shots.filter(({ at, name }) => at === moment && (names.length === 0 || names.includes(name)));

/** In the order in which the demo comes to them. */
const moments: readonly (readonly [Exclude<Moment, 'outside'>, (group: GroupState) => boolean])[] = [
  ['mirror', (group) => group.stage === Stage.SHADOW && group.mismatched > 8n],
  ['canary', (group) => group.stage === Stage.CANARY && group.modernPercent >= 10],
  ['sealed', (group) => group.stage === Stage.SEALED],
];

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { name, at, path, colorScheme = 'dark', viewport = { width: 1440, height: 900 }, prepare } = shot;
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  await page.goto(url + path);
  if (at !== 'outside') await page.getByText('live', { exact: true }).waitFor();
  await page.waitForLoadState('load');
  try {
    await prepare?.(page);
  } catch (cause) {
    const seen = await page.locator('body').textContent();
    throw new Error(`${name} does not come to be; the page shows:\n${seen?.slice(0, 2_000)}`, { cause });
  }
  const file = resolve(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  await context.close();
  const { size } = await stat(file);
  if (size > bytesMax) {
    console.error(`${file} has ${size} bytes, more than ${bytesMax}: show less`);
    process.exitCode = 1;
  }
  console.log(`docs/screenshots/${name}.png  ${Math.round(size / 1_000)} kB`);
}

/** The log-in: the demo asks for no tokens. */
async function takeOutside(browser: Browser): Promise<void> {
  const server = await storedControlPlane({ role: Role.UNSPECIFIED });
  try {
    for (const shot of wanted('outside')) await take(browser, server.url, shot);
  } finally {
    await server.close();
  }
}

const chromium = await chromiumPath();
if (chromium === undefined) throw new Error('no Chromium: apt install chromium');
await mkdir(folder, { recursive: true });
// Few enough requests for a machine that also draws the pages.
const args = ['--listen', `127.0.0.1:${await freePort()}`, '--tps', '30'];
const run = await chronosRun({ file: resolve(root, 'deploy/migrations/bank.yaml'), args });
const browser = await launch(chromium);
try {
  await takeOutside(browser);
  for (const [moment, reached] of moments) {
    const due = wanted(moment);
    if (due.length === 0) continue;
    await until(
      `the demo comes to ${moment}`,
      async () => (await run.state(migration)).groups.every(reached),
      { withinMs, look: run.output },
    );
    for (const shot of due) await take(browser, run.apiUrl, shot);
  }
} catch (error) {
  // Said before the run is stopped: should that fail too, this is not lost.
  console.error(error);
  throw error;
} finally {
  await browser.close();
  await run.stop();
}
