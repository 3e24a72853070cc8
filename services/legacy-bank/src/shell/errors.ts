import { openLog, requestIds } from '@chronos/observability/log.ts';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import pg from 'pg';

/** Conditions of Postgres that pass: lost connection, shutdown, too many connections, deadlock, lock or statement timeout. */
const PASSING = /^(08|57P|53|40|55P03|57014)/;
const CONNECTION_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

const log = openLog('legacy-bank');

/** Turns what is no answer of the bank into `unavailable` (the database is away) or `internal` (a defect, logged); details stay inside. */
export const errors: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    if (isDatabaseAway(error))
      throw new ConnectError('the database is not available', Code.Unavailable, undefined, undefined, error);
    log.error(
      { ...requestIds(request.header), err: error },
      `${request.service.typeName}/${request.method.name} failed`,
    );
    throw new ConnectError('internal error', Code.Internal, undefined, undefined, error);
  }
};

function isDatabaseAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return PASSING.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  return 'code' in error && typeof error.code === 'string' && CONNECTION_ERRORS.has(error.code)
    ? true
    : /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}
