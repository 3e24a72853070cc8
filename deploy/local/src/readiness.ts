import { setTimeout as delay } from 'node:timers/promises';
import type { Child, Exit } from './child.ts';
import { LocalError } from './errors.ts';
import { logTail } from './log-file.ts';
import { type Part, partDefaults } from './part.ts';

const pollMs = 50;

/** Waits until the part answers as ready. Fails at once if its process ends first, and at its deadline otherwise; says where to look. */
export async function waitUntilReady(part: Part, child: Child, logPath: string): Promise<void> {
  const withinMs = part.readyWithinMs ?? partDefaults.readyWithinMs;
  const deadline = Date.now() + withinMs;
  let exit: Exit | undefined;
  child.exited.then((ended) => {
    exit = ended;
  });
  let lastError = '';
  for (;;) {
    try {
      if (await part.ready()) return;
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
    }
    if (exit !== undefined) {
      throw new LocalError(
        `${part.name} ended (${describeExit(exit)}) before it was ready; its last lines:\n${logTail(logPath)}`,
        `see ${logPath}`,
      );
    }
    if (Date.now() > deadline) {
      const why = lastError === '' ? '' : ` (last answer: ${lastError})`;
      throw new LocalError(
        `${part.name} was not ready within ${withinMs / 1000} s${why}; its last lines:\n${logTail(logPath)}`,
        `see ${logPath}`,
      );
    }
    await delay(pollMs);
  }
}

/** `exit code 1` or `signal SIGKILL`. */
export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
}
