import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { Universe } from '../mapping/catalog.ts';

/** Who is right about what no request did. */
export interface Standing {
  /** Legacy until the hot-swap, modern from then on. */
  readonly universe: Universe;
  /** Both answer clients: a change outside of any request may belong to either's answers. */
  readonly both: boolean;
}

/** By the stages of a migration's groups. */
export function homeOf(stages: readonly Stage[]): Standing {
  const answering = stages.filter((stage) => stage !== Stage.DRAFT && stage !== Stage.UNSPECIFIED);
  const swapped = answering.filter((stage) => stage === Stage.SWAPPED || stage === Stage.SEALED);
  const all = answering.length > 0 && swapped.length === answering.length;
  return {
    universe: all ? 'modern' : 'legacy',
    both: !all && (swapped.length > 0 || answering.includes(Stage.CANARY)),
  };
}
