import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { bug, type Judged } from '../judge/ruling.ts';
import type { Body } from './read-body.ts';
import { cut, hex } from './show.ts';
import type { Value } from './value.ts';

/** What our own reader refuses, or does not know, and a client may well read. */
const OURS = /is not known|no descriptor|duplicate key|nested deeper/;

/** As capture leaves JSON that is none. */
const HASHED_JSON = /^⟨masked:body:bytes:[0-9a-f]{16}⟩$/;

/**
 * A body of modern's that is not what its own headers say (a content-encoding that cannot be undone, a charset that its bytes are not in, JSON that is
 * none), while legacy's is: a client cannot read it, even if its bytes are legacy's.
 */
export function bodyFault(legacy: Body, modern: Body): Judged | undefined {
  const fault = faultOf(modern);
  if (fault === undefined || faultOf(legacy) !== undefined) return undefined;
  const explanation = `Modern's body contradicts its headers (${fault}), and legacy's does not: a client cannot read it.`;
  return bug('body-contradicts-headers', Severity.CRITICAL, explanation);
}

function faultOf(body: Body): string | undefined {
  if (body.form === 'unreadable') return undefined;
  if (body.form === 'tree')
    return typeof body.value === 'string' && HASHED_JSON.test(body.value) ? 'not JSON' : undefined;
  return body.note === '' || OURS.test(body.note) ? undefined : body.note;
}

/** A body that was not read, as people can look at it: text, else the first bytes and how many there are. */
export function unread(body: Uint8Array): Value {
  try {
    return cut(new TextDecoder('utf-8', { fatal: true }).decode(body), 4_096);
  } catch {
    return `0x${hex(body)} (${body.length} bytes)`;
  }
}
