import { create } from '@bufbuild/protobuf';
import { type Difference, DifferenceKind, DifferenceSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { CARRIED_CHARS_MAX, rawJson } from '../judge/raw-json.ts';
import type { Judged } from '../judge/ruling.ts';
import { pathOf, pointerOf } from './field-path.ts';
import type { Finding, SecondValue } from './findings.ts';
import { cut, show } from './show.ts';

/** Differences kept of each sort (standing, harmless); the rest is summed up in one more. */
export const DIFFERENCES_MAX = 100;

/** Longest path and longest sentence in a verdict: keys may be as long as the answer. */
const PATH_CHARS_MAX = 1_024;
const SENTENCE_CHARS_MAX = 2_048;

/** Text of all differences of one sort: with four bodies and three bytes a character it fits a record of 4 MiB. */
const TEXT_CHARS_MAX = 400_000;

/** Differences of one sort: all are counted, the first ones kept, as many as a verdict's record has room for. */
export class KeptDifferences {
  count = 0;
  #room = TEXT_CHARS_MAX;
  readonly #kept: Difference[] = [];
  #last: Judged | undefined;

  add(finding: Finding, judged: Judged, again: SecondValue | undefined): void {
    this.count += 1;
    this.#last = judged;
    if (this.count > DIFFERENCES_MAX || this.#room <= 0) return;
    const { at, kind } = finding;
    const legacy = rawJson(finding.legacy, CARRIED_CHARS_MAX);
    const modern = rawJson(finding.modern, CARRIED_CHARS_MAX);
    const second = again && rawJson(again.value, CARRIED_CHARS_MAX);
    // Set one by one: an initialiser is gone through by reflection, which costs more than all the rest here.
    const difference = create(DifferenceSchema);
    difference.path = cut(pathOf(at), PATH_CHARS_MAX);
    difference.pointer = cut(pointerOf(at), PATH_CHARS_MAX);
    difference.kind = kind;
    difference.legacy = cut(finding.shown?.legacy ?? show(finding.legacy));
    difference.modern = cut(finding.shown?.modern ?? show(finding.modern));
    difference.rule = judged.rule;
    difference.explanation = cut(judged.explanation, SENTENCE_CHARS_MAX);
    difference.ruling = judged.ruling;
    difference.severity = judged.severity;
    difference.hasSecond = second !== undefined;
    difference.cut = legacy.cut || modern.cut || second?.cut === true;
    if (legacy.text !== undefined) difference.legacyJson = legacy.text;
    if (modern.text !== undefined) difference.modernJson = modern.text;
    if (second?.text !== undefined) difference.secondJson = second.text;
    this.#room -= charsOf(difference);
    this.#kept.push(difference);
  }

  differences(): Difference[] {
    const more = this.count - this.#kept.length;
    if (more === 0 || !this.#last) return this.#kept;
    const { ruling, rule, severity } = this.#last;
    const rest = create(DifferenceSchema, {
      path: 'more',
      pointer: 'more',
      kind: DifferenceKind.VALUE,
      ruling,
      rule,
      severity,
      explanation: `${more} more differences are not listed.`,
    });
    return [...this.#kept, rest];
  }
}

function charsOf(one: Difference): number {
  const json = lengthOf(one.legacyJson) + lengthOf(one.modernJson) + lengthOf(one.secondJson);
  const shown = one.legacy.length + one.modern.length + one.explanation.length;
  return one.path.length + one.pointer.length + shown + json;
}

function lengthOf(text: string | undefined): number {
  return text?.length ?? 0;
}
