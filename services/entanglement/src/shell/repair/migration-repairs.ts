import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import { RepairPolicy } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Copy } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { type MigrationState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import type { UnattributedChange, Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { MarkedKeys } from '../../core/identifiers/marked-keys.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { clockSkewMs, effectsWithinMs } from '../../core/quiet.ts';
import { caseOfRows, casesOfChange, casesOfUnjudged, type Home } from '../../core/repair/case-of-change.ts';
import { caseOfVerdict, universeOf } from '../../core/repair/case-of-verdict.ts';
import { homeOf } from '../../core/repair/home.ts';
import type { HomeHistory, HomeThen } from '../../core/repair/home-history.ts';
import { OpenRows, type OpenWork } from '../../core/repair/open-rows.ts';
import { Reconciler } from '../../core/repair/reconciler.ts';
import { other, type RepairCase } from '../../core/repair/repair-case.ts';
import { type UnreadSpan, unreadAnswers, unreadWords } from '../../core/repair/unread.ts';
import type { Verified } from '../../core/repair/verified.ts';
import { aboutOf, wholeEntities } from '../../core/repair/whole-entity.ts';
import { AwaitedCopy } from './awaited-copy.ts';
import { RepairLoop, type RepairTools } from './repair-loop.ts';
import type { StoredCase } from './repair-store.ts';
import { standing } from './rounds.ts';
import { type SettleRows, settleRows } from './settle-rows.ts';
import type { SkimmedUpdate } from './skim-update.ts';
import { Watermarks } from './watermarks.ts';

/** A transaction without a verdict is no longer waited for: more than a request's deadline and the work after its answer. */
const expiresAfterMs = 60_000;
const lookMs = 50;
const requestedWithinMs = 60_000;

/** A migration as it stands, and who was home in it when. */
export interface Followed {
  readonly state: MigrationState;
  readonly homes: HomeHistory;
}

export interface MigrationRepairsOptions extends RepairTools {
  readonly partitions: number;
  /** The newest copy, if it did not come to its end. */
  readonly openCopy: () => Promise<Copy | undefined>;
  /** What was committed and lost unread, and is not proven equal. */
  readonly unread: () => Promise<readonly UnreadSpan[]>;
}

/** One migration's repairs: what is told of its databases goes in, its rows are kept equal. */
export class MigrationRepairs {
  readonly #options: MigrationRepairsOptions;
  readonly #reconciler = new Reconciler(new OpenRows({ expiresAfterMs }));
  readonly #watermarks: Watermarks;
  readonly #stopping = new AbortController();
  /** Taken in and not stored yet, by id; as it stands when it is stored. */
  readonly #unsaved = new Map<string, () => StoredCase>();
  readonly #awaited: AwaitedCopy;
  #awaitedNow = '';
  #state: MigrationState;
  #homes: HomeHistory;
  #keys: MarkedKeys;
  #running: Promise<unknown> | undefined;

  constructor({ state, homes }: Followed, options: MigrationRepairsOptions) {
    this.#state = state;
    this.#homes = homes;
    this.#keys = new MarkedKeys(state.spec?.entanglement?.entities);
    this.#options = options;
    this.#awaited = new AwaitedCopy(() => this.#state);
    this.#watermarks = new Watermarks(options.partitions);
  }

  /** Cases that are not settled, and how many of them are outstanding. */
  get figures(): { readonly open: number; readonly outstanding: number } {
    const outstanding = this.#reconciler.cases.filter((kept) => kept.outstanding !== undefined).length;
    return { open: this.#reconciler.cases.length - outstanding, outstanding };
  }

  take({ state, homes }: Followed): void {
    this.#state = state;
    this.#homes = homes;
    this.#keys = new MarkedKeys(state.spec?.entanglement?.entities);
  }

  /** What was left open by the process before this one. */
  async restore(): Promise<void> {
    for (const { case: each, state, reason } of await this.#options.store.recent())
      this.#reconciler.restore(each, state === 'outstanding' ? reason : undefined, Date.now());
    const copy = await this.#options.openCopy();
    if (copy !== undefined) this.#awaited.left(copy);
    this.#awaitCopy();
  }

  /** A copy begins: nothing is carried over into tables that it is still filling. `copy` goes on changing until its end. */
  copying(copy: () => Copy): void {
    this.#awaited.began(copy);
    this.#awaitCopy();
  }

  start(): void {
    const loop = new RepairLoop({
      ...this.#options,
      reconciler: this.#reconciler,
      watermarks: this.#watermarks,
      spec: () => this.#state.spec,
      home: () => this.#home(),
      unread: () => this.#unread(),
      keys: () => this.#keys,
      takeExpired: () => this.#takeExpired(),
      awaited: this.#awaited,
      settle: this.#settleRows(),
    });
    this.#running ??= loop.run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    const { legacy, modern } = this.#options.databases;
    await Promise.all([legacy.close(), modern.close()]);
  }

  changed(
    { universe, what }: SkimmedUpdate,
    place: { readonly partition: number; readonly offset: bigint },
  ): void {
    const side = universeOf(universe);
    if (what.case === 'watermark') this.#watermarks.take(side, place.partition, what.value);
    if (what.case !== 'transaction') return;
    const { attribution, requestId, commitLsn, committedAt, changes, part } = what.value;
    // Our own writes bring nobody's work with them.
    if (attribution === Attribution.REPAIR || attribution === Attribution.COPY) return;
    const committedMs = committedAt === undefined ? Date.now() : timestampMs(committedAt);
    this.#reconciler.open.seen(
      { universe: side, lsn: commitLsn, part, committedMs, requestId, rows: changes },
      Date.now(),
    );
  }

  /** Known already: judged before this process began. */
  remember(verdict: Verdict): void {
    this.#close(verdict);
  }

  judged(verdict: Verdict): void {
    const work = this.#close(verdict);
    const group = this.#state.groups.find(({ name }) => name === verdict.group);
    const clientsOnModern = group?.stage === Stage.CANARY || group?.stage === Stage.SWAPPED;
    this.#take(caseOfVerdict(verdict, work, { clientsOnModern, nowMs: Date.now(), keys: this.#keys }));
  }

  unattributed(change: UnattributedChange): void {
    const id = `tx:${universeOf(change.universe)}:${change.commitLsn}`;
    const work = this.#reconciler.open.judged(id, Date.now());
    const home = this.#homeOfChange(change);
    for (const each of casesOfChange(change, work, { ...home, keys: this.#keys }, Date.now()))
      this.#take(each);
  }

  /**
   * Makes rows equal that somebody found different. Resolves to true once they are; else to what they still wait for after a minute: it goes on with them.
   *
   * @throws Error with the reason when a database refuses, or nobody knows who is right; the signal's at once: what was taken in goes on by itself.
   */
  async request(
    rows: readonly { readonly entity: string; readonly key: string }[],
    signal: AbortSignal,
  ): Promise<boolean | string> {
    signal.throwIfAborted();
    const id = `verify:${randomUUID()}`;
    const { universe } = this.#home();
    if ((await this.#unread()).has(other(universe))) throw new Error(unreadWords(other(universe)));
    this.#take(caseOfRows(id, rows, universe, Date.now()));
    (await this.save())();
    const deadline = Date.now() + requestedWithinMs;
    while (Date.now() < deadline && !this.#stopping.signal.aborted) {
      const kept = this.#reconciler.standing(id);
      if (kept === undefined) return true;
      if (kept.outstanding !== undefined) throw new Error(kept.outstanding);
      await delay(lookMs, undefined, { signal });
    }
    const waits = this.#reconciler.waitsFor(id);
    if (waits === undefined) return true;
    return `not within ${requestedWithinMs / 1_000} s: ${waits}`;
  }

  /** To be called before a verification reads its first row; what that has found settles what there was then, as far as it is proven. */
  verifying(): (found: Verified) => Promise<void> {
    const witness = this.#reconciler.witness();
    return async (found) => {
      for (const each of this.#reconciler.verified(witness, found, Date.now()))
        this.#unsaved.set(each.id, () => standing(this.#reconciler, each));
      (await this.save())();
    };
  }

  /** Stores what was taken in. Returns what is to be called once that is committed: until then it is stored again by the next call. */
  async save(tx?: Queryable): Promise<() => void> {
    for (const each of this.#reconciler.recognised()) {
      this.#unsaved.set(each.id, () => standing(this.#reconciler, each));
      this.#options.log(`${this.#options.name}: ${each.id}: ${each.deed?.words ?? ''}`);
    }
    const saving = [...this.#unsaved];
    if (saving.length > 0)
      await this.#options.store.saveCases(() => saving.map(([, current]) => current()), tx);
    return () => {
      for (const [id, current] of saving) if (this.#unsaved.get(id) === current) this.#unsaved.delete(id);
    };
  }

  #close({ requestId, judgedAt, effects }: Verdict) {
    const judgedMs = judgedAt === undefined ? Date.now() : timestampMs(judgedAt);
    for (const { legacy, modern } of effects) {
      for (const [universe, side] of [
        ['legacy', legacy],
        ['modern', modern],
      ] as const)
        if (side?.attribution === Attribution.INFERRED || side?.attribution === Attribution.COMMENT)
          this.#reconciler.open.judged(`tx:${universe}:${side.commitLsn}`, judgedMs);
    }
    return this.#reconciler.open.judged(requestId, judgedMs);
  }

  #take(said: RepairCase | undefined): void {
    if (said === undefined) return;
    if (this.#state.spec?.entanglement?.repair === RepairPolicy.REPORT && said.cause !== 'verification') {
      const reported: StoredCase = {
        case: said,
        state: 'reported',
        reason: reportedReason(said),
      };
      this.#unsaved.set(said.id, () => reported);
      for (const { entity } of said.rows.values()) this.#options.count('', entity, 'reported');
      return;
    }
    const taken = this.#reconciler.take(said, Date.now());
    if (taken !== undefined) this.#unsaved.set(taken.id, () => standing(this.#reconciler, taken));
  }

  #home(): Home {
    return { ...homeOf(this.#state.groups.map(({ stage }) => stage)), keys: this.#keys };
  }

  async #unread(): Promise<ReadonlySet<Universe>> {
    const skewMs = clockSkewMs(this.#state.spec?.entanglement);
    return unreadAnswers(await this.#options.unread(), this.#homes, { nowMs: Date.now(), skewMs });
  }

  #homeOfChange({ universe, committedAt }: UnattributedChange): HomeThen {
    const declared = this.#state.spec?.entanglement;
    return this.#homes.at(committedAt === undefined ? Date.now() : timestampMs(committedAt), {
      skewMs: clockSkewMs(declared),
      lateMs: effectsWithinMs(declared),
      by: universeOf(universe),
    });
  }

  #homeOfWork({ transactions }: OpenWork): Home {
    const committed = transactions.map(({ committedMs }) => committedMs);
    const skewMs = clockSkewMs(this.#state.spec?.entanglement);
    return {
      ...this.#homes.between(Math.min(...committed), Math.max(...committed), { skewMs }),
      keys: this.#keys,
    };
  }

  #settleRows(): SettleRows {
    return settleRows({
      reconciler: this.#reconciler,
      take: (said) => this.#take(said),
      withdrawn: (gone) => this.#unsaved.set(gone.id, () => standing(this.#reconciler, gone)),
      save: async () => (await this.save())(),
    });
  }

  /** What nobody has judged in time. */
  async #takeExpired(): Promise<void> {
    this.#revert();
    this.#awaitCopy();
    for (const work of this.#reconciler.open.expired(Date.now()))
      for (const each of casesOfUnjudged(work, this.#homeOfWork(work), Date.now())) this.#take(each);
    (await this.save())();
  }

  #awaitCopy(): void {
    const still = this.#awaited.standing;
    const now = [...still.entities, still.why].join('\n');
    if (now === this.#awaitedNow) return;
    this.#awaitedNow = now;
    for (const each of this.#reconciler.hold(still, Date.now()))
      this.#unsaved.set(each.id, () => standing(this.#reconciler, each));
  }

  /** Where traffic has gone back to legacy, its repairs may begin. */
  #revert(): void {
    const onModern = this.#state.groups.some(
      ({ stage }) => stage === Stage.CANARY || stage === Stage.SWAPPED,
    );
    if (onModern) return;
    for (const { id } of this.#reconciler.awaitingRevert(Date.now())) this.#reconciler.reverted(id);
  }
}

/** What people are told where nothing is written. */
function reportedReason(said: RepairCase): string {
  const whole = wholeEntities(said).map(
    (row) => `; ${row.entity}: ${aboutOf(row)} → chronos verify --repair --entity ${row.entity}`,
  );
  return `the migration declares repair: report${whole.join('')}`;
}
