/** An expression used up what one answer may cost. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly';
}

/**
 * Steps that all rules of one answer may take together: enough for lists of thousands of lines, and a fraction of a second at worst. Counted,
 * not timed, so that a verdict never depends on the machine.
 */
export const STEPS_MAX = 30_000;

/** Counts the steps of evaluation: calls, elements that are gone through, and the size of what is computed with. */
export class Meter {
  #left: number;

  constructor(steps = STEPS_MAX) {
    this.#left = steps;
  }

  get left(): number {
    return this.#left;
  }

  /** @throws TooCostly once there is nothing left. */
  charge(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooCostly(`it takes more than ${STEPS_MAX} steps on this request`);
  }
}

/** Pays for so many steps. */
export type Charge = (steps: number) => void;
