import { createHash } from 'node:crypto';
import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import type pg from 'pg';
import { inTransaction, type Sql } from './database.ts';

export interface Order<I extends DescMessage, O extends DescMessage> {
  readonly customer: string;
  readonly key: string;
  readonly input: I;
  readonly output: O;
  readonly request: MessageShape<I>;
  /** Id that an observer gave the request; written to the log of changes with what the request changes. */
  readonly observedAs: string | null;
  carryOut(tx: Sql): Promise<MessageShape<O>>;
}

/**
 * Carries an order out once and keeps its answer, a refusal too, in the same transaction (AUFTRAG). The same key again gets the kept
 * answer; with another order it is an error; while the first is under way it waits.
 */
export async function carryOutOnce<I extends DescMessage, O extends DescMessage>(
  pool: pg.Pool,
  order: Order<I, O>,
): Promise<MessageShape<O>> {
  const checksum = createHash('sha256')
    .update(`${order.input.typeName}\n`)
    .update(toBinary(order.input, order.request))
    .digest('hex');
  const outcome = await inTransaction(pool, async (tx) => {
    if (order.observedAs !== null)
      await tx.query(`SELECT pg_logical_emit_message(true, 'chronos', $1)`, [order.observedAs]);
    const { rowCount } = await tx.query(
      'INSERT INTO auftrag (kdnr, aufkey, aufprf) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [order.customer, order.key, checksum],
    );
    if (rowCount === 0) return keptAnswer(tx, order, checksum);
    try {
      const answer = await order.carryOut(tx);
      await keep(tx, order, 'aufant', Buffer.from(toBinary(order.output, answer)).toString('hex'));
      return answer;
    } catch (error) {
      // Refusals are decided before anything is booked; everything else rolls back.
      if (!(error instanceof ConnectError)) throw error;
      await keep(tx, order, 'aufabl', `${error.code} ${error.rawMessage}`);
      return error;
    }
  });
  if (outcome instanceof ConnectError) throw outcome;
  return outcome;
}

async function keep(
  tx: Sql,
  { customer, key }: { customer: string; key: string },
  column: 'aufant' | 'aufabl',
  value: string,
): Promise<void> {
  await tx.query(`UPDATE auftrag SET ${column} = $3 WHERE kdnr = $1 AND aufkey = $2`, [customer, key, value]);
}

async function keptAnswer<I extends DescMessage, O extends DescMessage>(
  tx: Sql,
  { customer, key, output }: Order<I, O>,
  checksum: string,
): Promise<MessageShape<O> | ConnectError> {
  const { rows } = await tx.query<{ aufprf: string; aufant: string | null; aufabl: string | null }>(
    'SELECT aufprf, aufant, aufabl FROM auftrag WHERE kdnr = $1 AND aufkey = $2',
    [customer, key],
  );
  const { aufprf, aufant, aufabl } = rows[0]!;
  if (aufprf !== checksum) {
    return new ConnectError(`idempotency key ${key} was used for another request`, Code.AlreadyExists);
  }
  if (aufant !== null) return fromBinary(output, Buffer.from(aufant, 'hex'));
  const [code = '', ...words] = (aufabl ?? '').split(' ');
  return new ConnectError(words.join(' '), Number(code));
}
