/** The `chronos` command. */
import { exitCodes } from './core/exit-codes.ts';
import { runCli } from './program.ts';
import { nodeIo } from './shell/node-io.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second time at once: the supervisor's exit hook kills what is left.
    if (interrupted.signal.aborted) process.exit(exitCodes.interrupted);
    interrupted.abort();
  });
}
// A reader that has seen enough (`chronos verdicts | head`) or a terminal that was closed is no error, but nobody is there any more.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  interrupted.abort();
});

process.exitCode = await runCli(process.argv.slice(2), nodeIo(interrupted.signal));
// What was under way when it was interrupted (a download, a call) must not keep the process alive.
if (interrupted.signal.aborted) process.exit();
