/** What `chronos entangle` does to the databases, and what it says of them. */
import { resolve } from 'node:path';
import { wantedOf } from '@chronos/entanglement/core/change/declared.ts';
import { trialHindrance } from '@chronos/entanglement/shell/archive/try-dump.ts';
import * as hands from '@chronos/entanglement/shell/prepare-by-hand.ts';
import { removeFrom } from '@chronos/entanglement/shell/remove-by-hand.ts';
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { type Outcome, outcomeLines, shownProblem } from '../core/render/entangle-outcomes.ts';
import { palette } from '../core/text/palette.ts';
import type { Io } from '../io.ts';
import { databaseOf, type UniverseName, universes, urlPlace } from '../run/universe-databases.ts';
import type { Action, Options } from './entangle-command.ts';
import { type Database, installInAll, reasonOf, remedyOf } from './entangle-install.ts';
import { type MigrationSource, readMigrationSource } from './migration-source.ts';

/** @throws CliError where something stands in the way, or was not done; everything is told before */
export async function entangle(io: Io, action: Action, options: Options): Promise<void> {
  const source = await readMigrationSource(io, options.file);
  const { entanglement } = source.migration;
  if (entanglement === undefined)
    throw new CliError(exitCodes.usage, `${options.file} declares no entanglement: there is nothing to do`);
  const outcomes = await outcomesOf(action, options, source, entanglement);
  if (action === 'check') outcomes.push(...(await ownOutcome(io, source)));
  const text = outcomeLines(outcomes, palette(io.color))
    .map((line) => `${line}\n`)
    .join('');
  io.out(options.json === true ? `${JSON.stringify(outcomes, undefined, 2)}\n` : text);
  failWhere(outcomes, action);
}

/** @throws CliError that sums up what stands in the way, or was not done */
function failWhere(outcomes: readonly Outcome[], action: Action): void {
  const failed = outcomes.filter((outcome) => outcome.failed !== undefined).map(({ universe }) => universe);
  if (failed.length > 0 && action === 'check')
    throw new CliError(exitCodes.failed, `could not be read: ${failed.join(' and ')}; nothing was changed`);
  if (failed.length > 0) {
    const others = outcomes
      .filter(({ done = [], removed }) => done.length > 0 || removed !== undefined)
      .map(({ universe }) => universe);
    const rest = others.length > 0 ? `; in ${others.join(' and ')} it was, as told above` : '';
    throw new CliError(
      exitCodes.failed,
      `not done in ${failed.join(' and ')}${rest}\n  → correct what stands in the way and repeat the command: what is done already stays as it is`,
    );
  }
  const count = outcomes.flatMap(({ problems = [] }) => problems).length;
  if (count > 0) throw new CliError(exitCodes.failed, `${count} in the way; nothing was changed`);
}

/**
 * Whether the entities fit the databases that can be read: columns, types and keys. That they fit both is told only where nothing else stands in the way.
 *
 * @param readable databases that answered
 */
async function entitiesOutcome(
  readable: readonly Database[],
  outcomes: readonly Outcome[],
  entanglement: Entanglement,
): Promise<Outcome[]> {
  const urls = Object.fromEntries(readable.map(({ universe, url }) => [universe, url]));
  const problems = await hands.checkEntities(urls, entanglement);
  const [only] = readable.length === 1 ? readable : [];
  const universe = only?.universe ?? 'both';
  const isWhole = readable.length === 2 && outcomes.every(({ problems: found = [] }) => found.length === 0);
  return problems.length > 0 || isWhole ? [{ universe, problems: problems.map(shownProblem) }] : [];
}

/** What Chronos' own database, where it is named as its parts get it, must be able to do for a seal. */
async function ownOutcome({ env }: Io, { migration }: MigrationSource): Promise<Outcome[]> {
  const url = env.DATABASE_URL;
  if (url === undefined || !/^postgres(ql)?:/.test(url)) {
    // Of a legacy that chronos run makes, its own database is made, too.
    if (migration.legacy?.database === undefined) return [];
    const hint =
      "whether a seal can try legacy's archive before is not looked at: DATABASE_URL, the URL of Chronos' own database, is not set (its entanglement says at its start what is missing)";
    return [{ universe: 'chronos', warnings: [hint] }];
  }
  try {
    const hindrance = await trialHindrance(url);
    return hindrance === undefined
      ? []
      : [{ universe: 'chronos', warnings: [`a seal cannot try legacy's archive before: ${hindrance}`] }];
  } catch (cause) {
    throw new CliError(exitCodes.failed, `Chronos' own database (DATABASE_URL): ${reasonOf(cause)}`, {
      cause,
    });
  }
}

async function outcomesOf(
  action: Action,
  options: Options,
  source: MigrationSource,
  entanglement: Entanglement,
): Promise<Outcome[]> {
  const { migration, folder } = source;
  const asked = options.universe === undefined ? universes : [options.universe];
  const isMade = (universe: UniverseName) =>
    migration[universe]?.database === undefined && migration[universe]?.postgres !== undefined;
  const skipped = asked
    .filter(isMade)
    .map((universe): Outcome => ({ universe, skipped: 'chronos run makes and prepares it itself' }));
  // All of them before anything is done: what is missing of one must not be found when the other is altered.
  const databases = asked
    .filter((universe) => !isMade(universe))
    .map((universe): Database => {
      const places = { folder, stateDir: resolve(options.state) };
      const { url } = databaseOf(migration, universe, places, undefined);
      return { universe, url, place: urlPlace(migration, universe) };
    });
  if (action === 'install') {
    const install = {
      triggers: options.commentTriggers === true,
      fullIdentity: options.replicaIdentityFull === true,
      changeLog: options.changeLog === true,
    };
    return [...skipped, ...(await installInAll(databases, migration, entanglement, install, hands))];
  }
  const outcomes: Outcome[] = [];
  const readable: Database[] = [];
  for (const { universe, url, place } of databases) {
    const wanted = wantedOf(migration, entanglement, universe);
    try {
      if (action === 'check') {
        const { problems, warnings } = await hands.checkDatabase(url, universe, wanted, entanglement);
        outcomes.push({ universe, warnings, problems: problems.map(shownProblem) });
        readable.push({ universe, url });
      } else outcomes.push({ universe, ...(await removeFrom(url, wanted)) });
    } catch (cause) {
      const what = action === 'check' ? 'cannot be read' : 'not done';
      outcomes.push({
        universe,
        failed: `${what}: ${reasonOf(cause)}${remedyOf(cause, place)}`,
      });
    }
  }
  if (action === 'check') outcomes.push(...(await entitiesOutcome(readable, outcomes, entanglement)));
  return [...skipped, ...outcomes];
}
