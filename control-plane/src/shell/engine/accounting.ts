import { Totals, type TotalsReport } from '../../core/totals.ts';
import { loadTotals, saveTotals } from '../store/totals-store.ts';
import type { Engine } from './engine.ts';

/** Keeps what the proxies count, for the coverage. Reports are absolute: one that is lost costs nothing. */
export class Accounting {
  readonly #engine: Engine;
  #totals = new Totals();
  #unsaved = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Begins from what is stored; to be called when this replica begins to lead, after the records were loaded. */
  async load(): Promise<void> {
    this.#totals = await loadTotals(this.#engine.database);
    for (const record of this.#engine.world.all()) {
      for (const group of record.groups.keys()) {
        const total = Number(this.#totals.total(`${record.spec.name}/${group}`));
        this.#engine.world.settling(record.spec.name, group, total);
      }
    }
  }

  report(report: TotalsReport): void {
    this.#totals.add(report);
    this.#unsaved = true;
    const nowMs = this.#engine.nowMs();
    for (const key of report.counters.keys()) {
      const [migration = '', group = ''] = key.split('/');
      if (this.#engine.world.get(migration)?.groups.has(group) !== true) continue;
      this.#engine.world.settling(migration, group).addTotal(nowMs, Number(this.#totals.total(key)));
    }
  }

  async save(): Promise<void> {
    if (!this.#unsaved) return;
    this.#unsaved = false;
    try {
      await saveTotals(this.#engine.database, this.#totals);
    } catch (error) {
      this.#unsaved = true;
      throw error;
    }
  }
}
