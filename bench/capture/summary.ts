import type { Sample } from './measure.ts';
import { baseline, type Variant } from './variants.ts';

export interface Summary {
  readonly variant: string;
  readonly about: string;
  /** Medians over the rounds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly envoyCpuUs: number;
  readonly collectorCpuUs: number;
  /** This variant's p50 over the mirror's of the same round: median, least and greatest. */
  readonly p50OverMirror: { readonly median: number; readonly min: number; readonly max: number };
  readonly failed: number;
  readonly lost: number;
}

export function summarise(rounds: readonly ReadonlyMap<Variant, Sample>[]): Summary[] {
  const variants = [...(rounds[0]?.keys() ?? [])];
  const mirror = variants.find((v) => v.name === baseline)!;
  return variants.map((variant) => {
    const samples = rounds.map((round) => round.get(variant)!);
    const ratios = rounds.map((round) => round.get(variant)!.p50Ms / round.get(mirror)!.p50Ms);
    const middle = (of: (sample: Sample) => number) => median(samples.map(of));
    return {
      variant: variant.name,
      about: variant.about,
      p50Ms: middle((s) => s.p50Ms),
      p99Ms: middle((s) => s.p99Ms),
      envoyCpuUs: middle((s) => s.envoyCpuUs),
      collectorCpuUs: middle((s) => s.collectorCpuUs),
      p50OverMirror: { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) },
      failed: samples.reduce((sum, s) => sum + s.failed, 0),
      lost: samples.reduce((sum, s) => sum + s.lost, 0),
    };
  });
}

export function table(summaries: readonly Summary[]): string {
  const rows = [
    [
      'variant',
      'p50 ms',
      'p99 ms',
      'p50 ÷ mirror',
      '(least–most)',
      'Envoy µs',
      'collector µs',
      'failed',
      'lost',
    ],
    ...summaries.map((s) => [
      s.variant,
      s.p50Ms.toFixed(2),
      s.p99Ms.toFixed(2),
      s.p50OverMirror.median.toFixed(2),
      `(${s.p50OverMirror.min.toFixed(2)}–${s.p50OverMirror.max.toFixed(2)})`,
      s.envoyCpuUs.toFixed(0),
      s.collectorCpuUs.toFixed(0),
      String(s.failed),
      String(s.lost),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
