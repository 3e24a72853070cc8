/** `chronos entangle check|install|remove`: prepares the databases of a migration file; the control plane is not needed. */
import { resolve } from 'node:path';
import { wantedOf } from '@chronos/entanglement/core/change/declared.ts';
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { Argument, type Command, Option } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { palette } from '../core/text/palette.ts';
import type { Io } from '../io.ts';
import { databaseOf, type UniverseName, universes } from '../run/universe-databases.ts';
import { defaultStateDir } from '../shell/state-paths.ts';
import { type MigrationSource, readMigrationSource } from './migration-source.ts';

const actions = ['check', 'install', 'remove'] as const;
type Action = (typeof actions)[number];

interface Options {
  readonly file: string;
  readonly universe?: UniverseName;
  readonly replicaIdentityFull?: boolean;
  readonly commentTriggers?: boolean;
  readonly changeLog?: boolean;
  readonly state: string;
  readonly json?: boolean;
}

interface Shown {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** What one universe's database has to say, or both of them about the entities. */
interface Outcome {
  readonly universe: UniverseName | 'both' | 'chronos';
  readonly done?: readonly string[];
  readonly problems?: readonly Shown[];
  readonly warnings?: readonly string[];
  /** Why it was left alone. */
  readonly skipped?: string;
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
remove takes triggers, slot and publication (of a SQLite file: the change log) away. Databases of chronos run prepare themselves and are left alone.`,
    )
    .action(async (action: Action, options: Options) => {
      const source = await readMigrationSource(io, options.file);
      const { entanglement } = source.migration;
      if (entanglement === undefined)
        throw new CliError(
          exitCodes.usage,
          `${options.file} declares no entanglement: there is nothing to do`,
        );
      const { replicaIdentityFull, commentTriggers, changeLog } = options;
      if (action === 'install' && !replicaIdentityFull && !commentTriggers && !changeLog)
        throw new CliError(
          exitCodes.usage,
          'install what? --replica-identity-full, --comment-triggers, --change-log, or several',
        );
      const outcomes: Outcome[] = [];
      for (const universe of options.universe === undefined ? universes : [options.universe])
        outcomes.push(await outcomeOf(action, options, source, entanglement, universe));
      if (action === 'check' && outcomes.length === 2 && outcomes.every(isReady))
        outcomes.push(await entitiesOutcome(options, source, entanglement));
      if (action === 'check') outcomes.push(...(await ownOutcome(io, source)));
      io.out(options.json === true ? `${JSON.stringify(outcomes, undefined, 2)}\n` : told(outcomes, io));
      const count = outcomes.flatMap(({ problems = [] }) => problems).length;
      if (count > 0) throw new CliError(exitCodes.failed, `${count} in the way; nothing was changed`);
    });
}

function isReady({ problems = [], skipped }: Outcome): boolean {
  return problems.length === 0 && skipped === undefined;
}

/** Whether the entities fit both databases: columns, types and keys. */
async function entitiesOutcome(
  options: Options,
  { migration, folder }: MigrationSource,
  entanglement: Entanglement,
): Promise<Outcome> {
  const urlOf = (universe: UniverseName) =>
    databaseOf(migration, universe, { folder, stateDir: resolve(options.state) }, undefined).url;
  const { checkEntities } = await import('@chronos/entanglement/shell/prepare-by-hand.ts');
  const problems = await checkEntities({ legacy: urlOf('legacy'), modern: urlOf('modern') }, entanglement);
  return { universe: 'both', problems: problems.map(shown) };
}

/** What Chronos' own database, where it is named as its parts get it, must be able to do for a seal. */
async function ownOutcome({ env }: Io, { migration }: MigrationSource): Promise<Outcome[]> {
  const url = env.DATABASE_URL;
  if (url === undefined || !/^postgres(ql)?:/.test(url)) {
    // Of a legacy that chronos run makes, its own database is made, too.
    if (migration.legacy?.database === undefined) return [];
    const hint =
      "whether a seal can try legacy's archive before is not looked at: DATABASE_URL, the URL of Chronos' own database, is not set (its entanglement says at its start what is missing)";
    return [{ universe: 'chronos', warnings: [hint] }];
  }
  const { trialHindrance } = await import('@chronos/entanglement/shell/archive/try-dump.ts');
  try {
    const hindrance = await trialHindrance(url);
    return hindrance === undefined
      ? []
      : [{ universe: 'chronos', warnings: [`a seal cannot try legacy's archive before: ${hindrance}`] }];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(exitCodes.failed, `Chronos' own database (DATABASE_URL): ${reason}`, { cause });
  }
}

const shown = ({ code, message, remedy }: Shown): Shown => ({ code, message, remedy });

async function outcomeOf(
  action: Action,
  options: Options,
  { migration, folder }: MigrationSource,
  entanglement: Entanglement,
  universe: UniverseName,
): Promise<Outcome> {
  const declared = migration[universe];
  if (declared?.database === undefined && declared?.postgres !== undefined)
    return { universe, skipped: 'chronos run makes and prepares it itself' };
  const { url } = databaseOf(migration, universe, { folder, stateDir: resolve(options.state) }, undefined);
  const wanted = wantedOf(migration, entanglement, universe);
  // Loaded here: the other commands do without the databases' code.
  const { checkDatabase, installInto, removeFrom } = await import(
    '@chronos/entanglement/shell/prepare-by-hand.ts'
  );
  try {
    if (action === 'check') {
      const { problems, warnings } = await checkDatabase(url, universe, wanted, entanglement);
      return { universe, warnings, problems: problems.map(shown) };
    }
    if (action === 'remove') return { universe, done: await removeFrom(url, wanted) };
    const install = {
      triggers: options.commentTriggers === true,
      fullIdentity: options.replicaIdentityFull === true,
      changeLog: options.changeLog === true,
    };
    return { universe, done: await installInto(url, universe, entanglement, install, migration.name) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(exitCodes.failed, `${universe}'s database: ${reason}`, { cause });
  }
}

function readyFor(universe: Outcome['universe']): string {
  return universe === 'both' ? 'compared: the entities fit both databases' : 'captured';
}

function told(outcomes: readonly Outcome[], io: Io): string {
  const colors = palette(io.color);
  const lines = outcomes.flatMap(({ universe, done = [], problems, warnings = [], skipped }) => [
    ...(skipped === undefined ? [] : [`${universe}: left alone, ${skipped}`]),
    ...done.map((text) => `${universe}: ${colors.good('done')} ${text}`),
    ...(problems ?? []).flatMap(({ message, remedy }) => [
      `${universe}: ${colors.bad(message)}`,
      `  → ${remedy}`,
    ]),
    ...warnings.map((text) => `${universe}: ${text}`),
    ...(problems?.length === 0 ? [`${universe}: ${colors.good('ready')} to be ${readyFor(universe)}`] : []),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}
