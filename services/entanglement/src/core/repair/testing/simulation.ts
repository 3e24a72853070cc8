import type { Universe } from '../../mapping/catalog.ts';
import { caseOfVerdict } from '../case-of-verdict.ts';
import type { Component } from '../components.ts';
import { OpenRows } from '../open-rows.ts';
import type { Plan, RowPair } from '../plan.ts';
import { Reconciler } from '../reconciler.ts';
import { other, type RepairCase } from '../repair-case.ts';
import type { Witness } from '../verified.ts';
import { carryOut, type SimRequest } from './sim-bank.ts';
import { type SimChange, SimDatabase, simEntities } from './sim-database.ts';
import { judge } from './sim-verdict.ts';

const timings = { patienceMs: 60, outstandingAfterMs: 2_000, retryMs: 5, slowRetryMs: 50, revertWithinMs: 0 };

interface Round {
  readonly component: Component;
  readonly pairs: readonly RowPair[];
  /** Length of both logs when the rows were read: so much must be seen before anything is decided. */
  readonly read: Readonly<Record<Universe, number>>;
  readonly since: number;
  plan?: Plan;
  written: Universe[];
}

interface Intent {
  readonly cases: readonly RepairCase[];
}

/**
 * Two universes, the streams of their changes, an arbiter and the reconciler, with everything that can be interleaved interleaved as the random numbers
 * say; a crash forgets all that is not stored.
 */
export class Simulation {
  readonly db: Record<Universe, SimDatabase>;
  readonly #requests: readonly SimRequest[];
  readonly #random: () => number;
  readonly #crashes: boolean;
  readonly #both: boolean;
  readonly #verifies: boolean;
  readonly #unread: ReadonlySet<Universe>;
  readonly #todo: { readonly request: SimRequest; readonly universe: Universe }[];
  readonly #seen: Record<Universe, number> = { legacy: 0, modern: 0 };
  readonly #unjudged = new Set<SimRequest>();
  readonly #judged = new Set<string>();
  /** What outlives a crash. */
  readonly #stored = new Map<string, RepairCase>();
  #intent: Intent | undefined;
  readonly #rowsMax: number | undefined;
  #reconciler: Reconciler;
  #round: Round | undefined;
  #next = 0;
  nowMs = 1;
  repairs = 0;
  conflicts = 0;
  /** Cases that were one deed with another's. */
  recognised = 0;
  /** Cases that ended by what a verification had found. */
  verified = 0;
  #verification: Witness | undefined;

  constructor(
    rows: readonly SimChange[],
    requests: readonly SimRequest[],
    random: () => number,
    crashes: boolean,
    { rowsMax, verifies = false }: { readonly rowsMax?: number; readonly verifies?: boolean } = {},
  ) {
    this.#verifies = verifies;
    this.#rowsMax = rowsMax;
    this.#reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 1e9 }), timings, rowsMax);
    this.db = { legacy: new SimDatabase('legacy', rows), modern: new SimDatabase('modern', rows) };
    this.#requests = requests;
    this.#random = random;
    this.#crashes = crashes;
    this.#todo = [];
    this.#both = new Set(requests.map(({ authority }) => authority)).size > 1;
    const isUnread = requests.some(({ unread, authority }) => unread === true && authority === 'modern');
    this.#unread = new Set(isUnread ? ['modern'] : []);
  }

  /** Everything in any order, then quiet until nothing is left to do. Returns the cases that are still open. */
  run(): readonly RepairCase[] {
    for (let step = 0; step < 20_000 && !this.#finished(); step += 1) {
      this.nowMs += Math.floor(this.#random() * 4);
      this.#steps[Math.floor(this.#random() * this.#steps.length)]?.();
    }
    for (let step = 0; step < 600 && this.#reconciler.cases.length > 0; step += 1) {
      this.nowMs += 20;
      this.#reconcile();
    }
    return this.#reconciler.cases.map((kept) => kept.case);
  }

  readonly #steps: readonly (() => void)[] = [
    () => this.#arrive(),
    () => this.#serve(),
    () => this.#serve(),
    () => this.#stream('legacy'),
    () => this.#stream('modern'),
    () => this.#stream(this.#random() < 0.5 ? 'legacy' : 'modern'),
    () => this.#judge(),
    () => this.#judge(),
    () => this.#reconcile(),
    () => this.#reconcile(),
    () => {
      if (this.#verifies && this.#random() < 0.3) this.#verify();
    },
    () => {
      if (this.#crashes && this.#random() < 0.1) this.#crash();
    },
  ];

  #finished(): boolean {
    return this.#next === this.#requests.length && this.#todo.length === 0 && this.#unjudged.size === 0;
  }

  #arrive(): void {
    const request = this.#requests[this.#next];
    if (request === undefined || this.#todo.length > 8) return;
    this.#next += 1;
    this.#unjudged.add(request);
    this.#todo.push({ request, universe: request.authority });
    if (request.fault !== 'lost') this.#todo.push({ request, universe: other(request.authority) });
  }

  #serve(): void {
    const [task] = this.#todo.splice(Math.floor(this.#random() * this.#todo.length), 1);
    if (task === undefined) return;
    carryOut(this.db[task.universe], task.request, task.universe === 'modern', this.nowMs);
  }

  #stream(universe: Universe): void {
    const transaction = this.db[universe].log[this.#seen[universe]];
    if (transaction === undefined) return;
    this.#seen[universe] += 1;
    this.#tell(universe, transaction);
  }

  #tell(universe: Universe, transaction: SimDatabase['log'][number]): void {
    const { lsn, committedMs, requestId, changes } = transaction;
    if (requestId === '' || this.#judged.has(requestId)) return;
    if (universe === 'modern' && this.#requests.some(({ id, unread }) => id === requestId && unread)) return;
    this.#reconciler.open.seen({ universe, lsn, part: 0, committedMs, requestId, rows: changes }, this.nowMs);
  }

  /** A request is judged once both universes are done with it and both streams have passed that. */
  #judge(): void {
    const ready = [...this.#unjudged].filter(
      (request) =>
        !this.#todo.some((task) => task.request === request) &&
        (['legacy', 'modern'] as const).every(
          (universe) =>
            !this.db[universe].log
              .slice(this.#seen[universe])
              .some(({ requestId }) => requestId === request.id),
        ),
    );
    const request = ready[Math.floor(this.#random() * ready.length)];
    if (request === undefined) return;
    this.#unjudged.delete(request);
    this.#judged.add(request.id);
    const verdict = judge(request, this.db.legacy, this.db.modern);
    const work = this.#reconciler.open.judged(request.id, this.nowMs);
    const said = caseOfVerdict(verdict, work, { clientsOnModern: false, nowMs: this.nowMs });
    const taken = said === undefined ? undefined : this.#reconciler.take(said, this.nowMs);
    if (taken !== undefined) this.#stored.set(taken.id, taken);
    for (const each of this.#reconciler.recognised()) {
      this.#stored.set(each.id, each);
      this.recognised += 1;
    }
  }

  #reconcile(): void {
    if (this.#round === undefined) this.#read();
    else if (this.#round.plan === undefined) this.#decide(this.#round);
    else this.#write(this.#round, this.#round.plan);
  }

  #read(): void {
    const [component] = this.#reconciler.due(this.nowMs);
    if (component === undefined) return;
    const pairs = component.rows.flatMap((id) => {
      const [name = '', key = ''] = id.split('\n');
      const entity = simEntities.find((each) => each.name === name);
      if (entity === undefined) return [];
      return [
        { entity, key, legacy: this.db.legacy.read(name, key), modern: this.db.modern.read(name, key) },
      ];
    });
    const read = { legacy: this.db.legacy.log.length, modern: this.db.modern.log.length };
    this.#round = { component, pairs, read, since: this.#reconciler.open.now, written: [] };
  }

  #decide(round: Round): void {
    for (const universe of ['legacy', 'modern'] as const) {
      if (this.#seen[universe] >= round.read[universe]) continue;
      if (this.#finished()) this.#stream(universe);
      return;
    }
    const verified = this.#reconciler.proven(round.component, round.pairs, round.since, this.nowMs);
    for (const each of verified) this.#stored.set(each.id, each);
    this.verified += verified.length;
    if (verified.length > 0) {
      this.#round = undefined;
      return;
    }
    const look = this.#reconciler.look(round.component, round.pairs, {
      since: round.since,
      both: this.#both,
      unread: this.#unread,
      nowMs: this.nowMs,
    });
    if (look.type === 'write') {
      round.plan = look.plan;
      return;
    }
    if (look.type === 'equal') this.#over(round.component, look.plan);
    else this.#reconciler.postponed(round.component, this.nowMs, look.plan.conflict);
    if (look.type === 'conflict') this.conflicts += 1;
    this.#round = undefined;
  }

  #write(round: Round, plan: Plan): void {
    const universe = (['legacy', 'modern'] as const).find(
      (each) => plan.writes[each].length > 0 && !round.written.includes(each),
    );
    if (universe === undefined) {
      this.#over(round.component, plan);
      this.#round = undefined;
      return;
    }
    const cases = this.#reconciler.afterWriting(round.component, plan, universe);
    const outcome = this.db[universe].repair(plan.writes[universe], this.nowMs);
    if (outcome === 'changed') {
      this.#reconciler.postponed(round.component, this.nowMs);
      this.#round = undefined;
      return;
    }
    this.repairs += 1;
    this.#intent = { cases };
    // Between the commit and the note of it anything can die.
    if (this.#crashes && this.#random() < 0.2) {
      this.#crash();
      return;
    }
    this.#noted(this.#intent);
    round.written.push(universe);
  }

  #noted({ cases }: Intent): void {
    for (const each of this.#reconciler.wrote(cases)) this.#stored.set(each.id, each);
    this.#intent = undefined;
  }

  /** It begins, and some time later reads all rows at once, whoever is at work on them. */
  #verify(): void {
    const witness = this.#verification;
    this.#verification = witness === undefined ? this.#reconciler.witness() : undefined;
    if (witness === undefined) return;
    const { legacy, modern } = this.db;
    const ids = new Set([...legacy.rows(), ...modern.rows()].map(([id]) => id));
    const text = (db: SimDatabase, id: string) => {
      const [entity = '', key = ''] = id.split('\n');
      return JSON.stringify([...(db.values(entity, key) ?? [])].sort());
    };
    const found = {
      by: 'v',
      entities: new Set(simEntities.map(({ name }) => name)),
      unequal: new Set([...ids].filter((id) => text(legacy, id) !== text(modern, id))),
      made: new Set<string>(),
      isSaid: false,
    };
    for (const each of this.#reconciler.verified(witness, found, this.nowMs)) this.#stored.set(each.id, each);
  }

  #over(component: Component, plan: Plan): void {
    for (const each of this.#reconciler.done(component, plan, this.nowMs)) this.#stored.set(each.id, each);
  }

  #crash(): void {
    const intent = this.#intent;
    this.#round = undefined;
    this.#verification = undefined;
    this.#reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 1e9 }), timings, this.#rowsMax);
    for (const each of this.#stored.values()) this.#reconciler.restore(each, undefined, this.nowMs);
    for (const universe of ['legacy', 'modern'] as const)
      for (const transaction of this.db[universe].log.slice(0, this.#seen[universe]))
        this.#tell(universe, transaction);
    if (intent !== undefined) this.#noted(intent);
  }
}
