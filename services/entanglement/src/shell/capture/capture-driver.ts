import type { Problem } from '../../core/change/preflight.ts';
import type { CaptureStatus } from './status.ts';

/** How the changes of one kind of database are captured. */
export interface CaptureDriver {
  /**
   * Captures until `signal` or trouble ends it.
   *
   * @throws Stopped when somebody has to do something; any other error when the database is away.
   */
  run(status: CaptureStatus, signal: AbortSignal): Promise<void>;
  /** Takes away what the database keeps for us, for good; says what that was. */
  remove(): Promise<string>;
  /** Has the database keep nothing for us until capturing begins anew; false: it kept nothing. */
  giveUp(): Promise<boolean>;
  /** While nobody reads: that the database keeps more than it should. */
  exceeded(status: CaptureStatus): Promise<Problem | undefined>;
  /** While it waits for people's word on a slot that others have read: that they have read on since. The gap then reaches up to now. */
  movedOn?(): Promise<Problem | undefined>;
}
