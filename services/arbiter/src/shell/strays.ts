import { toBinary } from '@bufbuild/protobuf';
import type { BusRecord } from '@chronos/bus/bus.ts';
import { UnattributedChangeSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { RowPartners } from '../core/effects/row-partners.ts';
import type { Transaction } from '../core/effects/transaction.ts';
import { unattributed, unattributedMessage } from '../core/effects/unattributed.ts';
import type { Pairs } from '../core/entangled/pairs.ts';
import { Finished } from '../core/join/finished.ts';
import type { Changes } from './effects-desk.ts';
import type { RulesTable } from './rules-table.ts';

/** Beyond a migration's join deadline: what rows were before the requests that may still be judged. */
const KEPT_MS = 60_000;
const REPORTED_MAX = 200_000;

export interface StrayPorts {
  readonly changes: Changes;
  readonly rules: RulesTable;
  readonly pairs: Pairs;
  readonly now: () => number;
  readonly send: (records: readonly BusRecord[]) => Promise<void>;
  readonly onReported: (transaction: Transaction) => void;
}

/** Reports transactions that belong to no request, each by the arbiter that has its partition, and forgets what is too old to matter. */
export class Strays {
  readonly #ports: StrayPorts;
  /** At least once: after a restart those of the last minute are reported again. */
  readonly #reported = new Finished(REPORTED_MAX);

  constructor(ports: StrayPorts) {
    this.#ports = ports;
  }

  async report(partitions: readonly number[]): Promise<void> {
    const { changes, rules, pairs, now, send, onReported } = this.#ports;
    const { window } = changes;
    const nowMs = now();
    // What is done without requests does not wait for the first one.
    if (rules.looksAtDatabases) await changes.cover(nowMs);
    for (const migration of window.migrations) {
      const own = rules.get(migration);
      const effects = own?.effects;
      if (own === undefined || effects === undefined) continue;
      const universes = window.of(migration);
      const passedMs = window.passedMs(migration);
      const partners = new RowPartners(pairs, migration);
      for (const partition of partitions) {
        const found = unattributed(universes, { partition, passedMs, rules: effects });
        const fresh = found.filter((transaction) => !this.#reported.has(nameOf(transaction)));
        const messages = fresh.map((one) =>
          unattributedMessage(one, { universes, rules: effects, partners }, nowMs),
        );
        await send(
          messages.map((message, at) => ({
            key: nameOf(fresh[at] as Transaction),
            value: toBinary(UnattributedChangeSchema, message),
          })),
        );
        for (const transaction of fresh) {
          this.#reported.add(nameOf(transaction));
          onReported(transaction);
        }
      }
      window.forget(migration, changes.clockMs(nowMs) - own.joinDeadlineMs - KEPT_MS);
    }
  }
}

function nameOf({ migration, universe, lsn }: Transaction): string {
  return `tx:${migration}:${universe}:${lsn}`;
}
