import {
  type Difference,
  type DifferenceKind,
  Ruling,
  Severity,
} from '@chronos/proto/events/v1/verdict_pb.js';
import type { Approvals } from '../approve/approvals.ts';
import { type Judge, type Judged, TOO_MANY } from '../judge/ruling.ts';
import { Meanings } from './canonical.ts';
import type { Location } from './field-path.ts';
import {
  JUDGING_COST_MAX,
  judgingCost,
  LOOKED_INTO_MAX,
  PARTS_LOOKED_INTO_MAX,
  partsOf,
  UNPROVEN_COST,
} from './judging-cost.ts';
import { KeptDifferences } from './kept-differences.ts';
import { knownParts } from './same-value.ts';
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
  /** What has been found out about it already, by an approved correction. */
  readonly judged?: Judged;
  /** What it is unless a rule of the field says otherwise: nothing in the values proves or shows more. */
  readonly otherwise?: Judged;
  /** The values are the text of bodies that were not read, cut as they are shown. */
  readonly unread?: boolean;
  /** One sentence for people. */
  readonly explanation: string;
}

/** What legacy gave at a place when it ran a second time, or its body's text where that was not read; undefined where it was not asked twice. */
export type SecondRun = (at: Location, isUnread: boolean) => SecondValue | undefined;

export interface SecondValue {
  /** undefined: the field was missing then. */
  readonly value: Value | undefined;
}

/** Findings, judged as they come. Bounded: two answers that have nothing in common differ in every field. */
export class Findings {
  readonly #judge: Judge;
  readonly #second: SecondRun;
  readonly #standing = new KeptDifferences();
  readonly #harmless = new KeptDifferences();
  #cost = 0;
  #partsLookedInto = 0;
  #bugs = 0;
  #severity = Severity.UNSPECIFIED;

  /** What is known of the parts of both answers. */
  readonly meanings = new Meanings();
  readonly parts = knownParts();
  /** The approved corrections that apply to this request. */
  readonly approvals: Approvals | undefined;

  constructor(judge: Judge, second: SecondRun = () => undefined, approvals?: Approvals) {
    this.#judge = judge;
    this.#second = second;
    this.approvals = approvals;
  }

  add(finding: Finding): void {
    const second = this.#second(finding.at, finding.unread === true);
    const judged = finding.judged ?? this.#judged(finding, second);
    const { ruling, severity } = judged;
    if (ruling === Ruling.HARMLESS || ruling === Ruling.APPROVED || ruling === Ruling.RACE) {
      this.#harmless.add(finding, judged, second);
      return;
    }
    if (ruling === Ruling.BUG) this.#bugs += 1;
    if (severity > this.#severity) this.#severity = severity;
    this.#standing.add(finding, judged, second);
  }

  #judged(finding: Finding, second: SecondValue | undefined): Judged {
    // What the migration file settles is not gone through.
    if (finding.declared !== undefined) return this.#judge(finding, second);
    if (this.#cost > JUDGING_COST_MAX) return TOO_MANY;
    const cost = judgingCost(finding.legacy, finding.modern);
    this.#cost += cost;
    if (this.#cost > JUDGING_COST_MAX) return TOO_MANY;
    const parts = this.#partsLookedInto + partsOf(finding.legacy, finding.modern);
    if (this.standing < LOOKED_INTO_MAX && parts <= PARTS_LOOKED_INTO_MAX) {
      const judged = this.#judge(finding, second);
      if (judged.ruling !== Ruling.HARMLESS) this.#partsLookedInto = parts;
      return judged;
    }
    const judged = this.#judge(finding, second, 'proofs');
    if (judged.ruling !== Ruling.HARMLESS) this.#cost += UNPROVEN_COST * cost;
    return judged;
  }

  get standing(): number {
    return this.#standing.count;
  }

  /** Of what stands, what a rule shows to be a bug. */
  get bugs(): number {
    return this.#bugs;
  }

  get harmless(): number {
    return this.#harmless.count;
  }

  /** Something stands, and no rule shows a bug in it. */
  get onlyAsked(): boolean {
    return this.standing > 0 && this.#bugs === 0;
  }

  /** The worst of what stands. */
  get severity(): Severity {
    return this.#severity;
  }

  /** Standing ones first. */
  differences(): Difference[] {
    return [...this.#standing.differences(), ...this.#harmless.differences()];
  }
}
