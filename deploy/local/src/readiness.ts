import { setTimeout as delay } from 'node:timers/promises';
import type { Child, Exit } from './child.ts';
import { LocalError, messageOf } from './errors.ts';
import { logTail } from './log-file.ts';
import { type Part, partDefaults } from './part.ts';

const pollMs = 50;

/** Waits until the part answers as ready. Fails at once if its process ends first, and at its deadline otherwise; says where to look. */
export async function waitUntilReady(part: Part, child: Child, logPath: string): Promise<void> {
  const withinMs = part.readyWithinMs ?? partDefaults.readyWithinMs;
  const done = new AbortController();
  // A probe that hangs must delay neither the report of an exit nor the deadline.
  const over = Promise.race([
    child.exited,
    delay(withinMs, 'late' as const, { signal: done.signal }).catch(() => 'late' as const),
  ]);
  let lastError = '';
  const probe = async () => {
    try {
      return (await part.ready()) ? ('ready' as const) : ('not yet' as const);
    } catch (error) {
      lastError = messageOf(error);
      return 'not yet' as const;
    }
  };
  try {
    for (;;) {
      const outcome = await Promise.race([over, probe()]);
      if (outcome === 'ready') return;
      if (outcome !== 'not yet') throw notReady(part, outcome, withinMs, lastError, logPath);
      const waited = await Promise.race([over, delay(pollMs, 'waited' as const)]);
      if (waited !== 'waited') throw notReady(part, waited, withinMs, lastError, logPath);
    }
  } finally {
    done.abort();
  }
}

function notReady(
  part: Part,
  end: Exit | 'late',
  withinMs: number,
  lastError: string,
  logPath: string,
): LocalError {
  const answer = lastError === '' ? '' : ` (last answer: ${lastError})`;
  const what =
    end === 'late'
      ? `${part.name} was not ready within ${withinMs / 1000} s${answer}`
      : `${part.name} ended (${describeExit(end)}) before it was ready`;
  return new LocalError(`${what}; its last lines:\n${logTail(logPath)}`, `see ${logPath}`);
}

/** `exit code 1` or `signal SIGKILL`. */
export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
}
