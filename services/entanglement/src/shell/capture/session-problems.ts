/** Why a stretch of capturing ends, where somebody has to do something about it. */
import { createHash } from 'node:crypto';
import { UnknownKey } from '../../core/change/entity-mapper.ts';
import type { Problem } from '../../core/change/preflight.ts';
import { mib } from '../../core/change/slot-watch.ts';
import { Stopped } from '../cdc/stopped.ts';

export function tooMuchWal(slot: string, bytes: number, limit: number): Problem {
  return {
    code: 'wal-limit',
    message: `the database keeps ${mib(bytes)} of WAL for slot ${slot}, the limit is ${mib(limit)}: the slot is dropped, before the disk fills`,
    remedy:
      'see why changes were not taken (broker, arbiter, a transaction that stays open), verify the databases (chronos verify; where modern answered clients meanwhile: chronos verify --repair --authority modern), then chronos resume; a higher limit: retained_wal_max_mib',
    passing: false,
  };
}

/** A row that does not tell its entity's key stays so however often it is read. */
export function explained(error: unknown, migration: string): unknown {
  if (!(error instanceof UnknownKey)) return error;
  return new Stopped([
    {
      code: 'unknown-key',
      message: error.message,
      remedy: `chronos entangle install -f FILE --replica-identity-full, verify the databases (chronos verify), then chronos resume ${migration}`,
      passing: false,
    },
  ]);
}

/** A table is no longer what the mapping was checked against. */
export function schemaChanged(message: string, migration: string): Problem {
  return {
    code: 'schema-changed',
    message,
    remedy: `see that the entities of the migration file still say what the columns mean, chronos apply it if you change it, then chronos resume ${migration}`,
    passing: false,
  };
}

/** What travels of a value that is too long. */
export function digest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
