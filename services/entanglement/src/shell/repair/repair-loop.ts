/** What one migration's repairs do all the time: rounds over what is due, and entities that are carried over as a whole. */
import { setTimeout as delay } from 'node:timers/promises';
import { toBinary } from '@bufbuild/protobuf';
import {
  type Entanglement,
  EntanglementSchema,
  RepairPolicy,
} from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { prefixesOf, tagPrefixDefault } from '../../core/change/tags.ts';
import type { MarkedKeys } from '../../core/identifiers/marked-keys.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { compileEntities, tablesOf } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Home } from '../../core/repair/case-of-change.ts';
import type { Reconciler } from '../../core/repair/reconciler.ts';
import { RepeatedLines } from '../../core/repeated-lines.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import type { AwaitedCopy } from './awaited-copy.ts';
import { carryOverAlways, type EntityRepairPorts } from './entity-repairs.ts';
import type { RepairDatabase } from './repair-database.ts';
import type { RepairStore } from './repair-store.ts';
import { type RoundPorts, resolveIntents, round } from './rounds.ts';
import type { SettleRows } from './settle-rows.ts';
import { unfilledEntities } from './unfilled-entities.ts';
import type { Watermarks } from './watermarks.ts';

/** For so long after both universes answered, what is open may have either as its authority. */
const bothForMs = 120_000;
const idleMs = 50;
const troubleMs = 1_000;

export interface RepairTools {
  readonly name: string;
  readonly store: RepairStore;
  readonly databases: Readonly<Record<Universe, RepairDatabase>>;
  /** Pairs by which ids of the migration are matched. */
  readonly pairsOf: (spec: Migration | undefined) => PairSource;
  /** Keyed hash of a sensitive value. */
  readonly mask: (text: string) => string;
  readonly count: (universe: string, entity: string, outcome: string) => void;
  readonly log: (line: string) => void;
}

export interface RepairLoopPorts extends RepairTools {
  readonly reconciler: Reconciler;
  readonly watermarks: Watermarks;
  /** As they are now. */
  readonly spec: () => Migration | undefined;
  readonly home: () => Home;
  /** Universes that answered requests of which nobody has read what they did there. */
  readonly unread: () => Promise<ReadonlySet<Universe>>;
  readonly keys: () => MarkedKeys;
  /** Takes in what nobody has judged in time, and stores all that was taken in. */
  readonly takeExpired: () => Promise<void>;
  readonly settle: SettleRows;
  /** Which entities are still to be copied into modern. */
  readonly awaited: Pick<AwaitedCopy, 'look' | 'isUnknown'>;
}

export class RepairLoop {
  readonly #ports: RepairLoopPorts;
  #compiled: { readonly of: string; readonly entities: readonly CompiledEntity[] } | undefined;
  readonly #refused: RepeatedLines;
  #bothUntilMs = 0;
  #trouble = '';

  constructor(ports: RepairLoopPorts) {
    this.#ports = ports;
    this.#refused = new RepeatedLines((line) => ports.log(`${ports.name}: ${line}`));
  }

  /** Until `signal`. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#rounds(signal), carryOverAlways(() => this.#entityPorts(), signal)]);
  }

  async #rounds(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const worked = await this.#once(signal).catch((error: unknown) => this.#troubled(error));
      const waitMs = worked === undefined ? troubleMs : worked > 0 ? 0 : idleMs;
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Of entities that differ as a whole; undefined while there is none, and until a round has held them against the databases. */
  #entityPorts(): EntityRepairPorts | undefined {
    const { reconciler, store, databases, log, name, pairsOf, spec, home, settle } = this.#ports;
    const mayWrite = () => spec()?.entanglement?.repair !== RepairPolicy.REPORT;
    if (this.#compiled === undefined || !mayWrite() || !reconciler.hasWholeEntities) return undefined;
    return {
      reconciler,
      store,
      databases,
      entities: this.#compiled.entities,
      pairs: pairsOf(spec()),
      home,
      mayWrite,
      settle,
      log: (line) => log(`${name}: ${line}`),
    };
  }

  async #once(signal: AbortSignal): Promise<number> {
    const { reconciler, store, home, takeExpired, awaited } = this.#ports;
    if (home().both) this.#bothUntilMs = Date.now() + bothForMs;
    await takeExpired();
    this.#refused.flush(Date.now());
    // One that was given up before Chronos' own database had it may have come to it since.
    if (store.isInDoubt) await resolveIntents(this.#ports);
    const isDue = reconciler.due(Date.now()).length > 0;
    // What was found is heeded from the next time on.
    if ((await this.#lookForEmpty(isDue)) || awaited.isUnknown) return 0;
    const isFirst = this.#compiled === undefined && reconciler.hasWholeEntities;
    if (!isDue && !isFirst) return 0;
    const worked = await round(await this.#roundPorts(), signal);
    this.#trouble = '';
    return worked;
  }

  /** A database that does not answer, or has no tables yet, is told of only when there is something to be written. */
  async #lookForEmpty(isDue: boolean): Promise<boolean> {
    const { awaited, databases } = this.#ports;
    try {
      return await awaited.look(async () => {
        const { entities, pairs } = await this.#roundPorts();
        return unfilledEntities(entities, {
          legacy: databases.legacy.side(pairs),
          modern: databases.modern.side(pairs),
        });
      });
    } catch (error) {
      if (isDue) throw error;
      this.#compiled = undefined;
      return true;
    }
  }

  async #roundPorts(): Promise<RoundPorts> {
    const { reconciler, watermarks, store, databases, count, log, pairsOf, spec, keys, unread } = this.#ports;
    const declared = spec()?.entanglement;
    if (declared === undefined) throw new Error('the migration declares no entanglement any more');
    const of = Buffer.from(toBinary(EntanglementSchema, declared)).toString('base64');
    const ports = { reconciler, store, databases, log };
    if (this.#compiled?.of !== of) {
      this.#compiled = { of, entities: await this.#compile(declared) };
      await resolveIntents(ports);
      await store.prune();
    }
    return {
      ...ports,
      watermarks,
      entities: this.#compiled.entities,
      pairs: pairsOf(spec()),
      keys: keys(),
      prefix: prefixesOf(declared.tagPrefix || tagPrefixDefault).repair,
      both: () => Date.now() < this.#bothUntilMs,
      unread,
      mayWrite: () => spec()?.entanglement?.repair !== RepairPolicy.REPORT,
      count,
      refused: (line) => this.#refused.say(line, Date.now()),
    };
  }

  async #compile(declared: Entanglement): Promise<CompiledEntity[]> {
    const { databases, mask } = this.#ports;
    const [legacy, modern] = await Promise.all([
      databases.legacy.catalog(tablesOf(declared, 'legacy')),
      databases.modern.catalog(tablesOf(declared, 'modern')),
    ]);
    return compileEntities(declared, { legacy, modern }, { mask });
  }

  #troubled(error: unknown): undefined {
    const line = String(error);
    if (line !== this.#trouble) this.#ports.log(`${this.#ports.name}: repairs wait: ${line}`);
    this.#trouble = line;
    // What was under way may have been committed: it is asked for before the next round.
    this.#compiled = undefined;
  }
}
