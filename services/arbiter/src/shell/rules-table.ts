import { fromBinary } from '@bufbuild/protobuf';
import type { Bus, ReceivedRecord } from '@chronos/bus/bus.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { LastingFields } from '../core/effects/state-window.ts';
import { compileRules, type MigrationRules } from '../core/verdict/rules.ts';
import type { PairsTable } from './pairs-table.ts';
import { MIGRATIONS } from './topics.ts';

/** How long the first exchange of a migration waits for its rules: both travel on Kafka, and neither topic waits for the other. */
const FIRST_RULES_WAIT_MS = 5_000;

/** Unknown names that are waited for; what claims to belong to still more migrations than that is garbage. */
const WAITS_MAX = 256;

const NO_FIELDS: ReadonlySet<string> = new Set();

/** The newest rules of each migration, from the compacted topic. */
export class RulesTable {
  readonly #rules = new Map<string, MigrationRules>();
  /** One wait a migration; once it has run out, the migration counts as unknown until its rules come. */
  readonly #waits = new Map<string, PromiseWithResolvers<void> & { readonly timer: NodeJS.Timeout }>();
  readonly #log: (line: string) => void;
  readonly #pairs: Pick<PairsTable, 'ready'> | undefined;

  /** `pairs`: what is waited for, too, where a migration declares identifiers. */
  constructor(log: (line: string) => void, pairs?: Pick<PairsTable, 'ready'>) {
    this.#log = log;
    this.#pairs = pairs;
  }

  /** Resolves once everything that the topic holds now is read; follows it until closed. */
  async follow(bus: Bus): Promise<{ close(): Promise<void> }> {
    const reader = await bus.readAll({ topic: MIGRATIONS, onRecord: (record) => this.accept(record) });
    return {
      close: async () => {
        for (const { timer, resolve } of this.#waits.values()) {
          clearTimeout(timer);
          resolve();
        }
        await reader.close();
      },
    };
  }

  accept(record: ReceivedRecord): void {
    if (record.value.length === 0) {
      this.#rules.delete(record.key);
      return;
    }
    try {
      const rules = compileRules(fromBinary(JudgingRulesSchema, record.value));
      // A control plane that has just lost the lead may publish late what it decided earlier.
      if (isOlder(rules, this.#rules.get(record.key))) return;
      this.#rules.set(record.key, rules);
      for (const problem of rules.problems) this.#log(`migration ${record.key}: ${problem}`);
    } catch (error) {
      this.#log(`migration ${record.key}: its rules cannot be read: ${String(error)}`);
      return;
    }
    const wait = this.#waits.get(record.key);
    if (!wait) return;
    this.#waits.delete(record.key);
    clearTimeout(wait.timer);
    wait.resolve();
  }

  get(migration: string): MigrationRules | undefined {
    return this.#rules.get(migration);
  }

  /** Of an entity, the fields that stay as a change has left them; none while its rules are not known. */
  readonly lasting: LastingFields = (migration, universe, entity) =>
    this.#rules.get(migration)?.effects?.entities.get(entity)?.lasting[universe] ?? NO_FIELDS;

  /** Some migration declares its databases. */
  get looksAtDatabases(): boolean {
    return [...this.#rules.values()].some(({ effects }) => effects !== undefined);
  }

  /** Resolves when the migration's rules are there, or once a first wait for them has run out. */
  async ready(migration: string): Promise<void> {
    const known = this.#rules.get(migration);
    if (known?.entangled !== undefined) await this.#pairs?.ready();
    if (known !== undefined) return;
    let wait = this.#waits.get(migration);
    if (!wait) {
      if (this.#waits.size >= WAITS_MAX) return;
      const resolvers = Promise.withResolvers<void>();
      const timer = setTimeout(() => {
        this.#log(
          `migration ${migration}: no rules within ${FIRST_RULES_WAIT_MS} ms; its requests count as lost`,
        );
        resolvers.resolve();
      }, FIRST_RULES_WAIT_MS);
      wait = { ...resolvers, timer };
      this.#waits.set(migration, wait);
    }
    await wait.promise;
  }
}

function isOlder(rules: MigrationRules, known: MigrationRules | undefined): boolean {
  if (known === undefined) return false;
  if (rules.revision !== known.revision) return rules.revision < known.revision;
  return rules.rulesRevision < known.rulesRevision;
}
