/** `chronos entangle check|install|remove`: prepares the databases of a migration file; the control plane is not needed. */
import { Argument, type Command, Option } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import type { Io } from '../io.ts';
import { type UniverseName, universes } from '../run/universe-databases.ts';
import { defaultStateDir } from '../shell/state-paths.ts';

const actions = ['check', 'install', 'remove'] as const;
export type Action = (typeof actions)[number];

export interface Options {
  readonly file: string;
  readonly universe?: UniverseName;
  readonly replicaIdentityFull?: boolean;
  readonly commentTriggers?: boolean;
  readonly changeLog?: boolean;
  readonly state: string;
  readonly json?: boolean;
}

export function addEntangleCommand(program: Command, io: Io): void {
  program
    .command('entangle')
    .description("check, prepare or clean the universes' databases before their changes are captured")
    .addArgument(new Argument('<action>', 'what to do').choices(actions))
    .requiredOption('-f, --file <file>', 'the migration file')
    .addOption(new Option('--universe <which>', 'only this one').choices(universes))
    .option('--replica-identity-full', 'install: ALTER TABLE … REPLICA IDENTITY FULL on the declared tables')
    .option('--comment-triggers', 'install: statement triggers that read the SQL comment of OpenTelemetry')
    .option(
      '--change-log',
      'install: the change log of a SQLite file, written by triggers on the declared tables',
    )
    .option('--state <dir>', 'state folder, for a SQLite file whose path names it', defaultStateDir)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
check changes nothing: it tells everything that stands in the way, each with its remedy; the exit code is then 1. With DATABASE_URL, the URL
of Chronos' own database, it also tells what that lacks for a seal.
install does what its options name, and nothing else; both are safe to repeat.
remove takes triggers, slot and publication that Chronos made (of a SQLite file: the change log) away, and says what stays. Databases of chronos run prepare themselves and are left alone.`,
    )
    .action(async (action: Action, options: Options) => {
      const { replicaIdentityFull, commentTriggers, changeLog } = options;
      if (action === 'install' && !replicaIdentityFull && !commentTriggers && !changeLog)
        throw new CliError(
          exitCodes.usage,
          'install what? --replica-identity-full, --comment-triggers, --change-log, or several',
        );
      // Loaded here: help does without the reader of the file and the databases' code.
      const { entangle } = await import('./entangle-databases.ts');
      await entangle(io, action, options);
    });
}
