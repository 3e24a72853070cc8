import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { keptS } from '../../core/mission-control/series.ts';
import { type SeriesBook, wholeMigration } from '../../core/mission-control/series-book.ts';
import { type SeriesFact, seriesFactOf } from '../../core/mission-control/series-fact.ts';
import { staysOnLegacy } from '../../core/model.ts';
import { groupAlpha } from '../../core/orchestrator/decide.ts';
import { confidenceOf } from '../../core/orchestrator/gate.ts';
import { viewOf } from '../../core/view/migration-view.ts';
import type { Engine } from '../engine/engine.ts';
import { pause } from '../engine/tasks.ts';
import { loadPoints, type SeriesPoints, savePoints, trimPoints } from '../store/series-store.ts';

/** After a second's end, so that it is over by every clock that rounds. */
const afterSecondMs = 20;
/** Verdicts between two seconds; more are not counted in the figures (the evidence has them all). */
const waitingMax = 100_000;
/** Series points that could not be stored yet: a few minutes of the database's absence. */
const unsavedMax = 50_000;
/** A replica that follows reads again what may still change. */
const reloadS = 15;
const trimEveryS = 60;

/**
 * Keeps the book of figures. The leader writes it, from verdicts and from what it decided, and stores each second's changes; the others read
 * what was stored.
 */
export class SeriesRecorder {
  readonly #engine: Engine;
  readonly #book: SeriesBook;
  readonly #listeners = new Set<() => void>();
  #waiting: { readonly migration: string; readonly group: string; readonly fact: SeriesFact }[] = [];
  #unsaved: SeriesPoints[] = [];
  #restored = false;
  #wasLeading = false;

  constructor(engine: Engine, book: SeriesBook) {
    this.#engine = engine;
    this.#book = book;
  }

  /** What was stored before the start is there: before that a watcher would take an empty hour for the truth. */
  get ready(): boolean {
    return this.#restored;
  }

  /** Called after each second. Returns how to stop. */
  onSecond(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  verdicts(fresh: readonly Verdict[]): void {
    for (const verdict of fresh) {
      if (this.#waiting.length >= waitingMax) return;
      this.#waiting.push({
        migration: verdict.migration,
        group: verdict.group,
        fact: seriesFactOf(verdict),
      });
    }
  }

  /** Runs until the signal: once a second, right after it. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const nowMs = this.#engine.nowMs();
      await pause(1_000 - (nowMs % 1_000) + afterSecondMs, signal);
      if (signal.aborted) return;
      try {
        await this.#second(this.#engine.nowMs());
      } catch (error) {
        this.#engine.log(`figures: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  async #second(nowMs: number): Promise<void> {
    const leading = this.#engine.isLeading();
    if (!this.#restored || leading !== this.#wasLeading) await this.#restore(nowMs, keptS);
    this.#wasLeading = leading;
    if (!leading) {
      await this.#restore(nowMs, reloadS);
      this.#book.close(nowMs);
      return this.#tell();
    }
    for (const { migration, group, fact } of this.#waiting.splice(0)) {
      this.#book.add(migration, group, fact, nowMs);
    }
    this.#observe(nowMs);
    this.#unsaved = [...this.#unsaved, ...this.#book.close(nowMs)].slice(-unsavedMax);
    this.#tell();
    await this.#save(nowMs);
  }

  async #restore(nowMs: number, seconds: number): Promise<void> {
    const stored = await loadPoints(this.#engine.database, Math.floor(nowMs / 1000) - seconds);
    for (const { migration, group, points } of stored) this.#book.of(migration, group).restore(points);
    this.#restored = true;
  }

  /** Share and confidence at the end of the second that is just over. */
  #observe(nowMs: number): void {
    const atS = Math.floor(nowMs / 1000) - 1;
    for (const record of this.#engine.world.all()) {
      const { name } = record.spec;
      const view = viewOf(record, this.#engine.world.surroundings(name, nowMs));
      const moving = view.groups.filter(({ state }) => !staysOnLegacy(record, state.name));
      if (record.sealed !== undefined || moving.every(({ state }) => state.stage === 'draft')) continue;
      const seen = moving.map((group) => ({
        group: group.state.name,
        percent: group.state.weightBp / 100,
        confidence: confidenceOf(group.evidence, group.uncaptured, groupAlpha(view)),
      }));
      for (const { group, percent, confidence } of seen) {
        this.#book.of(name, group).observe(atS, percent, confidence);
      }
      const least = (values: readonly number[]) => Math.min(...values);
      this.#book
        .of(name, wholeMigration)
        .observe(
          atS,
          least(seen.map(({ percent }) => percent)),
          least(seen.map(({ confidence }) => confidence)),
        );
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async #save(nowMs: number): Promise<void> {
    const saving = this.#unsaved;
    await savePoints(this.#engine.database, merged(saving));
    this.#unsaved = this.#unsaved.filter((item) => !saving.includes(item));
    const nowS = Math.floor(nowMs / 1000);
    if (nowS % trimEveryS === 0) await trimPoints(this.#engine.database, nowS - keptS);
  }
}

/** One entry a series and second, the newest: a statement may not touch a row twice. */
function merged(all: readonly SeriesPoints[]): SeriesPoints[] {
  const groups = Map.groupBy(all, ({ migration, group }) => JSON.stringify([migration, group]));
  return [...groups.values()].map((own) => ({
    migration: own[0]?.migration ?? '',
    group: own[0]?.group ?? '',
    points: [...new Map(own.flatMap(({ points }) => points).map((point) => [point.atS, point])).values()],
  }));
}
