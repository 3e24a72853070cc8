import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/**
 * When the process with this pid started, as an opaque text, or undefined if there is no such process (a zombie counts as gone). Pid and
 * start time together name one process for ever: a pid alone may have been given to another program since it was written down.
 */
export function processStartTime(pid: number): string | undefined {
  return platform() === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Field 22 of /proc/PID/stat: clock ticks since boot. The command in field 2 may hold spaces and brackets: count from its last bracket. */
function fromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

function fromPs(pid: number): string | undefined {
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return started === '' ? undefined : started;
  } catch {
    return undefined;
  }
}

/** True if exactly the process that was written down is still there. */
export function isRunning(process: { pid: number; startTime: string }): boolean {
  return processStartTime(process.pid) === process.startTime;
}
