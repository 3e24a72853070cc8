import { DomainError } from '../../core/domain-error.ts';
import { Settling } from '../../core/evidence/settling.ts';
import type { GroupRecord, MigrationRecord } from '../../core/model.ts';
import type { GroupState } from '../../core/orchestrator/group.ts';
import type { OverlappingKind } from '../../core/orchestrator/overlap.ts';
import { resolvePolicy } from '../../core/orchestrator/policy.ts';
import type { TakenBack } from '../../core/orchestrator/unasked.ts';
import type { Starting, Surroundings } from '../../core/view/migration-view.ts';

/** Beyond the join deadline: for the arbiter to judge, Kafka to carry, this process to store. */
const settleSlackMs = 5_000;

/**
 * What the control plane knows in memory: the stored records, and around them what is measured. Records are values; only here are they
 * replaced.
 */
export class World {
  readonly #records = new Map<string, MigrationRecord>();
  readonly #settling = new Map<string, Settling>();
  readonly #deploying = new Map<string, number>();
  readonly #starting = new Map<string, Starting>();
  #overlapping: ReadonlyMap<string, readonly OverlappingKind[]> = new Map();
  readonly #takenBack = new Map<string, TakenBack>();
  readonly #listeners = new Set<(migration: string) => void>();
  /** Retreats that are in force but not stored yet; what is stored must not be loaded over them. */
  unstoredRetreats = 0;
  /** When this replica began to lead. */
  watchingSinceMs = 0;

  all(): MigrationRecord[] {
    return [...this.#records.values()];
  }

  get(name: string): MigrationRecord | undefined {
    return this.#records.get(name);
  }

  /** @throws DomainError `not-found` */
  require(name: string): MigrationRecord {
    const record = this.#records.get(name);
    if (record === undefined) throw new DomainError('not-found', `there is no migration "${name}"`);
    return record;
  }

  /** Takes over what was loaded from the store. */
  load(records: ReadonlyMap<string, MigrationRecord>): void {
    this.#records.clear();
    this.#settling.clear();
    for (const [name, record] of records) this.#records.set(name, record);
    for (const name of records.keys()) this.#announce(name);
  }

  /**
   * Replaces a record by what was made of `before` and stored. A retreat (kill, return) changes groups' states at once, without waiting
   * for the store: where that happened meanwhile, the retreat's state stays. The kill wins.
   */
  replace(before: MigrationRecord | undefined, after: MigrationRecord): MigrationRecord {
    const name = after.spec.name;
    const now = this.#records.get(name);
    const merged = now === undefined || now === before ? after : keepRetreats(before, now, after);
    this.#records.set(name, merged);
    this.#announce(name);
    return merged;
  }

  /** Changes groups' states at once; for retreats only. */
  retreat(name: string, states: readonly GroupState[], kills: number): MigrationRecord {
    const record = this.require(name);
    const groups = new Map(record.groups);
    for (const state of states) {
      const group = groups.get(state.name);
      if (group !== undefined) groups.set(state.name, { ...group, state });
    }
    const after = { ...record, groups, kills: record.kills + kills };
    this.#records.set(name, after);
    this.#announce(name);
    return after;
  }

  surroundings(name: string, nowMs: number): Surroundings {
    return {
      watchingSinceMs: this.watchingSinceMs,
      deploying: this.isDeploying(name),
      starting: this.#starting.get(name),
      overlapping: this.#overlapping.get(name) ?? [],
      takenBack: this.#takenBack.get(name),
      uncaptured: (group) => this.settling(name, group).uncaptured(nowMs),
      vanished: (group) => this.settling(name, group).vanished(nowMs),
      total: (group) => this.settling(name, group).total,
      perSecond: (group) => this.settling(name, group).perSecond(nowMs),
    };
  }

  /** The accounting of one group, begun from what is stored when it is first asked for. */
  settling(name: string, group: string, storedTotal = 0): Settling {
    const key = `${name}/${group}`;
    const known = this.#settling.get(key);
    if (known !== undefined) return known;
    const record = this.#records.get(name);
    const settleMs = (record === undefined ? 0 : resolvePolicy(record.spec).joinDeadlineMs) + settleSlackMs;
    const verdicts = Object.values(record?.groups.get(group)?.verdicts ?? {}).reduce((sum, n) => sum + n, 0);
    const created = new Settling(settleMs, { total: storedTotal, verdicts });
    this.#settling.set(key, created);
    return created;
  }

  isDeploying(name: string): boolean {
    return (this.#deploying.get(name) ?? 0) > 0;
  }

  deploying(name: string, delta: 1 | -1): void {
    this.#deploying.set(name, (this.#deploying.get(name) ?? 0) + delta);
    this.#announce(name);
  }

  /** A start that waits, and for what; undefined: none does. */
  starting(name: string, starting: Starting | undefined): void {
    if (this.#starting.get(name)?.waitsFor === starting?.waitsFor) return;
    if (starting === undefined) this.#starting.delete(name);
    else this.#starting.set(name, starting);
    this.#announce(name);
  }

  /** Of each migration the kinds of identifiers that overlap. */
  overlapping(kinds: ReadonlyMap<string, readonly OverlappingKind[]>): void {
    const before = this.#overlapping;
    this.#overlapping = kinds;
    for (const [name, now] of kinds) if (now.length !== before.get(name)?.length) this.#announce(name);
  }

  /** What modern did without a request and was taken back, as it was last heard of. */
  takenBack(name: string, takenBack: TakenBack): void {
    const before = this.#takenBack.get(name);
    this.#takenBack.set(name, takenBack);
    const same =
      takenBack.transactions === (before?.transactions ?? 0) &&
      takenBack.undecided === (before?.undecided ?? 0) &&
      takenBack.tags === (before?.tags ?? false);
    if (!same) this.#announce(name);
  }

  /** Called with a migration's name after each change of it. Returns how to stop. */
  onChange(listener: (migration: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(name: string): void {
    for (const listener of this.#listeners) listener(name);
  }
}

function keepRetreats(
  before: MigrationRecord | undefined,
  now: MigrationRecord,
  after: MigrationRecord,
): MigrationRecord {
  const groups = new Map<string, GroupRecord>();
  for (const [name, group] of after.groups) {
    const then = before?.groups.get(name)?.state;
    const state = now.groups.get(name)?.state;
    groups.set(name, state !== undefined && state !== then ? { ...group, state } : group);
  }
  return { ...after, groups, kills: now.kills };
}
