import { DifferenceKind } from '@chronos/proto/events/v1/verdict_pb.js';
import { diffArrays } from './diff-arrays.ts';
import { type Location, pathOf } from './field-path.ts';
import type { Findings } from './findings.ts';
import { approvedFields, approvedHere, enterField, ignoredBy, type RuleCursor } from './path-rules.ts';
import { sameValue } from './same-value.ts';
import { isArray, isObject, NumberText, sameBytes, typeOf, type Value } from './value.ts';

/** Adds to `out` each place in which the values are not the same. Absent (undefined) is not null. */
export function diffValues(
  legacy: Value | undefined,
  modern: Value | undefined,
  at: Location,
  rules: RuleCursor,
  out: Findings,
): void {
  const ignored = ignoredBy(rules);
  if (ignored === undefined && diffApproved(legacy, modern, at, rules, out)) return;
  if (legacy === undefined && modern === undefined) return;
  if (ignored !== undefined) {
    diffIgnored(legacy, modern, at, ignored, out);
  } else if (legacy === undefined) {
    out.add({
      at,
      kind: DifferenceKind.ADDED_IN_MODERN,
      legacy,
      modern,
      explanation: `Modern adds ${pathOf(at)}.`,
    });
  } else if (modern === undefined) {
    const explanation = `Modern leaves out ${pathOf(at)}.`;
    out.add({ at, kind: DifferenceKind.MISSING_IN_MODERN, legacy, modern, explanation });
  } else if (isArray(legacy) && isArray(modern)) {
    diffArrays(legacy, modern, at, rules, out, diffValues);
  } else if (isObject(legacy) && isObject(modern)) {
    diffObjects(legacy, modern, at, rules, out);
  } else if (typeOf(legacy) !== typeOf(modern)) {
    const explanation = `Legacy has ${a(typeOf(legacy))}, modern ${a(typeOf(modern))}.`;
    out.add({ at, kind: DifferenceKind.TYPE, legacy, modern, explanation });
  } else if (legacy instanceof Uint8Array && modern instanceof Uint8Array) {
    diffBytes(legacy, modern, at, out);
  } else if (!sameScalar(legacy, modern)) {
    const explanation = `The ${typeOf(legacy)}s at ${pathOf(at)} are not the same.`;
    out.add({ at, kind: DifferenceKind.VALUE, legacy, modern, explanation });
  }
}

/**
 * Whether an approved correction has settled what stands here: verified, or shown to be missing, wrong or out of place. Equal values are
 * looked at as well.
 */
export function diffApproved(
  legacy: Value | undefined,
  modern: Value | undefined,
  at: Location,
  rules: RuleCursor,
  out: Findings,
): boolean {
  const candidates = approvedHere(rules);
  if (!out.approvals || candidates.length === 0) return false;
  const judged = out.approvals.judge(legacy, modern, at, candidates);
  if (!judged) return false;
  out.add({ at, kind: presence(legacy, modern), legacy, modern, judged, explanation: judged.explanation });
  return true;
}

function presence(legacy: Value | undefined, modern: Value | undefined): DifferenceKind {
  if (legacy === undefined) return DifferenceKind.ADDED_IN_MODERN;
  return modern === undefined ? DifferenceKind.MISSING_IN_MODERN : DifferenceKind.VALUE;
}

/** Ignored is not forgotten: the verdict says that it differed and by which rule that is harmless. */
function diffIgnored(
  legacy: Value | undefined,
  modern: Value | undefined,
  at: Location,
  path: string,
  out: Findings,
): void {
  if (legacy !== undefined && modern !== undefined && sameValue(legacy, modern)) return;
  const kind = presence(legacy, modern);
  const explanation = `Not the same, but the migration file says to ignore ${path}.`;
  out.add({ at, kind, legacy, modern, declared: `ignore:${path}`, explanation });
}

function diffObjects(
  legacy: ReadonlyMap<string, Value>,
  modern: ReadonlyMap<string, Value>,
  at: Location,
  rules: RuleCursor,
  out: Findings,
): void {
  for (const [key, value] of legacy) {
    diffValues(value, modern.get(key), { parent: at, step: key }, enterField(rules, key), out);
  }
  for (const [key, value] of modern) {
    if (!legacy.has(key))
      diffValues(undefined, value, { parent: at, step: key }, enterField(rules, key), out);
  }
  for (const key of approvedFields(rules)) {
    if (!legacy.has(key) && !modern.has(key))
      diffApproved(undefined, undefined, { parent: at, step: key }, enterField(rules, key), out);
  }
}

/** Adds to `out` how two byte strings differ. */
function diffBytes(legacy: Uint8Array, modern: Uint8Array, at: Location, out: Findings): void {
  if (sameBytes(legacy, modern)) return;
  const explanation = howBytesDiffer(legacy, modern);
  if (legacy.length !== modern.length) {
    out.add({ at, kind: DifferenceKind.LENGTH, legacy, modern, explanation });
    return;
  }
  const excerpt = (bytes: Uint8Array) => bytes.subarray(Math.max(0, firstOther(legacy, modern) - 8));
  const values = { legacy: excerpt(legacy), modern: excerpt(modern) };
  out.add({ at, kind: DifferenceKind.VALUE, ...values, explanation });
}

/** One sentence on two byte strings that are not the same. */
export function howBytesDiffer(legacy: Uint8Array, modern: Uint8Array): string {
  if (legacy.length !== modern.length) return `Legacy has ${legacy.length} bytes, modern ${modern.length}.`;
  return `The bytes differ from offset ${firstOther(legacy, modern)} on.`;
}

function firstOther(legacy: Uint8Array, modern: Uint8Array): number {
  let first = 0;
  while (first < legacy.length && legacy[first] === modern[first]) first += 1;
  return first;
}

function sameScalar(legacy: Value, modern: Value): boolean {
  if (legacy instanceof NumberText && modern instanceof NumberText) return legacy.text === modern.text;
  return legacy === modern;
}

function a(type: string): string {
  if (type === 'null' || type === 'bytes') return type;
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
