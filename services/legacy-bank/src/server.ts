import { BankService, file_bank_v1_bank } from '@chronos/proto/bank/v1/bank_pb.js';
import { serve } from '@chronos/rpc-server/serve.ts';
import { tracing } from '@chronos/rpc-server/tracing.ts';
import type { Config } from './core/config.ts';
import { readParameter } from './shell/books.ts';
import { openPool } from './shell/database.ts';
import { errors } from './shell/errors.ts';
import { oldLine } from './shell/old-line.ts';
import { bankService } from './shell/service.ts';
import { setUp } from './shell/set-up.ts';
import { TokenDesk } from './shell/tokens.ts';

const CLOSE_GRACE_MS = 2_000;

export interface Bank {
  readonly address: string;
  close(): Promise<void>;
}

/** Opens the books, makes them if there are none, and serves. */
export async function startBank({ port, databaseUrl, jwtKey, auditToken }: Config): Promise<Bank> {
  const pool = openPool(databaseUrl);
  try {
    await setUp(pool);
    const businessDate = new Date(`${await readParameter(pool, 'BUCHDAT')}T00:00:00Z`);
    const service = bankService(pool, new TokenDesk(jwtKey, businessDate, auditToken));
    const server = await serve({
      listen: `127.0.0.1:${port}`,
      files: [file_bank_v1_bank],
      interceptors: [tracing, oldLine, errors],
      routes: (router) => router.service(BankService, service),
      http: (request, response) => {
        if (request.url !== '/healthz') return false;
        response.end('ok\n');
        return true;
      },
    });
    return {
      address: server.address,
      async close() {
        await server.close({ graceMs: CLOSE_GRACE_MS });
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
