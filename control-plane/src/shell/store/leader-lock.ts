import { Client } from 'pg';

/** Any constant will do, as long as every replica takes the same. */
const leaderLock = 4_770_002;
const retryMs = 1_000;

/**
 * Waits until this replica leads, calls `lead`, and when the lock's connection breaks calls `follow` and waits again. The advisory lock
 * belongs to the connection: a replica that dies or loses its database frees it.
 */
export class LeaderLock {
  readonly #url: string;
  #client: Client | undefined;
  #stopped = false;
  #wake: (() => void) | undefined;
  #loop: Promise<void> = Promise.resolve();

  constructor(url: string) {
    this.#url = url;
  }

  start(handlers: { lead(): Promise<void>; follow(): Promise<void>; error(error: unknown): void }): void {
    this.#loop = this.#run(handlers);
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#wake?.();
    await this.#client?.end().catch(() => {});
    await this.#loop;
  }

  async #run(handlers: {
    lead(): Promise<void>;
    follow(): Promise<void>;
    error(error: unknown): void;
  }): Promise<void> {
    while (!this.#stopped) {
      const broken = Promise.withResolvers<void>();
      const client = new Client({ connectionString: this.#url, application_name: 'chronos-leader' });
      client.on('error', () => broken.resolve());
      client.on('end', () => broken.resolve());
      this.#client = client;
      try {
        await client.connect();
        if (!(await this.#acquire(client))) continue;
        await handlers.lead();
        await broken.promise;
        await handlers.follow();
      } catch (error) {
        if (!this.#stopped) {
          handlers.error(error);
          await handlers.follow();
          await this.#pause();
        }
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  async #acquire(client: Client): Promise<boolean> {
    while (!this.#stopped) {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
        leaderLock,
      ]);
      if (rows[0]?.held === true) return true;
      await this.#pause();
    }
    return false;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, retryMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
