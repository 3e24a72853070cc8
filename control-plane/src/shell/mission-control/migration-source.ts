import type { MessageInitShape } from '@bufbuild/protobuf';
import { WatchMigrationResponseSchema } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { stateMessage } from '../../core/view/state-message.ts';
import { decisionMessage } from '../api/decision-message.ts';
import { changes } from '../api/latest.ts';
import type { Engine } from '../engine/engine.ts';
import { DecisionLog } from './decision-log.ts';
import type { Cursor, Source } from './feed.ts';

/** At most four messages a second. */
const intervalMs = 250;
/** Figures that change without an event (waiting times, coverage) are looked at this often. */
const refreshMs = 1_000;
const firstDecisions = 20;

/** One migration: its whole state, and the decisions since. */
export class MigrationSource implements Source<typeof WatchMigrationResponseSchema> {
  readonly schema = WatchMigrationResponseSchema;
  readonly #engine: Engine;
  readonly #name: string;
  readonly #decisions: DecisionLog;
  #version = 0;

  constructor(engine: Engine, name: string) {
    this.#engine = engine;
    this.#name = name;
    this.#decisions = new DecisionLog(engine, name);
  }

  get version(): number {
    return this.#version;
  }

  start(changed: () => void): () => void {
    const stopping = new AbortController();
    const { signal } = stopping;
    void (async () => {
      for await (const _ of changes((wake) => this.#subscribe(wake), { intervalMs, signal })) {
        // Without the database the state is still true, and a kill still works: the page must not go blind.
        await this.#decisions.read(this.#version + 1).catch(() => {});
        if (signal.aborted) return;
        this.#version += 1;
        changed();
      }
    })();
    return () => stopping.abort();
  }

  message(cursor: Cursor): MessageInitShape<typeof WatchMigrationResponseSchema> {
    const nowMs = this.#engine.nowMs();
    const record = this.#engine.world.require(this.#name);
    const decisions =
      'version' in cursor ? this.#decisions.after(cursor.version) : this.#decisions.newest(firstDecisions);
    return {
      state: stateMessage(record, this.#engine.world.surroundings(this.#name, nowMs), nowMs),
      decisions: decisions.map(decisionMessage),
    };
  }

  /** Changes of the migration, one at once for the state now, and one a second. */
  #subscribe(wake: () => void): () => void {
    const stop = this.#engine.world.onChange((migration) => {
      if (migration === this.#name) wake();
    });
    const timer = setInterval(wake, refreshMs);
    timer.unref();
    wake();
    return () => {
      clearInterval(timer);
      stop();
    };
  }
}
