/** Commands that change a migration: apply, start, pause, resume, weight, kill, seal. */
import {
  ApplyMigrationResponseSchema,
  KillMigrationResponseSchema,
  type MigrationState,
  PauseMigrationResponseSchema,
  SealMigrationResponseSchema,
  SetWeightResponseSchema,
  StartMigrationResponseSchema,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { type Command, InvalidArgumentError } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { afterKillLines } from '../core/render/repairs.ts';
import { statusLines } from '../core/render/status.ts';
import { printable } from '../core/text/cells.ts';
import { count, percent, span } from '../core/text/numbers.ts';
import type { Palette } from '../core/text/palette.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { grouped, groupOf, named } from './arguments.ts';
import { apiAction, type CommandContext } from './command.ts';
import { addResume } from './resume-command.ts';

const booksWithinMs = 2_000;

type NameArgument = readonly [name: string | undefined];

export function addMigrationCommands(program: Command, io: Io): void {
  addApply(program, io);
  addStart(program, io);
  addPause(program, io);
  addResume(program, io);
  addWeight(program, io);
  addKill(program, io);
  addSeal(program, io);
}

function addApply(program: Command, io: Io): void {
  const command = program
    .command('apply')
    .description('create a migration from its file, or replace its specification');
  command.requiredOption('-f, --file <file>', 'the migration file');
  apiAction(command, io, async (context) => {
    const { file }: { file: string } = command.opts();
    // Loaded here: the other commands do without the reader of the file and what checks it.
    const { readMigrationSource } = await import('./migration-source.ts');
    const source = await readMigrationSource(io, file);
    const response = await context.api.migrations.applyMigration({
      spec: source.migration,
      descriptorSets: [...source.descriptorSets],
      actor: io.actor,
    });
    context.print(ApplyMigrationResponseSchema, response, (colors) => [
      response.changed
        ? `${colors.good('applied')} ${source.migration.name}, revision ${response.state?.revision ?? 0n}`
        : `${source.migration.name} is already in force as the file says`,
    ]);
  });
}

function addStart(program: Command, io: Io): void {
  const command = grouped(
    named(program, 'start', 'start mirroring, or start again after a kill'),
  ).addHelpText(
    'after',
    `
With entanglement it waits until the changes of both databases are read: at most 30 s, then it fails and says which are not, why, and what to do.`,
  );
  apiAction<NameArgument>(command, io, async (context, given) => {
    const name = await migrationName(context.api, given);
    const response = await context.api.migrations.startMigration({
      name,
      group: groupOf(command),
      actor: io.actor,
    });
    context.print(StartMigrationResponseSchema, response, (colors) =>
      stateLines(context, response.state, colors),
    );
  });
}

function addPause(program: Command, io: Io): void {
  const command = grouped(named(program, 'pause', 'hold the weight where it is; kills still bite')).option(
    '--reason <text>',
    'written into the journal',
  );
  apiAction<NameArgument>(command, io, async (context, given) => {
    const name = await migrationName(context.api, given);
    const { reason = '' }: { reason?: string } = command.opts();
    const response = await context.api.migrations.pauseMigration({
      name,
      group: groupOf(command),
      actor: io.actor,
      reason,
    });
    context.print(PauseMigrationResponseSchema, response, (colors) =>
      stateLines(context, response.state, colors),
    );
  });
}

function addWeight(program: Command, io: Io): void {
  const command = program
    .command('weight')
    .description("set modern's share by hand: to a step whose evidence is there, or to less than now")
    .argument('<percent>', 'share of the customers, 0 to 100', parsePercent)
    .argument('[migration]', 'its name; may be left out if there is only one');
  apiAction<readonly [share: number, name: string | undefined]>(
    grouped(command),
    io,
    async (context, share, given) => {
      const name = await migrationName(context.api, given);
      const response = await context.api.migrations.setWeight({
        name,
        group: groupOf(command),
        percent: share,
        actor: io.actor,
      });
      context.print(SetWeightResponseSchema, response, (colors) =>
        stateLines(context, response.state, colors),
      );
    },
  );
}

function addKill(program: Command, io: Io): void {
  const command = grouped(
    named(program, 'kill', 'Kill Switch: send every client back to legacy, now'),
  ).option('--reason <text>', 'written into the journal');
  apiAction<NameArgument>(command, io, async (context, given) => {
    const name = await migrationName(context.api, given);
    const { reason = '' }: { reason?: string } = command.opts();
    const response = await context.api.migrations.killMigration({
      name,
      group: groupOf(command),
      actor: io.actor,
      reason,
    });
    const isProven = response.proxiesPending === 0 && response.probeSawLegacy;
    context.print(KillMigrationResponseSchema, response, (colors) => [
      `${colors.bad('Kill Switch')} ${name}: ${proxies(response.proxiesAcked)} ACKed within ${span(response.elapsedMs)}`,
      response.probeSawLegacy
        ? 'a probe through the proxy was answered by legacy'
        : colors.bad('no probe saw legacy'),
      ...(response.proxiesPending === 0
        ? []
        : [
            colors.bad(
              `${proxies(response.proxiesPending)} connected but without an ACK; the journal tells which: chronos decisions`,
            ),
          ]),
      ...(response.journalPending
        ? [colors.bad('Chronos’ database has not taken it into the journal yet; the kill holds all the same')]
        : []),
    ]);
    if (!context.json && response.state?.spec?.entanglement !== undefined)
      for (const line of await booksAfterKill(context, name)) io.out(`${line}\n`);
    if (!isProven)
      throw new CliError(
        exitCodes.failed,
        'the kill is not proven yet: look at chronos proxies, and throw it again',
      );
  });
}

/** The kill holds whatever this says, and is told before it is asked. */
async function booksAfterKill({ api, colors }: CommandContext, migration: string): Promise<string[]> {
  const within = { timeoutMs: booksWithinMs };
  const [state, repairs] = await Promise.all([
    api.entanglement.getEntanglement({ migration }, within).catch(() => undefined),
    api.entanglement.listRepairs({ migration, limit: 1 }, within).catch(() => undefined),
  ]);
  return afterKillLines(state, repairs, colors);
}

function addSeal(program: Command, io: Io): void {
  const command = named(
    program,
    'seal',
    'end the legacy and write the Time Capsule; there is no way back',
  ).option(
    '--accept-incomplete',
    "although the archive of legacy's database will lack something, or could not be opened",
  );
  apiAction<NameArgument>(command, io, async (context, given) => {
    const name = await migrationName(context.api, given);
    const response = await context.api.migrations.sealMigration({
      name,
      actor: io.actor,
      acceptIncompleteArchive: command.opts<{ acceptIncomplete?: boolean }>().acceptIncomplete ?? false,
    });
    context.print(SealMigrationResponseSchema, response, (colors) => [
      `${colors.good('sealed')} ${name}; Time Capsule ${printable(response.state?.sealed?.capsule ?? '')}`,
      ...response.archiveNotes.map((note) => `${colors.warn('!')} ${printable(note)}`),
    ]);
  });
}

function proxies(number: number): string {
  return `${count(number)} ${number === 1 ? 'proxy' : 'proxies'}`;
}

function stateLines(context: CommandContext, state: MigrationState | undefined, colors: Palette): string[] {
  return state === undefined ? [] : statusLines(state, context.io.columns, colors);
}

function parsePercent(text: string): number {
  const value = Number(text.replace(/ ?%$/, ''));
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > 100)
    throw new InvalidArgumentError(`accepted: a number from 0 to 100, such as ${percent(10)}`);
  return value;
}
