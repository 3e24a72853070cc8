/** `chronos verify` and `chronos copy`: both databases of a migration, compared and filled. */
import {
  type Copy,
  CopySchema,
  JobState,
  type Verification,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { type Command, Option } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { copyLines, progressText, verificationLines } from '../core/render/verification.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { apiAction, type CommandContext } from './command.ts';
import { parseLimit } from './lists.ts';

type NameArgument = readonly [name: string | undefined];

const universes = { legacy: Universe.LEGACY, modern: Universe.MODERN } as const;

/** A line a while is enough where nobody sees it being replaced. */
const PLAIN_PROGRESS_MS = 5_000;

export function addVerifyCommand(program: Command, io: Io): void {
  const command = program
    .command('verify')
    .description('prove both databases equal, row by row, under live traffic; exit code 1 when they are not')
    .argument('[name]', 'may be left out if there is only one')
    .option('-e, --entity <name...>', 'only these entities')
    .addOption(rowsPerSecond('read no more than this from either database'))
    .option('--repair', "write the authority's rows over the other side's where they differ")
    .addOption(
      new Option('--authority <universe>', 'whose rows are right; default: who answers now').choices(
        Object.keys(universes),
      ),
    )
    .option('--resume', 'go on with the last one, if it did not end')
    .option('--last', 'show the last one, start none')
    .addOption(stop('verification'));
  apiAction<NameArgument>(command, io, async (context, given) => {
    const migration = await migrationName(context.api, given);
    const options: {
      entity?: string[];
      rowsPerSecond: number;
      repair?: boolean;
      authority?: keyof typeof universes;
      resume?: boolean;
      last?: boolean;
      stop?: boolean;
    } = command.opts();
    const { entanglement } = context.api;
    if (options.stop === true) {
      const { runningVerification } = await entanglement.getEntanglement({ migration });
      const job = await stopped(context, migration, 'verification', runningVerification?.id, () =>
        entanglement.watchVerification({ migration }, { signal: io.signal }),
      );
      context.print(VerificationSchema, job, (colors) => verificationLines(job, colors));
      return;
    }
    if (options.last !== true) {
      await entanglement.startVerification({
        migration,
        entities: options.entity ?? [],
        rowsPerSecond: options.rowsPerSecond,
        repair: options.repair === true,
        resume: options.resume === true,
        actor: io.actor,
        ...(options.authority && { authority: universes[options.authority] }),
      });
    }
    const job = await followed(
      context,
      entanglement.watchVerification({ migration }, { signal: io.signal }),
      `chronos verify --last ${migration} shows it, chronos verify --stop ${migration} ends it`,
    );
    context.print(VerificationSchema, job, (colors) => verificationLines(job, colors));
    if (job.state === JobState.DIFFERENT) await sayWhatRepairs(context, migration, options);
    failUnlessClean(job);
  });
}

/** What makes the rows equal: by what is known of the requests, and by somebody’s word where that is not all. */
async function sayWhatRepairs(
  { api, io }: CommandContext,
  migration: string,
  { repair, authority }: { readonly repair?: boolean; readonly authority?: string },
): Promise<void> {
  const command = `chronos verify ${migration} --repair`;
  if (repair !== true) io.err(`${command} makes them equal, by who answered\n`);
  if (authority !== undefined) return;
  // The rows are told already; that this is not known takes nothing from them.
  const state = await api.entanglement.getEntanglement({ migration }).catch(() => undefined);
  for (const { universe, paused } of state?.captures ?? []) {
    const name = universe === Universe.MODERN ? 'modern' : 'legacy';
    if (paused)
      io.err(
        `${name}’s changes are not read: what it answered meanwhile stays only with ${command} --authority ${name}, before chronos resume\n`,
      );
  }
}

export function addCopyCommand(program: Command, io: Io): void {
  const command = program
    .command('copy')
    .description("fill modern's empty database with legacy's rows, under live traffic")
    .argument('[name]', 'may be left out if there is only one')
    .option('--into-filled', 'modern has rows already: write over those that legacy has, too')
    .addOption(rowsPerSecond('copy no more than this'))
    .option('--resume', 'go on with the last one, if it did not end')
    .addOption(stop('copy'));
  apiAction<NameArgument>(command, io, async (context, given) => {
    const migration = await migrationName(context.api, given);
    const options: { intoFilled?: boolean; rowsPerSecond: number; resume?: boolean; stop?: boolean } =
      command.opts();
    const { entanglement } = context.api;
    if (options.stop === true) {
      const { runningCopy } = await entanglement.getEntanglement({ migration });
      const job = await stopped(context, migration, 'copy', runningCopy?.id, () =>
        entanglement.watchCopy({ migration }, { signal: io.signal }),
      );
      context.print(CopySchema, job, (colors) => copyLines(job, colors));
      return;
    }
    await entanglement.startCopy({
      migration,
      intoFilled: options.intoFilled === true,
      rowsPerSecond: options.rowsPerSecond,
      resume: options.resume === true,
      actor: io.actor,
    });
    const job = await followed(
      context,
      entanglement.watchCopy({ migration }, { signal: io.signal }),
      `chronos status ${migration} shows it, chronos copy --stop ${migration} ends it`,
    );
    context.print(CopySchema, job, (colors) => copyLines(job, colors));
    failUnlessClean(job);
  });
}

function rowsPerSecond(description: string): Option {
  return new Option('--rows-per-second <count>', description).argParser(parseLimit).default(0, 'no bound');
}

/** Starts none: excludes all that says how one is to run. */
function stop(kind: string): Option {
  return new Option(
    '--stop',
    `end the ${kind} that runs, whoever began it; --resume goes on with it`,
  ).conflicts(['entity', 'rowsPerSecond', 'repair', 'authority', 'resume', 'last', 'intoFilled']);
}

/**
 * Ends what runs, and returns how it ended.
 *
 * @throws CliError when none runs
 */
async function stopped<M extends Verification | Copy>(
  { api, io }: CommandContext,
  migration: string,
  kind: string,
  id: string | undefined,
  watch: () => AsyncIterable<M>,
): Promise<M> {
  if (id === undefined) throw new CliError(exitCodes.failed, `no ${kind} of ${migration} runs`);
  await api.entanglement.stopJob({ migration, id, actor: io.actor }).catch((error: unknown) => {
    // It has been asked to end, and does once its chunk is done; one that is not found has ended by itself.
    if (!(error instanceof ConnectError) || ![Code.DeadlineExceeded, Code.NotFound].includes(error.code))
      throw error;
  });
  const job = await lastOf(watch());
  if (job.id !== id) throw new CliError(exitCodes.failed, `another ${kind} of ${migration} runs by now`);
  return job;
}

async function lastOf<M>(messages: AsyncIterable<M>): Promise<M> {
  let last: M | undefined;
  for await (const message of messages) last = message;
  if (last === undefined) throw endedWithoutWord();
  return last;
}

function endedWithoutWord(): CliError {
  return new CliError(exitCodes.failed, 'it ended without a word; try again');
}

/** Shows how it goes on standard error, and returns how it ended. The job itself goes on when the watcher leaves. */
async function followed<M extends Verification | Copy>(
  { io, json, colors }: CommandContext,
  messages: AsyncIterable<M>,
  lookAgain: string,
): Promise<M> {
  let last: M | undefined;
  let told = 0;
  const clear = io.isTerminal && !json ? '\r\u001b[K' : '';
  // Who interrupts this has not stopped what runs in Chronos.
  io.signal.addEventListener('abort', () => io.err(`${clear}it goes on without you: ${lookAgain}\n`), {
    once: true,
  });
  for await (const message of messages) {
    last = message;
    if (json || message.state !== JobState.RUNNING) continue;
    const text = progressText(message, colors);
    if (io.isTerminal) io.err(`\r\u001b[K${text}`);
    else if (Date.now() - told >= PLAIN_PROGRESS_MS) {
      io.err(`${text}\n`);
      told = Date.now();
    }
  }
  if (clear !== '') io.err(clear);
  if (last === undefined) throw endedWithoutWord();
  return last;
}

/** What is not proven is told by the lines above; scripts learn it from the exit code. */
function failUnlessClean({ state }: Verification | Copy): void {
  if (state === JobState.CLEAN) return;
  const words: Partial<Record<JobState, string>> = {
    [JobState.DIFFERENT]: 'the databases differ',
    [JobState.UNSETTLED]: 'not proven: some rows never rested',
    [JobState.STOPPED]: 'stopped before its end',
  };
  throw new CliError(exitCodes.failed, words[state] ?? 'it did not come to its end');
}
