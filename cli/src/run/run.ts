/** `chronos run`: everything that a migration needs, embedded. The composition root; reads like a table of contents. */
import { openSupervisor } from '@chronos/local/supervisor.ts';
import { asCliError } from '../commands/api.ts';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { endEvent } from '../core/run/story-event.ts';
import type { Io } from '../io.ts';
import { type Embedded, startEmbedded } from './embedded.ts';
import type { RunOptions } from './options.ts';
import { PartLines } from './part-lines.ts';
import { checkChosenPorts } from './ports.ts';
import { writeReport } from './report-file.ts';
import { readRunSource } from './run-source.ts';
import { Session } from './session.ts';
import { Story } from './story.ts';
import { Terminal } from './terminal.ts';

/** Runs a migration until it is interrupted, or with `exit` until it is done. Throws a CliError when it did not end well. */
export async function runMigration(options: RunOptions, io: Io): Promise<void> {
  const terminal = new Terminal(io, options.json);
  try {
    await tellMigration(options, io, terminal);
    terminal.event('done', endEvent(exitCodes.ok));
  } catch (error) {
    const { message, exitCode } = asCliError(error, undefined);
    terminal.event(message, endEvent(io.signal.aborted ? exitCodes.interrupted : exitCode));
    throw error;
  }
}

async function tellMigration(options: RunOptions, io: Io, terminal: Terminal): Promise<void> {
  const startedAt = performance.now();
  const source = await readRunSource(options, io);
  await checkChosenPorts(options.apiPort, source.migration);
  const lines = new PartLines(terminal);
  const supervisor = await openSupervisor({
    stateDir: options.stateDir,
    onEvent: (event) => lines.take(event),
  });
  const story = new Story(terminal, startedAt);
  let embedded: Embedded | undefined;
  let session: Session | undefined;
  try {
    embedded = await unlessInterrupted(
      startEmbedded({ options, source, supervisor, terminal, lines, io }),
      io.signal,
    );
    session = new Session({ options, source, supervisor, terminal, story, embedded, signal: io.signal });
    await session.run(() => lines.throwIfFailed());
  } finally {
    lines.quiet();
    await session?.close();
    terminal.close();
    await supervisor.stop();
    await embedded?.close();
    session?.readTraffic();
    story.tellTraffic();
    if (options.reportFile !== undefined) await writeReport(options.reportFile, story, terminal);
    terminal.note('stopped; nothing is left running');
  }
}

/** Work that cannot be cancelled is left behind: what it has started belongs to the supervisor, which ends it. */
async function unlessInterrupted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new CliError(exitCodes.interrupted, 'interrupted'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
