import { create } from '@bufbuild/protobuf';
import { type Difference, DifferenceKind, DifferenceSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Location, pathOf, pointerOf } from './field-path.ts';
import { cut, show } from './show.ts';
import type { Value } from './value.ts';

/** One place where the answers are not the same, before anyone judged whether that matters. */
export interface Finding {
  readonly at: Location;
  readonly kind: DifferenceKind;
  readonly legacy: Value | undefined;
  readonly modern: Value | undefined;
  /** What a rule of the migration file says of this place, such as `ignore:body.items[*].id`. */
  readonly declared?: string;
  /** Text instead of the values', where those say less: an excerpt of a long text, say. */
  readonly shown?: { readonly legacy: string; readonly modern: string };
  /** One sentence for people. */
  readonly explanation: string;
}

/** Names the rule that proves a finding harmless; empty: it stands. */
export type Judge = (finding: Finding) => string;

/** Differences kept of each sort (standing, harmless); the rest is summed up in one more. */
export const DIFFERENCES_MAX = 100;

/** Findings, judged as they come. Bounded: two answers that have nothing in common differ in every field. */
export class Findings {
  readonly #judge: Judge;
  readonly #standing = new BoundedList();
  readonly #harmless = new BoundedList();

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  add(finding: Finding): void {
    const rule = this.#judge(finding);
    (rule === '' ? this.#standing : this.#harmless).add(finding, rule);
  }

  get standing(): number {
    return this.#standing.count;
  }

  get harmless(): number {
    return this.#harmless.count;
  }

  /** Standing ones first. */
  differences(): Difference[] {
    return [...this.#standing.differences(), ...this.#harmless.differences()];
  }
}

class BoundedList {
  count = 0;
  readonly #kept: Difference[] = [];
  #lastRule = '';

  add(finding: Finding, rule: string): void {
    this.count += 1;
    this.#lastRule = rule;
    if (this.count > DIFFERENCES_MAX) return;
    this.#kept.push(
      create(DifferenceSchema, {
        path: pathOf(finding.at).toWellFormed(),
        pointer: pointerOf(finding.at).toWellFormed(),
        kind: finding.kind,
        legacy: cut(finding.shown?.legacy ?? show(finding.legacy)),
        modern: cut(finding.shown?.modern ?? show(finding.modern)),
        rule,
        explanation: finding.explanation.toWellFormed(),
      }),
    );
  }

  differences(): Difference[] {
    const more = this.count - this.#kept.length;
    if (more === 0) return this.#kept;
    const rest = create(DifferenceSchema, {
      path: 'more',
      pointer: 'more',
      kind: DifferenceKind.VALUE,
      rule: this.#lastRule,
      explanation: `${more} more differences are not listed.`,
    });
    return [...this.#kept, rest];
  }
}
