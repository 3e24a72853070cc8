import { type CelInput, isCelError } from '@bufbuild/cel';
import { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { canonical } from '../compare/canonical.ts';
import { decimalsEqual } from '../compare/decimal.ts';
import { show } from '../compare/show.ts';
import { NumberText, type Value } from '../compare/value.ts';
import { asked, bug, type Judged } from '../judge/ruling.ts';
import type { ApprovedRule } from './approved-rule.ts';
import type { Expression } from './cel/expression.ts';
import type { Meter } from './cel/meter.ts';
import type { Bindings } from './facts.ts';
import { APPLIED_WRONGLY, DOES_NOT_BELONG, NOT_APPLIED } from './failures.ts';
import { decimalText, NumberError, parseRational } from './rational.ts';
import { fromCel } from './values.ts';

/** One place on both sides. */
export interface Place {
  readonly legacy: Value | undefined;
  readonly modern: Value | undefined;
  /** Positions in the lists on the way there. */
  readonly index: readonly number[];
}

/**
 * Holds modern against what the rule computes. Undefined: the rule has nothing to say here, and the values are judged as any others. The
 * total table (legacy's value, what is expected, modern's value):
 *
 * | `when` | modern            | expected ≠ legacy           | expected = legacy     |
 * | ------ | ----------------- | --------------------------- | --------------------- |
 * | true   | expected          | approved                    | nothing to say        |
 * | true   | legacy's          | bug: not applied            | nothing to say        |
 * | true   | something else    | bug: applied wrongly        | bug: applied wrongly  |
 * | false  | expected          | bug: where it does not belong | nothing to say      |
 * | false  | anything else     | nothing to say              | nothing to say        |
 * | error  | anything          | asked                       | asked                 |
 *
 * An error in `expect` is asked as well where `when` holds. Where neither side has the field, an error says nothing.
 */
export function verifyApproved(
  rule: ApprovedRule,
  place: Place,
  bindings: Bindings,
  meter: Meter,
): Judged | undefined {
  try {
    const expressions = rule.when ? [rule.when, rule.expect] : [rule.expect];
    const variables = bindings.of(place.legacy, place.index, expressions);
    const belongs = rule.when === undefined || condition(rule.when, variables, meter);
    return belongs ? applied(rule, place, variables, meter) : elsewhere(rule, place, variables, meter);
  } catch (error) {
    if (!(error instanceof RuleError) && !(error instanceof NumberError)) throw error;
    // Answers of another kind (a failure, say) do not have the field at all.
    if (place.legacy === undefined && place.modern === undefined) return undefined;
    return asked(
      rule.label,
      Severity.MAJOR,
      `The approved correction "${rule.name}" could not be checked: ${error.message}.`,
    );
  }
}

function applied(
  rule: ApprovedRule,
  { legacy, modern }: Place,
  variables: Readonly<Record<string, CelInput>>,
  meter: Meter,
): Judged | undefined {
  const expected = expectation(rule.expect, legacy, variables, meter);
  const asExpected = same(expected, modern);
  if (asExpected && same(expected, legacy)) return undefined;
  const words = `expected ${shown(expected)}, modern ${shown(modern)}`;
  if (asExpected) {
    const explanation = `Approved, and verified: ${rule.why} (${words}, legacy ${shown(legacy)}).`;
    return { ruling: Ruling.APPROVED, rule: rule.label, severity: Severity.UNSPECIFIED, explanation };
  }
  const how = same(legacy, modern) ? NOT_APPLIED : APPLIED_WRONGLY;
  return bug(
    rule.label,
    severityOf(legacy ?? modern),
    `The approved correction "${rule.name}" ${how}: ${words}, legacy ${shown(legacy)}.`,
  );
}

/** Where the correction does not belong, modern must not have made it. */
function elsewhere(
  rule: ApprovedRule,
  { legacy, modern }: Place,
  variables: Readonly<Record<string, CelInput>>,
  meter: Meter,
): Judged | undefined {
  if (same(legacy, modern)) return undefined;
  let expected: Value | undefined;
  try {
    expected = expectation(rule.expect, legacy, variables, meter);
  } catch {
    // What cannot be computed there was not made there; the values are judged as any others.
    return undefined;
  }
  if (!same(expected, modern)) return undefined;
  const words = `its condition is false, yet modern has ${shown(modern)} for legacy's ${shown(legacy)}`;
  return bug(
    rule.label,
    severityOf(legacy ?? modern),
    `The approved correction "${rule.name}" ${DOES_NOT_BELONG}: ${words}.`,
  );
}

class RuleError extends Error {
  override readonly name = 'RuleError';
}

function condition(when: Expression, variables: Readonly<Record<string, CelInput>>, meter: Meter): boolean {
  const result = when.evaluate(variables, meter);
  if (isCelError(result)) throw new RuleError(`when: ${hinted(result.message)}`);
  if (typeof result !== 'boolean') throw new RuleError('when: it is no condition on this request');
  return result;
}

function expectation(
  expect: Expression,
  legacy: Value | undefined,
  variables: Readonly<Record<string, CelInput>>,
  meter: Meter,
): Value | undefined {
  const result = expect.evaluate(variables, meter);
  if (isCelError(result)) throw new RuleError(`expect: ${hinted(result.message)}`);
  return spelledAs(legacy, fromCel(result));
}

function hinted(message: string): string {
  return /^(field not found|index .* out of bounds)/.test(message)
    ? `${message}; test for it by has(…)`
    : message;
}

/** Amounts that legacy writes as text are expected as text, with as many digits after the point. */
function spelledAs(legacy: Value | undefined, expected: Value | undefined): Value | undefined {
  if (typeof legacy !== 'string' || !(expected instanceof NumberText)) return expected;
  const digits = /^-?[0-9]+(?:\.([0-9]+))?$/.exec(legacy);
  if (!digits) return expected;
  return decimalText(parseRational(expected.text), digits[1]?.length ?? 0) ?? expected;
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a instanceof NumberText && b instanceof NumberText) return decimalsEqual(a.text, b.text);
  return canonical(a, []) === canonical(b, []);
}

/** Numbers that somebody corrects on purpose are amounts more often than not. */
function severityOf(value: Value | undefined): Severity {
  const isNumber = value instanceof NumberText || (typeof value === 'string' && /^-?[0-9.]+$/.test(value));
  return isNumber ? Severity.CRITICAL : Severity.MAJOR;
}

function shown(value: Value | undefined): string {
  return value === undefined ? '(absent)' : show(value);
}
