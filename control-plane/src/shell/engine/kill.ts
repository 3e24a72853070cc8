import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { MigrationRecord } from '../../core/model.ts';
import { appendJournal, recordAck } from '../store/journal-store.ts';
import type { AckResult } from './data-plane.ts';
import { ackTimeoutMs, type Engine, note } from './engine.ts';
import { type Motive, targets } from './group-change.ts';
import { retreat } from './retreat.ts';

export interface KillResult {
  readonly record: MigrationRecord;
  /** From the decision until the last connected proxy had ACKed. */
  readonly elapsedMs: number;
  readonly proxiesAcked: number;
  readonly proxiesPending: number;
  readonly probeSawLegacy: boolean;
  /** The database has it; else it is still being written. */
  readonly isJournalled: boolean;
}

const journalWaitMs = 1_000;
const probeTimeoutMs = 500;
const probeEveryMs = 25;

/**
 * The kill switch: proxies first, then the proof. Answers when every connected proxy has ACKed, a probe through the proxy was answered by
 * legacy for each group, and the journal has it, or a second later; proxies that stay silent for five seconds are named there.
 */
export async function kill(engine: Engine, name: string, group: string, motive: Motive): Promise<KillResult> {
  const startedAt = performance.now();
  const { record, stored } = retreat(engine, name, group, 'kill', motive);
  const acks = await engine.dataPlane.waitForAcks(ackTimeoutMs, 'weights');
  const elapsedMs = performance.now() - startedAt;
  const probeSawLegacy = await probesSeeLegacy(record, group, startedAt + ackTimeoutMs);
  const journalling = stored.then(async (entries) => {
    if (acks.pending.length + acks.rejected.length === 0) {
      const sequences = entries.map((entry) => entry.sequence);
      await recordAck(engine.database, name, sequences, elapsedMs);
    }
    await journalShortcomings(engine, name, acks, probeSawLegacy, motive.actor);
  });
  // Whoever kills wants to know that it holds, not that a database is slow.
  const isJournalled = await Promise.race([
    journalling.then(() => true),
    delay(journalWaitMs, false, { ref: false }),
  ]);
  if (!isJournalled) engine.background(`journal of the kill of ${name}`, () => journalling);
  return {
    record: engine.world.require(name),
    elapsedMs,
    proxiesAcked: acks.acked.length,
    proxiesPending: acks.pending.length + acks.rejected.length,
    probeSawLegacy,
    isJournalled,
  };
}

async function journalShortcomings(
  engine: Engine,
  name: string,
  acks: AckResult,
  probeSawLegacy: boolean,
  actor: string,
): Promise<void> {
  const silent =
    acks.pending.length > 0 ? [`proxies without an ACK after 5 s: ${acks.pending.join(', ')}`] : [];
  const refused = acks.rejected.length > 0 ? [`proxies that rejected it: ${acks.rejected.join(', ')}`] : [];
  const unproven = probeSawLegacy ? [] : ['no probe through a proxy was answered by legacy'];
  const shortcomings = [...silent, ...refused, ...unproven];
  if (shortcomings.length === 0) return;
  const entry = note(
    'kill',
    engine.nowMs(),
    `the kill is not proven: ${shortcomings.join('; ')}`,
    { acked: acks.acked, rejected: acks.rejected, pending: acks.pending },
    actor,
  );
  await engine.queue.run(() => engine.database.transaction((tx) => appendJournal(tx, name, [entry])), {
    urgent: true,
  });
}

/**
 * Asks the migration's listener until each group's probe route says `legacy`. Services never see these requests. A proxy that is just
 * connecting again answers `modern` for a moment, and a busy one nothing in time; where nobody listens there is nothing to wait for.
 */
async function probesSeeLegacy(record: MigrationRecord, group: string, deadline: number): Promise<boolean> {
  const groups = targets(record, group)
    .filter(({ state }) => state.stage !== 'draft')
    .map(({ state }) => state.name);
  const answers = await Promise.all(groups.map((name) => probeUntilLegacy(record, name, deadline)));
  return answers.length > 0 && answers.every(Boolean);
}

async function probeUntilLegacy(record: MigrationRecord, group: string, deadline: number): Promise<boolean> {
  for (;;) {
    const answer = await probe(record, group);
    if (answer === 'legacy') return true;
    if (answer === 'nobody listens') return false;
    if (performance.now() + probeEveryMs >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, probeEveryMs));
  }
}

/** What the probe route says, or that nobody listens; undefined when no answer came in time. */
function probe(record: MigrationRecord, group: string): Promise<string | undefined> {
  const { host, port } = reachable(record.spec.listen);
  return new Promise((resolve) => {
    const outgoing = request(
      {
        host,
        port,
        path: `/.well-known/chronos/probe/${group}`,
        headers: { 'x-chronos-probe': record.probeSecret },
        timeout: probeTimeoutMs,
        agent: false,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          if (body.length < 64) body += text;
        });
        response.on('end', () => resolve(response.statusCode === 200 ? body.trim() : undefined));
        response.on('error', () => resolve(undefined));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'nobody listens' : undefined),
    );
    outgoing.end();
  });
}

/** A listener on every interface is reached at loopback. */
function reachable(listen: string): { readonly host: string; readonly port: number } {
  const colon = listen.lastIndexOf(':');
  const host = listen.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  const any = host === '0.0.0.0' || host === '::';
  return { host: any ? '127.0.0.1' : host, port: Number(listen.slice(colon + 1)) };
}
