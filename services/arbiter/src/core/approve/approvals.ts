import type { Location } from '../compare/field-path.ts';
import type { Value } from '../compare/value.ts';
import type { Judged } from '../judge/ruling.ts';
import type { ApprovedRule } from './approved-rule.ts';
import { Meter } from './cel/meter.ts';
import { Bindings, type Facts } from './facts.ts';
import { verifyApproved } from './verify.ts';

/** The rules that apply to one request, and what they may cost together. */
export class Approvals {
  readonly #rules: ReadonlySet<ApprovedRule>;
  readonly #bindings: Bindings;
  readonly #meter = new Meter();

  constructor(rules: readonly ApprovedRule[], facts: Facts) {
    this.#rules = new Set(rules);
    this.#bindings = new Bindings(facts);
  }

  /** What the first rule that has something to say of this place says; undefined: it is judged as any other. */
  judge(
    legacy: Value | undefined,
    modern: Value | undefined,
    at: Location,
    candidates: readonly ApprovedRule[],
  ): Judged | undefined {
    const place = { legacy, modern, index: indexOf(at) };
    for (const rule of candidates) {
      if (!this.#rules.has(rule)) continue;
      const judged = verifyApproved(rule, place, this.#bindings, this.#meter);
      if (judged) return judged;
    }
    return undefined;
  }
}

/** Rules of a group that apply to a request of this route that began at this time. */
export function applicable(
  rules: readonly ApprovedRule[],
  route: string,
  startedAtMs: number,
): ApprovedRule[] {
  return rules.filter((rule) => (rule.route === '' || rule.route === route) && startedAtMs <= rule.untilMs);
}

function indexOf({ parent, step }: Location): number[] {
  const before = parent ? indexOf(parent) : [];
  return typeof step === 'number' ? [...before, step] : before;
}
