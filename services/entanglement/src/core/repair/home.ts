import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { Home } from './case-of-change.ts';

/** Who is right about what no request did, by the stages of a migration's groups. */
export function homeOf(stages: readonly Stage[]): Home {
  const answering = stages.filter((stage) => stage !== Stage.DRAFT && stage !== Stage.UNSPECIFIED);
  const swapped = answering.filter((stage) => stage === Stage.SWAPPED || stage === Stage.SEALED);
  const all = answering.length > 0 && swapped.length === answering.length;
  return {
    universe: all ? 'modern' : 'legacy',
    both: !all && (swapped.length > 0 || answering.includes(Stage.CANARY)),
  };
}
