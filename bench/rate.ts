import { setTimeout as delay } from 'node:timers/promises';
import { chronosRun } from '../test/harness/chronos-run.ts';
import { startLoad } from '../test/harness/load.ts';
import { serviceMigration } from '../test/harness/service-migration.ts';
import { until } from '../test/harness/until.ts';
import { table } from './table.ts';

const name = 'things';
/** Requests whose end capture saw late count as uncaptured for up to 13 s, until quieter samples have settled. */
const settleWithinMs = 30_000;

export interface RateStep {
  requests_per_second: number;
  sent: number;
  failed: number;
  compared: number;
  lost: number;
  /** Not judged yet half-way through and at the end of the step; a growing figure is a growing lag. */
  pending_half: number;
  pending_end: number;
  /** How long after the last request everything was judged. */
  settled_after_ms: number;
  holds: boolean;
}

/** Raises a constant rate until a request is lost or the lag grows; universes, load and all of Chronos on this one machine. */
export async function benchRate(options: {
  rates: readonly number[];
  seconds: number;
  onStep?: (step: RateStep) => void;
}): Promise<RateStep[]> {
  const run = await chronosRun({
    migration: serviceMigration({
      ladder: '[{ percent: 100, confidence: 99.9999, dwell: 3600s }]',
      policy: '  manual: true',
    }),
  });
  const steps: RateStep[] = [];
  try {
    await run.mirrored(name, '/things/1');
    await until('a request is mirrored', mirroredOne, { withinMs: 30_000, look: run.output });
    for (const rate of options.rates) {
      const before = await atRest();
      const load = startLoad({ target: `http://${run.listen}`, perSecond: rate });
      await delay((options.seconds * 1_000) / 2);
      const half = await coverage();
      await delay((options.seconds * 1_000) / 2);
      const end = await coverage();
      const { sent, failed } = await load.stop();
      const stopped = performance.now();
      const settled = await until(
        'every request compared',
        async () => {
          const now = await coverage();
          return now.compared - before.compared >= sent && now.lost === before.lost && now;
        },
        { withinMs: settleWithinMs, look: run.output },
      ).catch(coverage);
      const lost = settled.lost - before.lost;
      const compared = settled.compared - before.compared;
      const step: RateStep = {
        requests_per_second: rate,
        sent,
        failed,
        compared,
        lost,
        pending_half: half.pending,
        pending_end: end.pending,
        settled_after_ms: Math.round(performance.now() - stopped),
        holds:
          failed === 0 &&
          lost === 0 &&
          compared === sent &&
          end.pending <= Math.max(half.pending * 1.5, rate * 2),
      };
      steps.push(step);
      options.onStep?.(step);
      if (!step.holds) break;
    }
    return steps;
  } finally {
    await run.stop();
  }

  async function mirroredOne(): Promise<boolean> {
    await fetch(`http://${run.listen}/things/1`);
    return (await coverage()).total > 0;
  }

  /** Once nothing of an earlier step is on its way any more; the proxy tells its totals once a second. */
  async function atRest() {
    let last = await coverage();
    await until(
      'nothing is pending',
      async () => {
        const before = last;
        await delay(2_000);
        last = await coverage();
        return last.pending === 0 && last.lost === 0 && last.total === before.total;
      },
      { withinMs: 60_000, look: run.output },
    );
    return last;
  }

  async function coverage() {
    const c = (await run.state(name)).coverage;
    if (c === undefined) throw new Error('no coverage yet');
    const lost = Object.values(c.lost).reduce((sum, n) => sum + Number(n), 0);
    return { total: Number(c.total), compared: Number(c.compared), lost, pending: Number(c.pending) };
  }
}

export function rateTable(steps: readonly RateStep[]): string {
  return table(
    ['requests/s', 'sent', 'failed', 'compared', 'lost', 'pending half', 'end', 'settled ms', 'holds'],
    steps.map((s) => [
      s.requests_per_second,
      s.sent,
      s.failed,
      s.compared,
      s.lost,
      s.pending_half,
      s.pending_end,
      s.settled_after_ms,
      s.holds ? 'yes' : 'no',
    ]),
  );
}
