/** `chronos identifiers`: which ids of either universe belong together. */
import { ListIdentifiersResponseSchema } from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import type { Command } from 'commander';
import { identifierLines } from '../core/render/identifiers.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { apiAction } from './command.ts';
import { parseLimit } from './lists.ts';

export function addIdentifiersCommand(program: Command, io: Io): void {
  const command = program
    .command('identifiers')
    .description('which ids of either universe belong together: how many pairs, conflicts, one pair')
    .argument('[name]', 'migration; may be left out if there is only one')
    .option('--bijection <name>', 'only this kind of identifiers')
    .option('--id <id>', 'what this id is called in the other universe')
    .option('-n, --limit <count>', 'conflicts of each kind, the newest', parseLimit, 20);
  apiAction<readonly [name: string | undefined]>(command, io, async (context, given) => {
    const migration = await migrationName(context.api, given);
    const {
      bijection = '',
      id = '',
      limit,
    }: { bijection?: string; id?: string; limit: number } = command.opts();
    const request = { migration, bijection, id, conflictsMax: Math.min(limit, 1_000) };
    const answer = await context.api.identifiers.listIdentifiers(request);
    context.print(ListIdentifiersResponseSchema, answer, (colors) => identifierLines(answer, id, colors));
  });
}
