import type { DataPlane } from '@chronos/capture/testing/data-plane.ts';
import { cpuMs, runScript, type Script } from './child.ts';
import type { Variant } from './variants.ts';

export interface Subject {
  readonly variant: Variant;
  readonly port: number;
  readonly envoy: DataPlane | undefined;
  readonly collector: Script | undefined;
}

export interface Load {
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly bodyBytes: number;
}

export interface Sample {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
  readonly envoyCpuUs: number;
  readonly collectorCpuUs: number;
  /** Captures that did not arrive whole. */
  readonly lost: number;
}

/** One turn of a variant. CPU is of the load alone: idle work between turns is not in it. */
export async function measure({ variant, port, envoy, collector }: Subject, load: Load): Promise<Sample> {
  const before = await snapshot(envoy, collector);
  const output = await runScript(
    'generator.ts',
    ...[port, load.ratePerSecond, load.seconds, load.bodyBytes].map(String),
  );
  const { requests, failed, p50Ms, p99Ms } = JSON.parse(output);
  const expected = requests * (variant.capturesPerRequest ?? 0);
  const after = await arrived(envoy, collector, before.complete + expected);
  return {
    p50Ms,
    p99Ms,
    failed,
    envoyCpuUs: ((after.envoyMs - before.envoyMs) * 1000) / requests,
    collectorCpuUs: ((after.collectorMs - before.collectorMs) * 1000) / requests,
    lost: Math.max(0, before.complete + expected - after.complete),
  };
}

async function snapshot(envoy: DataPlane | undefined, collector: Script | undefined) {
  const [envoyMs, collectorMs, counted] = await Promise.all([
    envoy ? cpuMs(envoy.pid) : 0,
    collector ? cpuMs(collector.pid) : 0,
    collector?.counted(),
  ]);
  return { envoyMs, collectorMs, complete: counted?.complete ?? 0 };
}

/** The copies may end after the load does: waits for their captures, two seconds at most. */
async function arrived(envoy: DataPlane | undefined, collector: Script | undefined, complete: number) {
  const deadline = performance.now() + 2_000;
  for (;;) {
    const now = await snapshot(envoy, collector);
    if (now.complete >= complete || performance.now() > deadline) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
