import { DifferenceKind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Findings } from '../compare/findings.ts';
import { sameBytes } from '../compare/value.ts';
import { bug, harmless } from '../judge/ruling.ts';
import { align, type Pair, type Relation } from './align.ts';
import { excerpt, firstDifference } from './excerpt.ts';
import type { Frame, Frames } from './framing.ts';
import { maskedBy } from './mask.ts';
import type { TcpRules } from './rules.ts';

/** What one universe sent back, as far as it was seen. */
export interface Answer {
  readonly bytes: Uint8Array;
  /** What the client had sent to it. */
  readonly request: Uint8Array;
  /** More may have come than was seen: what is missing at the end proves nothing. */
  readonly isOpen: boolean;
}

/**
 * Adds how two answers differ, frame by frame. When and in which pieces they came has no meaning in TCP, and is not known here. Returns whether
 * each said as much as the other: false where an open one stopped before.
 */
export function compareAnswers(legacy: Answer, modern: Answer, rules: TcpRules, out: Findings): boolean {
  if (sameBytes(legacy.bytes, modern.bytes)) return true;
  const a = read(legacy, rules);
  const b = read(modern, rules);
  const relate = (x: Frame, y: Frame): Relation => {
    if (sameBytes(x.content, y.content)) return 'same';
    return maskedBy(rules.masks, x.content, y.content) === undefined ? 'different' : 'equivalent';
  };
  const add = (pair: Pair) => addPair(pair, a.broken ?? b.broken, rules, out);
  const passed = align(a.frames, b.frames, relate, add);
  return compareEnds(
    { ...a, left: a.frames.slice(passed.legacy) },
    { ...b, left: b.frames.slice(passed.modern) },
    rules,
    add,
  );
}

interface ReadAnswer extends Frames {
  readonly answer: Answer;
}

/** What follows the last whole frame is a piece of its own where the answer ended; where it is open, only the beginning of one. */
function read(answer: Answer, rules: TcpRules): ReadAnswer {
  const cut = rules.cut(answer.bytes, answer.request);
  const isPiece = !answer.isOpen && cut.rest.content.length > 0;
  return { ...cut, answer, frames: isPiece ? [...cut.frames, cut.rest] : cut.frames };
}

interface Unpaired extends ReadAnswer {
  /** Frames that the other side has no more frames for; only one side has such. */
  readonly left: readonly Frame[];
}

/** What follows the paired frames; returns what `compareAnswers` does. */
function compareEnds(
  legacy: Unpaired,
  modern: Unpaired,
  rules: TcpRules,
  add: (pair: Pair) => void,
): boolean {
  const begun = { legacy: begunFrame(legacy), modern: begunFrame(modern) };
  const next = { legacy: legacy.left[0] ?? begun.legacy, modern: modern.left[0] ?? begun.modern };
  const isBegun = begun.legacy !== undefined || begun.modern !== undefined;
  if (isBegun && next.legacy !== undefined && next.modern !== undefined) {
    // Not both whole: as far as both go they must be the same. A rule speaks of whole frames only.
    const a = legacy.answer.bytes.subarray(next.legacy.offset);
    const b = modern.answer.bytes.subarray(next.modern.offset);
    const agree = firstDifference(a, b) === Math.min(a.length, b.length);
    if (!agree && rules.masks.length === 0) {
      add({ legacy: next.legacy, modern: next.modern, index: legacy.frames.length - legacy.left.length });
    }
    return a.length === b.length;
  }
  const first = legacy.frames.length - legacy.left.length;
  if (!modern.answer.isOpen) {
    for (const [k, frame] of whole(legacy, begun.legacy).entries()) add({ legacy: frame, index: first + k });
  }
  if (!legacy.answer.isOpen) {
    const from = modern.frames.length - modern.left.length;
    for (const [k, frame] of whole(modern, begun.modern).entries()) add({ modern: frame, index: from + k });
  }
  return next.legacy === undefined && next.modern === undefined;
}

/** The beginning of a frame, at the end of an answer that is open. */
function begunFrame({ answer, rest }: Unpaired): Frame | undefined {
  return answer.isOpen && rest.content.length > 0 ? rest : undefined;
}

const whole = ({ left }: Unpaired, begun: Frame | undefined) => (begun ? [...left, begun] : left);

function addPair(pair: Pair, broken: string | undefined, rules: TcpRules, out: Findings): void {
  const { legacy, modern, index } = pair;
  const at = legacy && modern ? firstDifference(legacy.content, modern.content) : 0;
  const rule = legacy && modern && maskedBy(rules.masks, legacy.content, modern.content);
  const explanation = [sentence(pair, at), ...(broken === undefined ? [] : [broken])].join(' ');
  out.add({
    at: { parent: { step: 'frame' }, step: index },
    kind: kindOf(pair),
    legacy: undefined,
    modern: undefined,
    shown: { legacy: excerpt(legacy?.content, at), modern: excerpt(modern?.content, at) },
    explanation,
    judged:
      rule === undefined
        ? bug('tcp-answer-differs', Severity.MAJOR, explanation)
        : harmless(rule, explanation),
  });
}

function kindOf({ legacy, modern }: Pair): DifferenceKind {
  if (legacy === undefined) return DifferenceKind.ADDED_IN_MODERN;
  return modern === undefined ? DifferenceKind.MISSING_IN_MODERN : DifferenceKind.VALUE;
}

function sentence({ legacy, modern, index }: Pair, at: number): string {
  if (legacy === undefined)
    return `Modern sent a frame more: its number ${index}, at byte ${modern?.offset}.`;
  const place = `Frame ${index}, at byte ${legacy.offset} of legacy's answer`;
  if (modern === undefined) return `${place}, is missing in modern's.`;
  return `${place} and ${modern.offset} of modern's, differs from its byte ${at} on.`;
}
