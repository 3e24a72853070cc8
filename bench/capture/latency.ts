import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startDataPlane } from '@chronos/capture/testing/data-plane.ts';
import { defaultCacheDir } from '@chronos/local/cache-dir.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { ensureEnvoy } from '@chronos/local/toolchain.ts';
import { startScript } from './child.ts';
import { type Load, measure, type Sample, type Subject } from './measure.ts';
import { type Summary, summarise, table } from './summary.ts';
import { baseline, type Variant, variants } from './variants.ts';

export interface LatencyFigures {
  readonly load: Load;
  readonly rounds: number;
  readonly summaries: readonly Summary[];
}

export interface LatencyOptions {
  readonly load: Load;
  readonly rounds: number;
  readonly onRound?: (round: number) => void;
}

/**
 * Latency and CPU of capturing on real Envoys, HTTP/1.1, open loop at a constant rate. In each round every variant has its turn, in an order
 * that rotates, so that ratios compare what ran side by side.
 */
export async function benchLatency({ load, rounds, onRound }: LatencyOptions): Promise<LatencyFigures> {
  const dir = await temporaryDir('bench-capture');
  const stops: (() => unknown)[] = [dir.dispose];
  try {
    const envoyBinary = await ensureEnvoy(defaultCacheDir);
    const [legacy, modern] = await Promise.all(
      [0, 1].map(() => startScript('backend.ts', String(load.bodyBytes))),
    );
    stops.push(legacy!.stop, modern!.stop);

    const subject = async (variant: Variant): Promise<Subject> => {
      const collector =
        variant.collector && (await startScript(variant.collector, ...(variant.collectorArgs ?? [])));
      if (collector) stops.push(collector.stop);
      if (!variant.envoy) return { variant, port: modern!.port, envoy: undefined, collector };
      const envoyDir = join(dir.path, variant.name.replaceAll(' ', ''));
      await mkdir(envoyDir);
      const envoy = await startDataPlane({
        envoy: envoyBinary,
        dir: envoyDir,
        legacyPort: legacy!.port,
        modernPort: modern!.port,
        capturePort: collector?.port ?? 1,
        ...variant.envoy,
      });
      stops.push(envoy.stop);
      return { variant, port: envoy.port, envoy, collector };
    };
    const subjects: Subject[] = [];
    for (const variant of variants) subjects.push(await subject(variant));

    // Connections are made and code is compiled before anything counts.
    for (const each of subjects) await measure(each, { ...load, seconds: 1 });
    const measured: Map<Variant, Sample>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const samples = new Map<Variant, Sample>();
      for (let turn = 0; turn < subjects.length; turn += 1) {
        const each = subjects[(round + turn) % subjects.length]!;
        samples.set(each.variant, await measure(each, load));
      }
      measured.push(new Map(subjects.map((s) => [s.variant, samples.get(s.variant)!])));
      onRound?.(round + 1);
    }
    return { load, rounds, summaries: summarise(measured) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

export function latencyTable({ load, rounds, summaries }: LatencyFigures): string {
  return [
    `${load.ratePerSecond} requests/s, ${load.bodyBytes} bytes each way, ${rounds} rounds of ${load.seconds} s`,
    '',
    table(summaries),
    '',
    `µs: CPU a request. p50 ÷ ${baseline}: paired by round. lost: captures that did not arrive.`,
    ...variants.map(({ name, about }) => `  ${name}: ${about}`),
  ].join('\n');
}
