import { createHash, timingSafeEqual } from 'node:crypto';
import { type ArchiveService, DumpTrial } from '@chronos/proto/chronos/v1/archive_service_pb.js';
import type { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { dumpDatabase } from '../archive/dump.ts';
import { dumpSqlite } from '../archive/sqlite-archive.ts';
import { type Trial, tryDump } from '../archive/try-dump.ts';
import type { FindDatabase } from '../capture/captures.ts';
import { sqlitePath } from '../cdc/sqlite/database.ts';
import { universeOf } from './entangled.ts';

/** ArchiveService; only a caller with the token gets a database. Dumps are tried in a database beside `ownUrl`'s. */
export function archiveService(
  databaseOf: FindDatabase,
  token: string,
  ownUrl: string,
): ServiceImpl<typeof ArchiveService> {
  const urlOf = (migration: string, wanted: Universe, requestHeader: Headers): string => {
    if (!isSame(requestHeader.get('authorization') ?? '', `Bearer ${token}`))
      throw new ConnectError('a dump is for the control plane only', Code.Unauthenticated);
    const universe = universeOf(wanted);
    if (universe === undefined) throw new ConnectError('name a universe', Code.InvalidArgument);
    const access = databaseOf(migration, universe);
    if (access === undefined)
      throw new ConnectError(
        `the URL of ${universe}'s database of ${migration} is not known here`,
        Code.FailedPrecondition,
      );
    return access.url;
  };
  return {
    async *dumpDatabase({ migration, universe }, { requestHeader, signal }) {
      const url = urlOf(migration, universe, requestHeader);
      const path = sqlitePath(url);
      for await (const part of path === undefined ? dumpDatabase(url) : dumpSqlite(path)) {
        if (signal.aborted) return;
        yield part;
      }
    },
    async tryDump({ migration, universe }, { requestHeader }) {
      const url = urlOf(migration, universe, requestHeader);
      // Its file is kept as it is.
      if (sqlitePath(url) !== undefined) return { trial: DumpTrial.OPENED };
      const { outcome, reason, leftOut } = await tryDump(url, ownUrl);
      return { trial: trials[outcome], reason, leftOut };
    },
  };
}

const trials: Readonly<Record<Trial['outcome'], DumpTrial>> = {
  opened: DumpTrial.OPENED,
  failed: DumpTrial.FAILED,
  'not-tried': DumpTrial.NOT_TRIED,
};

/** In a time that tells nothing of either. */
function isSame(given: string, right: string): boolean {
  const sum = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(sum(given), sum(right));
}
