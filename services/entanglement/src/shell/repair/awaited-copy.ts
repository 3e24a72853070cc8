/** Which of a migration's entities are still to be copied into modern: asked of the copy, and of the databases while nothing is started. */
import { type Copy, JobState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { type MigrationState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { type CopyProgress, type StillToCopy, stillToCopy } from '../../core/repair/still-to-copy.ts';

/** Between two looks at empty tables. */
const lookEveryMs = 1_000;
const draft: readonly Stage[] = [Stage.UNSPECIFIED, Stage.DRAFT];

export class AwaitedCopy {
  readonly #state: () => MigrationState;
  #copy: (() => CopyProgress | undefined) | undefined;
  /** Undefined: not known yet. */
  #unfilled: ReadonlySet<string> | undefined;
  #nextLookMs = 0;

  constructor(state: () => MigrationState) {
    this.#state = state;
  }

  /** One that an earlier process of Chronos has left. */
  left(copy: Copy): void {
    this.#copy = () => ({ ...progressOf(copy), isRunning: false });
  }

  /** It goes on changing until its end. */
  began(copy: () => Copy): void {
    this.#copy = () => {
      const job = copy();
      const isOpen = [JobState.RUNNING, JobState.STOPPED, JobState.FAILED].includes(job.state);
      return isOpen ? progressOf(job) : undefined;
    };
  }

  get standing(): StillToCopy {
    const copy = this.#copy?.();
    // What it could not fill, it has said.
    if (this.#copy !== undefined && copy === undefined) this.#unfilled = new Set();
    return stillToCopy({ isDraft: this.#isDraft, copy, unfilled: this.#unfilled ?? new Set() });
  }

  /** Nobody knows yet whether modern is to be filled. */
  get isUnknown(): boolean {
    return this.#isDraft && this.#unfilled === undefined;
  }

  /**
   * Looks where modern is empty; now and then, and only as long as that matters. Tables that are filled by whoever it was are waited for no more.
   * Resolves to whether it has looked.
   */
  async look(unfilled: () => Promise<ReadonlySet<string>>): Promise<boolean> {
    if (!this.#isDraft || this.#unfilled?.size === 0 || Date.now() < this.#nextLookMs) return false;
    this.#nextLookMs = Date.now() + lookEveryMs;
    const found = await unfilled();
    const before = this.#unfilled ?? found;
    this.#unfilled = new Set([...before].filter((name) => found.has(name)));
    return true;
  }

  get #isDraft(): boolean {
    return this.#state().groups.every(({ stage }) => draft.includes(stage));
  }
}

function progressOf({ state, entities }: Copy): CopyProgress {
  return {
    isRunning: state === JobState.RUNNING,
    entities: entities.map(({ entity, done }) => ({ name: entity, isDone: done })),
  };
}
