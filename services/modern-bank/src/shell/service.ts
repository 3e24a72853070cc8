import { create } from '@bufbuild/protobuf';
import {
  AccrueInterestRequestSchema,
  AccrueInterestResponseSchema,
  type BankService,
  TransactionSchema,
  TransferRequestSchema,
  TransferResponseSchema,
} from '@chronos/proto/bank/v1/bank_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import type pg from 'pg';
import type { Build } from '../core/builds.ts';
import { compare, format } from '../core/decimal.ts';
import { annualRate } from '../core/interest.ts';
import { quoteLoan } from '../core/loan.ts';
import { refusals } from '../core/refusals.ts';
import { accountId, interestDays, listLimit, loanTerms, transferOrder, writeKey } from '../core/requests.ts';
import type { Books } from './books.ts';
import { type Account, book, type Entry, listEntries } from './ledger.ts';
import { once } from './once.ts';
import { pinMatches } from './set-up.ts';
import type { Customer, Tokens } from './tokens.ts';

const STREAM_PAGE = 100;

/** The bank's methods. What they refuse is thrown as a ConnectError; see core/refusals.ts. */
export function bankService(
  pool: pg.Pool,
  build: Build,
  tokens: Tokens,
  books: Books,
): ServiceImpl<typeof BankService> {
  const readableAccount = async (headers: Headers, id: string): Promise<Account> => {
    const mayRead = await tokens.readerOf(headers);
    accountId(id);
    const account = existing(id, await books.read(id));
    if (!mayRead(account.customerId)) throw refusals.foreignAccount(id);
    return account;
  };

  return {
    async login({ customerId, pin }) {
      const { rows } = await pool.query<{ segment: string; pin_hash: Buffer; accounts: string[] }>(
        `SELECT segment, pin_hash, array(SELECT id FROM accounts WHERE customer_id = $1 ORDER BY id) AS accounts
         FROM customers WHERE id = $1`,
        [customerId],
      );
      const [found] = rows;
      if (found === undefined || !(await pinMatches(pin, found.pin_hash))) throw refusals.login();
      const { segment, accounts } = found;
      return { token: await tokens.issue({ id: customerId, segment }), customerId, segment, accounts };
    },

    async getBalance(request, { requestHeader }) {
      const { id, balance, currency, status } = await readableAccount(requestHeader, request.accountId);
      return { accountId: id, balance: format(balance), currency, status };
    },

    async listTransactions(request, { requestHeader }) {
      const limit = listLimit(request);
      const { id } = await readableAccount(requestHeader, request.accountId);
      return { transactions: (await listEntries(pool, id, { newestFirst: true }, limit)).map(transactionOf) };
    },

    async *streamTransactions(request, { requestHeader }) {
      const { id } = await readableAccount(requestHeader, request.accountId);
      for (let after = 0n, full = true; full; ) {
        const entries = await listEntries(pool, id, { after }, STREAM_PAGE);
        for (const entry of entries) yield transactionOf(entry);
        after = entries.at(-1)?.number ?? after;
        full = entries.length === STREAM_PAGE;
      }
    },

    async transfer(request, { requestHeader }) {
      const customer = await tokens.customerOf(requestHeader);
      const { from, to, amount, text } = transferOrder(request);
      const key = writeKey(requestHeader);
      return books.correctly(() =>
        once(pool, {
          customer: customer.id,
          key,
          observedAs: requestHeader.get('x-chronos-request-id'),
          input: TransferRequestSchema,
          output: TransferResponseSchema,
          request,
          async work(tx) {
            const accounts = await books.lock(tx, [from, to]);
            const payer = active(owned(customer, from, accounts.get(from)));
            active(existing(to, accounts.get(to)));
            if (compare(payer.balance, amount) < 0) throw refusals.noFunds(from);
            const debit = { units: -amount.units, scale: amount.scale };
            const left = await book(tx, {
              account: from,
              kind: 'transfer_out',
              amount: debit,
              counterparty: to,
              text,
              reference: key,
            });
            await book(tx, {
              account: to,
              kind: 'transfer_in',
              amount,
              counterparty: from,
              text,
              reference: key,
            });
            return create(TransferResponseSchema, {
              reference: key,
              fromBalance: format(left),
              status: 'booked',
            });
          },
        }),
      );
    },

    async accrueInterest(request, { requestHeader }) {
      const customer = await tokens.customerOf(requestHeader);
      const id = accountId(request.accountId);
      const days = interestDays(request);
      const key = writeKey(requestHeader);
      return books.correctly(() =>
        once(pool, {
          customer: customer.id,
          key,
          observedAs: requestHeader.get('x-chronos-request-id'),
          input: AccrueInterestRequestSchema,
          output: AccrueInterestResponseSchema,
          request,
          async work(tx) {
            const { kind, balance, vip } = active(owned(customer, id, (await books.lock(tx, [id])).get(id)));
            const rate = annualRate(kind === 'merchant' ? 'current' : kind, vip);
            const amount = build.interest.interest({ balance, rate, days, vip });
            const after = await book(tx, {
              account: id,
              kind: 'interest',
              amount,
              counterparty: '',
              text: `interest for ${days} days`,
              reference: key,
              interest: { rule: build.interest.name, rate, days },
            });
            return create(AccrueInterestResponseSchema, {
              accountId: id,
              rate: format(rate),
              interest: format(amount),
              balance: format(after),
            });
          },
        }),
      );
    },

    async quoteLoan(request, { requestHeader }) {
      const mayRead = await tokens.readerOf(requestHeader);
      const { amount, months } = loanTerms(request);
      if (!mayRead(request.customerId)) throw refusals.foreignCustomer(request.customerId);
      const { rows } = await pool.query<{ credit_score: number; segment: string }>(
        'SELECT credit_score, segment FROM customers WHERE id = $1',
        [request.customerId],
      );
      const [customer] = rows;
      if (customer === undefined) throw refusals.noCustomer(request.customerId);
      const { credit_score: creditScore, segment } = customer;
      const quote = quoteLoan(build.loans, { creditScore, vip: segment === 'vip', amount, months });
      if (!quote.approved) return { approved: false, creditScore, reason: quote.reason };
      return {
        approved: true,
        creditScore,
        annualRate: format(quote.annualRate),
        monthlyPayment: format(quote.monthlyPayment),
      };
    },
  };
}

function existing(id: string, account: Account | undefined): Account {
  if (account === undefined) throw refusals.noAccount(id);
  return account;
}

function owned(customer: Customer, id: string, account: Account | undefined): Account {
  const found = existing(id, account);
  if (found.customerId !== customer.id) throw refusals.foreignAccount(id);
  return found;
}

function active(account: Account): Account {
  if (account.status !== 'active') throw refusals.blocked(account.id);
  return account;
}

function transactionOf({ amount, balanceAfter, ...entry }: Entry) {
  return create(TransactionSchema, { ...entry, amount: format(amount), balanceAfter: format(balanceAfter) });
}
