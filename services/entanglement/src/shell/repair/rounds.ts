import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { MarkedKeys } from '../../core/identifiers/marked-keys.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Component } from '../../core/repair/components.ts';
import type { Plan, RowPair } from '../../core/repair/plan.ts';
import type { LookContext, Reconciler } from '../../core/repair/reconciler.ts';
import { type RepairCase, rowId } from '../../core/repair/repair-case.ts';
import { hasWord, settledBy } from '../../core/repair/verified.ts';
import { overtaken, waitsOf } from '../../core/repair/waits-of.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import type { Untouched } from './check-written.ts';
import { readEach } from './read-each.ts';
import { renameLearned } from './read-pairs.ts';
import type { RepairDatabase } from './repair-database.ts';
import type { RepairStore, StoredCase } from './repair-store.ts';
import type { Watermarks } from './watermarks.ts';

/** What a round of repairs works with. */
export interface RoundPorts {
  readonly reconciler: Reconciler;
  readonly store: RepairStore;
  readonly watermarks: Watermarks;
  readonly databases: Readonly<Record<Universe, RepairDatabase>>;
  readonly entities: readonly CompiledEntity[];
  /** By which ids are matched. */
  readonly pairs: PairSource;
  readonly keys: MarkedKeys;
  /** Prefix of the mark in the WAL. */
  readonly prefix: string;
  /** Both universes answer clients, or did a moment ago. */
  readonly both: () => boolean;
  /** Universes that answered requests of which nobody has read what they did there; none by default. */
  readonly unread?: () => Promise<ReadonlySet<Universe>>;
  /** False: the migration declares `repair: report`, now. */
  readonly mayWrite: () => boolean;
  readonly count: (
    universe: Universe,
    entity: string,
    outcome: 'repaired' | 'compensated' | 'refused',
  ) => void;
  readonly log: (line: string) => void;
  /** Says what a database would not have: there may be very many of one cause. */
  readonly refused: (line: string) => void;
}

const universes: readonly Universe[] = ['legacy', 'modern'];
/** Cases that are looked at by one reading of rows. */
const componentsARound = 32;
/** For so long the streams are waited for; a case is then looked at again later. */
const streamsWithinMs = 10_000;
const transactionWithinMs = 30_000;
/** The last look at rows that very many cases share settles all of them. */
const savedAtOnce = 2_000;
const notRead =
  'a database’s changes are not read up to now: chronos status says which, and why → it is tried again by itself once they are';
const reportOnly =
  'the migration declares repair: report since it was opened, so nothing is written → chronos verify --repair writes it';

/** One look at all that is due: rows are read once, the streams waited for once, then each component is decided and written. Resolves to how many. */
export async function round(ports: RoundPorts, signal: AbortSignal): Promise<number> {
  const { reconciler, watermarks } = ports;
  await renameLearned(ports);
  const due = reconciler.due(Date.now()).slice(0, componentsARound);
  const { read: components = [], reported = [] } = Object.groupBy(due, (component) =>
    ports.mayWrite() || isAskedFor(component) || component.cases.some(hasWord) ? 'read' : 'reported',
  );
  for (const component of reported) await postpone(ports, component, reportOnly);
  if (components.length === 0) return reported.length;
  const since = reconciler.open.now;
  const { pairs, failed } = await readEach(ports, components, (row) =>
    reconciler.open.isOpenPair(row, since),
  );
  // What is in the rows has been committed by now: both streams must have told of it.
  const seen = await watermarks.passed(Date.now() + 1, streamsWithinMs, signal);
  const unread = await ports.unread?.();
  for (const component of components) {
    if (signal.aborted) break;
    const reason = failed.get(component);
    if (reason !== undefined) {
      await postpone(ports, component, reason);
      continue;
    }
    const own = component.rows.flatMap((id) => pairs.get(id) ?? []);
    if (!seen || own.length < component.rows.length) {
      const missing = component.rows.find((id) => !pairs.has(id))?.replace('\n', ' ');
      await postpone(
        ports,
        component,
        seen ? `${missing} is of no declared entity` : undefined,
        () => notRead,
      );
      continue;
    }
    const verified = reconciler.proven(component, own, since, Date.now());
    await save(ports, verified);
    // With what is left of it, it is due anew.
    if (verified.length > 0) continue;
    if (!ports.mayWrite() && !isAskedFor(component)) await postpone(ports, component, reportOnly);
    else await settle(ports, component, own, { since, ...(unread && { unread }) });
  }
  return due.length;
}

/** Somebody asked for these rows by hand, by `chronos verify --repair`. */
function isAskedFor({ cases }: Component): boolean {
  return cases.some(({ cause }) => cause === 'verification');
}

async function settle(
  ports: RoundPorts,
  component: Component,
  pairs: readonly RowPair[],
  read: Pick<LookContext, 'since' | 'unread'>,
): Promise<void> {
  const { reconciler } = ports;
  const look = reconciler.look(component, pairs, { ...read, both: ports.both(), nowMs: Date.now() });
  if (look.type === 'busy' || look.type === 'conflict')
    return postpone(ports, component, look.plan.conflict, (each) => waitsOf(each, look.plan));
  for (const universe of universes) {
    if (look.plan.writes[universe].length === 0) continue;
    const refused = await write(ports, component, look.plan, pairs, universe);
    if (refused === 'changed') return postpone(ports, component, undefined, () => overtaken);
    if (refused !== undefined)
      return told(ports, component, () => reconciler.refused(component, Date.now(), refused));
  }
  await save(ports, reconciler.done(component, look.plan, Date.now()));
}

async function save(
  { reconciler, store }: Pick<RoundPorts, 'reconciler' | 'store'>,
  changed: readonly RepairCase[],
): Promise<void> {
  for (let at = 0; at < changed.length; at += savedAtOnce) {
    const some = changed.slice(at, at + savedAtOnce);
    await store.saveCases(() => some.map((each) => standing(reconciler, each)));
  }
}

/** Resolves to undefined once it is committed and journalled; else to why not. */
async function write(
  ports: RoundPorts,
  component: Component,
  plan: Plan,
  pairs: readonly RowPair[],
  universe: Universe,
): Promise<string | undefined> {
  const { reconciler, store, databases, entities, prefix } = ports;
  const id = randomUUID();
  const writes = plan.writes[universe];
  const progress = reconciler.afterWriting(component, plan, universe);
  let intended = false;
  try {
    const outcome = await databases[universe].write({
      universe,
      entities,
      writes,
      untouched: untouchedRows(plan, pairs, universe),
      pairs: ports.pairs,
      id,
      prefix,
      async intend(xid, changes) {
        await store.intend({ id, universe, xid, changes, progress });
        intended = true;
      },
    });
    if (outcome.type !== 'done') {
      if (intended) await store.conclude(id, 'void', () => []);
      if (outcome.type === 'changed') return 'changed';
      for (const entity of new Set(writes.map((each) => each.entity)))
        ports.count(universe, entity, 'refused');
      ports.refused(`${universe} refuses a repair: ${outcome.reason}`);
      return outcome.reason;
    }
  } catch (error) {
    // The connection broke: only the database knows.
    ports.log(`${universe}: a repair was interrupted: ${String(error)}`);
    await resolveIntents(ports);
    return 'changed';
  }
  const written = reconciler.wrote(progress);
  await store.conclude(id, 'done', () => written.map((each) => standing(reconciler, each)));
  for (const { entity, kind } of writes)
    ports.count(universe, entity, kind === 'row' ? 'repaired' : 'compensated');
  return undefined;
}

/** Rows of the plan that are right in this universe as they were read. */
function untouchedRows(plan: Plan, pairs: readonly RowPair[], universe: Universe): Untouched[] {
  const written = new Set(plan.writes[universe].map(({ entity, key }) => rowId(entity, key)));
  return pairs
    .filter(
      ({ entity, key }) => plan.proven.has(rowId(entity.name, key)) && !written.has(rowId(entity.name, key)),
    )
    .map(({ entity, key, [universe]: { values } }) => ({ entity: entity.name, key, values }));
}

/** Asks the databases what became of repairs that were about to be committed when something died. */
export async function resolveIntents(
  ports: Pick<RoundPorts, 'reconciler' | 'store' | 'databases' | 'log'>,
): Promise<void> {
  const { reconciler, store, databases, log } = ports;
  for (const intent of await store.intents()) {
    const deadline = Date.now() + transactionWithinMs;
    let fate = await databases[intent.universe].fateOf(intent.xid);
    while (fate === 'in progress' && Date.now() < deadline) {
      await delay(50);
      fate = await databases[intent.universe].fateOf(intent.xid);
    }
    if (fate === 'in progress')
      throw new Error(`the repair ${intent.id} is still open in ${intent.universe}'s database`);
    const committed = fate === 'committed';
    const written = committed ? reconciler.wrote(intent.progress) : [];
    await store.conclude(intent.id, committed ? 'done' : 'void', () =>
      written.map((each) => standing(reconciler, each)),
    );
    log(
      `the repair ${intent.id} of ${intent.universe} was ${committed ? 'committed' : 'not committed'} (${fate})`,
    );
  }
}

async function postpone(
  { reconciler, store }: RoundPorts,
  component: Component,
  refused: string | undefined,
  waits?: (each: RepairCase) => string | undefined,
): Promise<void> {
  await told({ reconciler, store }, component, () =>
    reconciler.postponed(component, Date.now(), refused, waits),
  );
}

/** Stores what cases are outstanding for, where `postponing` them has changed it. */
async function told(
  { reconciler, store }: Pick<RoundPorts, 'reconciler' | 'store'>,
  component: Component,
  postponing: () => void,
): Promise<void> {
  const before = new Map(component.cases.map(({ id }) => [id, reconciler.standing(id)?.outstanding]));
  postponing();
  const news = component.cases
    .map(({ id }) => reconciler.standing(id))
    .filter((kept) => kept !== undefined)
    .filter((kept) => kept.outstanding !== before.get(kept.case.id));
  await store.saveCases(() => news.map((kept) => standing(reconciler, kept.case)));
}

/** A case as it is to be stored now: how it stands is the reconciler's word, and what that no longer keeps is settled. */
export function standing(reconciler: Reconciler, each: RepairCase): StoredCase {
  const kept = reconciler.standing(each.id);
  if (kept === undefined) {
    // The journal has the rows of these; there may be as many as an entity has.
    const over = each.cause === 'entity' ? { ...each, rows: new Map() } : each;
    const settled = reconciler.settledCase(each.id) ?? over;
    return { case: settled, state: 'settled', reason: settled.deed?.words ?? settledBy(settled) ?? '' };
  }
  const waits = reconciler.awaitedCopy(kept.case);
  const outstanding = waits === undefined ? kept.outstanding : undefined;
  return {
    case: kept.case,
    state: outstanding === undefined ? 'open' : 'outstanding',
    reason: outstanding ?? kept.case.deed?.words ?? waits ?? '',
  };
}
