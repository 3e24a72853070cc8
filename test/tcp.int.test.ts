import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '@chronos/local/free-port.ts';
import { Stage, UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { until } from './harness/until.ts';

const docs = resolve(import.meta.dirname, '../docs');
let run: ChronosRun | undefined;

afterAll(async () => {
  await run?.stop();
}, 60_000);

/** One conversation; what came back, whole. */
async function converse(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  socket.setTimeout(15_000, () => socket.destroy(new Error('no answer within 15 s')));
  socket.end(lines.map((line) => `${line}\n`).join(''));
  return await text(socket);
}

/** Conversations, a few at once; returns the answers that legacy would not have given. */
async function terminals(port: number, count: number): Promise<string[]> {
  const wrong: string[] = [];
  for (let done = 0; done < count; done += 5) {
    await Promise.all(
      Array.from({ length: 5 }, async (_, k) => {
        const cents = 1_000 + 37 * (done + k);
        const answer = await converse(port, [`FEE ${cents}`, 'FEE 0', 'BYE']);
        const fee = Math.floor((cents * 15 + 500) / 1000);
        if (!new RegExp(`^FEE ${fee} node=\\w+\nFEE 0 node=\\w+\nGOODBYE\n$`).test(answer))
          wrong.push(answer);
      }),
    );
  }
  return wrong;
}

test('raw TCP is migrated as docs/tcp.md says', async () => {
  const file = await readFile(join(docs, 'tcp/terminals.yaml'), 'utf8');
  // What the page shows is what runs.
  expect(await readFile(join(docs, 'tcp.md'), 'utf8')).toContain(file.trimEnd());
  const port = await freePort();
  run = await chronosRun({
    migration: file
      .replace('127.0.0.1:8080', '"@LISTEN@"')
      .replace('127.0.0.1:7000', `127.0.0.1:${port}`)
      .replaceAll('terminal.mjs', join(docs, 'tcp/terminal.mjs')),
  });
  const started = run;
  const group = async () => (await started.state('terminals')).groups[0];
  await run.copiesFlow('terminals');
  await until('the proxy answers', async () => (await converse(port, ['BYE'])) === 'GOODBYE\n', {
    withinMs: 30_000,
    look: run.output,
  });

  const clients = spawnSync(process.execPath, [join(docs, 'tcp/clients.mjs'), String(port), '3'], {
    timeout: 30_000,
  });
  expect(clients.stdout.toString()).toBe('3 answered by legacy\n');

  // Legacy answers everyone; where modern rounds otherwise is found.
  expect(await terminals(port, 40)).toEqual([]);
  const [found] = await until(
    'the mismatch shows',
    async () => {
      const { groups } = await started.verdicts.listMismatchGroups({ migration: 'terminals' });
      return groups.length > 0 && groups;
    },
    { withinMs: 30_000, look: run.output },
  );
  expect(found).toMatchObject({ group: 'line', route: 'tcp', field: 'frame[*]' });

  await run.deployments.deploy({
    migration: 'terminals',
    universe: UniverseName.MODERN,
    what: { case: 'build', value: 'v2' },
  });
  const nodes = new Set<string>();
  const swapped = () =>
    until(
      'the hot-swap',
      async () => {
        expect(await terminals(port, 50)).toEqual([]);
        nodes.add((await converse(port, ['FEE 1'])).trim());
        return (await group())?.stage === Stage.SWAPPED;
      },
      { withinMs: 120_000, look: started.output },
    );
  await swapped();
  expect(await converse(port, ['FEE 1'])).toBe('FEE 0 node=modern\n');
  expect(nodes).toContain('FEE 0 node=legacy');

  // The kill switch closes what lives on modern, and is proven.
  const live = connect({ port, host: '127.0.0.1' });
  live.write('FEE 1\n');
  const [said] = await once(live, 'data', { signal: AbortSignal.timeout(15_000) });
  expect(String(said)).toBe('FEE 0 node=modern\n');
  const over = new Promise((settle) => live.once('error', settle).once('close', settle));
  const killed = await run.migrations.killMigration({ name: 'terminals', actor: 'reader' });
  expect(killed).toMatchObject({ probeSawLegacy: true, proxiesPending: 0 });
  await over;
  expect(await converse(port, ['FEE 1'])).toBe('FEE 0 node=legacy\n');

  await run.migrations.startMigration({ name: 'terminals', actor: 'reader' });
  await swapped();
  const { state } = await run.migrations.sealMigration({ name: 'terminals', actor: 'reader' });
  expect(state?.sealed?.capsule).toBeTruthy();
  expect(await terminals(port, 20)).toEqual([]);
}, 300_000);
