import { BankService, file_bank_v1_bank } from '@chronos/proto/bank/v1/bank_pb.js';
import { serve } from '@chronos/rpc-server/serve.ts';
import { tracing } from '@chronos/rpc-server/tracing.ts';
import type { Config } from './core/config.ts';
import { correctedBooks } from './shell/books.ts';
import { openPool } from './shell/database.ts';
import { errors } from './shell/errors.ts';
import { forms } from './shell/forms.ts';
import { bankService } from './shell/service.ts';
import { setUp } from './shell/set-up.ts';
import { tokens } from './shell/tokens.ts';

const CLOSE_GRACE_MS = 2_000;

export interface Bank {
  readonly address: string;
  /** Accounts whose books this start has corrected. */
  readonly corrected: number;
  close(): Promise<void>;
}

/** Starts the bank: books there, old mistakes corrected, and only then does it serve. */
export async function startBank({ build, port, databaseUrl, jwtKey, auditToken }: Config): Promise<Bank> {
  const pool = openPool(databaseUrl);
  try {
    await setUp(pool);
    const books = correctedBooks(pool, build);
    const corrected = await books.correctAll();
    const { rows } = await pool.query<{ epoch: number }>(
      `SELECT extract(epoch FROM business_date)::integer AS epoch FROM bank`,
    );
    const issued = await tokens(jwtKey, new Date(rows[0]!.epoch * 1_000), auditToken);
    const service = bankService(pool, build, issued, books);
    const takesForm = forms(service, [errors]);
    const server = await serve({
      listen: `127.0.0.1:${port}`,
      files: [file_bank_v1_bank],
      interceptors: [tracing, errors],
      routes: (router) => router.service(BankService, service),
      http: (request, response) => {
        if (request.url !== '/healthz') return takesForm(request, response);
        response.end('ok\n');
        return true;
      },
    });
    return {
      address: server.address,
      corrected,
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
