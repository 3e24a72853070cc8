import { create } from '@bufbuild/protobuf';
import {
  ListMismatchGroupsResponseSchema,
  type MismatchGroup,
} from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { Command } from 'commander';
import { causeLines, causesOf, type ShownCause } from '../core/render/causes.ts';
import { count } from '../core/text/numbers.ts';
import { traceLink } from '../core/text/trace-link.ts';
import type { Io } from '../io.ts';
import { type Api, migrationName, traceAddress } from './api.ts';
import { apiAction } from './command.ts';
import { collect, parseLimit } from './lists.ts';

/** Causes shown unless --limit says otherwise. */
const causesDefault = 10;
/** Causes whose example is asked for its trace. */
const linksMax = 20;
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
    const links = await traceLinks(api, shown);
    print(ListMismatchGroupsResponseSchema, message, (colors) => [
      ...shown.flatMap((cause) => causeLines(cause, io.columns, colors, links.get(cause))),
      summary(causes.length, shown.length),
    ]);
  });
}

/** The first example's trace of each cause, where the server knows who shows traces; an example may be gone. */
async function traceLinks(api: Api, causes: readonly ShownCause[]): Promise<ReadonlyMap<ShownCause, string>> {
  const links = new Map<ShownCause, string>();
  const address = await traceAddress(api);
  if (address === '') return links;
  await Promise.all(
    causes.slice(0, linksMax).map(async (cause) => {
      const requestId = cause.groups[0]?.exampleRequestId ?? '';
      const response = await api.verdicts.getVerdict({ requestId }).catch(() => undefined);
      const link = traceLink(address, response?.traceId ?? '');
      if (link !== undefined) links.set(cause, link);
    }),
  );
  return links;
}

function summary(causes: number, shown: number): string {
  if (causes === 0) return 'nothing differs';
  const words = causes === 1 ? '1 cause' : `${count(causes)} causes`;
  return shown < causes ? `${words}, ${count(shown)} shown; --limit shows more` : words;
}
