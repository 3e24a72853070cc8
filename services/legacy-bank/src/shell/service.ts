import { create } from '@bufbuild/protobuf';
import {
  AccrueInterestRequestSchema,
  AccrueInterestResponseSchema,
  type BankService,
  TransactionSchema,
  TransferRequestSchema,
  TransferResponseSchema,
} from '@chronos/proto/bank/v1/bank_pb.js';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import type pg from 'pg';
import { textOf } from '../core/cents.ts';
import {
  checkedAccount,
  checkedAmount,
  checkedDays,
  checkedKey,
  checkedLimit,
  checkedMonths,
  checkedText,
  invalid,
} from '../core/checks.ts';
import { accountStatus, movementKind, segmentName } from '../core/codes.ts';
import { interestCents } from '../core/interest.ts';
import { loanOffer } from '../core/loan.ts';
import {
  type AccountRecord,
  bookMovement,
  type MovementRecord,
  readAccount,
  readAccountNumbers,
  readCustomer,
  readMovements,
  readParameter,
} from './books.ts';
import type { Sql } from './database.ts';
import { carryOutOnce } from './orders.ts';
import type { TokenDesk } from './tokens.ts';

/** The bank's methods, one record after the other. */
export function bankService(pool: pg.Pool, tokens: TokenDesk): ServiceImpl<typeof BankService> {
  const readableAccount = async (headers: Headers, number: string): Promise<AccountRecord> => {
    const mayRead = await tokens.readerOf(headers);
    checkedAccount(number, 'account_id');
    const account = existing(number, await readAccount(pool, number, 'free'));
    if (!mayRead(account.customer)) throw foreign(number);
    return account;
  };

  return {
    async login({ customerId, pin }) {
      const customer = await readCustomer(pool, customerId);
      if (customer?.number !== customerId || customer.pin !== pin) {
        throw new ConnectError('customer or PIN is wrong', Code.Unauthenticated);
      }
      const segment = segmentName(customer.segmentCode);
      const accounts = await readAccountNumbers(pool, customerId);
      return { token: await tokens.issue(customerId, segment), customerId, segment, accounts };
    },

    async getBalance({ accountId }, { requestHeader }) {
      const { number, cents, currency, statusCode } = await readableAccount(requestHeader, accountId);
      return { accountId: number, balance: textOf(cents), currency, status: accountStatus(statusCode) };
    },

    async listTransactions(request, { requestHeader }) {
      const limit = checkedLimit(request.limit);
      const { number } = await readableAccount(requestHeader, request.accountId);
      const movements = await readMovements(pool, number);
      return { transactions: movements.reverse().slice(0, limit).map(transactionOf) };
    },

    async *streamTransactions({ accountId }, { requestHeader }) {
      const { number } = await readableAccount(requestHeader, accountId);
      for (const movement of await readMovements(pool, number)) yield transactionOf(movement);
    },

    async transfer(request, { requestHeader }) {
      const customer = await tokens.customerOf(requestHeader);
      const from = checkedAccount(request.fromAccount, 'from_account');
      const to = checkedAccount(request.toAccount, 'to_account');
      if (from === to) throw invalid('to_account: expected another account than from_account');
      const text = checkedText(request.text);
      const cents = checkedAmount(request.amount);
      const key = checkedKey(requestHeader);
      return carryOutOnce(pool, {
        customer,
        key,
        observedAs: requestHeader.get('x-chronos-request-id'),
        input: TransferRequestSchema,
        output: TransferResponseSchema,
        request,
        async carryOut(tx) {
          const accounts = await lockBoth(tx, from, to);
          const payer = active(owned(customer, from, accounts.get(from)));
          const payee = active(existing(to, accounts.get(to)));
          if (payer.cents < cents) {
            throw new ConnectError(`account ${from} has insufficient funds`, Code.FailedPrecondition);
          }
          const entry = { text, reference: key };
          const left = await bookMovement(tx, payer, {
            ...entry,
            kindCode: 'LA',
            cents: -cents,
            counterparty: to,
          });
          await bookMovement(tx, payee, { ...entry, kindCode: 'GU', cents, counterparty: from });
          return create(TransferResponseSchema, {
            reference: key,
            fromBalance: textOf(left),
            status: 'booked',
          });
        },
      });
    },

    async accrueInterest(request, { requestHeader }) {
      const customer = await tokens.customerOf(requestHeader);
      const number = checkedAccount(request.accountId, 'account_id');
      const days = checkedDays(request.days);
      const key = checkedKey(requestHeader);
      return carryOutOnce(pool, {
        customer,
        key,
        observedAs: requestHeader.get('x-chronos-request-id'),
        input: AccrueInterestRequestSchema,
        output: AccrueInterestResponseSchema,
        request,
        async carryOut(tx) {
          const account = active(owned(customer, number, await readAccount(tx, number, 'lock')));
          const owner = await readCustomer(tx, customer);
          const ratePpm = BigInt(
            await readParameter(tx, `ZS${account.kindCode}${owner?.vip === true ? 'V' : 'N'}`),
          );
          const cents = interestCents(account.cents, ratePpm, days);
          const balance = await bookMovement(tx, account, {
            kindCode: 'ZI',
            cents,
            counterparty: '',
            text: `interest for ${days} days`,
            reference: key,
          });
          return create(AccrueInterestResponseSchema, {
            accountId: number,
            rate: rateText(ratePpm),
            interest: textOf(cents),
            balance: textOf(balance),
          });
        },
      });
    },

    async quoteLoan(request, { requestHeader }) {
      const mayRead = await tokens.readerOf(requestHeader);
      const cents = checkedAmount(request.amount);
      const months = checkedMonths(request.months);
      if (!mayRead(request.customerId)) {
        throw new ConnectError(`customer ${request.customerId} is another one`, Code.PermissionDenied);
      }
      const customer = await readCustomer(pool, request.customerId);
      if (customer === undefined)
        throw new ConnectError(`customer ${request.customerId} does not exist`, Code.NotFound);
      const offer = loanOffer(customer.creditScore, customer.vip, cents, months);
      const { creditScore } = customer;
      if (typeof offer === 'string') return { approved: false, creditScore, reason: offer };
      return {
        approved: true,
        creditScore,
        annualRate: rateText(offer.ratePpm),
        monthlyPayment: textOf(offer.paymentCents),
      };
    },
  };
}

/** In the order of their numbers, so that two transfers cannot wait for each other. */
async function lockBoth(tx: Sql, a: string, b: string): Promise<Map<string, AccountRecord>> {
  const locked = new Map<string, AccountRecord>();
  for (const number of [a, b].sort()) {
    const account = await readAccount(tx, number, 'lock');
    if (account !== undefined) locked.set(number, account);
  }
  return locked;
}

function existing(number: string, account: AccountRecord | undefined): AccountRecord {
  if (account === undefined) throw new ConnectError(`account ${number} does not exist`, Code.NotFound);
  return account;
}

function owned(customer: string, number: string, account: AccountRecord | undefined): AccountRecord {
  const found = existing(number, account);
  if (found.customer !== customer) throw foreign(number);
  return found;
}

function foreign(number: string): ConnectError {
  return new ConnectError(`account ${number} belongs to another customer`, Code.PermissionDenied);
}

function active(account: AccountRecord): AccountRecord {
  if (accountStatus(account.statusCode) !== 'active') {
    throw new ConnectError(`account ${account.number} is blocked`, Code.FailedPrecondition);
  }
  return account;
}

function rateText(ppm: bigint): string {
  return `0.${ppm.toString().padStart(6, '0')}`;
}

function transactionOf(movement: MovementRecord) {
  return create(TransactionSchema, {
    number: movement.number,
    kind: movementKind(movement.kindCode),
    amount: textOf(movement.cents),
    balanceAfter: textOf(movement.balanceCents),
    counterparty: movement.counterparty,
    text: movement.text,
    reference: movement.reference,
  });
}
