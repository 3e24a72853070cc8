/** TPC-B as pgbench has it: who makes the load on the watched database. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from '@chronos/local/run-command.ts';
import pg from 'pg';

const clients = 8;
/** 100,000 accounts each. */
const scale = 10;

/**
 * Whether and how each transaction says which request it belongs to: in the same message as BEGIN, by a statement of its own, or by a comment behind each
 * statement, which a trigger reads.
 */
export type Tag = 'none' | 'with BEGIN' | 'own statement' | 'comments';

export interface LoadOptions {
  readonly seconds: number;
  readonly tag: Tag;
  /** The one that it may use; undefined: any. */
  readonly core: number | undefined;
  /** Transactions a second that are begun, whether those before have ended or not; undefined: as many as it can. */
  readonly rate?: number | undefined;
}

export interface Driven {
  readonly transactions: number;
  readonly tps: number;
  /** Of each transaction, milliseconds; at a given rate from the time at which it was due. */
  readonly latenciesMs: readonly number[];
}

export interface Load {
  readonly name: string;
  prepare(url: string): Promise<void>;
  run(url: string, options: LoadOptions): Promise<Driven>;
}

/** The statements of one transaction; `:name` stands for a number that is drawn. */
const statements = [
  'UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid',
  'SELECT abalance FROM pgbench_accounts WHERE aid = :aid',
  'UPDATE pgbench_tellers SET tbalance = tbalance + :delta WHERE tid = :tid',
  'UPDATE pgbench_branches SET bbalance = bbalance + :delta WHERE bid = :bid',
  'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (:tid, :bid, :aid, :delta, CURRENT_TIMESTAMP)',
];
const tagged = "SELECT pg_logical_emit_message(true, 'chronos', 'request-:request')";
const drawn = {
  aid: [1, 100_000 * scale],
  bid: [1, scale],
  tid: [1, 10 * scale],
  delta: [-5_000, 5_000],
  request: [1_000_000_000, 2_000_000_000],
} as const;
/** As OpenTelemetry's instrumentations append it; the request has ten digits. */
const comment = ` /*traceparent='00-0af7651916cd43dd8448eb:request-b7ad6b7169203331-01'*/`;

/** @param joined between statements that go in one message. */
function textsOf(tag: Tag, joined: string): string[] {
  const begin = tag === 'with BEGIN' ? [`BEGIN${joined}${tagged}`] : ['BEGIN'];
  if (tag === 'own statement') begin.push(tagged);
  return [...begin, ...statements.map((sql) => (tag === 'comments' ? sql + comment : sql)), 'END'];
}

/** @param program its path. */
export function pgbench(program: string): Load {
  return {
    name: `pgbench (TPC-B, ${clients} clients, scale ${scale})`,
    prepare: async (url) =>
      void (await runCommand(program, ['--initialize', '--quiet', '-s', String(scale), url])),
    async run(url, { seconds, tag, core, rate }) {
      const dir = await mkdtemp(join(tmpdir(), 'chronos-tpcb-'));
      try {
        const script = join(dir, 'script.sql');
        const sets = Object.entries(drawn).map(
          ([name, [least, most]]) => `\\set ${name} random(${least}, ${most})`,
        );
        // A semicolon behind a backslash sends what follows in the same message.
        const all = textsOf(tag, ' \\; ').map((sql) => `${sql};`);
        await writeFile(script, `${[...sets, ...all].join('\n')}\n`);
        const limit = rate === undefined ? [] : ['-R', String(rate)];
        const args = ['-n', '-c', String(clients), '-T', String(seconds), ...limit, '-f', script, url];
        const logged = ['-l', `--log-prefix=${join(dir, 'log')}`, ...args];
        const output =
          core === undefined
            ? await runCommand(program, logged)
            : await runCommand('taskset', ['-c', String(core), program, ...logged]);
        const figure = (pattern: RegExp) => Number(pattern.exec(output)?.[1]);
        const transactions = figure(/transactions actually processed: (\d+)/);
        const tps = figure(/tps = ([\d.]+)/);
        if (!(transactions > 0 && tps > 0)) throw new Error(`pgbench did nothing: ${output}`);
        return { transactions, tps, latenciesMs: await latenciesIn(dir) };
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
  };
}

/** pgbench's log: client, number, microseconds … of each transaction. */
async function latenciesIn(dir: string): Promise<number[]> {
  const names = (await readdir(dir)).filter((name) => name.startsWith('log.'));
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  return lines.map((line) => Number(line.split(' ', 3)[2]) / 1_000);
}

/** The same tables and transactions, driven by this process. */
export const tpcb: Load = {
  name: `a TPC-B of our own (no pgbench here; ${clients} clients, scale ${scale})`,
  async prepare(url) {
    const sql = new pg.Client({ connectionString: url });
    await sql.connect();
    await sql.query(
      `CREATE TABLE pgbench_branches (bid integer PRIMARY KEY, bbalance integer, filler char(88));
       CREATE TABLE pgbench_tellers (tid integer PRIMARY KEY, bid integer, tbalance integer, filler char(84));
       CREATE TABLE pgbench_accounts (aid integer PRIMARY KEY, bid integer, abalance integer, filler char(84));
       CREATE TABLE pgbench_history (tid integer, bid integer, aid integer, delta integer, mtime timestamp, filler char(22));
       INSERT INTO pgbench_branches SELECT n, 0 FROM generate_series(1, ${scale}) n;
       INSERT INTO pgbench_tellers SELECT n, (n - 1) / 10 + 1, 0 FROM generate_series(1, ${scale * 10}) n;
       INSERT INTO pgbench_accounts SELECT n, (n - 1) / 100000 + 1, 0, '' FROM generate_series(1, ${scale * 100_000}) n`,
    );
    await sql.end();
  },
  async run(url, { seconds, tag, rate }) {
    const pool = new pg.Pool({ connectionString: url, max: clients });
    const texts = textsOf(tag, '; ');
    const begunMs = performance.now();
    const latenciesMs: number[] = [];
    let begun = 0;
    const client = async () => {
      const sql = await pool.connect();
      try {
        for (;;) {
          const dueMs = rate === undefined ? performance.now() : begunMs + (begun * 1_000) / rate;
          begun += 1;
          if (dueMs - begunMs >= seconds * 1_000) return;
          await delay(Math.max(0, dueMs - performance.now()));
          const values = new Map(
            Object.entries(drawn).map(([name, [least, most]]) => [name, between(least, most)]),
          );
          for (const text of texts)
            await sql.query(text.replace(/:([a-z]+)/g, (_, name) => String(values.get(name))));
          latenciesMs.push(performance.now() - dueMs);
        }
      } finally {
        sql.release();
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    await pool.end();
    const transactions = latenciesMs.length;
    return { transactions, tps: (transactions * 1_000) / (performance.now() - begunMs), latenciesMs };
  },
};

function between(least: number, most: number): number {
  return least + Math.floor(Math.random() * (most - least + 1));
}
