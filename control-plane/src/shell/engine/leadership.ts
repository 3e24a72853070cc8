import { setTimeout } from 'node:timers/promises';
import type { Bus } from '@chronos/bus/bus.ts';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Cause } from '../../core/orchestrator/decide.ts';
import { loadMigrations } from '../store/migration-store.ts';
import { PairStore } from '../store/pair-store.ts';
import { trimVerdicts } from '../store/verdict-store.ts';
import type { Accounting } from './accounting.ts';
import type { Engine } from './engine.ts';
import { judgeFields } from './judgement/judge-fields.ts';
import { recover } from './recover.ts';
import { ensureTopics } from './rules-publisher.ts';
import { readTakenBack } from './taken-back.ts';
import type { Tasks } from './tasks.ts';
import { tick } from './tick.ts';
import { consumeVerdicts, type VerdictHandlers } from './verdict-consumer.ts';
import { newestCause } from './verdict-intake.ts';

const tickMs = 250;
const followMs = 1_000;
const saveTotalsMs = 1_000;
const trimMs = 10_000;
const retryRulesMs = 2_000;
const judgeMs = 1_000;
const overlapsMs = 1_000;
const takenBackMs = 10_000;
const ensureTopicsRetryMs = 2_000;
const unstoredPollMs = 50;

export interface LeaderParts {
  readonly engine: Engine;
  readonly bus: Bus;
  readonly accounting: Accounting;
  readonly tasks: Tasks;
  readonly onVerdicts: (fresh: readonly Verdict[]) => void;
  readonly handlers: VerdictHandlers;
}

/** What only the leading replica does: it reads verdicts, decides, deploys, keeps the books. */
export function lead(parts: LeaderParts, signal: AbortSignal): void {
  const { engine, bus, accounting, tasks } = parts;
  const causes = new Map<string, Cause>();
  const look = singleFlight(() => tick(engine, (migration, group) => causes.get(`${migration}/${group}`)));
  const handlers: VerdictHandlers = {
    ...parts.handlers,
    taken(taken, lag) {
      for (const [key, cause] of newestCause(taken.fresh)) causes.set(key, cause);
      parts.onVerdicts(taken.fresh);
      parts.handlers.taken(taken, lag);
      // A confirmed bug does not wait for the next tick.
      look().catch((error: unknown) => engine.log(`orchestrator: ${String(error)}`));
    },
  };
  tasks.run('reading verdicts', async () => {
    await topicsExist(parts, signal);
    await consumeVerdicts(engine, bus, handlers, signal);
  });
  tasks.run('recovery', () => recover(engine));
  tasks.repeat('orchestrator', tickMs, signal, look);
  tasks.repeat('storing totals', saveTotalsMs, signal, () => accounting.save());
  tasks.repeat('trimming verdicts', trimMs, signal, () => trimVerdicts(engine.database));
  tasks.repeat('judging rules', retryRulesMs, signal, () => engine.rules.retry());
  tasks.repeat('overlapping identifiers', overlapsMs, signal, () => readOverlaps(engine));
  tasks.repeat('work without requests', takenBackMs, signal, () => readTakenBack(engine));
  tasks.repeat('judging differences', judgeMs, signal, () => judgeFields(engine, signal));
}

/**
 * What the others do: they serve proxies and readers what the leader stored. The last leader goes on watching what it has in memory while
 * the database is gone: a canary must come back also then.
 */
export function follow(
  { engine, tasks }: Pick<LeaderParts, 'engine' | 'tasks'>,
  signal: AbortSignal,
  loaded: () => void,
): void {
  tasks.repeat('following', followMs, signal, async () => {
    try {
      const records = await loadMigrations(engine.database);
      if (signal.aborted || engine.world.unstoredRetreats > 0) return;
      loaded();
      engine.world.load(records);
      engine.dataPlane.publish(engine.world.all());
    } catch (error) {
      if (engine.mayRetreat()) await tick(engine, () => undefined);
      throw error;
    }
  });
}

/** Everything as it was committed last, and the proxies on it, before anything is decided. */
export async function takeOver({
  engine,
  accounting,
}: Pick<LeaderParts, 'engine' | 'accounting'>): Promise<void> {
  // A retreat made while the database was away is stored first, or it would be undone here.
  while (engine.world.unstoredRetreats > 0) await setTimeout(unstoredPollMs);
  engine.world.load(await loadMigrations(engine.database));
  await accounting.load();
  await readOverlaps(engine);
  engine.world.watchingSinceMs = engine.nowMs();
  const { problems } = engine.dataPlane.publish(engine.world.all());
  if (problems.length > 0) engine.log(`the stored state makes no valid snapshot: ${problems.join('; ')}`);
}

/** Which ids nobody can tell apart, of migrations that declare any. */
async function readOverlaps({ world, database }: Engine): Promise<void> {
  if (world.all().every(({ spec }) => spec.identifiers === undefined)) return;
  world.overlapping(await new PairStore(database).overlapping());
}

async function topicsExist({ bus, tasks }: LeaderParts, signal: AbortSignal): Promise<void> {
  const made = new AbortController();
  const done = new Promise<void>((resolve) => {
    made.signal.addEventListener('abort', () => resolve(), { once: true });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const either = AbortSignal.any([made.signal, signal]);
  tasks.repeat('making topics', ensureTopicsRetryMs, either, async () => {
    await ensureTopics(bus);
    made.abort();
  });
  await done;
}

/** Calls that come while one runs become one more run after it. */
function singleFlight(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    if (running !== undefined) {
      again = true;
      return running;
    }
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
}
