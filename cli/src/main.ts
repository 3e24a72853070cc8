/** The `chronos` command. */
import { enableCompileCache } from 'node:module';
import { compiledCodeDir } from '@chronos/local/cache-dir.ts';
import { exitCodes } from './core/exit-codes.ts';
import { READER_GONE } from './io.ts';

const interrupted = new AbortController();
/** Under npm one Ctrl-C arrives several times: from the terminal, which signals the whole group, and from each parent that passes it on. */
const sameInterruptMs = 1_000;
let interruptedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!interrupted.signal.aborted) {
      interruptedAt = performance.now();
      interrupted.abort();
    } else if (performance.now() - interruptedAt > sameInterruptMs) {
      // The second time at once: the supervisor's exit hook kills what is left.
      process.exit(exitCodes.interrupted);
    }
  });
}
// A reader that has seen enough (`chronos verdicts | head`) or a terminal that was closed is no error, but nobody is there any more.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  interrupted.abort(READER_GONE);
});

// In a kill every tenth of a second counts: what is loaded from here on is compiled once, not with each command. Where the folder cannot be
// written, it is compiled again.
enableCompileCache(compiledCodeDir);
const [{ runCli }, { nodeIo }] = await Promise.all([import('./program.ts'), import('./shell/node-io.ts')]);
process.exitCode = await runCli(process.argv.slice(2), nodeIo(interrupted.signal));
// What was under way when it was interrupted (a download, a call) must not keep the process alive.
if (interrupted.signal.aborted) process.exit();
