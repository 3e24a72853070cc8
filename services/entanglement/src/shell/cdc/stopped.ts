import type { Problem } from '../../core/change/preflight.ts';

/** Why a capture does not go on; its remedy is told to people. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message, remedy }) => `${message} → ${remedy}`).join('; '));
    this.problems = problems;
  }
}
