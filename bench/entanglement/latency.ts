import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { VERDICTS } from '@chronos/arbiter/shell/topics.ts';
import { Audit, type AuditRequest } from '@chronos/entanglement/testing/audit.ts';
import { auditEntities, auditSchema } from '@chronos/entanglement/testing/audit-bank.ts';
import { startRig, until } from '@chronos/entanglement/testing/rig.ts';
import { Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { quantile, table } from '../table.ts';
import { followUpdates } from './updates.ts';

const accounts = Array.from({ length: 200 }, (_, n) => String(100_000 + n));
const settledWithinMs = 60_000;
/** Compiles what is meant to run for weeks. */
const warmUpRequests = 100;

export interface Latency {
  readonly requests_per_second: number;
  readonly requests: number;
  /** From the later of a request's two commits (the databases' own clock) until its last change stood on the topic. */
  readonly commit_to_event_ms: Quantiles;
  /** Until its verdict stood on the topic. */
  readonly commit_to_verdict_ms: Quantiles;
  /** Verdicts by kind, lost ones by their reason; without bugs, and on a machine that carries the rate, all are matches or races. */
  readonly verdicts: Readonly<Record<string, number>>;
}

interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

export interface LatencyOptions {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Transfers on two real banks' books at a constant rate, captured, judged by a real arbiter; its exchanges come as capture would send them. */
export async function benchLatency({ perSecond, seconds }: LatencyOptions): Promise<Latency> {
  const rig = await startRig(auditEntities, auditSchema(accounts, 1_000_000));
  const audit = new Audit(rig);
  const committed = new Map<string, { atMs: number; toldAtMs: number }>();
  const judged = new Map<string, { atMs: number; what: string }>();
  try {
    await rig.start();
    await rig.streaming();
    await audit.start();
    const updates = await followUpdates(rig.bus, ({ requestId, committedAt }, arrivedAtMs) => {
      if (requestId === '' || committedAt === undefined) return;
      const atMs = timestampMs(committedAt) + (committedAt.nanos % 1_000_000) / 1e6;
      const known = committed.get(requestId);
      committed.set(requestId, {
        atMs: Math.max(known?.atMs ?? 0, atMs),
        toldAtMs: Math.max(known?.toldAtMs ?? 0, arrivedAtMs),
      });
    });
    const verdicts = await rig.bus.consume({
      topic: VERDICTS,
      groupId: `bench-${randomUUID()}`,
      promptly: true,
      onBatch: async ({ records }) => {
        const atMs = Date.now();
        for (const { value } of records) {
          const { requestId, kind, lostReason } = fromBinary(VerdictSchema, value);
          const what = `${Kind[kind]}${lostReason && ` (${lostReason})`}`;
          if (!judged.has(requestId)) judged.set(requestId, { atMs, what });
        }
      },
    });
    const count = perSecond * seconds;
    const sent: Promise<void>[] = [];
    const startMs = performance.now();
    for (let n = 0; n < warmUpRequests + count; n++) {
      const aheadMs = (n / perSecond) * 1_000 - (performance.now() - startMs);
      if (aheadMs > 1) await delay(aheadMs);
      sent.push(audit.send(transfer(n), 2));
    }
    await Promise.all(sent);
    await until('a verdict each', () => judged.size >= warmUpRequests + count, settledWithinMs);
    await updates.close();
    await verdicts.close();
    const measured = Array.from({ length: count }, (_, n) => nameOf(warmUpRequests + n));
    const of = (end: (id: string, toldAtMs: number) => number) => {
      const values = measured.flatMap((id) => {
        const at = committed.get(id);
        return at === undefined ? [] : [end(id, at.toldAtMs) - at.atMs];
      });
      return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) };
    };
    const kinds: Record<string, number> = {};
    for (const id of measured) {
      const what = judged.get(id)?.what ?? '';
      kinds[what] = (kinds[what] ?? 0) + 1;
    }
    return {
      requests_per_second: perSecond,
      requests: count,
      commit_to_event_ms: of((_, toldAtMs) => toldAtMs),
      commit_to_verdict_ms: of((id) => judged.get(id)?.atMs ?? Number.NaN),
      verdicts: kinds,
    };
  } finally {
    await audit.close();
    await rig.close();
  }
}

const nameOf = (n: number) => `latency-${n}`;

/** Neighbours move on, so that requests in flight together seldom meet on one account but for the bank's own. */
function transfer(n: number): AuditRequest {
  const at = (shift: number) => accounts[(n * 7 + shift) % accounts.length] ?? '';
  const request = { requestId: nameOf(n), key: nameOf(n), from: at(0), to: at(3), cents: 100 + (n % 900) };
  return { ...request, bug: undefined, retry: false, copyLost: false, authority: 'legacy' };
}

export function latencyTable(figures: Latency): string {
  const row = (what: string, { p50, p99 }: Quantiles) => [what, p50.toFixed(0), p99.toFixed(0)];
  const rows = [
    row('commit → event on the topic', figures.commit_to_event_ms),
    row('commit → verdict on the topic', figures.commit_to_verdict_ms),
  ];
  const kinds = Object.entries(figures.verdicts).map(([kind, count]) => `${kind} ${count}`);
  return `${figures.requests} requests at ${figures.requests_per_second}/s; verdicts: ${kinds.join(', ')}\n${table(['of each request', 'p50 ms', 'p99 ms'], rows)}`;
}
