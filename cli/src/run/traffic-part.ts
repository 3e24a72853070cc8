import type { Part } from '@chronos/local/part.ts';
import type { Traffic } from '@chronos/proto/chronos/v1/migration_pb.js';
import { substitute } from '../core/run/substitute.ts';
import { pathWithOwnNode } from './build-runtime.ts';
import { partNames } from './part-names.ts';

export interface TrafficOptions {
  readonly traffic: Traffic;
  /** Folder of the migration file, in which the command runs. */
  readonly folder: string;
  readonly targetUrl: string;
  readonly tps: number;
  readonly seed: number;
  /** Where the command may keep its files. */
  readonly stateDir: string;
}

/** The declared load as a part. It ends by itself or is asked to; it is never restarted, as its figures would begin anew. */
export function trafficPart(options: TrafficOptions): Part {
  const { traffic, folder, targetUrl, tps, seed, stateDir } = options;
  const values = { TPS: String(tps), SEED: String(seed), STATE: stateDir, TARGET_URL: targetUrl };
  const [command = '', ...args] = traffic.command.map((word) => substitute(word, values));
  return {
    name: partNames.traffic,
    command,
    args,
    cwd: folder,
    env: { PATH: pathWithOwnNode(), ...traffic.env, ...values },
    after: [partNames.timeRift],
    ready: async () => true,
    // Long enough for the requests under way and the report.
    stopWithinMs: 2_500,
    restart: false,
  };
}
