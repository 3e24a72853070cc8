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
  for (const { universe, url } of databases) {
    const wanted = wantedOf(migration, entanglement, universe);
    const problems = await hands.checkInstall(url, wanted, install).catch((cause: unknown) => {
      const text = `${universe}'s database: ${reasonOf(cause)}; nothing was changed`;
      throw new CliError(exitCodes.failed, text, { cause });
    });
    if (problems.length > 0) refused.push({ universe, problems: problems.map(shownProblem) });
  }
  if (refused.length > 0) return refused;
  const outcomes: Outcome[] = [];
  for (const { universe, url } of databases) {
    try {
      const done = await hands.installInto(url, universe, entanglement, install, migration.name);
      outcomes.push(done.length > 0 ? { universe, done } : { universe, skipped: notMeant(url) });
    } catch (cause) {
      return [...outcomes, { universe, failed: `not done: ${reasonOf(cause)}` }];
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
