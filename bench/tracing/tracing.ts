import { setTimeout as delay } from 'node:timers/promises';
import { chronosRun } from '../../test/harness/chronos-run.ts';
import { serviceMigration } from '../../test/harness/service-migration.ts';
import { until } from '../../test/harness/until.ts';
import { cpuMs, runScript } from '../capture/child.ts';
import { quantile, table } from '../table.ts';
import { startCollector } from './collector.ts';

const name = 'things';
const bodyBytes = 1_024;
/** Until the spans of a block have been exported, held and decided. */
const restMs = 4_000;
/** Where tracing costs; of the universes here none makes spans of its own. */
const parts = ['time-rift', 'capture', 'arbiter', 'relay'] as const;
type PartName = (typeof parts)[number];
const ways = ['untraced', 'traced'] as const;
type Way = (typeof ways)[number];

interface Block {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
  /** CPU a request, microseconds. */
  readonly cpuUs: Readonly<Record<PartName, number>>;
}

export interface TracingFigures {
  readonly requests_per_second: number;
  readonly rounds: number;
  readonly ways: Readonly<
    Record<
      Way,
      {
        readonly p50_ms: number;
        readonly p99_ms: number;
        readonly cpu_us: Readonly<Record<PartName, number>>;
        readonly failed: number;
      }
    >
  >;
  /** Traced over untraced in the same round: of the median latency, and of the CPU of all parts. */
  readonly p50_ratio: Spread;
  readonly cpu_ratio: Spread;
  /** Spans of a traced request that the relay kept at its preset share, a tenth of what is unremarkable. */
  readonly kept_spans_per_request: number;
}

interface Spread {
  readonly p50: number;
  readonly least: number;
  readonly most: number;
}

export interface TracingOptions {
  readonly perSecond: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly onRound: (round: number) => void;
}

/**
 * What tracing costs a request, on a real run whose parts all send their spans to the relay. The client decides by the flag of its own
 * `traceparent`, which every sampler on the way follows; so both kinds meet the same processes, in blocks that take turns.
 */
export async function benchTracing(options: TracingOptions): Promise<TracingFigures> {
  const { perSecond, rounds, seconds, onRound } = options;
  const collector = await startCollector();
  try {
    const run = await chronosRun({
      migration: serviceMigration({
        ladder: '[{ percent: 100, confidence: 99.9999, dwell: 3600s }]',
        policy: '  manual: true',
      }),
      env: collector.env,
    });
    try {
      await run.mirrored(name, '/things/1');
      const comparedOne = async () => {
        await fetch(`http://${run.listen}/things/1`);
        return ((await run.state(name)).coverage?.compared ?? 0n) > 0n;
      };
      await until('the first verdict', comparedOne, { withinMs: 30_000, look: run.output });
      const pids = parts.map((part): [PartName, number] => {
        const pid = part === 'relay' ? collector.pid : run.pidOf(part);
        if (pid === undefined) throw new Error(`${part} does not run`);
        return [part, pid];
      });
      const block = async (way: Way): Promise<Block> => {
        const before = await cpuOf(pids);
        const port = run.listen.split(':').at(-1) ?? '';
        const load = JSON.parse(
          await runScript('generator.ts', port, String(perSecond), String(seconds), String(bodyBytes), way),
        );
        await delay(restMs);
        const after = await cpuOf(pids);
        const used = (part: PartName) =>
          (((after.get(part) ?? 0) - (before.get(part) ?? 0)) * 1_000) / load.requests;
        const cpuUs = Object.fromEntries(parts.map((part) => [part, used(part)])) as Record<PartName, number>;
        return { p50Ms: load.p50Ms, p99Ms: load.p99Ms, failed: load.failed, cpuUs };
      };
      const blocks: Record<Way, Block[]> = { untraced: [], traced: [] };
      const keptBefore: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        // Round 0 compiles the code of what is meant to run for weeks.
        if (round > 0) onRound(round);
        if (round === 1) keptBefore.push(collector.keptSpans());
        for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
          const measured = await block(way);
          if (round > 0) blocks[way].push(measured);
        }
      }
      const kept = collector.keptSpans() - (keptBefore[0] ?? 0);
      return summarise(options, blocks, kept / (rounds * seconds * perSecond));
    } finally {
      await run.stop();
    }
  } finally {
    collector.stop();
  }
}

function summarise(
  { perSecond, rounds }: TracingOptions,
  blocks: Readonly<Record<Way, readonly Block[]>>,
  kept: number,
): TracingFigures {
  const of = (way: Way) => {
    const all = blocks[way];
    const middle = (value: (block: Block) => number) => quantile(all.map(value), 0.5);
    return {
      p50_ms: rounded(middle((block) => block.p50Ms)),
      p99_ms: rounded(middle((block) => block.p99Ms)),
      cpu_us: Object.fromEntries(
        parts.map((part) => [part, Math.round(middle((block) => block.cpuUs[part]))]),
      ) as Record<PartName, number>,
      failed: all.reduce((sum, { failed }) => sum + failed, 0),
    };
  };
  const ratio = (value: (block: Block) => number): Spread => {
    const ratios = blocks.traced.map((traced, round) => value(traced) / value(blocks.untraced[round]!));
    return {
      p50: rounded(quantile(ratios, 0.5)),
      least: rounded(Math.min(...ratios)),
      most: rounded(Math.max(...ratios)),
    };
  };
  return {
    requests_per_second: perSecond,
    rounds,
    ways: { untraced: of('untraced'), traced: of('traced') },
    p50_ratio: ratio(({ p50Ms }) => p50Ms),
    cpu_ratio: ratio(({ cpuUs }) => Object.values(cpuUs).reduce((sum, value) => sum + value, 0)),
    kept_spans_per_request: rounded(kept),
  };
}

export function tracingTable(figures: TracingFigures): string {
  const { p50_ratio, cpu_ratio } = figures;
  const spread = ({ p50, least, most }: Spread) =>
    `${p50.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
  const rows = ways.map((way) => {
    const { p50_ms, p99_ms, cpu_us, failed } = figures.ways[way];
    return [way, p50_ms.toFixed(2), p99_ms.toFixed(2), ...parts.map((part) => cpu_us[part]), failed];
  });
  return [
    `${figures.requests_per_second} requests/s, mirrored, ${figures.rounds} paired rounds; CPU in µs a request, idle time of the part included`,
    table(['', 'p50 ms', 'p99 ms', ...parts.map((part) => `${part} µs`), 'failed'], rows),
    `traced ÷ untraced: p50 ${spread(p50_ratio)}, CPU of these parts ${spread(cpu_ratio)}; ${figures.kept_spans_per_request} spans kept a traced request`,
  ].join('\n');
}

async function cpuOf(pids: readonly (readonly [PartName, number])[]): Promise<Map<PartName, number>> {
  return new Map(await Promise.all(pids.map(async ([part, pid]) => [part, await cpuMs(pid)] as const)));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
