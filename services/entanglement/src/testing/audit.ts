/** Traffic on the audited bank, as Envoy and capture would show it to a real arbiter, with the reconciler at work. */
import { setTimeout as delay } from 'node:timers/promises';
import { fromJson } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { exchange } from '@chronos/arbiter/testing/exchanges.ts';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Universe } from '../core/mapping/catalog.ts';
import { other } from '../core/repair/repair-case.ts';
import { AuditBank, auditEntities, type StateBug, type Transfer } from './audit-bank.ts';
import { Judging } from './judging.ts';
import type { Rig } from './rig.ts';

const joinDeadlineSeconds = 6;

/** The audited migration, as the arbiter and the control plane are told. */
export const auditMigration = fromJson(MigrationSchema, {
  name: 'books',
  entanglement: auditEntities,
  policy: { join_deadline: `${joinDeadlineSeconds}s` },
});

export interface AuditRequest extends Transfer {
  readonly bug: StateBug | undefined;
  readonly retry: boolean;
  /** The copy never reaches the other universe. */
  readonly copyLost: boolean;
  readonly authority: Universe;
}

export class Audit extends Judging {
  readonly #banks: Record<Universe, AuditBank>;
  /** Keys that the client was told are booked. */
  readonly booked = new Set<string>();

  constructor(rig: Rig) {
    super(rig);
    this.#banks = {
      legacy: new AuditBank('legacy', rig.legacyUrl),
      modern: new AuditBank('modern', rig.modernUrl),
    };
  }

  start(): Promise<void> {
    return this.startJudging(auditMigration);
  }

  override async close(): Promise<void> {
    await super.close();
    await Promise.all([this.#banks.legacy.close(), this.#banks.modern.close()]);
  }

  /** One request: answered by one universe, copied to the other at the same time; the client tries until it is booked. */
  async send(request: AuditRequest, copyAfterMs: number): Promise<void> {
    const startedAtMs = Date.now();
    const shadow = other(request.authority);
    const [, copied] = await Promise.all([
      this.#insist(request),
      request.copyLost ? undefined : delay(copyAfterMs).then(() => this.#carryOut(shadow, request)),
    ]);
    this.booked.add(request.key);
    const parts = {
      id: request.requestId,
      migration: 'books',
      group: 'all',
      method: 'POST',
      path: '/transfer',
      body: '{"status":"booked"}',
    };
    const exchanges = [
      exchange({ ...parts, universe: request.authority }),
      ...(copied === undefined
        ? []
        : [exchange({ ...parts, universe: shadow, role: 'shadow' as const, status: copied })]),
    ].map((each) => ({
      ...each,
      startedAt: timestampFromMs(startedAtMs),
      duration: durationFromMs(Date.now() - startedAtMs),
    }));
    await this.tellOf(exchanges);
  }

  async #insist(request: AuditRequest): Promise<void> {
    while ((await this.#carryOut(request.authority, request)) !== 200) await delay(200);
  }

  /** Resolves to the status of the answer; undefined when there is none, for the database is away. */
  async #carryOut(universe: Universe, request: AuditRequest): Promise<number | undefined> {
    try {
      const bug = universe === 'modern' ? request.bug : undefined;
      await this.#banks[universe].transfer(request, bug, request.retry);
      return 200;
    } catch (error) {
      // SQLSTATE: the database would not have it. Class 57 is one that shuts down or just starts.
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
      return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('57') ? 500 : undefined;
    }
  }

  /** Both universes' rows in one form. */
  async books(universe: Universe): Promise<{ accounts: string[]; entries: string[]; orders: string[] }> {
    const [accounts, entries, orders] =
      universe === 'legacy'
        ? [
            `SELECT nr || ' ' || trim_scale(saldo / 100.0) || ' ' || lfd AS row FROM konto`,
            `SELECT nr || '/' || lfd || ' ' || trim_scale(betrag / 100.0) || ' ' || trim_scale(danach / 100.0) || ' ' || ref::text AS row FROM bewegung`,
            'SELECT schluessel::text AS row FROM auftrag',
          ]
        : [
            `SELECT id || ' ' || trim_scale(balance) || ' ' || entries AS row FROM accounts`,
            `SELECT account || '/' || number || ' ' || trim_scale(amount) || ' ' || trim_scale(balance_after) || ' ' || reference AS row FROM entries`,
            'SELECT key AS row FROM orders',
          ];
    const rows = async (text: string) => {
      const found = await this.rig[universe](text);
      return found.rows.map(({ row }: { row: string }) => row.trim()).sort();
    };
    return { accounts: await rows(accounts), entries: await rows(entries), orders: await rows(orders) };
  }
}
