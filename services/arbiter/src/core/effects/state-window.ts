import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { AlikeRequests } from './alike-requests.ts';
import { LackedRequests } from './lacked-requests.ts';
import type { RowHistory, Version } from './timeline.ts';
import { type Transaction, UNIVERSES, type UniverseName } from './transaction.ts';
import { UniverseWindow } from './universe-window.ts';

/** Changes kept of all migrations together; of more the oldest are forgotten, and who would need them is `effects-unknown`. */
const WINDOW_CHANGES_MAX = 200_000;

/** Migrations kept at once; what claims to belong to still more is garbage. */
const MIGRATIONS_MAX = 256;

export type Universes = Readonly<Record<UniverseName, UniverseWindow>>;

/** Of an entity of a migration, the fields that stay in a universe as a change has left them until the next one that is told. */
export type LastingFields = (
  migration: string,
  universe: UniverseName,
  entity: string,
) => ReadonlySet<string>;

const NO_FIELDS: ReadonlySet<string> = new Set();

/**
 * What the databases of all migrations did lately: the whole topic, not one partition of it, since a race is a matter between requests, whose
 * transactions stand in different partitions.
 */
export class StateWindow {
  readonly #migrations = new Map<string, Universes>();
  readonly #changesMax: number;
  readonly #lasting: LastingFields;
  readonly lacked = new LackedRequests();
  readonly alike = new AlikeRequests();
  /** Changes committed before this were not read. */
  sinceMs = Number.NEGATIVE_INFINITY;
  /** Partitions of the topic; a watermark holds once each of them has shown it. */
  partitions: number;

  constructor(partitions: number, changesMax = WINDOW_CHANGES_MAX, lasting: LastingFields = () => NO_FIELDS) {
    this.partitions = partitions;
    this.#changesMax = changesMax;
    this.#lasting = lasting;
  }

  /** Takes in a record, published at `toldMs`; returns the transaction that it completes. */
  observe(
    { migration, universe, what }: StateUpdate,
    partition: number,
    toldMs?: number,
  ): Transaction | undefined {
    const own = this.#universes(migration)?.[universe === Universe.MODERN ? 'modern' : 'legacy'];
    if (own === undefined || universe === Universe.UNSPECIFIED) return undefined;
    if (what.case === 'watermark') own.watermark(what.value, partition);
    return what.case === 'transaction' ? own.part(what.value, partition, toldMs) : undefined;
  }

  /** Of a migration that was never seen, an empty one. */
  of(migration: string): Universes {
    return this.#migrations.get(migration) ?? this.#empty(migration);
  }

  /** Both universes' changes up to here are known. */
  passedMs(migration: string): number {
    const universes = this.of(migration);
    return Math.min(...UNIVERSES.map((universe) => universes[universe].passedMs(this.partitions)));
  }

  /** Of which something was read. */
  get migrations(): readonly string[] {
    return [...this.#migrations.keys()];
  }

  get isUsed(): boolean {
    return this.#migrations.size > 0;
  }

  /** `modernKey`: where modern has the row under another key. */
  timeline(migration: string, entity: string, key: string, modernKey = key): RowHistory {
    const { legacy, modern } = this.of(migration);
    const isLacked = (requestId: string) => this.#isLacked(migration, requestId);
    return {
      legacy: this.#named(legacy.row(entity, key)),
      modern: this.#named(modern.row(entity, modernKey)),
      isLacked,
    };
  }

  #named(versions: readonly Version[]): readonly Version[] {
    if (!this.alike.isUsed) return versions;
    return versions.map((version) => {
      const { requestId } = version.transaction;
      const deed = this.alike.deedOf(requestId);
      return deed === requestId ? version : { ...version, deed };
    });
  }

  /** An error that legacy answered is an outage of its only where its database was away, too. */
  #isLacked(migration: string, requestId: string): boolean {
    const request = this.lacked.get(requestId);
    if (request?.migration !== migration) return false;
    return !request.refused || this.of(migration).legacy.wasSilent(request.flight);
  }

  get changes(): number {
    return this.#each().reduce((sum, window) => sum + window.changes, 0);
  }

  forget(migration: string, beforeMs: number): void {
    const neededMs = this.lacked.forget(migration, beforeMs);
    for (const universe of UNIVERSES) this.of(migration)[universe].forget(neededMs);
    if (this.changes <= this.#changesMax) return;
    const share = Math.floor(this.#changesMax / Math.max(1, this.#each().length));
    for (const window of this.#each()) window.forget(Number.NEGATIVE_INFINITY, share);
  }

  #each(): UniverseWindow[] {
    return [...this.#migrations.values()].flatMap(({ legacy, modern }) => [legacy, modern]);
  }

  #universes(migration: string): Universes | undefined {
    const known = this.#migrations.get(migration);
    if (known !== undefined || this.#migrations.size >= MIGRATIONS_MAX) return known;
    const made = this.#empty(migration);
    this.#migrations.set(migration, made);
    return made;
  }

  #empty(migration: string): Universes {
    const of = (universe: UniverseName) =>
      new UniverseWindow(migration, universe, (entity) => this.#lasting(migration, universe, entity));
    return { legacy: of('legacy'), modern: of('modern') };
  }
}
