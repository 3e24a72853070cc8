import { runCommand } from '@chronos/local/run-command.ts';

/**
 * Runs `work` while a process and its children stand still (SIGSTOP), as those of a server that hangs: connections stay open and nothing is answered.
 * They go on afterwards, whatever became of it.
 */
export async function whileFrozen<T>(root: number, work: () => Promise<T>): Promise<T> {
  // The one that makes children first, so that none is made meanwhile.
  process.kill(root, 'SIGSTOP');
  let children: readonly number[] = [];
  try {
    children = await childrenOf(root);
    for (const pid of children) signal(pid, 'SIGSTOP');
    return await work();
  } finally {
    for (const pid of [...children, root]) signal(pid, 'SIGCONT');
  }
}

async function childrenOf(root: number): Promise<number[]> {
  const list = await runCommand('ps', ['-A', '-o', 'pid=,ppid=']);
  return list
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (pid !== undefined && parent === root ? [pid] : []));
}

/** One that has ended meanwhile is left alone. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
