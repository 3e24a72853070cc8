import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { type AddCommands, commandFiles } from './command-files.ts';
import { CliError, type ExitCode, exitCodes, exitCodesHelp } from './core/exit-codes.ts';
import type { Io } from './io.ts';
import { repositoryRoot } from './shell/state-paths.ts';

/** The whole command line: parses the arguments, runs the command, says what went wrong, and returns the exit code. */
export async function runCli(args: readonly string[], io: Io): Promise<ExitCode> {
  const program = new Command('chronos')
    .description('Move a live service from legacy to modern on evidence: mirror, compare, ramp, kill, seal.')
    .version(version())
    .showHelpAfterError('(add --help for what is accepted)')
    .addHelpText('after', `\n${exitCodesHelp}`)
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .exitOverride();
  const [name = ''] = args;
  try {
    for (const add of await loaded(name)) add(program, io);
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    // Help and --version end commander with code 0; wrong usage has been told by commander itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const failure = await failureOf(error);
    if (io.signal.aborted) return exitCodes.interrupted;
    io.err(`chronos: ${failure.message}\n`);
    return failure.exitCode;
  }
}

/** The file of the command that is called; all of them for help, completion, and a name that there is not. */
async function loaded(name: string): Promise<readonly AddCommands[]> {
  if (name === '--version' || name === '-V') return [];
  const own = commandFiles.filter(({ names }) => names.includes(name));
  return Promise.all((own.length > 0 ? own : commandFiles).map(({ load }) => load()));
}

/** What is said of whatever a command threw; its own errors need nothing of the API's code. */
async function failureOf(error: unknown): Promise<CliError> {
  if (error instanceof CliError) return error;
  const { asCliError } = await import('./commands/api.ts');
  return asCliError(error, undefined);
}

function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(repositoryRoot, 'cli/package.json'), 'utf8'),
  );
  return manifest.version;
}
