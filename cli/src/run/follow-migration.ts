import { setTimeout as delay } from 'node:timers/promises';
import type { WatchMigrationResponse } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { ConnectError } from '@connectrpc/connect';
import type { Api } from '../commands/api.ts';

const reopenAfterMs = 500;

export interface FollowOptions {
  readonly api: Api;
  readonly name: string;
  readonly signal: AbortSignal;
  readonly onUpdate: (update: WatchMigrationResponse) => void;
  /** The stream broke (true) or is back (false). */
  readonly onInterruption: (isLost: boolean) => void;
}

/** Watches a migration until the signal; a stream that breaks, because the control plane was restarted say, is opened again. */
export async function followMigration({
  api,
  name,
  signal,
  onUpdate,
  onInterruption,
}: FollowOptions): Promise<void> {
  let isLost = false;
  while (!signal.aborted) {
    try {
      for await (const update of api.migrations.watchMigration({ name }, { signal })) {
        if (isLost) onInterruption(false);
        isLost = false;
        onUpdate(update);
      }
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      // It is asked again: the supervisor restarts the control plane, or gives up and ends the run.
      if (!signal.aborted && !isLost) onInterruption(true);
      isLost = true;
    }
    await delay(reopenAfterMs, undefined, { signal }).catch(() => undefined);
  }
}
