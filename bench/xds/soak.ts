import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { table } from '../table.ts';
import { type Commanded, memoryMb, startCommanded } from './commands.ts';
import { startChronos } from './contender.ts';
import { encodeResources } from './resources.ts';
import type { Scenario } from './scenario.ts';

export interface Sample {
  readonly changes: number;
  readonly reconnects: number;
  /** After a full collection. */
  readonly heapMb: number;
  readonly rssMb: number;
  /** Timers, sockets, whatever keeps a process alive. */
  readonly handles: number;
}

export interface SoakFigures {
  readonly seed: number;
  readonly proxies: number;
  readonly samples: readonly Sample[];
  /** Growth of the heap from the first quarter to the end, by a straight line through those samples. */
  readonly heapGrownMb: number;
}

const PROXIES_A_VARIANT = 5;
const SAMPLES = 20;
/** On average, with one to all proxies of a variant coming back at a time. */
const RECONNECTS_A_STEP = (1 + PROXIES_A_VARIANT) / 2;
const variants = ['sotw', 'delta'] as const;

/**
 * Weight changes, each ACKed by all proxies, and between them reconnects of a random part of the proxies, with what the server holds looked
 * at after a full garbage collection. A seed gives the same run again.
 */
export async function soak(options: {
  readonly changes: number;
  readonly reconnects: number;
  readonly seed: number;
  readonly note: (line: string) => void;
}): Promise<SoakFigures> {
  const { changes, reconnects, seed } = options;
  const dir = mkdtempSync(join(tmpdir(), 'chronos-bench-xds-'));
  const random = mulberry32(seed);
  const server = startChronos();
  const clients = startCommanded(process.execPath, [resolve(import.meta.dirname, 'clients.ts')]);
  const fleets = variants.map((variant): Scenario & { file: string } => ({
    variant,
    proxies: PROXIES_A_VARIANT,
    resources: 50,
    shape: 'shared',
    change: 'weight',
    file: join(dir, 'resources'),
  }));
  try {
    writeFileSync(join(dir, 'resources'), encodeResources(fleets[0]!));
    const acks = { promised: 0 };
    await connectFleets(server, clients, fleets, acks);
    const samples: Sample[] = [];
    let done = 0;
    let reconnected = 0;
    const reconnect = async (fleet: Scenario['variant'], count: number) => {
      if (count === 0) return;
      await clients.ask({ cmd: 'reconnect', fleet, count });
      reconnected += count;
      acks.promised += 2 * count;
      await server.ask({ cmd: 'await', acks: acks.promised });
    };
    for (let n = 1; n <= SAMPLES; n += 1) {
      while (done < (changes * n) / SAMPLES) {
        const step = Math.ceil(random() * 2 * RECONNECTS_A_STEP * (changes / reconnects));
        const count = Math.min(changes - done, step);
        acks.promised += count * PROXIES_A_VARIANT * variants.length;
        await server.ask({
          cmd: 'changes',
          first: done + 1,
          count,
          acksAChange: PROXIES_A_VARIANT * variants.length,
        });
        done += count;
        const some = Math.min(reconnects - reconnected, 1 + Math.floor(random() * PROXIES_A_VARIANT));
        await reconnect(random() < 0.5 ? 'sotw' : 'delta', some);
      }
      while (n === SAMPLES && reconnected < reconnects)
        await reconnect('delta', Math.min(reconnects - reconnected, PROXIES_A_VARIANT));
      for (const variant of variants) await clients.ask({ cmd: 'check', fleet: variant });
      const held = await server.ask<{ heapMb: number; handles: number }>({ cmd: 'resources' });
      samples.push({
        changes: done,
        reconnects: reconnected,
        ...held,
        rssMb: memoryMb(server.pid).now,
      });
      options.note(`${done} changes, ${reconnected} reconnects: heap ${held.heapMb.toFixed(1)} MB`);
    }
    const settled = samples.slice(SAMPLES / 4);
    return {
      seed,
      proxies: PROXIES_A_VARIANT * variants.length,
      samples,
      heapGrownMb: slope(settled.map(({ heapMb }, i) => [i, heapMb])) * (settled.length - 1),
    };
  } finally {
    await Promise.all([clients.stop(), server.stop()]);
    rmSync(dir, { recursive: true });
  }
}

async function connectFleets(
  server: Commanded,
  clients: Commanded,
  fleets: readonly (Scenario & { readonly file: string })[],
  acks: { promised: number },
): Promise<void> {
  const { port } = await server.ask<{ port: number }>({ cmd: 'setup', scenario: fleets[0] });
  for (const [index, scenario] of fleets.entries()) {
    const firstProxy = index * PROXIES_A_VARIANT;
    await clients.ask({ cmd: 'connect', fleet: scenario.variant, port, scenario, firstProxy });
    acks.promised += 2 * scenario.proxies;
  }
  await server.ask({ cmd: 'await', acks: acks.promised });
}

export function soakTable({ samples, heapGrownMb, seed, proxies }: SoakFigures): string {
  const shown = samples.filter((_, i) => i % 5 === 4 || i === 1);
  const rows = shown.map((of) => [
    of.changes,
    of.reconnects,
    of.heapMb.toFixed(1),
    of.rssMb.toFixed(0),
    of.handles,
  ]);
  return [
    table(['changes', 'reconnects', 'heap MB after GC', 'RSS MB', 'handles'], rows),
    `${proxies} proxies, seed ${seed}; from the first quarter on the heap grew by ${heapGrownMb.toFixed(2)} MB`,
  ].join('\n');
}

/** Least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

/** A small seeded generator (mulberry32): the same run for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
