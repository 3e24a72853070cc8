// Accounts in Postgres: `node books.mjs legacy` keeps cents in the table konto, `node books.mjs modern` amounts in accounts. With `--fees` a worker
// also takes a fee from account 1 every ten seconds, which nobody asked for.
//   POST /accounts/N/bookings {"amount": "1.50"}   POST /accounts/N/interest (books a second after its answer)   GET /accounts/N
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const isLegacy = process.argv[2] === 'legacy';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 5 });
// The pool says so when the database ends a connection that rests.
pool.on('error', (error) => process.stderr.write(`${error.message}\n`));

await pool.query(
  isLegacy
    ? 'CREATE TABLE IF NOT EXISTS konto (ktonr integer PRIMARY KEY, ktosal bigint NOT NULL)'
    : 'CREATE TABLE IF NOT EXISTS accounts (id integer PRIMARY KEY, balance numeric(12, 2) NOT NULL)',
);

/** Adds to an account, for a request: the transaction says for which. Answers the balance. */
async function book(account, amount, requestId) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    if (requestId !== undefined)
      await client.query("SELECT pg_logical_emit_message(true, 'chronos', $1)", [requestId]);
    const { rows } = await client.query(
      isLegacy
        ? `INSERT INTO konto VALUES ($1, $2::numeric * 100) ON CONFLICT (ktonr)
           DO UPDATE SET ktosal = konto.ktosal + excluded.ktosal RETURNING ktosal / 100.0 AS balance`
        : `INSERT INTO accounts VALUES ($1, $2) ON CONFLICT (id)
           DO UPDATE SET balance = accounts.balance + excluded.balance RETURNING balance`,
      [account, amount],
    );
    await client.query('COMMIT');
    return Number(rows[0].balance).toFixed(2);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function answer(request, body) {
  const [, , account, what] = request.url.split('/');
  if (request.url === '/health') return [200, {}];
  const requestId = request.headers['x-chronos-request-id'];
  if (what === 'bookings') return [201, { balance: await book(account, JSON.parse(body).amount, requestId) }];
  if (what === 'interest') {
    void delay(1_000).then(() => book(account, '0.01', requestId));
    return [202, { booked: 'soon' }];
  }
  const { rows } = await pool.query(
    isLegacy
      ? 'SELECT ktosal / 100.0 AS balance FROM konto WHERE ktonr = $1'
      : 'SELECT balance FROM accounts WHERE id = $1',
    [account],
  );
  return rows.length === 0 ? [404, {}] : [200, { balance: Number(rows[0].balance).toFixed(2) }];
}

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [status, content] = await answer(request, body).catch((error) => [500, { error: error.message }]);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(content));
}).listen(Number(process.env.PORT), '127.0.0.1');

while (process.argv.includes('--fees')) {
  await book(1, '-0.10');
  await delay(10_000);
}
