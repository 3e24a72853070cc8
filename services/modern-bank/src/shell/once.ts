import { createHash } from 'node:crypto';
import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import { ConnectError } from '@connectrpc/connect';
import type pg from 'pg';
import { refusals } from '../core/refusals.ts';
import { inTransaction, type Sql } from './database.ts';

export interface Write<I extends DescMessage, O extends DescMessage> {
  readonly customer: string;
  readonly key: string;
  readonly input: I;
  readonly output: O;
  readonly request: MessageShape<I>;
  /** Id that an observer gave the request; written to the log of changes with what the request changes. */
  readonly observedAs: string | null;
  /** Does the work inside the transaction; what it refuses by a ConnectError is an answer as well and is kept. */
  work(tx: Sql): Promise<MessageShape<O>>;
}

/**
 * Does a write once, however often its key comes: the claim of the key, the effect and the answer are one transaction. The same key again
 * gets the first answer, refusals included; a request that arrives while the first is under way waits for it; another request under the
 * same key is an error.
 */
export async function once<I extends DescMessage, O extends DescMessage>(
  pool: pg.Pool,
  write: Write<I, O>,
): Promise<MessageShape<O>> {
  const fingerprint = createHash('sha256')
    .update(`${write.input.typeName}\n`)
    .update(toBinary(write.input, write.request))
    .digest();
  const answer = await inTransaction(pool, async (tx) => {
    if (write.observedAs !== null)
      await tx.query(`SELECT pg_logical_emit_message(true, 'chronos', $1)`, [write.observedAs]);
    const claim = await tx.query(
      `INSERT INTO answered_requests (customer_id, key, fingerprint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [write.customer, write.key, fingerprint],
    );
    if (claim.rowCount === 0) return firstAnswer(tx, write, fingerprint);
    const answer = await refusalAsAnswer(write.work(tx));
    await tx.query(
      'UPDATE answered_requests SET answer = $3, refusal = $4 WHERE customer_id = $1 AND key = $2',
      [
        write.customer,
        write.key,
        answer instanceof ConnectError ? null : toBinary(write.output, answer),
        answer instanceof ConnectError ? { code: answer.code, message: answer.rawMessage } : null,
      ],
    );
    return answer;
  });
  if (answer instanceof ConnectError) throw answer;
  return answer;
}

async function firstAnswer<I extends DescMessage, O extends DescMessage>(
  tx: Sql,
  { customer, key, output }: Write<I, O>,
  fingerprint: Buffer,
): Promise<MessageShape<O> | ConnectError> {
  const { rows } = await tx.query<{
    fingerprint: Buffer;
    answer: Buffer | null;
    refusal: { code: number; message: string } | null;
  }>('SELECT fingerprint, answer, refusal FROM answered_requests WHERE customer_id = $1 AND key = $2', [
    customer,
    key,
  ]);
  const first = rows[0]!;
  if (!first.fingerprint.equals(fingerprint)) return refusals.keyReused(key);
  if (first.answer !== null) return fromBinary(output, first.answer);
  return new ConnectError(first.refusal!.message, first.refusal!.code);
}

/** A refusal is decided before anything is written, so the transaction may commit it. */
async function refusalAsAnswer<T>(work: Promise<T>): Promise<T | ConnectError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ConnectError) return error;
    throw error;
  }
}
