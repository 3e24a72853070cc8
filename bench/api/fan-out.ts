import { setTimeout as delay } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { envelope } from '@chronos/control-plane/shell/mission-control/frame.ts';
import { WatchRequestSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { chronosRun } from '../../test/harness/chronos-run.ts';
import { startLoad } from '../../test/harness/load.ts';
import { serviceMigration } from '../../test/harness/service-migration.ts';
import { cpuMs, type Script, startScript } from '../capture/child.ts';
import { quantile, table } from '../table.ts';

const name = 'things';

/** How watchers ask: as browsers do, whose messages are encoded once for all, or in a way that connect-node serves, a pipe a watcher. */
const ways = {
  'shared frames (the product)': 'application/connect+proto',
  'connect-node (gRPC-Web)': 'application/grpc-web+proto',
} as const;
type Way = keyof typeof ways;

export interface FanOut {
  readonly watchers: number;
  readonly requests_per_second: number;
  readonly rounds: number;
  /** The control plane's CPU without watchers, percent of a core. */
  readonly alone_percent: number;
  readonly ways: readonly {
    readonly way: Way;
    /** More than in the same round without watchers, percent of a core. */
    readonly more_percent: { readonly p50: number; readonly least: number; readonly most: number };
    /** Of one watcher. */
    readonly messages_per_second: number;
    readonly kilobytes_per_second: number;
  }[];
}

export interface FanOutOptions {
  readonly watchers: number;
  readonly perSecond: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly onRound: (round: number) => void;
}

/** A real run under load; in each round the same time without watchers and with them, in each way. */
export async function benchFanOut(options: FanOutOptions): Promise<FanOut> {
  const { watchers, perSecond, rounds, seconds } = options;
  const run = await chronosRun({
    migration: serviceMigration({
      ladder: '[{ percent: 100, confidence: 99.9999, dwell: 3600s }]',
      policy: '  manual: true',
    }),
  });
  const alone: number[] = [];
  const more: Record<Way, number[]> = { 'shared frames (the product)': [], 'connect-node (gRPC-Web)': [] };
  const counted: Record<Way, Counted[]> = {
    'shared frames (the product)': [],
    'connect-node (gRPC-Web)': [],
  };
  try {
    await run.mirrored(name, '/things/1');
    const load = startLoad({ target: `http://${run.listen}`, perSecond });
    const pid = run.pidOf('control-plane');
    if (pid === undefined) throw new Error('the control plane does not run');
    for (let round = 0; round <= rounds; round += 1) {
      // Round 0 compiles the code of what is meant to run for weeks.
      if (round > 0) options.onRound(round);
      const without = await cpuPercent(pid, seconds);
      if (round > 0) alone.push(without);
      for (const way of Object.keys(ways) as Way[]) {
        const script = await startWatchers(run.apiUrl, watchers, ways[way]);
        const before = await script.counted();
        const used = await cpuPercent(pid, seconds);
        const after = await script.counted();
        script.stop();
        if (round === 0) continue;
        more[way].push(used - without);
        counted[way].push(perWatcher(before, after, watchers * seconds));
      }
    }
    await load.stop();
  } finally {
    await run.stop();
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    watchers,
    requests_per_second: perSecond,
    rounds,
    alone_percent: rounded(quantile(alone, 0.5)),
    ways: (Object.keys(ways) as Way[]).map((way) => ({
      way,
      more_percent: {
        p50: rounded(quantile(more[way], 0.5)),
        least: rounded(Math.min(...more[way])),
        most: rounded(Math.max(...more[way])),
      },
      messages_per_second: rounded(mean(counted[way].map(({ messages }) => messages))),
      kilobytes_per_second: rounded(mean(counted[way].map(({ bytes }) => bytes)) / 1024),
    })),
  };
}

export function fanOutTable(figures: FanOut): string {
  const head = `${figures.watchers} watching browsers at ${figures.requests_per_second} requests/s, ${figures.rounds} paired rounds; the control plane alone: ${figures.alone_percent} % of a core`;
  const rows = figures.ways.map(({ way, more_percent: { p50, least, most }, ...each }) => [
    way,
    p50.toFixed(1),
    `${least.toFixed(1)}–${most.toFixed(1)}`,
    each.messages_per_second.toFixed(1),
    each.kilobytes_per_second.toFixed(1),
  ]);
  const columns = ['way', 'more % of a core', 'least–most', 'messages/s each', 'KiB/s each'];
  return `${head}\n${table(columns, rows)}`;
}

interface Counted {
  readonly messages: number;
  readonly bytes: number;
}

/** More than any page watches at once: every topic there is. */
function topics(): Uint8Array {
  const request = create(WatchRequestSchema, {
    topics: [
      { topic: { case: 'overview', value: {} } },
      { topic: { case: 'migration', value: { name } } },
      { topic: { case: 'series', value: { migration: name } } },
      { topic: { case: 'proxies', value: {} } },
      { topic: { case: 'mismatches', value: { migration: name } } },
      { topic: { case: 'questions', value: { migration: name } } },
      { topic: { case: 'log', value: { migration: name } } },
    ],
  });
  return envelope(0, toBinary(WatchRequestSchema, request));
}

function startWatchers(url: string, count: number, contentType: string): Promise<Script> {
  return startScript(
    '../api/watchers.ts',
    url,
    String(count),
    contentType,
    Buffer.from(topics()).toString('base64'),
  );
}

async function cpuPercent(pid: number, seconds: number): Promise<number> {
  const begunMs = performance.now();
  const before = await cpuMs(pid);
  await delay(seconds * 1_000);
  return (((await cpuMs(pid)) - before) / (performance.now() - begunMs)) * 100;
}

function perWatcher(
  before: Record<string, number>,
  after: Record<string, number>,
  watcherSeconds: number,
): Counted {
  if ((after.ended ?? 0) > 0) throw new Error(`${after.ended} watchers lost their stream`);
  const of = (key: string) => ((after[key] ?? 0) - (before[key] ?? 0)) / watcherSeconds;
  return { messages: of('messages'), bytes: of('bytes') };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
