import type { DescMethod } from '@bufbuild/protobuf';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { unread } from '../compare/body-fault.ts';
import type { Codecs } from '../compare/content-encoding.ts';
import type { Location } from '../compare/field-path.ts';
import type { SecondRun } from '../compare/findings.ts';
import { readBody } from '../compare/read-body.ts';
import { readResponse } from '../compare/response.ts';
import { isArray, isObject, type Value } from '../compare/value.ts';

/**
 * Looks up what legacy's second run has at a place of the body; it is read when first asked for, so that equal answers pay nothing. A run
 * that failed where the first did not says nothing of noise. An element of an array is found by its index: where legacy itself reorders an
 * array, its elements show as noise, which is what they are.
 */
export function secondRun(
  exchange: Exchange | undefined,
  legacy: Exchange,
  method: DescMethod | undefined,
  codecs: Codecs,
): SecondRun | undefined {
  if (exchange?.response === undefined) return undefined;
  const response = readResponse(exchange.response);
  if (response.status !== readResponse(legacy.response).status) return undefined;
  let body: Value | undefined;
  let isRead = false;
  return (at, isUnread) => {
    const steps = stepsOf(at);
    if (steps[0] !== 'body' || response.truncated) return undefined;
    if (isUnread) return { value: unread(response.body) };
    if (!isRead) {
      const read = readBody(response, method, codecs);
      body = read.form === 'tree' ? read.value : read.form === 'text' ? read.text : undefined;
      isRead = true;
    }
    return { value: steps.slice(1).reduce<Value | undefined>(below, body) };
  };
}

function below(value: Value | undefined, step: string | number): Value | undefined {
  if (value === undefined) return undefined;
  if (typeof step === 'number') return isArray(value) ? value[step] : undefined;
  return isObject(value) ? value.get(step) : undefined;
}

function stepsOf(at: Location): (string | number)[] {
  return at.parent === undefined ? [at.step] : [...stepsOf(at.parent), at.step];
}
