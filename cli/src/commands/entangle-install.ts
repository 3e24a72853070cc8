/** `chronos entangle install`: every database is asked first what stands in the way, so that none is altered where another one refuses. */
import { type UniverseName, wantedOf } from '@chronos/entanglement/core/change/declared.ts';
import type { Problem, Wanted } from '@chronos/entanglement/core/change/preflight.ts';
import type { Install } from '@chronos/entanglement/shell/prepare-by-hand.ts';
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { type Outcome, shownProblem } from '../core/render/entangle-outcomes.ts';

export interface Database {
  readonly universe: UniverseName;
  readonly url: string;
  /** By what its URL is given, for people; undefined for a file that the migration file names. */
  readonly place?: string | undefined;
}

/** What is done to a database (`shell/prepare-by-hand.ts` of the entanglement). */
export interface Hands {
  checkInstall(url: string, wanted: Wanted, install: Install): Promise<readonly Problem[]>;
  installInto(
    url: string,
    universe: UniverseName,
    entanglement: Entanglement,
    install: Install,
    migration: string,
  ): Promise<string[]>;
}

/**
 * What was done in each, in the order of `databases`. Where one of them refuses, the problems of all of them, and nothing is done in any. What
 * fails in spite of that is the last of the outcomes: those before it were altered.
 *
 * @throws CliError where a database cannot be asked
 */
export async function installInAll(
  databases: readonly Database[],
  migration: Migration,
  entanglement: Entanglement,
  install: Install,
  hands: Hands,
): Promise<Outcome[]> {
  const refused: Outcome[] = [];
  for (const { universe, url, place } of databases) {
    const wanted = wantedOf(migration, entanglement, universe);
    const problems = await hands.checkInstall(url, wanted, install).catch((cause: unknown) => {
      const text = `${universe}'s database: ${reasonOf(cause)}; nothing was changed${remedyOf(cause, place)}`;
      throw new CliError(exitCodes.failed, text, { cause });
    });
    if (problems.length > 0) refused.push({ universe, problems: problems.map(shownProblem) });
  }
  if (refused.length > 0) return refused;
  const outcomes: Outcome[] = [];
  for (const { universe, url, place } of databases) {
    try {
      const done = await hands.installInto(url, universe, entanglement, install, migration.name);
      outcomes.push(done.length > 0 ? { universe, done } : { universe, skipped: notMeant(url) });
    } catch (cause) {
      return [...outcomes, { universe, failed: `not done: ${reasonOf(cause)}${remedyOf(cause, place)}` }];
    }
  }
  return outcomes;
}

/** None of the options is for a database of this kind. */
function notMeant(url: string): string {
  return url.startsWith('sqlite:')
    ? 'only --change-log is for a SQLite file'
    : '--change-log is for SQLite files only';
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Of a database that cannot be connected to; nothing of other failures. */
export function remedyOf(cause: unknown, place: string | undefined): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  // The network's, a wrong password, no such database, one that is starting or full.
  if (place === undefined || !/^(E[A-Z_]+|28...|3D000|57P03|53300)$/.test(code)) return '';
  return `\n  → start it, or correct its URL, which ${place} gives, and repeat the command`;
}
