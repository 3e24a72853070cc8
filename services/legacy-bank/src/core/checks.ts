import { Code, ConnectError } from '@connectrpc/connect';
import { centsOf } from './cents.ts';

/** Checks of what comes in. All throw ConnectError(invalid_argument), which names the field and what is accepted. */

export function checkedAccount(number: string, field: string): string {
  if (!/^\d{7}$/.test(number)) throw invalid(`${field}: expected 7 digits`);
  return number;
}

export function checkedAmount(text: string): bigint {
  const cents = centsOf(text);
  if (cents === undefined || cents === 0n) {
    throw invalid(
      'amount: expected a positive decimal with two digits after the point, at most 999999999.99',
    );
  }
  return cents;
}

export function checkedText(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > 35 || /\p{Cc}/u.test(trimmed)) {
    throw invalid('text: expected at most 35 characters and no control characters');
  }
  return trimmed;
}

export function checkedDays(days: number): number {
  if (days < 1 || days > 366) throw invalid('days: expected 1 to 366');
  return days;
}

export function checkedMonths(months: number): number {
  if (months < 1 || months > 360) throw invalid('months: expected 1 to 360');
  return months;
}

export function checkedLimit(limit: number): number {
  if (limit > 100) throw invalid('limit: expected at most 100');
  return limit === 0 ? 20 : limit;
}

/** The order's key: `idempotency-key`, else `x-request-id`. */
export function checkedKey(headers: Headers): string {
  const key = headers.get('idempotency-key') ?? headers.get('x-request-id') ?? '';
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw invalid(
      'a write needs the header idempotency-key or x-request-id, 1 to 128 visible ASCII characters',
    );
  }
  return key;
}

export function invalid(message: string): ConnectError {
  return new ConnectError(message, Code.InvalidArgument);
}
