import { createHash, timingSafeEqual } from 'node:crypto';
import type { ArchiveService } from '@chronos/proto/chronos/v1/archive_service_pb.js';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { dumpDatabase } from '../archive/dump.ts';
import { dumpSqlite } from '../archive/sqlite-archive.ts';
import type { FindDatabase } from '../capture/captures.ts';
import { sqlitePath } from '../cdc/sqlite/database.ts';
import { universeOf } from './entangled.ts';

/** ArchiveService; only a caller with the token gets a database. */
export function archiveService(databaseOf: FindDatabase, token: string): ServiceImpl<typeof ArchiveService> {
  return {
    async *dumpDatabase({ migration, universe: wanted }, { requestHeader, signal }) {
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
      const path = sqlitePath(access.url);
      for await (const part of path === undefined ? dumpDatabase(access.url) : dumpSqlite(path)) {
        if (signal.aborted) return;
        yield part;
      }
    },
  };
}

/** In a time that tells nothing of either. */
function isSame(given: string, right: string): boolean {
  const sum = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(sum(given), sum(right));
}
