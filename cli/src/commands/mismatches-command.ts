import { create } from '@bufbuild/protobuf';
import {
  ListMismatchGroupsResponseSchema,
  type MismatchGroup,
} from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { Command } from 'commander';
import { causeLines, causesOf } from '../core/render/causes.ts';
import { count } from '../core/text/numbers.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { apiAction } from './command.ts';
import { collect, parseLimit } from './lists.ts';

/** Causes shown unless --limit says otherwise. */
const causesDefault = 10;
/** The control plane keeps no more groups of a migration. */
const groupsMax = 2_001;

/** `chronos mismatches`: what differs, by cause. */
export function addMismatchesCommand(program: Command, io: Io): void {
  const command = program
    .command('mismatches')
    .description('why modern differs: one block a cause, the most severe and newest first')
    .argument('[migration]', 'its name; may be left out if there is only one')
    .option('--deployment <id>', 'only against this deployment of modern')
    .option('-n, --limit <count>', 'how many causes', parseLimit, causesDefault);
  apiAction<readonly [name: string | undefined]>(command, io, async ({ api, print }, given) => {
    const migration = await migrationName(api, given);
    const { deployment = '', limit }: { deployment?: string; limit: number } = command.opts();
    const groups = await collect<MismatchGroup>(groupsMax, async (pageSize, pageToken) => {
      const page = await api.verdicts.listMismatchGroups({
        migration,
        modernDeployment: deployment,
        pageSize,
        pageToken,
      });
      return { items: page.groups, next: page.nextPageToken };
    });
    const causes = causesOf(groups);
    const shown = causes.slice(0, limit);
    const message = create(ListMismatchGroupsResponseSchema, {
      groups: shown.flatMap((cause) => cause.groups),
    });
    print(ListMismatchGroupsResponseSchema, message, (colors) => [
      ...shown.flatMap((cause) => causeLines(cause, io.columns, colors)),
      summary(causes.length, shown.length),
    ]);
  });
}

function summary(causes: number, shown: number): string {
  if (causes === 0) return 'nothing differs';
  const words = causes === 1 ? '1 cause' : `${count(causes)} causes`;
  return shown < causes ? `${words}, ${count(shown)} shown; --limit shows more` : words;
}
