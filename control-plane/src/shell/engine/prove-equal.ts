import { setTimeout as delay } from 'node:timers/promises';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { DomainError } from '../../core/domain-error.ts';
import type { MigrationRecord } from '../../core/model.ts';
import { notLookedSince, proofFreshMs, proofOf } from '../../core/seal/proof.ts';
import { standingOf } from '../../core/seal/unsettled.ts';
import type { Engine } from './engine.ts';

/** Whoever seals waits this long for a verification; one that takes longer goes on, and proves the next attempt. */
const waitMs = 45_000;
const lookMs = 500;
/** Captures look at their tables every five seconds. */
const tablesWithinMs = 20_000;

/**
 * The fresh, clean verification that a seal stands on; starts one where there is none. Undefined for a migration without entities.
 *
 * @throws DomainError `refused` with what to do.
 */
export async function proveEqual(
  engine: Engine,
  record: MigrationRecord,
  actor: string,
): Promise<Verification | undefined> {
  const { name, entanglement } = record.spec;
  if (entanglement === undefined) return undefined;
  const refused = (why: string) => new DomainError('refused', `not sealed: ${why}`);
  const { entangled } = engine;
  if (entangled === undefined)
    throw refused(
      'the entanglement, which could prove the databases equal, is not configured (ENTANGLEMENT_ADDRESS)',
    );
  const entities = entanglement.entities.map((entity) => entity.name);
  const beganMs = engine.nowMs();
  let started = false;
  /** By the entanglement's clock, as all that it tells. */
  let askedMs: number | undefined;
  for (;;) {
    const state = await entangled.state(name).catch((cause: unknown) => {
      throw refused(
        `the entanglement, which could prove the databases equal, does not answer (${words(cause)})`,
      );
    });
    const now = engine.nowMs();
    const toldMs = state.observedAt === undefined ? now : timestampMs(state.observedAt);
    askedMs ??= toldMs;
    // A refutation of before does not hold once rows were repaired: only one of this attempt counts.
    const proof = proofOf(state, entities, toldMs - proofFreshMs);
    if (proof.kind === 'proven') {
      const blind = notLookedSince(state, askedMs);
      if (blind === undefined) {
        const { verification } = proof;
        const asked = { openedSince: verification.startedAt };
        const { unsettled } = await entangled.repairs(name, asked).catch((cause: unknown) => {
          throw refused(`what is repaired, or cannot be, is not known (${words(cause)})`);
        });
        const since = standingOf(unsettled);
        if (since.kind === 'none') return verification;
        if (since.kind === 'left' || now - beganMs > waitMs)
          throw refused(`rows may differ since they were verified: ${since.words}; ${whatToDo}`);
      } else if (now - beganMs > tablesWithinMs)
        throw refused(
          `whether a table was rewritten since the verification is not known: slot ${blind.slot} is not read${blind.pauseReason === '' ? '' : ` (${blind.pauseReason})`}`,
        );
      await delay(lookMs);
      continue;
    }
    if (proof.kind === 'refuted' && started) throw refused(proof.reason);
    if (proof.kind === 'none' && started && (proof.isOutdated !== true || now - beganMs > waitMs))
      throw refused(`${proof.reason} → seal again`);
    if (proof.kind !== 'running') {
      await entangled.startVerification(name, actor).catch((cause: unknown) => {
        throw refused(`the databases cannot be verified: ${words(cause)}`);
      });
      started = true;
    } else if (now - beganMs > waitMs) {
      const { rowsRead, rowsExpected } = proof.verification;
      throw refused(
        `the databases are still being verified (${rowsRead} of about ${rowsExpected} rows) → seal again when chronos verify --last says equal`,
      );
    }
    await delay(lookMs);
  }
}

const whatToDo =
  'chronos repairs tells them → when they are settled, or chronos verify --repair made the databases equal, seal again';

function words(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
