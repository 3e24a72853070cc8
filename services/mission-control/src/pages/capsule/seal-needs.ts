import { type MigrationState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';

/** What sealing waits for, and what of it is there. */
export function sealNeeds({ groups }: MigrationState): { readonly need: string; readonly met: boolean }[] {
  const started = groups.some(({ stage }) => stage > Stage.DRAFT);
  const all =
    groups.length > 0 && groups.every(({ stage }) => stage === Stage.SWAPPED || stage === Stage.SEALED);
  const stay = groups
    .filter(({ stayOnLegacy, shadowOnly }) => stayOnLegacy || shadowOnly)
    .map(({ name }) => name);
  return [
    { need: 'the migration is started', met: started },
    { need: 'modern answers every client of every route (Hot-Swap)', met: all },
    ...(stay.length === 0 ? [] : [{ need: `no route stays on legacy (${stay.join(', ')})`, met: false }]),
    { need: 'an operator seals it', met: false },
  ];
}
