import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startCommanded } from './commands.ts';
import { compileChronos } from './contender.ts';
import { contendersOf, scenarios } from './matrix.ts';
import { type Measured, measure } from './measure.ts';
import { buildPeers, type Peers } from './peers.ts';
import { encodeResources } from './resources.ts';
import { label } from './scenario.ts';

export interface SpeedFigures {
  readonly peers: string;
  readonly measured: readonly Measured[];
}

/** Every scenario in turn, ours and the peers paired. */
export async function benchSpeed(options: {
  readonly quick: boolean;
  readonly rounds: number | undefined;
  readonly note: (line: string) => void;
}): Promise<SpeedFigures> {
  const peers: Peers = buildPeers();
  if (peers.program === undefined) options.note(`go-control-plane is left out: ${peers.missing}`);
  await compileChronos();
  const dir = mkdtempSync(join(tmpdir(), 'chronos-bench-xds-'));
  const clients = startCommanded(process.execPath, [resolve(import.meta.dirname, 'clients.ts')]);
  const measured: Measured[] = [];
  try {
    for (const scenario of scenarios(options.quick)) {
      const contenders = contendersOf(scenario, peers.program !== undefined);
      const file = join(dir, 'resources');
      writeFileSync(file, encodeResources(scenario));
      const large = scenario.proxies * scenario.resources >= 100_000;
      const programs = { peers: peers.program, clients };
      measured.push(
        await measure(contenders, { ...scenario, file }, programs, {
          budgetMs: large ? 3_000 : 700,
          warmUpMs: large ? 750 : 400,
          roundsMax: options.rounds ?? 20,
          storms: large ? 3 : 5,
        }),
      );
      options.note(label(scenario));
    }
  } finally {
    await clients.stop();
    rmSync(dir, { recursive: true });
  }
  return { peers: peers.program === undefined ? `none: ${peers.missing}` : peers.described, measured };
}
