import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { compareExchanges } from '@chronos/arbiter/core/compare/compare.ts';
import { judgeBy, NO_RULES } from '@chronos/arbiter/core/judge/judge.ts';
import { RouteLabels } from '@chronos/arbiter/core/verdict/route.ts';
import { compileRules, type MigrationRules, rulesOf } from '@chronos/arbiter/core/verdict/rules.ts';
import { verdictOf } from '@chronos/arbiter/core/verdict/verdict.ts';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import {
  type Exchange,
  ExchangeSchema,
  Outcome,
  Role,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { collectGarbage } from './garbage.ts';
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
    requests_per_second: number;
    /** Live heap after a collection: before the first request, at each tenth of the way, at the end. */
    heap_mib: number[];
    /** Growth of the live heap over the second half of the way. */
    growth_in_second_half_mib: number;
  };
}

const rules = compileRules(create(JudgingRulesSchema, { spec: { name: 'm' } }));
const correcting = compileRules(
  create(JudgingRulesSchema, {
    spec: {
      name: 'm',
      approved: [
        { name: 'half', why: 'halved', path: 'body.total', expect: 'round(legacy / 2, 2)' },
        { name: 'amounts', why: 'same', path: 'body.items[*].amount', expect: 'round(legacy, 2)' },
      ],
    },
  }),
);
const judge = judgeBy(NO_RULES);
const encoder = new TextEncoder();

/** How fast one core compares and judges, and whether memory stays bounded. Pure CPU: no broker, no database, no network. */
export function benchJudgeSpeed(options: {
  rounds: number;
  roundMs: number;
  requests: number;
  onStep: (words: string) => void;
}): SpeedFigures {
  const comparisons = cases().map((one) => {
    const rate = rateOf(one, options);
    options.onStep(`${one.name}: ${rate.median}/s`);
    return { case: one.name, verdict: verdictName(one), per_second: rate, bytes: one.legacy.length };
  });
  return { comparisons, memory: memoryOver(options.requests, options.onStep) };
}

export function judgeSpeedTable({ comparisons, memory }: SpeedFigures): string {
  const rows = comparisons.map(({ case: name, verdict, per_second, bytes }) => [
    name,
    verdict,
    bytes,
    per_second.median,
    per_second.least,
  ]);
  const { heap_mib } = memory;
  return [
    table(['answers', 'verdict', 'bytes', 'comparisons/s (median)', 'least'], rows),
    '',
    table(
      ['requests', 'distinct paths', 'requests/s', 'heap at start MiB', 'half', 'end', 'growth in 2nd half'],
      [
        [
          memory.requests,
          memory.distinct_paths,
          memory.requests_per_second,
          heap_mib[0] ?? Number.NaN,
          heap_mib[Math.floor(heap_mib.length / 2)] ?? Number.NaN,
          heap_mib.at(-1) ?? Number.NaN,
          memory.growth_in_second_half_mib,
        ],
      ],
    ),
  ].join('\n');
}

interface Case {
  readonly name: string;
  readonly legacy: string;
  readonly modern: string;
  readonly rules?: MigrationRules;
}

/** An account statement of about 1 KiB, and what a migration makes of it. */
function cases(): Case[] {
  const equal = statement({});
  return [
    { name: 'equal, byte for byte', legacy: equal, modern: equal },
    { name: 'keys in another order', legacy: equal, modern: statement({ reversed: true }) },
    { name: 'one amount in another notation', legacy: equal, modern: statement({ total: '1234.560' }) },
    { name: 'one amount another', legacy: equal, modern: statement({ total: '1234.57' }) },
    { name: 'one opaque token another', legacy: equal, modern: statement({ token: 'q8Zr0VtY2mK4' }) },
    {
      name: 'nine approved corrections verified',
      legacy: equal,
      modern: statement({ total: '617.28' }),
      rules: correcting,
    },
    { name: 'every amount another', legacy: equal, modern: statement({ factor: 1.025 }) },
  ];
}

function statement({
  total = '1234.56',
  token = 'a7Yq9XsW1nJ3',
  factor = 1,
  reversed = false,
}: {
  total?: string;
  token?: string;
  factor?: number;
  reversed?: boolean;
}): string {
  const items = Array.from({ length: 8 }, (_, i) => {
    const amount = ((i + 1) * 12.34 * factor).toFixed(2);
    const fields = [
      `"id":"T-${1000 + i}"`,
      `"booked":"2026-11-${10 + i}T08:30:00Z"`,
      `"amount":${amount}`,
      `"text":"Invoice ${i}"`,
    ];
    return `{${(reversed ? fields.reverse() : fields).join(',')}}`;
  });
  const fields = [
    '"account":"DE02120300000000202051"',
    '"owner":"Erika Mustermann"',
    '"currency":"EUR"',
    `"token":"${token}"`,
    `"total":${total}`,
    `"items":[${items.join(',')}]`,
    `"note":"${'x'.repeat(240)}"`,
  ];
  return `{${(reversed ? fields.reverse() : fields).join(',')}}`;
}

function exchangeOf(universe: Universe, body: Uint8Array, path: string): Exchange {
  return create(ExchangeSchema, {
    requestId: 'r1',
    migration: 'm',
    group: 'g',
    method: 'GET',
    path,
    role: universe === Universe.LEGACY ? Role.AUTHORITY : Role.SHADOW,
    universe,
    attempt: 1,
    startedAt: timestampFromMs(1),
    outcome: Outcome.COMPLETE,
    response: {
      headers: [
        { name: ':status', value: encoder.encode('200') },
        { name: 'content-type', value: encoder.encode('application/json') },
        { name: 'date', value: encoder.encode('Sun, 22 Nov 2026 14:00:00 GMT') },
      ],
      body,
    },
  });
}

/** Each comparison gets bytes of its own, as it would from Kafka. */
function pairOf({ legacy, modern }: Case): [Exchange, Exchange] {
  return [
    exchangeOf(Universe.LEGACY, encoder.encode(legacy), '/accounts/17'),
    exchangeOf(Universe.MODERN, encoder.encode(modern), '/accounts/17'),
  ];
}

function compare([legacy, modern]: readonly [Exchange, Exchange], by: MigrationRules = rules) {
  return compareExchanges(legacy, modern, rulesOf(by, 'g'), codecs, judge);
}

function verdictName(one: Case): string {
  const { kind } = compare(pairOf(one), one.rules);
  return (Kind[kind] ?? '').toLowerCase();
}

/** By the processor's time, garbage collection included: what else runs on the machine does not count. */
function rateOf(one: Case, { rounds, roundMs }: { rounds: number; roundMs: number }) {
  const pair = pairOf(one);
  const rates: number[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    let done = 0;
    let seconds = 0;
    const start = process.cpuUsage();
    do {
      for (let i = 0; i < 100; i++) compare(pair, one.rules);
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
  const steps = 10;
  const heap = [heapMib()];
  const equal = statement({});
  const start = performance.now();
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
  const perSecond = Math.round((requests * 1000) / (performance.now() - start));
  const half = heap[steps / 2] ?? Number.NaN;
  return {
    requests,
    distinct_paths: PATHS,
    requests_per_second: perSecond,
    heap_mib: heap,
    growth_in_second_half_mib: Math.round(((heap.at(-1) ?? Number.NaN) - half) * 10) / 10,
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
