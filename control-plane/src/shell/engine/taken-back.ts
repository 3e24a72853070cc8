import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { MigrationRecord } from '../../core/model.ts';
import type { Engine } from './engine.ts';

/** Words for transactions whose service says which request they belong to. */
const tagging = ['tagged', 'comment'];

/** Asks what modern did without a request and was taken back, of each running migration that allows only so much of it; what cannot be asked stays as it was last known. */
export async function readTakenBack({ world, entangled, log }: Engine): Promise<void> {
  if (entangled === undefined) return;
  for (const record of world.all()) {
    const { name } = record.spec;
    if (record.spec.entanglement?.unattributedMax === undefined || !isRunning(record)) continue;
    try {
      const { unasked } = await entangled.repairs(name, newestModernMs(record));
      const transactions = Number(
        unasked.find(({ universe }) => universe === Universe.MODERN)?.takenBack ?? 0n,
      );
      world.takenBack(name, { transactions, tags: transactions > 0 && (await tags(entangled, name)) });
    } catch (error) {
      log(`${name}: what modern did without requests is not known: ${String(error)}`);
    }
  }
}

async function tags(entangled: NonNullable<Engine['entangled']>, name: string): Promise<boolean> {
  const { captures } = await entangled.state(name);
  const modern = captures.find(({ universe }) => universe === Universe.MODERN);
  return tagging.some((word) => (modern?.attributed[word] ?? 0n) > 0n);
}

function isRunning({ groups, sealed }: MigrationRecord): boolean {
  const stages = [...groups.values()].map(({ state }) => state.stage);
  return sealed === undefined && stages.some((stage) => stage !== 'draft' && stage !== 'killed');
}

/** What an earlier build did says nothing of this one. */
function newestModernMs({ deployments }: MigrationRecord): number {
  return (
    deployments.findLast(({ universe, phase }) => universe === 'modern' && phase === 'serving')
      ?.deployedAtMs ?? 0
  );
}
