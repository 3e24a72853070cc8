import type {
  AccrueInterestRequest,
  ListTransactionsRequest,
  QuoteLoanRequest,
  TransferRequest,
} from '@chronos/proto/bank/v1/bank_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { type Decimal, decimal } from './decimal.ts';

const ACCOUNT_ID = /^\d{7}$/;
const AMOUNT = /^\d{1,9}\.\d{2}$/;
const KEY = /^[\x21-\x7e]{1,128}$/;
const CONTROL = /\p{Cc}/u;
const TEXT_LENGTH_MAX = 35;
const DAYS_MAX = 366;
const MONTHS_MAX = 360;
const LIST_LIMIT_MAX = 100;
const LIST_LIMIT_DEFAULT = 20;

/** @throws ConnectError(invalid_argument), as all functions here: the field, and what is accepted. */
export function accountId(id: string, field = 'account_id'): string {
  if (!ACCOUNT_ID.test(id)) throw invalid(`${field}: expected 7 digits`);
  return id;
}

export function listLimit({ limit }: ListTransactionsRequest): number {
  if (limit > LIST_LIMIT_MAX) throw invalid(`limit: expected at most ${LIST_LIMIT_MAX}`);
  return limit === 0 ? LIST_LIMIT_DEFAULT : limit;
}

export interface TransferOrder {
  readonly from: string;
  readonly to: string;
  readonly amount: Decimal;
  readonly text: string;
}

export function transferOrder(request: TransferRequest): TransferOrder {
  const from = accountId(request.fromAccount, 'from_account');
  const to = accountId(request.toAccount, 'to_account');
  if (from === to) throw invalid('to_account: expected another account than from_account');
  const text = request.text.trim();
  if (text.length > TEXT_LENGTH_MAX || CONTROL.test(text)) {
    throw invalid(`text: expected at most ${TEXT_LENGTH_MAX} characters and no control characters`);
  }
  return { from, to, amount: amountOf(request.amount), text };
}

export function interestDays({ days }: AccrueInterestRequest): number {
  if (days < 1 || days > DAYS_MAX) throw invalid(`days: expected 1 to ${DAYS_MAX}`);
  return days;
}

export function loanTerms(request: QuoteLoanRequest): { amount: Decimal; months: number } {
  const amount = amountOf(request.amount);
  if (request.months < 1 || request.months > MONTHS_MAX) throw invalid(`months: expected 1 to ${MONTHS_MAX}`);
  return { amount, months: request.months };
}

/** The key under which a write is done once: `idempotency-key`, else `x-request-id`. */
export function writeKey(headers: Headers): string {
  const key = headers.get('idempotency-key') ?? headers.get('x-request-id') ?? '';
  if (!KEY.test(key)) {
    throw invalid(
      'a write needs the header idempotency-key or x-request-id, 1 to 128 visible ASCII characters',
    );
  }
  return key;
}

function amountOf(text: string): Decimal {
  const amount = AMOUNT.test(text) ? decimal(text) : undefined;
  if (amount === undefined || amount.units === 0n) {
    throw invalid(
      'amount: expected a positive decimal with two digits after the point, at most 999999999.99',
    );
  }
  return amount;
}

function invalid(message: string): ConnectError {
  return new ConnectError(message, Code.InvalidArgument);
}
