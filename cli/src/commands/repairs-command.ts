/** `chronos repairs`: what was written to keep both databases equal. */
import { ListRepairsResponseSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { Command } from 'commander';
import { repairLines } from '../core/render/repairs.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { apiAction } from './command.ts';
import { parseLimit } from './lists.ts';

export function addRepairsCommand(program: Command, io: Io): void {
  const command = program
    .command('repairs')
    .description(
      'what was written to keep both databases equal, with before and after, and what is not settled',
    )
    .argument('[name]', 'migration; may be left out if there is only one')
    .option('--request <id>', 'only what was done about this request')
    .option('-n, --limit <count>', 'the newest ones, and the oldest that are not settled', parseLimit, 20);
  apiAction<readonly [name: string | undefined]>(command, io, async (context, given) => {
    const migration = await migrationName(context.api, given);
    const { request, limit }: { request?: string; limit: number } = command.opts();
    const answer = await context.api.entanglement.listRepairs({ migration, limit, requestId: request ?? '' });
    context.print(ListRepairsResponseSchema, answer, (colors) => repairLines(answer, limit, colors, request));
  });
}
