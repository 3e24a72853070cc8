import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { asked, bug, type Judged } from '../judge/ruling.ts';
import { type HeaderMap, joined } from './header-map.ts';

/** `Expires` and `Date` are both whole seconds, of two clocks. */
const SECONDS_APART_MAX = 2;

/** Cache-Control that says itself how long, so that `Expires` is not looked at (RFC 9111, section 5.3), or that nothing is kept or used unasked. */
const OVERRIDES = /(?:^|[\s,])(?:max-age|no-store|no-cache)(?:[\s,=]|$)/i;

/**
 * What two `Expires` headers say differently: how long after its `Date` an answer may be used without asking. A text that is no date, such as `0`,
 * has passed already. Undefined: the same.
 */
export function expiryChanged(legacy: HeaderMap, modern: HeaderMap): Judged | undefined {
  const [before, after] = [joined(legacy, 'expires'), joined(modern, 'expires')];
  if (before === after || isOverridden(legacy) || isOverridden(modern)) return undefined;
  const explanation = `Expires is ${quoted(before)} in legacy's answer, ${quoted(after)} in modern's.`;
  if (before === '' || after === '') return asked('expires-changed', Severity.MAJOR, explanation);
  const now = dateOf(legacy) ?? dateOf(modern) ?? 0;
  const [old, fresh] = [lifetime(before, dateOf(legacy) ?? now), lifetime(after, dateOf(modern) ?? now)];
  if ((old <= 0 && fresh <= 0) || Math.abs(old - fresh) <= SECONDS_APART_MAX) return undefined;
  return old <= 0
    ? bug('kept-longer', Severity.CRITICAL, `${explanation} What was never to be kept may be kept.`)
    : asked('expires-changed', Severity.MAJOR, explanation);
}

function isOverridden(headers: HeaderMap): boolean {
  return OVERRIDES.test(joined(headers, 'cache-control'));
}

/** Seconds. */
function lifetime(expires: string, date: number): number {
  const at = Date.parse(expires);
  return Number.isNaN(at) || !/[a-z]/i.test(expires) ? 0 : at / 1000 - date;
}

function dateOf(headers: HeaderMap): number | undefined {
  const at = Date.parse(joined(headers, 'date'));
  return Number.isNaN(at) ? undefined : at / 1000;
}

function quoted(text: string): string {
  return text === '' ? 'missing' : JSON.stringify(text);
}
