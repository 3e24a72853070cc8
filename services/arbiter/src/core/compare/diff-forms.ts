import { DifferenceKind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { asked } from '../judge/ruling.ts';
import { diffValues } from './diff.ts';
import { type Location, pathOf } from './field-path.ts';
import type { Findings } from './findings.ts';
import { approvedHere, enterField, ignoredBy, type RuleCursor } from './path-rules.ts';
import { isArray, isObject, type Value } from './value.ts';

/**
 * Adds to `out` how two forms differ. A member without a value (`admin=`) says that it is there: unlike a field of JSON it is not the same when it is
 * missing.
 */
export function diffForms(
  legacy: Value | undefined,
  modern: Value | undefined,
  at: Location,
  rules: RuleCursor,
  out: Findings,
): void {
  if (legacy === undefined || modern === undefined || !isObject(legacy) || !isObject(modern)) {
    diffValues(legacy, modern, at, rules, out);
    return;
  }
  const mine = new Map(legacy);
  const theirs = new Map(modern);
  for (const key of new Set([...legacy.keys(), ...modern.keys()])) {
    const [a, b] = [legacy.get(key), modern.get(key)];
    const below = enterField(rules, key);
    if ((a === undefined) === (b === undefined) || !isEmpty(a ?? b)) continue;
    if (ignoredBy(below) !== undefined || approvedHere(below).length > 0) continue;
    mine.delete(key);
    theirs.delete(key);
    const here: Location = { parent: at, step: key };
    const explanation = `${b === undefined ? 'Modern leaves out' : 'Modern adds'} ${pathOf(here)}, a member of the form without a value.`;
    const kind = b === undefined ? DifferenceKind.MISSING_IN_MODERN : DifferenceKind.ADDED_IN_MODERN;
    const otherwise = asked('form-member', Severity.MAJOR, explanation);
    out.add({ at: here, kind, legacy: a, modern: b, otherwise, explanation });
  }
  diffValues(mine, theirs, at, rules, out);
}

function isEmpty(value: Value | undefined): boolean {
  return value === '' || (value !== undefined && isArray(value) && value.every((one) => one === ''));
}
