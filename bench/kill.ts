import { setTimeout as delay } from 'node:timers/promises';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { type ChronosRun, chronosRun } from '../test/harness/chronos-run.ts';
import { type LoadReport, startLoad } from '../test/harness/load.ts';
import { serviceMigration } from '../test/harness/service-migration.ts';
import { until } from '../test/harness/until.ts';
import { quantile, table } from './table.ts';

const name = 'things';
const reason = 'measured by npm run bench';

export interface KillFigures {
  kills: number;
  requests_per_second: number;
  /** Decision until every connected proxy had ACKed and the probe saw legacy, as KillMigration answers. */
  decision_to_acked_ms: { p50: number; max: number };
  /** Decision until the last request was started on modern; negative: none started after it. */
  decision_to_last_modern_request_ms: { p50: number; max: number };
  requests: LoadReport;
}

/** Throws the kill switch again and again on a real Envoy under load, with half of the customers on modern. */
export async function benchKill(options: {
  kills: number;
  perSecond: number;
  onKill?: (kill: number) => void;
}): Promise<KillFigures> {
  const run = await chronosRun({
    migration: serviceMigration({
      ladder:
        '[{ percent: 50, confidence: 90, min_compared: 100, dwell: 0s }, { percent: 100, confidence: 99.9999, dwell: 600s }]',
    }),
  });
  await run.mirrored(name, '/things/1').catch(async (error: unknown) => {
    await run.stop();
    throw error;
  });
  const load = startLoad({ target: `http://${run.listen}`, perSecond: options.perSecond });
  const acked: number[] = [];
  const lastStarted: number[] = [];
  try {
    for (let i = 0; i < options.kills; i++) {
      const group = async () => (await run.state(name)).groups[0];
      if ((await group())?.stage === Stage.KILLED)
        await run.migrations.startMigration({ name, actor: 'bench' });
      await until('a canary', async () => (await group())?.stage === Stage.CANARY, {
        withinMs: 60_000,
        look: run.output,
      });
      await delay(1_000); // so that modern really carries its half when the kill comes
      const answer = await run.migrations.killMigration({ name, actor: 'bench', reason });
      acked.push(answer.elapsedMs);
      await delay(4_000); // the join deadline and more: every request started before the kill has its verdict
      lastStarted.push(await lastModernStart(run));
      options.onKill?.(i + 1);
    }
  } finally {
    await load.stop();
    await run.stop();
  }
  const figures = (values: number[]) => ({
    p50: round(quantile(values, 0.5)),
    max: round(Math.max(...values)),
  });
  return {
    kills: options.kills,
    requests_per_second: options.perSecond,
    decision_to_acked_ms: figures(acked),
    decision_to_last_modern_request_ms: figures(lastStarted),
    requests: load.report(),
  };
}

/** Milliseconds from the newest kill's journal entry to the last request that modern answered. */
async function lastModernStart(run: ChronosRun): Promise<number> {
  const { decisions } = await run.migrations.listDecisions({ name, pageSize: 20 });
  const kill = decisions.find((d) => d.action === 'kill' && d.reason.includes(reason));
  if (kill?.at === undefined) throw new Error('the journal holds no kill');
  const killedAt = timestampMs(kill.at);
  const started: number[] = [];
  let pageToken = '';
  do {
    const page = await run.verdicts.listVerdicts({ migration: name, pageSize: 1_000, pageToken });
    started.push(
      ...page.verdicts
        .filter((v) => v.answeredBy === Universe.MODERN)
        .flatMap((v) => (v.startedAt === undefined ? [] : [timestampMs(v.startedAt)])),
    );
    pageToken = page.nextPageToken;
    // Newest first: what was judged before the kill was asked before it.
  } while (pageToken !== '' && !started.some((at) => at < killedAt));
  if (started.length === 0) throw new Error('modern answered nothing before the kill');
  return Math.max(...started) - killedAt;
}

const round = (ms: number) => Math.round(ms * 10) / 10;

export function killTable(f: KillFigures): string {
  return table(
    ['kill switch', 'p50 ms', 'max ms'],
    [
      [
        'decision → every proxy ACKed, probe saw legacy',
        f.decision_to_acked_ms.p50,
        f.decision_to_acked_ms.max,
      ],
      [
        'decision → last request started on modern',
        f.decision_to_last_modern_request_ms.p50,
        f.decision_to_last_modern_request_ms.max,
      ],
      [
        `${f.kills} kills at ${f.requests_per_second}/s: ${f.requests.sent} requests, failed`,
        f.requests.failed,
        '',
      ],
    ],
  );
}
