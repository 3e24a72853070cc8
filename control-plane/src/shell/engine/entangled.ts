import { type Timestamp, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ArchiveService, DumpTrial } from '@chronos/proto/chronos/v1/archive_service_pb.js';
import {
  EntanglementService,
  type EntanglementState,
  type ListRepairsResponse,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import type { ArchiveTrial } from '../../core/seal/archive-trial.ts';
import type { DumpPart } from '../capsule/archive-database.ts';
import { archiveToken } from '../capsule/archive-token.ts';

/** What starting, deploying and sealing ask of the process that knows both databases. */
export interface Entangled {
  state(migration: string): Promise<EntanglementState>;
  startVerification(migration: string, actor: string): Promise<void>;
  /**
   * What is not settled (with `openedSince` of what was opened since), the oldest first, and the newest repair; with `sinceMs` what was done without
   * requests since then, at most a day back.
   */
  repairs(migration: string, asked?: RepairsAsked): Promise<ListRepairsResponse>;
  /** What is not settled, and so many of the newest repairs. */
  journal(migration: string, limit: number): Promise<ListRepairsResponse>;
  /** Whether what `dump` gives could be opened. */
  tryDump(migration: string): Promise<ArchiveTrial>;
  /** Legacy's whole database. */
  dump(migration: string, signal: AbortSignal): AsyncIterable<DumpPart>;
}

export interface RepairsAsked {
  readonly sinceMs?: number;
  readonly openedSince?: Timestamp | undefined;
}

const answerWithinMs = 10_000;
/** It makes a database, and everything of legacy's in it but the rows. */
const triedWithinMs = 60_000;

const outcomes: Partial<Record<DumpTrial, ArchiveTrial['outcome']>> = {
  [DumpTrial.OPENED]: 'opened',
  [DumpTrial.FAILED]: 'failed',
};

export function entangledAt(address: string, maskingKey: string | undefined): Entangled {
  const transport = createConnectTransport({ baseUrl: `http://${address}`, httpVersion: '1.1' });
  const service = createClient(EntanglementService, transport);
  const archive = createClient(ArchiveService, transport);
  const within = { timeoutMs: answerWithinMs };
  const authorized = () => {
    if (maskingKey === undefined)
      throw new Error('legacy cannot be archived: CHRONOS_MASKING_KEY is not set at the control plane');
    return { authorization: `Bearer ${archiveToken(maskingKey)}` };
  };
  const legacyOf = (migration: string) => ({ migration, universe: Universe.LEGACY });
  return {
    state: (migration) => service.getEntanglement({ migration }, within),
    async startVerification(migration, actor) {
      await service.startVerification({ migration, actor }, within);
    },
    repairs: (migration, { sinceMs, openedSince } = {}) =>
      service.listRepairs(
        {
          migration,
          limit: 1,
          ...(sinceMs !== undefined && { since: timestampFromMs(sinceMs) }),
          ...(openedSince && { openedSince }),
        },
        within,
      ),
    journal: (migration, limit) => service.listRepairs({ migration, limit }, within),
    async tryDump(migration) {
      const { trial, reason, leftOut } = await archive.tryDump(legacyOf(migration), {
        headers: authorized(),
        timeoutMs: triedWithinMs,
      });
      return { outcome: outcomes[trial] ?? 'not-tried', reason, leftOut };
    },
    dump: (migration, signal) => archive.dumpDatabase(legacyOf(migration), { headers: authorized(), signal }),
  };
}
