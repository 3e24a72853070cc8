/** TPC-B as pgbench has it: who makes the load on the watched database. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@chronos/local/run-command.ts';
import pg from 'pg';

const clients = 8;
/** 100,000 accounts each. */
const scale = 10;

export interface LoadOptions {
  readonly seconds: number;
  /** Whether and how each transaction says which request it belongs to: in the same message as BEGIN, or by a statement of its own. */
  readonly tag: 'none' | 'with BEGIN' | 'own statement';
  /** The one that it may use; undefined: any. */
  readonly core: number | undefined;
}

export interface Load {
  readonly name: string;
  prepare(url: string): Promise<void>;
  run(url: string, options: LoadOptions): Promise<{ readonly transactions: number; readonly tps: number }>;
}

/** The statements of one transaction; `:name` stands for a number that is drawn. */
const statements = [
  'UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid',
  'SELECT abalance FROM pgbench_accounts WHERE aid = :aid',
  'UPDATE pgbench_tellers SET tbalance = tbalance + :delta WHERE tid = :tid',
  'UPDATE pgbench_branches SET bbalance = bbalance + :delta WHERE bid = :bid',
  'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (:tid, :bid, :aid, :delta, CURRENT_TIMESTAMP)',
];
const tagged = "SELECT pg_logical_emit_message(true, 'chronos', 'request-' || :request)";
const drawn = {
  aid: [1, 100_000 * scale],
  bid: [1, scale],
  tid: [1, 10 * scale],
  delta: [-5_000, 5_000],
  request: [1, 2_000_000_000],
} as const;

function beginOf(tag: LoadOptions['tag'], joined: string): string[] {
  if (tag === 'none') return ['BEGIN'];
  return tag === 'with BEGIN' ? [`BEGIN${joined}${tagged}`] : ['BEGIN', tagged];
}

/** @param program its path. */
export function pgbench(program: string): Load {
  return {
    name: `pgbench (TPC-B, ${clients} clients, scale ${scale})`,
    prepare: async (url) =>
      void (await runCommand(program, ['--initialize', '--quiet', '-s', String(scale), url])),
    async run(url, { seconds, tag, core }) {
      const dir = await mkdtemp(join(tmpdir(), 'chronos-tpcb-'));
      try {
        const script = join(dir, 'script.sql');
        const sets = Object.entries(drawn).map(
          ([name, [least, most]]) => `\\set ${name} random(${least}, ${most})`,
        );
        // A semicolon behind a backslash sends what follows in the same message.
        const all = [...beginOf(tag, ' \\; '), ...statements, 'END'].map((sql) => `${sql};`);
        await writeFile(script, `${[...sets, ...all].join('\n')}\n`);
        const args = ['--no-vacuum', '-c', String(clients), '-T', String(seconds), '-f', script, url];
        const output =
          core === undefined
            ? await runCommand(program, args)
            : await runCommand('taskset', ['-c', String(core), program, ...args]);
        const figure = (pattern: RegExp) => Number(pattern.exec(output)?.[1]);
        const transactions = figure(/transactions actually processed: (\d+)/);
        const tps = figure(/tps = ([\d.]+)/);
        if (!(transactions > 0 && tps > 0)) throw new Error(`pgbench did nothing: ${output}`);
        return { transactions, tps };
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
  };
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
  async run(url, { seconds, tag }) {
    const pool = new pg.Pool({ connectionString: url, max: clients });
    const texts = [...beginOf(tag, '; '), ...statements, 'END'];
    const begunMs = performance.now();
    let transactions = 0;
    const client = async () => {
      const sql = await pool.connect();
      try {
        for (; performance.now() - begunMs < seconds * 1_000; transactions += 1) {
          const values = new Map(
            Object.entries(drawn).map(([name, [least, most]]) => [name, between(least, most)]),
          );
          for (const text of texts)
            await sql.query(text.replace(/:([a-z]+)/g, (_, name) => String(values.get(name))));
        }
      } finally {
        sql.release();
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    await pool.end();
    return { transactions, tps: (transactions * 1_000) / (performance.now() - begunMs) };
  },
};

function between(least: number, most: number): number {
  return least + Math.floor(Math.random() * (most - least + 1));
}
