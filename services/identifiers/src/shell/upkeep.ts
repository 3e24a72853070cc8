import { IDENTIFIER_PAIRS } from '@chronos/arbiter/shell/topics.ts';
import type { BusProducer } from '@chronos/bus/bus.ts';
import type { IdentifierRules } from '../core/plan.ts';
import { pairKey } from './learner.ts';
import type { PairStore } from './pair-store.ts';
import type { PairTable } from './pair-table.ts';

export interface UpkeepOptions {
  readonly store: PairStore;
  readonly table: PairTable;
  readonly producer: BusProducer;
  readonly declared: ReadonlyMap<string, IdentifierRules>;
  readonly onTrouble: (error: unknown) => void;
}

const EVERY_MS = 60_000;
/** Conflicts kept of each kind: they are for people to look at. */
const CONFLICTS_MAX = 10_000;

/** Every minute: writes down which pairs were used, and forgets those beyond the bound that nobody used for longest, and old conflicts. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.run()).catch(options.onTrouble);
    }, EVERY_MS);
  }

  async run(): Promise<void> {
    const { store, table, declared, producer } = this.#options;
    await table.saveUse();
    for (const [migration, { bijections, pairsMax }] of declared) {
      for (const { name } of bijections) {
        const forgotten = await store.forget(migration, name, pairsMax);
        table.forget(migration, name, forgotten.keys);
        await store.trimConflicts(migration, name, CONFLICTS_MAX);
        const records = forgotten.legacyIds.map((legacy) => ({
          key: pairKey(migration, name, legacy),
          value: new Uint8Array(),
        }));
        if (records.length > 0) await producer.send(IDENTIFIER_PAIRS, records);
      }
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    await this.#options.table.saveUse().catch(this.#options.onTrouble);
  }
}
