import type { JavaChoice } from '@chronos/local/toolchain-java.ts';

/** `chronos run`, its options read and checked. */
export type RunOptions = {
  readonly file: string;
  /** Requests a second of the file's traffic. */
  readonly tps: number;
  readonly seed: number;
  /** End when sealed (with `only`: when swapped). */
  readonly exit: boolean;
  readonly reportFile: string | undefined;
  readonly stateDir: string;
  /** Keep the state of the run before. */
  readonly keep: boolean;
  /** Migrate only these routes. */
  readonly only: string | undefined;
  readonly java: JavaChoice;
  /** Who reads the databases' changes. */
  readonly cdc: 'pgoutput' | 'debezium';
  /** TCP port of the API; 0: any free one. */
  readonly apiPort: number;
  /** Overrides the file's `listen`. */
  readonly listen: string | undefined;
  /** The story as JSON, one event a line. */
  readonly json: boolean;
  /** Start the tools of the standard stack that are installed. */
  readonly observability: boolean;
};
