/** `chronos resume`, which says itself when the changes of a database are still not read: the migration would only be paused anew. */
import { setTimeout as delay } from 'node:timers/promises';
import type { EntanglementState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { ResumeMigrationResponseSchema } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Command } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { statusLines } from '../core/render/status.ts';
import { printable } from '../core/text/cells.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { grouped, groupOf, named } from './arguments.ts';
import { apiAction, type CommandContext } from './command.ts';

const askWithinMs = 2_000;
/** The captures hear of people's word within seconds, open their databases anew (a slot that is made waits 15 s for open transactions), and read a heartbeat back. */
const readWithinMs = 25_000;
const lookMs = 200;

export function addResume(program: Command, io: Io): void {
  const command = grouped(named(program, 'resume', 'let the weight move again')).addHelpText(
    'after',
    `
Where the migration was paused because the changes of a database are not read, it waits until they are: at most 25 s, then it fails and says why.`,
  );
  apiAction<readonly [name: string | undefined]>(command, io, async (context, given) => {
    const name = await migrationName(context.api, given);
    const before = await captures(context, name);
    const response = await context.api.migrations.resumeMigration({
      name,
      group: groupOf(command),
      actor: io.actor,
    });
    const { state } = response;
    context.print(ResumeMigrationResponseSchema, response, (colors) =>
      state === undefined ? [] : statusLines(state, io.columns, colors),
    );
    if (before === undefined || before.every(({ ready }) => ready)) return;
    const waiting = before.filter(({ ready }) => !ready).map(sideName);
    if (!context.json) io.out(`waiting until ${waiting.join('’s and ')}’s changes are read again …\n`);
    const unread = await stillUnread(context, name, before);
    const lines = unread.map(
      (each) =>
        `  ${sideName(each)}: ${printable(each.pauseReason) || 'its stream has only begun → chronos status says when it is read'}\n`,
    );
    if (unread.some(({ pauseReason }) => pauseReason !== ''))
      throw new CliError(
        exitCodes.failed,
        `resumed, but what requests do is not compared, for not all changes are read\n${lines.join('').trimEnd()}`,
      );
    if (!context.json) io.out(unread.length === 0 ? 'all changes are read again\n' : lines.join(''));
  });
}

const sideName = ({ universe }: Captures[number]) => (universe === Universe.MODERN ? 'modern' : 'legacy');

type Captures = EntanglementState['captures'];

/** Undefined: the migration leaves databases alone, or nobody knows; resuming does not depend on it. */
async function captures({ api }: CommandContext, migration: string): Promise<Captures | undefined> {
  const state = await api.entanglement
    .getEntanglement({ migration }, { timeoutMs: askWithinMs })
    .catch(() => undefined);
  return state?.captures;
}

/** Those that are still not read once each is, or one says something new of why it is paused, or the time is over. */
async function stillUnread(context: CommandContext, migration: string, before: Captures): Promise<Captures> {
  const { signal } = context.io;
  const untilMs = performance.now() + readWithinMs;
  let unread: Captures = before.filter(({ ready }) => !ready);
  for (; performance.now() < untilMs && !signal.aborted; ) {
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
    const now = await captures(context, migration);
    if (now === undefined) continue;
    unread = now.filter(({ ready }) => !ready);
    const isAnother = ({ universe, paused, pauseReason }: Captures[number]) =>
      paused && before.find((each) => each.universe === universe)?.pauseReason !== pauseReason;
    if (unread.length === 0 || unread.some(isAnother)) break;
  }
  return unread;
}
