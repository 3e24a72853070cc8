import { create } from '@bufbuild/protobuf';
import { compareExchanges } from '@chronos/arbiter/core/compare/compare.ts';
import { judgeBy, NO_RULES } from '@chronos/arbiter/core/judge/judge.ts';
import { RouteLabels } from '@chronos/arbiter/core/verdict/route.ts';
import { compileRules, type MigrationRules, rulesOf } from '@chronos/arbiter/core/verdict/rules.ts';
import { verdictOf } from '@chronos/arbiter/core/verdict/verdict.ts';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { collectGarbage } from './garbage.ts';
import {
  CASES,
  exchangeOf,
  type Pair,
  pairsOf,
  randomFrom,
  someStatement,
  textOf,
} from './judge-speed-cases.ts';
import { quantile, table } from './table.ts';

export interface SpeedFigures {
  comparisons: {
    case: string;
    verdict: string;
    per_second: { median: number; least: number };
    bytes: number;
  }[];
  memory: {
    requests: number;
    distinct_paths: number;
    /** By the processor's time. */
    requests_per_second: number;
    /** Live heap after a collection: before the first request, at each quarter of the way, at the end. */
    heap_mib: number[];
  };
}

const rules = compileRules(create(JudgingRulesSchema, { spec: { name: 'm' } }));
const judge = judgeBy(NO_RULES);
const encoder = new TextEncoder();

/** How fast one core compares and judges, and whether memory stays bounded. Pure CPU: no broker, no database, no network. */
export function benchJudgeSpeed(
  options: Rounds & { requests: number; onStep: (words: string) => void },
): SpeedFigures {
  const comparisons = CASES.map(({ name, rules: by, ...one }) => {
    const pairs = pairsOf({ name, ...one });
    const [first] = pairs;
    if (first === undefined) throw new Error(`no statements for "${name}"`);
    const per_second = rateOf(pairs, by, options);
    options.onStep(`${name}: ${per_second.median}/s`);
    const verdict = (Kind[compare(first, by).kind] ?? '').toLowerCase();
    return { case: name, verdict, per_second, bytes: first[0].response?.body.length ?? 0 };
  });
  return { comparisons, memory: memoryOver(options.requests, options.onStep) };
}

interface Rounds {
  readonly rounds: number;
  readonly roundMs: number;
}

export function judgeSpeedTable({ comparisons, memory }: SpeedFigures): string {
  const rows = comparisons.map(({ case: name, verdict, per_second, bytes }) => [
    name,
    verdict,
    bytes,
    per_second.median,
    per_second.least,
  ]);
  return [
    table(['answers', 'verdict', 'bytes', 'comparisons/s (median)', 'least'], rows),
    '',
    table(
      ['requests', 'distinct paths', 'requests/s', 'heap at start MiB', '25 %', '50 %', '75 %', 'end'],
      [[memory.requests, memory.distinct_paths, memory.requests_per_second, ...memory.heap_mib]],
    ),
  ].join('\n');
}

function compare([legacy, modern]: Pair, by: MigrationRules = rules) {
  return compareExchanges(legacy, modern, rulesOf(by, 'g'), codecs, judge);
}

/** By the processor's time, garbage collection included: what else runs on the machine does not count. */
function rateOf(pairs: readonly Pair[], by: MigrationRules | undefined, { rounds, roundMs }: Rounds) {
  let next = 0;
  const rates: number[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    let done = 0;
    let seconds = 0;
    const start = process.cpuUsage();
    do {
      for (let i = 0; i < 100; i++) {
        const pair = pairs[next];
        if (pair !== undefined) compare(pair, by);
        next = (next + 1) % pairs.length;
      }
      done += 100;
      const { user, system } = process.cpuUsage(start);
      seconds = (user + system) / 1e6;
    } while (seconds * 1000 < roundMs);
    if (round > 0) rates.push(done / seconds);
  }
  return { median: Math.round(quantile(rates, 0.5)), least: Math.round(Math.min(...rates)) };
}

const PATHS = 10_000;

/** Keys that hurt programs which keep them as properties, or for ever. */
const HOSTILE_KEYS = ['__proto__', 'constructor', 'toString', '\\ud800', '', 'a.b[*]'];

/**
 * Requests of ten thousand kinds through what keeps state in the arbiter: labels of routes, verdicts, findings by path. One in a hundred
 * differs, under a key that nobody has seen before.
 */
function memoryOver(requests: number, onStep: (words: string) => void): SpeedFigures['memory'] {
  const routes = new RouteLabels();
  const steps = 4;
  const heap = [heapMib()];
  const equal = textOf(someStatement(randomFrom(1)));
  const start = process.cpuUsage();
  for (let step = 1; step <= steps; step++) {
    for (let i = ((step - 1) * requests) / steps; i < (step * requests) / steps; i++) {
      const path = `/${letters(i % PATHS)}/${i}`;
      const differs = i % 100 === 0;
      const key = `${HOSTILE_KEYS[i % HOSTILE_KEYS.length]}`;
      const legacy = differs ? `{"${key}${i}":1,"k":${equal}}` : equal;
      const modern = differs ? `{"${key}${i}":2,"k":${equal}}` : equal;
      verdictOf(
        {
          requestId: String(i),
          outcome: {
            type: 'compare',
            legacy: exchangeOf(Universe.LEGACY, encoder.encode(legacy), path),
            modern: exchangeOf(Universe.MODERN, encoder.encode(modern), path),
            second: undefined,
            answeredBy: Universe.LEGACY,
          },
        },
        { rules, routes, codecs, nowMs: 1 },
      );
    }
    heap.push(heapMib());
    onStep(`${(step * requests) / steps} requests: ${heap.at(-1)} MiB live`);
  }
  const { user, system } = process.cpuUsage(start);
  return {
    requests,
    distinct_paths: PATHS,
    requests_per_second: Math.round((requests * 1e6) / (user + system)),
    heap_mib: heap,
  };
}

/** A name of letters alone, which no label takes for an id. */
function letters(n: number): string {
  return [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

function heapMib(): number {
  collectGarbage();
  return Math.round((process.memoryUsage().heapUsed / (1 << 20)) * 10) / 10;
}
