import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { compileRules, type MigrationRules } from '@chronos/arbiter/core/verdict/rules.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import {
  type Exchange,
  ExchangeSchema,
  Outcome,
  Role,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';

const encoder = new TextEncoder();

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

export interface Case {
  readonly name: string;
  /** What modern makes of legacy's statement. */
  readonly modern: (legacy: Statement, random: Random) => Partial<Statement>;
  /** Statements that are compared in turn: more than the judge remembers, or one. */
  readonly statements: number;
  readonly rules?: MigrationRules;
}

/** More pairs of values than the judge remembers: each is new to it when its turn comes again. */
const ALWAYS_NEW = 6_000;

const otherToken = { modern: (_: Statement, random: Random) => ({ token: tokenOf(random) }) };
const otherAmounts = {
  modern: ({ amounts }: Statement) => ({ amounts: amounts.map((cents) => Math.round(cents * 1.025)) }),
};

/** Account statements of about 1 KiB, and what a migration makes of them. */
export const CASES: readonly Case[] = [
  { name: 'equal, byte for byte', statements: 1, modern: () => ({}) },
  { name: 'equal, keys in another order', statements: ALWAYS_NEW, modern: () => ({ reversed: true }) },
  {
    name: 'one amount in another notation',
    statements: ALWAYS_NEW,
    modern: ({ total }) => ({ total: `${total}0` }),
  },
  {
    name: 'one amount another',
    statements: ALWAYS_NEW,
    modern: ({ total }) => ({ total: (Number(total) + 0.01).toFixed(2) }),
  },
  { name: 'one opaque token another', statements: ALWAYS_NEW, ...otherToken },
  { name: 'the same token another each time', statements: 1, ...otherToken },
  {
    name: 'nine approved corrections verified',
    statements: ALWAYS_NEW,
    modern: ({ total }) => ({ total: String(Math.round(Number(total) * 50) / 100) }),
    rules: correcting,
  },
  { name: 'every amount another', statements: ALWAYS_NEW, ...otherAmounts },
  { name: 'the same amounts another each time', statements: 1, ...otherAmounts },
];

type Random = () => number;

/** Numbers in [0, 1) that are the same each time (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Statement {
  readonly total: string;
  readonly token: string;
  /** In cents. */
  readonly amounts: readonly number[];
  readonly reversed: boolean;
}

export function someStatement(random: Random): Statement {
  return {
    total: (100 + random() * 9_900).toFixed(2),
    token: tokenOf(random),
    amounts: Array.from({ length: 8 }, () => 100 + Math.floor(random() * 99_900)),
    reversed: false,
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function tokenOf(random: Random): string {
  return Array.from({ length: 12 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
}

export function textOf({ total, token, amounts, reversed }: Statement): string {
  const items = amounts.map((cents, i) => {
    const amount = (cents / 100).toFixed(2);
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

export function exchangeOf(universe: Universe, body: Uint8Array, path: string): Exchange {
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

export type Pair = readonly [Exchange, Exchange];

/** Each exchange has bytes of its own, as it would from Kafka. */
export function pairsOf({ modern, statements }: Case): readonly Pair[] {
  const random = randomFrom(1);
  return Array.from({ length: statements }, () => {
    const ours = someStatement(random);
    const theirs = { ...ours, ...modern(ours, random) };
    return [
      exchangeOf(Universe.LEGACY, encoder.encode(textOf(ours)), '/accounts/17'),
      exchangeOf(Universe.MODERN, encoder.encode(textOf(theirs)), '/accounts/17'),
    ];
  });
}
