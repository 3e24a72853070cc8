import { createHash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { notResumable, type StoppedJob } from '../../core/verify/resumable.ts';
import type { JobBase } from '../store/job-store.ts';

interface StoredBase {
  readonly ended: boolean;
  readonly position: JobBase;
}

/** A job that did not come to its end, and may go on. @throws ConnectError `failed_precondition` */
export async function stoppedJob<J extends StoredBase>(
  kind: StoppedJob['kind'],
  newest: Promise<J | undefined>,
  spec: Migration,
  nowMs: number,
): Promise<J> {
  const job = await newest;
  const refused = (why: string) => new ConnectError(`${why}; start it anew`, Code.FailedPrecondition);
  if (job === undefined || job.ended) throw refused(`${spec.name} has none that could be resumed`);
  const why = notResumable({ kind, ...job.position }, mappingOf(spec), nowMs);
  if (why !== undefined) throw refused(why);
  return job;
}

/** Changes with what the migration file says of the entities. */
export function mappingOf({ entanglement }: Migration): string {
  const bytes = entanglement === undefined ? '' : toBinary(EntanglementSchema, entanglement);
  return createHash('sha256').update(bytes).digest('hex');
}
