import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { asCliError } from './commands/api.ts';
import { addCapsuleCommand } from './commands/capsule-command.ts';
import { addCompletionCommand } from './commands/completion-command.ts';
import { addDeployCommand } from './commands/deploy-command.ts';
import { addEntangleCommand } from './commands/entangle-command.ts';
import { addIdentifiersCommand } from './commands/identifiers-command.ts';
import { addJudgeCommand } from './commands/judge-command.ts';
import { addJudgementCommands } from './commands/judgement-commands.ts';
import { addMigrationCommands } from './commands/migration-commands.ts';
import { addMismatchesCommand } from './commands/mismatches-command.ts';
import { addRepairsCommand } from './commands/repairs-command.ts';
import { addSchemaCommand } from './commands/schema-command.ts';
import { addScoreCommand } from './commands/score-command.ts';
import { addCopyCommand, addVerifyCommand } from './commands/verify-command.ts';
import { addViewCommands } from './commands/view-commands.ts';
import { type ExitCode, exitCodes, exitCodesHelp } from './core/exit-codes.ts';
import type { Io } from './io.ts';
import { addRunCommand } from './run/run-command.ts';
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
  addRunCommand(program, io);
  addMigrationCommands(program, io);
  addViewCommands(program, io);
  addMismatchesCommand(program, io);
  addJudgementCommands(program, io);
  addDeployCommand(program, io);
  addEntangleCommand(program, io);
  addVerifyCommand(program, io);
  addCopyCommand(program, io);
  addRepairsCommand(program, io);
  addIdentifiersCommand(program, io);
  addCapsuleCommand(program, io);
  addScoreCommand(program, io);
  addJudgeCommand(program, io);
  addSchemaCommand(program, io);
  addCompletionCommand(program, io);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    // Help and --version end commander with code 0; wrong usage has been told by commander itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const failure = asCliError(error, undefined);
    if (io.signal.aborted) return exitCodes.interrupted;
    io.err(`chronos: ${failure.message}\n`);
    return failure.exitCode;
  }
}

function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(repositoryRoot, 'cli/package.json'), 'utf8'),
  );
  return manifest.version;
}
