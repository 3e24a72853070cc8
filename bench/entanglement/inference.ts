import { attribute } from '@chronos/arbiter/core/effects/attribute.ts';
import type { Flights } from '@chronos/arbiter/core/effects/in-flight.ts';
import { RowPartners } from '@chronos/arbiter/core/effects/row-partners.ts';
import { StateWindow } from '@chronos/arbiter/core/effects/state-window.ts';
import { UNIVERSES, type UniverseName } from '@chronos/arbiter/core/effects/transaction.ts';
import { NO_PAIRS } from '@chronos/arbiter/core/entangled/pairs.ts';
import { change, databaseRules, transaction } from '@chronos/arbiter/testing/two-databases.ts';
import { randomNumbers } from '@chronos/traffic/core/random.ts';
import { table } from '../table.ts';

/** Who works in both universes, and which of them say so. */
interface Workload {
  readonly name: string;
  /** Universes whose service tags. */
  readonly tags: readonly UniverseName[];
  /** Requests in flight at once, on average. */
  readonly atOnce: number;
  /** So much of the requests book by a worker two seconds after the answer, which never tags; they write nothing themselves. */
  readonly byWorker: number;
}

const workloads: readonly Workload[] = [
  { name: 'tagged, an untagged worker beside', tags: UNIVERSES, atOnce: 8, byWorker: 0.5 },
  { name: 'modern tagged, legacy not', tags: ['modern'], atOnce: 8, byWorker: 0 },
  { name: 'modern tagged, legacy not, a worker', tags: ['modern'], atOnce: 8, byWorker: 0.5 },
  { name: 'untagged, one request at once', tags: [], atOnce: 0.5, byWorker: 0 },
  { name: 'untagged, eight at once', tags: [], atOnce: 8, byWorker: 0 },
  { name: 'untagged, eight at once, a worker', tags: [], atOnce: 8, byWorker: 0.5 },
];

export interface InferenceStep {
  readonly workload: string;
  /** Untagged transactions that requests made while they were asked. */
  readonly requests: number;
  /** Of these, told as some request's, and as their own's. */
  readonly inferred: number;
  readonly right: number;
  /** Untagged transactions of the worker, and those told as a request's that was in flight just then. */
  readonly worker: number;
  readonly worker_inferred: number;
}

const accounts = 20;
const durationMs = 20;
const workerAfterMs = 2_000;
const clockSkewMs = 50;

interface Work {
  readonly atMs: number;
  readonly account: number;
  readonly amount: number;
  readonly request: string;
  readonly isWorker: boolean;
}

interface Asked {
  readonly id: string;
  readonly account: number;
  readonly flights: Flights;
}

/**
 * What the arbiter infers of transactions that nobody tagged (`core/effects/attribute.ts`, as it is, on a seeded workload): counted, not timed. Whose each
 * transaction is, is known here; requests book amounts of 1 to 5 on one of twenty accounts, which they name.
 */
export function benchInference(requests: number, seed = 1): InferenceStep[] {
  return workloads.map((workload) => step(workload, requests, seed));
}

function step(workload: Workload, requests: number, seed: number): InferenceStep {
  const { asked, work } = traffic(workload, requests, randomNumbers(seed));
  const window = new StateWindow(1);
  const owners = { legacy: new Map<bigint, Work>(), modern: new Map<bigint, Work>() };
  for (const universe of UNIVERSES) commit(universe, work[universe], workload, window, owners[universe]);
  const universes = window.of('m');
  const entities = databaseRules.effects?.entities ?? new Map();
  const partners = new RowPartners(NO_PAIRS, 'm');
  // Requests are judged in the order of their ends, near enough that of their beginnings.
  for (const { id, account, flights } of asked)
    attribute(
      universes,
      {
        requestId: id,
        traceparent: '',
        flights,
        names: () => new Set([`A${account}`]),
        isSafe: false,
        waitedMs: Number.POSITIVE_INFINITY,
      },
      entities,
      partners,
    );
  const told = UNIVERSES.flatMap((universe) =>
    universes[universe]
      .committed(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
      .map(({ lsn, requestId }) => ({ requestId, work: owners[universe].get(lsn) }))
      .filter((each) => each.work?.isWorker === true || !workload.tags.includes(universe)),
  );
  const [own, worker] = [
    told.filter((each) => each.work?.isWorker === false),
    told.filter((each) => each.work?.isWorker === true),
  ];
  return {
    workload: workload.name,
    requests: own.length,
    inferred: own.filter(({ requestId }) => requestId !== '').length,
    right: own.filter((each) => each.requestId === each.work?.request).length,
    worker: worker.length,
    worker_inferred: worker.filter(({ requestId }) => requestId !== '').length,
  };
}

function traffic({ atOnce, byWorker }: Workload, requests: number, random: () => number) {
  const work: Record<UniverseName, Work[]> = { legacy: [], modern: [] };
  const asked: Asked[] = [];
  const upTo = (max: number) => Math.floor(random() * max);
  for (let n = 0; n < requests; n++) {
    const [id, account, amount] = [`request-${n}`, upTo(accounts), 1 + upTo(5)];
    const isWorker = random() < byWorker;
    const startMs = 1_000 + n * (durationMs / atOnce);
    const span = () => {
      const fromMs = startMs + random() * 2;
      return { fromMs, endMs: fromMs + durationMs * (0.5 + random()) };
    };
    const seen = { legacy: span(), modern: span() };
    for (const universe of UNIVERSES) {
      const { fromMs, endMs } = seen[universe];
      const atMs = isWorker
        ? endMs + workerAfterMs * (1 + random() / 10)
        : fromMs + (endMs - fromMs) * random();
      work[universe].push({ atMs, account, amount, request: id, isWorker });
    }
    const flight = ({ fromMs, endMs }: ReturnType<typeof span>) => ({
      fromMs: fromMs - clockSkewMs,
      toMs: endMs + clockSkewMs,
    });
    asked.push({ id, account, flights: { legacy: flight(seen.legacy), modern: flight(seen.modern) } });
  }
  return { asked, work };
}

/** In the order of their times, as a database commits them. */
function commit(
  universe: UniverseName,
  work: readonly Work[],
  { tags }: Workload,
  window: StateWindow,
  owners: Map<bigint, Work>,
): void {
  const balances = new Map<number, number>();
  for (const [at, one] of work.toSorted((a, b) => a.atMs - b.atMs).entries()) {
    const { account, amount, request, isWorker, atMs } = one;
    const before = balances.get(account) ?? 1_000;
    balances.set(account, before - amount);
    const row = (balance: number) => ({ id: `A${account}`, balance, bookings: 0, status: 'open' });
    const lsn = at + 1;
    owners.set(BigInt(lsn), one);
    const changes = [change('account', [`A${account}`], row(before), row(before - amount))];
    const isTagged = !isWorker && tags.includes(universe);
    window.observe(
      transaction({ universe, lsn, changes, committedMs: Math.round(atMs), ...(isTagged && { request }) }),
      0,
    );
  }
}

export function inferenceTable(steps: readonly InferenceStep[]): string {
  const header = [
    'inferred by the arbiter',
    'untagged',
    'inferred',
    'right',
    'wrong',
    'the worker’s',
    'told as a request’s',
  ];
  const rows = steps.map((each) => [
    each.workload,
    each.requests,
    each.inferred,
    each.right,
    each.inferred - each.right,
    each.worker,
    each.worker_inferred,
  ]);
  return table(header, rows);
}
