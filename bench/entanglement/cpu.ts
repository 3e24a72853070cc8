import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** Linux counts in ticks of so many milliseconds. */
const tickMs = 10;

interface Used {
  readonly parent: number;
  readonly ms: number;
  /** Of children that have ended. */
  readonly childrenMs: number;
}

/** CPU time that a process, its children and those that have ended have used so far: a whole Postgres, whose backends come and go. */
export async function treeCpuMs(root: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const used = new Map<number, Used>();
  for (const pid of pids) {
    const one = await usedBy(pid);
    if (one !== undefined) used.set(pid, one);
  }
  const self = used.get(root);
  if (self === undefined) throw new Error(`process ${root} does not run`);
  let total = self.ms + self.childrenMs;
  for (const { parent, ms, childrenMs } of used.values()) if (parent === root) total += ms + childrenMs;
  return total;
}

/** The process of a Postgres on this machine whose children its backends are. */
export async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const parent = (await usedBy(rows[0]?.pid ?? 0))?.parent;
    if (parent === undefined) throw new Error('the database does not run on this machine');
    return parent;
  } finally {
    await client.end();
  }
}

/** Children of a process that live now. */
export async function childrenOf(root: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => ({ pid, parent: (await usedBy(pid))?.parent })));
  return parents.filter(({ parent }) => parent === root).map(({ pid }) => pid);
}

/** proc(5), stat; undefined when it has ended. */
async function usedBy(pid: number): Promise<Used | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // After the command in parentheses, which may hold anything.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
  return {
    parent: fields[1] ?? 0,
    ms: (user + system) * tickMs,
    childrenMs: (childrenUser + childrenSystem) * tickMs,
  };
}
