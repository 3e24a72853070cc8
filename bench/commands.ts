import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  file_chronos_v1_migration_service,
  MigrationService,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { serve } from '@chronos/rpc-server/serve.ts';
import { quantile, table } from './table.ts';

const bin = join(import.meta.dirname, '../cli/bin/chronos.mjs');

export interface CommandFigures {
  readonly runs: number;
  /** From the start of `chronos kill` until the API has its request. */
  readonly kill_to_request_ms: Spread;
  /** From the start until the end. */
  readonly kill_ms: Spread;
  readonly help_ms: Spread;
}

interface Spread {
  readonly p50: number;
  readonly max: number;
}

/** How long a person who throws the kill switch by the command waits before Chronos knows of it. The API is one that answers at once. */
export async function benchCommands({ runs }: { readonly runs: number }): Promise<CommandFigures> {
  let askedAtMs = Number.NaN;
  const server = await serve({
    listen: '127.0.0.1:0',
    files: [file_chronos_v1_migration_service],
    routes: (router) =>
      router.service(MigrationService, {
        killMigration: () => {
          askedAtMs = performance.now();
          return { proxiesAcked: 1, probeSawLegacy: true };
        },
      }),
  });
  const toRequest: number[] = [];
  const kills: number[] = [];
  const helps: number[] = [];
  try {
    await timed(['kill', 'things', '--server', server.address]);
    for (let run = 0; run < runs; run++) {
      const startMs = performance.now();
      kills.push(await timed(['kill', 'things', '--server', server.address]));
      toRequest.push(askedAtMs - startMs);
      helps.push(await timed(['--help']));
    }
  } finally {
    await server.close({ graceMs: 1_000 });
  }
  return {
    runs,
    kill_to_request_ms: spread(toRequest),
    kill_ms: spread(kills),
    help_ms: spread(helps),
  };
}

function timed(args: readonly string[]): Promise<number> {
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve(performance.now() - startMs)
        : reject(new Error(`chronos ${args.join(' ')} ended with exit code ${code}`)),
    );
  });
}

const spread = (values: readonly number[]): Spread => ({
  p50: Math.round(quantile(values, 0.5)),
  max: Math.round(Math.max(...values)),
});

export function commandsTable(figures: CommandFigures): string {
  const row = (name: string, { p50, max }: Spread) => [name, p50, max];
  return table(
    [`${figures.runs} runs of each`, 'p50 ms', 'max ms'],
    [
      row('chronos kill: start → the API has the request', figures.kill_to_request_ms),
      row('chronos kill: start → end', figures.kill_ms),
      row('chronos --help', figures.help_ms),
    ],
  );
}
