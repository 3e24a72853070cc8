import { fromBinary } from '@bufbuild/protobuf';
import { type Exchange, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import { EffectsState, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Held, Holding } from '../core/effects/holding.ts';
import { flightOf, wholeFlight } from '../core/effects/in-flight.ts';
import type { StateWindow } from '../core/effects/state-window.ts';
import type { Pairs } from '../core/entangled/pairs.ts';
import type { Settled } from '../core/join/join.ts';
import { mayHaveChanged, revisedVerdict } from '../core/verdict/revise.ts';
import type { RouteLabels } from '../core/verdict/route.ts';
import type { MigrationRules } from '../core/verdict/rules.ts';
import { answering, type JudgeContext, type Judgement, judgeRequest } from '../core/verdict/verdict.ts';
import { WrittenVerdicts } from '../core/verdict/written.ts';
import { codecs } from './codecs.ts';
import { type LateChange, LateChanges } from './late-changes.ts';
import type { RulesTable } from './rules-table.ts';
import type { WrittenVerdict } from './verdict-outbox.ts';

/** A verdict waits so long for a pair of identifiers that would settle it. */
export const UNLEARNED_MS = 2_000;

/** A record stands in the log no later than this after the time that it is stamped with. */
export const WRITE_SLACK_MS = 1_000;

/** All that has come is in the verdict. */
const JUDGED: ReadonlySet<EffectsState> = new Set([EffectsState.COMPARED, EffectsState.AMBIGUOUS]);

/** What the databases do, as far as it is read. */
export interface Changes {
  readonly window: StateWindow;
  /** Resolves once the changes around a request of that time are read, as far as they are there. */
  cover(requestMs: number): Promise<void>;
  /** The time up to which silence means that nothing happened. */
  clockMs(nowMs: number): number;
  /** Takes out the requests of a partition whose changes came lately, of which all has been passed. */
  takeLate(partition: number, isPassed: (committedMs: number) => boolean): LateChange[];
  /** All that has come of the request until now is in its verdict: none of it is late. */
  isJudged(partition: number, requestId: string): void;
}

export interface DeskPorts {
  readonly partition: number;
  readonly rules: RulesTable;
  readonly routes: RouteLabels;
  /** Ids of either universe that belong together. */
  readonly pairs?: Pairs;
  readonly changes: Changes;
  readonly now: () => number;
  /** Epoch milliseconds: what stood in any partition that this arbiter has by then has been read. */
  readonly readToMs: () => number;
  /** Calls `onRecord` for each verdict of this partition that was written at or after `fromMs`. */
  readonly readBack: (fromMs: number, onRecord: (record: WrittenVerdict) => void) => Promise<void>;
  /** A change came after the verdict, and did not re-open it. */
  readonly onMissed: (migration: string, reason: MissedReason) => void;
}

/** Why: the verdict is not in the log any more, as far back as is read; or the changes around it are not all known any more. */
export type MissedReason = 'forgotten' | 'incomplete';

/** A request to be judged; `final`: with what is known now. */
export interface Ended {
  readonly held: Held;
  readonly final: boolean;
}

/**
 * What one partition's requests did to the databases: holds those whose exchanges are final until both streams of changes have passed them, judges
 * them, and judges them again where a change comes later.
 */
export class EffectsDesk {
  readonly #ports: DeskPorts;
  readonly #holding = new Holding();
  readonly #written = new WrittenVerdicts();
  readonly #forgotten: LateChanges;
  /** Held requests of which a transaction of nobody may be: since when they are looked at. */
  readonly #looked = new Map<string, number>();
  /** Held requests that one like them may explain: until when all partitions must have been read. */
  readonly #unseen = new Map<string, number>();
  /** Held requests that wait for a pair of identifiers: since when. */
  readonly #unlearned = new Map<string, number>();

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.#forgotten = new LateChanges(ports);
  }

  get held(): number {
    return this.#holding.size;
  }

  get oldestOffset(): bigint | undefined {
    return this.#holding.oldestOffset;
  }

  /** A request whose exchanges are final; returns those to be judged at once: itself, where no database is looked at. */
  take(settled: Settled): Ended[] {
    const seen = answering(settled.outcome);
    const rules = this.#rulesOf(seen?.migration);
    const held = { settled, migration: seen?.migration ?? '', untilMs: 0, unsettled: false };
    if (seen === undefined || rules === undefined || seen.transport === Transport.TCP)
      return [{ held, final: true }];
    const { effects, entangled } = rules;
    if (effects !== undefined) this.#noteEnded(settled, held.migration);
    if (effects === undefined) {
      if (entangled === undefined) return [{ held, final: true }];
      return [...this.#hold(held), { held, final: false }];
    }
    const { legacy, modern } = settled.outcome;
    const flight = wholeFlight({ legacy: flightOf(legacy, effects), modern: flightOf(modern, effects) });
    return this.#hold({ ...held, untilMs: flight?.toMs ?? 0 });
  }

  /** A half of a request of a migration whose databases are looked at. */
  saw(exchange: Exchange): void {
    this.#ports.changes.window.alike.saw(exchange);
  }

  #noteEnded({ requestId, outcome }: Settled, migration: string): void {
    const { legacy, modern } = outcome;
    this.#ports.changes.window.alike.ended(requestId, legacy, modern);
    const lostReason = outcome.type === 'lost' ? outcome.reason : '';
    this.#ports.changes.window.lacked.note({ requestId, migration, legacy, modern, lostReason });
  }

  /** Returns those that must leave for it, to be judged with what is known now. */
  #hold(held: Held): Ended[] {
    return this.#holding.add(held).map((one) => ({ held: one, final: true }));
  }

  /** Held requests that both streams have passed, or whose deadline has come at `clockMs` of the log. */
  due(clockMs: number): Ended[] {
    const { window } = this.#ports.changes;
    const looksAt = (migration: string) => this.#rulesOf(migration)?.effects !== undefined;
    const isUnread = window.sinceMs === Number.POSITIVE_INFINITY;
    const clock = this.#ports.changes.clockMs(clockMs);
    return this.#holding
      .due(clock, (migration) => (looksAt(migration) ? window.passedMs(migration) : Number.POSITIVE_INFINITY))
      .filter(({ held }) => !(isUnread && looksAt(held.migration)))
      .map(({ held, late }) => ({ held, final: late }));
  }

  /** undefined: what others commit, or a pair of identifiers that is not learned yet, may still explain it, and there is time left. */
  judge({ held, final }: Ended, nowMs: number): Judgement | undefined {
    const { settled, migration, untilMs } = held;
    const { window } = this.#ports.changes;
    if (!final && this.#isUnseen(settled.requestId)) return undefined;
    const passed = window.passedMs(migration) >= untilMs;
    const sinceMs = this.#looked.get(settled.requestId) ?? nowMs;
    const waitedMs = final ? undefined : nowMs - sinceMs;
    const judgement = judgeRequest(settled, this.#context(this.#rulesOf(migration), passed, nowMs, waitedMs));
    if (!final && judgement.mayBeOwn) {
      this.#looked.set(settled.requestId, sinceMs);
      return undefined;
    }
    if (!final && (judgement.maySettle || this.#mayBeLearned(settled, judgement, nowMs))) return undefined;
    if (!final && judgement.mayBeAlike && !this.#unseen.has(settled.requestId)) {
      // In another partition, which is read by itself: as soon as a client can ask again, the first half of it is on its way there.
      this.#unseen.set(settled.requestId, untilMs + WRITE_SLACK_MS);
      if (this.#isUnseen(settled.requestId)) return undefined;
    }
    this.#holding.remove(settled.requestId);
    this.#unseen.delete(settled.requestId);
    this.#looked.delete(settled.requestId);
    this.#unlearned.delete(settled.requestId);
    const { partition, changes } = this.#ports;
    // One whose effects are not known is looked at again once the streams have passed it after all.
    if (JUDGED.has(judgement.verdict.effectsState)) changes.isJudged(partition, settled.requestId);
    return judgement;
  }

  /** One like it may still be read; what is waited for alone is not judged again and again. */
  #isUnseen(requestId: string): boolean {
    const untilMs = this.#unseen.get(requestId) ?? Number.NEGATIVE_INFINITY;
    const { changes, readToMs } = this.#ports;
    return readToMs() < untilMs && changes.window.alike.of(requestId).length < 2;
  }

  #mayBeLearned({ requestId }: Settled, { isUnlearned }: Judgement, nowMs: number): boolean {
    if (!isUnlearned) return false;
    const sinceMs = this.#unlearned.get(requestId) ?? nowMs;
    this.#unlearned.set(requestId, sinceMs);
    return nowMs - sinceMs < UNLEARNED_MS;
  }

  /** A verdict that was written before this arbiter began: what legacy never did is known by it, too. */
  wasReadBack(requestId: string, verdict: Uint8Array): void {
    this.wasWritten(requestId, verdict);
    const { migration, legacy, modern, lostReason } = fromBinary(VerdictSchema, verdict);
    this.#ports.changes.window.lacked.note({ requestId, migration, legacy, modern, lostReason });
  }

  /** Remembered as long as there is room, in case that a change comes later. */
  wasWritten(requestId: string, verdict: Uint8Array): void {
    if (this.#ports.changes.window.isUsed) this.#written.add(requestId, verdict);
  }

  /**
   * Verdicts that a later change re-opened, as they are now.
   *
   * @param isEnded the request's exchanges are final: it was judged, unless it is held. One that waits for its other half, or never went through the
   *   proxies, has nothing to re-open.
   */
  revised(isEnded: (requestId: string) => boolean): Verdict[] {
    const { partition, changes } = this.#ports;
    const late = changes.takeLate(partition, (committedMs) => this.#isPassed(committedMs));
    return late.flatMap((change) => {
      const { requestId } = change;
      if (this.#holding.has(requestId)) return [];
      const bytes = this.#written.get(requestId);
      if (bytes !== undefined) return this.#revise(fromBinary(VerdictSchema, bytes));
      if (isEnded(requestId) && this.#rulesOf(change.migration)?.effects !== undefined)
        this.#forgotten.add(change);
      return [];
    });
  }

  /** The same of verdicts that are not remembered: they are read from the log again. */
  async recalled(): Promise<Verdict[]> {
    const { window } = this.#ports.changes;
    const verdicts = await this.#forgotten.recall((old) => mayHaveChanged(old, window));
    return verdicts.flatMap((old) => this.#revise(old));
  }

  #revise(old: Verdict): Verdict[] {
    const { now, onMissed } = this.#ports;
    const revision = revisedVerdict(old, this.#context(this.#rulesOf(old.migration), true, now()));
    if (revision === 'cannot-tell') onMissed(old.migration, 'incomplete');
    return typeof revision === 'string' ? [] : [revision];
  }

  #isPassed(committedMs: number): boolean {
    const { window } = this.#ports.changes;
    return window.migrations.every((migration) => {
      const effects = this.#rulesOf(migration)?.effects;
      if (effects === undefined) return true;
      return window.passedMs(migration) >= committedMs + effects.effectsWithinMs + 2 * effects.clockSkewMs;
    });
  }

  #rulesOf(migration: string | undefined): MigrationRules | undefined {
    return migration === undefined ? undefined : this.#ports.rules.get(migration);
  }

  #context(
    rules: MigrationRules | undefined,
    passed: boolean,
    nowMs: number,
    waitedMs?: number,
  ): JudgeContext {
    const { routes, pairs, changes } = this.#ports;
    const databases = { window: changes.window, passed, waitedMs };
    return { rules, routes, codecs, nowMs, databases, ...(pairs && { pairs }) };
  }
}
