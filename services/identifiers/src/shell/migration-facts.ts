import type { Pool } from 'pg';

/** What is known of a migration as a whole. */
export interface Facts {
  /** Modern has answered clients: they may hold its ids. */
  readonly hasModernAnswered: boolean;
  /** Kinds of which one id is one thing in legacy and another in modern. */
  readonly overlapping: ReadonlySet<string>;
}

interface Remembered {
  readonly facts: Facts;
  readonly untilMs: number;
}

/** Another process may have learned something. */
const FRESH_MS = 1_000;

/** Facts of all migrations: in Postgres, and in memory. Neither is ever unlearned. */
export class MigrationFacts {
  readonly #pool: Pool;
  readonly #now: () => number;
  readonly #onTrouble: (error: unknown) => void;
  readonly #known = new Map<string, Remembered>();
  readonly #reading = new Map<string, Promise<Facts>>();

  constructor(pool: Pool, now: () => number, onTrouble: (error: unknown) => void) {
    this.#pool = pool;
    this.#now = now;
    this.#onTrouble = onTrouble;
  }

  /** What is known, which is read again every second; nobody waits for that but the first. Rejects where nothing is known and it cannot be read. */
  async of(migration: string): Promise<Facts> {
    const known = this.#known.get(migration);
    if (known !== undefined && known.untilMs > this.#now()) return known.facts;
    const reading = this.#reading.get(migration) ?? this.#readAgain(migration);
    if (known === undefined) return reading;
    reading.catch(this.#onTrouble);
    return known.facts;
  }

  /** Modern is about to answer a client: written down before it does. */
  async modernAnswers(migration: string): Promise<void> {
    if ((await this.of(migration)).hasModernAnswered) return;
    await this.#pool.query(
      'INSERT INTO identifiers.answered (migration) VALUES ($1) ON CONFLICT DO NOTHING',
      [migration],
    );
    this.#learn(migration, { hasModernAnswered: true, overlapping: new Set() });
  }

  #readAgain(migration: string): Promise<Facts> {
    const reading = this.#read(migration)
      .then((facts) => this.#learn(migration, facts))
      .finally(() => this.#reading.delete(migration));
    this.#reading.set(migration, reading);
    return reading;
  }

  #learn(migration: string, { hasModernAnswered, overlapping }: Facts): Facts {
    const known = this.#known.get(migration)?.facts;
    const facts = {
      hasModernAnswered: hasModernAnswered || known?.hasModernAnswered === true,
      overlapping: new Set([...(known?.overlapping ?? []), ...overlapping]),
    };
    this.#known.set(migration, { facts, untilMs: this.#now() + FRESH_MS });
    return facts;
  }

  async #read(migration: string): Promise<Facts> {
    const { rows } = await this.#pool.query<{ answered: boolean; overlapping: string[] }>(
      `SELECT EXISTS (SELECT FROM identifiers.answered WHERE migration = $1) AS answered,
         ARRAY(SELECT bijection FROM identifiers.overlaps WHERE migration = $1) AS overlapping`,
      [migration],
    );
    return {
      hasModernAnswered: rows[0]?.answered === true,
      overlapping: new Set(rows[0]?.overlapping ?? []),
    };
  }
}
