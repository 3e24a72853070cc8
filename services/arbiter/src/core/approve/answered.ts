import { create } from '@bufbuild/protobuf';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { ApprovedDivergenceSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { parseJson } from '../compare/json.ts';
import type { Value } from '../compare/value.ts';
import { type ApprovedRule, type CompiledApproval, compileApproved } from './approved-rule.ts';
import { Meter } from './cel/meter.ts';
import { Bindings, type Facts, VARIABLES } from './facts.ts';
import { verifyApproved } from './verify.ts';

/** What an answer may read: the field's own value, so that it can be tried on the differences kept, which have no requests any more. */
const ANSWER_VARIABLES = { legacy: VARIABLES.legacy };

/** A correction that somebody approved by answering a question, as the arbiter verifies it; undefined: it is a field rule of another kind. */
export function compileAnswered(rule: FieldRule): CompiledApproval | undefined {
  if (rule.accepts.case !== 'expect') return undefined;
  const { id: name, note, route, field: path, sentence } = rule;
  const message = create(ApprovedDivergenceSchema, {
    ...{ name, route, path },
    why: note === '' ? sentence : note,
    expect: rule.accepts.value.expression,
  });
  const compiled = compileApproved(message, ANSWER_VARIABLES);
  if (!compiled.ok) return compiled;
  return { ok: true, rule: { ...compiled.rule, label: `answered:expect:${name}` } };
}

/** Whether modern's value is what a correction computes from legacy's, and another than legacy's; raw JSON, undefined where the field is missing. */
export function isCorrected(
  rule: ApprovedRule,
  legacy: string | undefined,
  modern: string | undefined,
): boolean {
  const [a, b] = [legacy, modern].map(readRaw);
  if (!a?.ok || !b?.ok) return false;
  const place = { legacy: a.value, modern: b.value, index: [] };
  return verifyApproved(rule, place, new Bindings(NOTHING), new Meter())?.ruling === Ruling.APPROVED;
}

const NOTHING: Facts = { request: () => undefined, answer: () => undefined };

function readRaw(raw: string | undefined): { readonly ok: boolean; readonly value?: Value | undefined } {
  return raw === undefined ? { ok: true, value: undefined } : parseJson(raw);
}
