/** Entities that differ as a whole (emptied, or more rows changed than are kept one by one) are carried over in the background, one after the other. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Universe } from '../../core/mapping/catalog.ts';
import { inDependencyOrder } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Home } from '../../core/repair/case-of-change.ts';
import type { Reconciler } from '../../core/repair/reconciler.ts';
import type { CaseRow, RepairCase } from '../../core/repair/repair-case.ts';
import { aboutOf, emptied, type Sweep, sweepText, wholeEntities } from '../../core/repair/whole-entity.ts';
import { Pace } from '../../core/verify/pace.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import type { Sides } from '../verify/find-suspects.ts';
import { keyOf } from '../verify/side.ts';
import { entityChunks } from './entity-chunks.ts';
import type { RepairDatabase } from './repair-database.ts';
import type { RepairStore } from './repair-store.ts';
import { standing } from './rounds.ts';
import type { SettleRows } from './settle-rows.ts';

export interface EntityRepairPorts {
  readonly reconciler: Reconciler;
  readonly store: Pick<RepairStore, 'saveCases'>;
  readonly databases: Readonly<Record<Universe, Pick<RepairDatabase, 'side'>>>;
  readonly entities: readonly CompiledEntity[];
  readonly pairs: PairSource;
  readonly home: () => Home;
  readonly settle: SettleRows;
  /** The migration asks for repairs, still. */
  readonly mayWrite: () => boolean;
  readonly log: (line: string) => void;
}

/** What is compared a second, at most: the services' databases have other work. Written is as fast as repairs are. */
const rowsPerSecond = 20_000;
/** Rows of a case: they are locked and written together. */
const rowsACase = 500;
const casesAtOnce = 8;

type Pass = Sweep['pass'];

/** An entity, with the cases that say so, of one authority. */
interface Wanted {
  readonly entity: CompiledEntity;
  readonly authority: Universe;
  readonly cases: readonly RepairCase[];
}

/** Between two looks at whether there is something. */
const lookMs = 500;

/** Until `signal`; what goes wrong is said once and tried again. `ports`: undefined while there is nothing to do. */
export async function carryOverAlways(
  ports: () => EntityRepairPorts | undefined,
  signal: AbortSignal,
): Promise<void> {
  let told = '';
  for (; !signal.aborted; await delay(lookMs, undefined, { signal }).catch(() => undefined)) {
    const own = ports();
    if (own === undefined) continue;
    try {
      await carryOver(own, signal);
      told = '';
    } catch (error) {
      const line = String(error);
      if (!signal.aborted && line !== told) own.log(`carrying over waits: ${line}`);
      told = line;
    }
  }
}

/** Carries over what is outstanding now; resolves to whether there was anything that could be. */
export async function carryOver(ports: EntityRepairPorts, signal: AbortSignal): Promise<boolean> {
  const wanted = await ready(ports);
  const ordered = inDependencyOrder(ports.entities);
  for (const pass of ['remove', 'write'] as const) {
    // Children go before their parents, and come after them.
    for (const entity of pass === 'remove' ? ordered.toReversed() : ordered)
      for (const each of wanted.filter((one) => one.entity === entity))
        await goThrough(ports, each, pass, signal);
  }
  return wanted.length > 0;
}

/** What may be written, by entity; of the rest it is told why not. */
async function ready(ports: EntityRepairPorts): Promise<Wanted[]> {
  const { reconciler, entities, home } = ports;
  const wanted = new Map<string, Wanted>();
  for (const { case: each, outstanding } of reconciler.cases) {
    if (each.revertFirst) continue;
    // None of it: what is found would only wait.
    if (reconciler.awaitedCopy(each) !== undefined) continue;
    for (const row of wholeEntities(each)) {
      const entity = entities.find(({ name }) => name === row.entity);
      const why = entity === undefined ? `${row.entity} is declared no more` : refused(each, row, home());
      if (entity === undefined || why !== undefined) {
        if (outstanding !== why) await tell(ports, [each], row, why ?? '');
        continue;
      }
      // Those that are as far along; one that came up since then asks for all of it again.
      const id = [row.entity, each.authority, JSON.stringify(row.sweep)].join(' ');
      const cases = [...(wanted.get(id)?.cases ?? []), each];
      wanted.set(id, { entity, authority: each.authority, cases });
    }
  }
  return [...wanted.values()];
}

function refused({ authority, undecided }: RepairCase, row: CaseRow, home: Home): string | undefined {
  const byHand = `chronos verify --repair --entity ${row.entity} --authority legacy or modern`;
  if (undecided || home.both)
    return `${row.entity}: ${aboutOf(row)} while both universes answer clients → say whose rows are right: ${byHand}`;
  if (home.universe !== authority)
    return `${row.entity}: ${aboutOf(row)} in ${authority}, and ${home.universe} answers by now → say whose rows are right: ${byHand}`;
  return undefined;
}

/** One pass over one entity; goes on where an earlier process was. */
async function goThrough(
  ports: EntityRepairPorts,
  wanted: Wanted,
  pass: Pass,
  signal: AbortSignal,
): Promise<void> {
  const { entity, authority, cases } = wanted;
  const row = latest(ports.reconciler, wanted);
  if (row === undefined || (pass === 'remove' && row.sweep?.pass === 'write')) return;
  const sides = {
    legacy: ports.databases.legacy.side(ports.pairs),
    modern: ports.databases.modern.side(ports.pairs),
  };
  const isEmpty = !(await sides[authority].isFilled(entity));
  const about = isEmpty ? emptied : aboutOf(row);
  let sweep = row.sweep?.pass === pass ? row.sweep : await beginning(sides, wanted, pass, row.sweep);
  const pace = new Pace(rowsPerSecond);
  const say = () => tell(ports, cases, { ...row, about, sweep }, sweepText(entity.name, about, sweep));
  await say();
  for await (const chunk of entityChunks(sides, entity, sweep.from ?? undefined, sweep.expected)) {
    const found = await ofPass(sides, wanted, pass, chunk.suspects);
    await settleAll(ports, wanted, found, signal);
    const looked = sweep.looked + chunk.rows;
    sweep = { ...sweep, from: chunk.next ?? null, looked, differed: sweep.differed + found.length };
    await say();
    const restMs = pace.done(chunk.rows, looked, Date.now());
    if (restMs > 0) await delay(restMs, undefined, { signal });
  }
  if (pass === 'write') {
    ports.log(`${sweepText(entity.name, about, sweep)}: done`);
    await tell(ports, cases, { ...row, about, sweep, proven: true }, '');
  } else {
    sweep = await beginning(sides, wanted, 'write', sweep);
    await say();
  }
}

/** Several cases at once: each round of repairs waits for both streams, whatever it has to write. */
async function settleAll(
  { settle, mayWrite, reconciler }: EntityRepairPorts,
  { entity, authority }: Wanted,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const rows = keys.map((key) => ({ entity: entity.name, key }));
  const cases = Array.from({ length: Math.ceil(rows.length / rowsACase) }, (_, i) =>
    rows.slice(i * rowsACase, (i + 1) * rowsACase),
  );
  for (let at = 0; at < cases.length; at += casesAtOnce) {
    signal.throwIfAborted();
    if (reconciler.isStillCopied(entity.name))
      throw new Error(`legacy’s rows are copied into ${entity.name} now`);
    if (!mayWrite()) throw new Error('the migration declares repair: report by now');
    await Promise.all(cases.slice(at, at + casesAtOnce).map((each) => settle(each, authority, signal)));
  }
}

async function beginning(
  sides: Sides,
  { entity }: Wanted,
  pass: Pass,
  before: Sweep | undefined,
): Promise<Sweep> {
  const estimates = await Promise.all([sides.legacy.estimate(entity), sides.modern.estimate(entity)]);
  return { pass, from: null, looked: 0, expected: Math.max(...estimates), differed: before?.differed ?? 0 };
}

/** As it stands now: the pass before has moved it on. Undefined: it is settled. */
function latest(reconciler: Reconciler, { entity, cases }: Wanted): CaseRow | undefined {
  const [row] = cases.flatMap(({ id }) => {
    const kept = reconciler.standing(id)?.case;
    return kept === undefined ? [] : wholeEntities(kept).filter((own) => own.entity === entity.name);
  });
  return row;
}

/** Of the rows that differ: those that the authority does not have, or all. */
async function ofPass(
  sides: Sides,
  { entity, authority }: Wanted,
  pass: Pass,
  suspects: readonly string[],
): Promise<readonly string[]> {
  if (pass === 'write' || suspects.length === 0) return suspects;
  const there = await sides[authority].rows(entity, suspects.map(keyOf));
  return suspects.filter((key) => !there.has(key));
}

async function tell(
  { reconciler, store }: EntityRepairPorts,
  cases: readonly RepairCase[],
  row: CaseRow,
  text: string,
): Promise<void> {
  const told = cases.flatMap(({ id }) => reconciler.told(id, row, text) ?? []);
  await store.saveCases(() => told.map((each) => standing(reconciler, each)));
}
