import type { Ordered } from './core/order.ts';

/** What runs as one process group below the supervisor: a broker, a proxy, a service, the control plane. */
export interface Part extends Ordered {
  name: string;
  command: string;
  args: readonly string[];
  /** Added to the supervisor's own environment. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  uid?: number | undefined;
  gid?: number | undefined;
  /** Names of the parts that must be ready before this one starts. */
  after?: readonly string[];
  /** Ports on loopback that must be free before the first start. */
  ports?: readonly number[];
  /** Makes folders and files before each start; must be repeatable. */
  prepare?: () => Promise<void>;
  /** Polled until it answers true. Throwing counts as "not yet": a refused connection is what a starting server looks like. */
  ready: () => Promise<boolean>;
  /** Default 30 s. */
  readyWithinMs?: number;
  /** Asks the part to end. Default SIGTERM; Postgres wants SIGINT (it closes its clients' connections). */
  stopSignal?: NodeJS.Signals;
  /** How long the part may take to end before it is killed. Default 2 s. */
  stopWithinMs?: number;
  /** True: started again with backoff whenever it ends by itself. */
  restart: boolean;
}

export const partDefaults = { readyWithinMs: 30_000, stopSignal: 'SIGTERM', stopWithinMs: 2_000 } as const;
