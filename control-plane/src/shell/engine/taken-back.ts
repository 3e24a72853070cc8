import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { MigrationRecord } from '../../core/model.ts';
import { drainMs } from './drain.ts';
import type { Engine } from './engine.ts';

/** Words for transactions whose service says which request they belong to. */
const tagging = ['tagged', 'comment'];

/** Asks what modern did without a request and was taken back, of each running migration that allows only so much of it; what cannot be asked stays as it was last known. */
export async function readTakenBack({ world, entangled, log }: Engine): Promise<void> {
  if (entangled === undefined) return;
  for (const record of world.all()) {
    const { name } = record.spec;
    if (record.spec.entanglement?.unattributedMax === undefined || !isRunning(record)) continue;
    // What the build before still does says nothing of this one: until it has ended, what was known stands.
    if (record.deployments.some(({ universe, phase }) => universe === 'modern' && phase === 'draining'))
      continue;
    try {
      const { unasked } = await entangled.repairs(name, { sinceMs: newestModernMs(record) });
      const modern = unasked.find(({ universe }) => universe === Universe.MODERN);
      const [transactions, undecided] = [Number(modern?.takenBack ?? 0n), Number(modern?.undecided ?? 0n)];
      const isAsked = transactions + undecided > 0;
      world.takenBack(name, { transactions, undecided, tags: isAsked && (await tags(entangled, name)) });
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

/** Since when all of modern's work is the newest build's: the one before goes on for a while. */
function newestModernMs(record: MigrationRecord): number {
  const served = record.deployments.filter(
    ({ universe, phase }) => universe === 'modern' && (phase === 'serving' || phase === 'stopped'),
  );
  const newest = served.findLast(({ phase }) => phase === 'serving');
  if (newest === undefined) return 0;
  const hadManaged = served.some(({ id, managed }) => managed && id !== newest.id);
  return newest.deployedAtMs + (hadManaged ? drainMs(record) : 0);
}
