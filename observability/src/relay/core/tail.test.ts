import { describe, expect, test } from '@jest/globals';
import type { OtlpSpan } from './otlp.ts';
import { isSampled, parseShares } from './sampling.ts';
import { type Counted, TailSampler } from './tail.ts';

const sampling = { share: 0, routes: new Map(), slowMs: 1_000 };
const id = (last: number) => last.toString(16).padStart(32, '0');

function span(
  traceId: string,
  attributes: Record<string, string> = {},
  more: Partial<OtlpSpan> = {},
): OtlpSpan {
  return {
    service: 'time-rift',
    name: 'ingress',
    traceId,
    spanId: '00000000000000aa',
    parentId: '',
    kind: 'server',
    startNs: 1_000_000n,
    endNs: 2_000_000n,
    attributes,
    links: [],
    error: undefined,
    ...more,
  };
}

function sampler(options: { charsMax?: number; share?: number } = {}) {
  const kept: string[] = [];
  const counted: Counted[] = [];
  const tail = new TailSampler({
    sampling: { ...sampling, share: options.share ?? 0 },
    holdMs: 20_000,
    charsMax: options.charsMax ?? 100_000,
    keep: (spans) => kept.push(...spans.map((json) => JSON.parse(json).traceId)),
    count: (what) => counted.push(what),
  });
  return { tail, kept, counted };
}

describe('a trace is kept whole, with what came before and what comes after,', () => {
  const remarkable: [string, OtlpSpan][] = [
    ['a mismatch', span(id(1), { 'chronos.verdict': 'MISMATCH' })],
    ['lost evidence', span(id(1), { 'chronos.verdict': 'LOST' })],
    ['an error', span(id(1), {}, { error: '' })],
    ['a 500 of the proxy', span(id(1), { 'http.status_code': '503' })],
    ['a slow request', span(id(1), {}, { endNs: 1_001_000_000n })],
    [
      'a decision that links to it',
      span(id(9), { 'chronos.action': 'step' }, { links: [{ traceId: id(1), spanId: 'aa' }] }),
    ],
  ];
  test.each(remarkable)('for %s', (_, last) => {
    const { tail, kept } = sampler();
    tail.take(span(id(1)), 0);
    tail.take(span(id(2)), 0);
    expect(kept).toEqual([]);
    tail.take(last, 5_000);
    tail.take(span(id(1)), 6_000);
    tail.tick(30_000);
    expect(kept.filter((traceId) => traceId === id(1))).toHaveLength(last.traceId === id(1) ? 3 : 2);
    expect(kept).not.toContain(id(2));
    expect(tail.heldChars).toBe(0);
  });
});

test('an unremarkable trace waits its time, then goes, and so does what comes late', () => {
  const { tail, kept, counted } = sampler();
  tail.take(span(id(1), { 'chronos.verdict': 'IDENTICAL' }), 0);
  tail.tick(19_999);
  expect(tail.heldTraces).toBe(1);
  tail.tick(20_000);
  tail.take(span(id(1)), 20_001);
  expect([tail.heldTraces, kept, counted]).toEqual([0, [], ['dropped']]);
  // A verdict that comes too late still shows itself.
  tail.take(span(id(1), { 'chronos.verdict': 'MISMATCH' }), 21_000);
  expect(kept).toEqual([id(1)]);
});

test('what is held is bounded: the oldest trace is decided early', () => {
  const { tail, counted } = sampler({ charsMax: 2_000 });
  for (let i = 0; i < 1_000; i++) tail.take(span(id(i)), i);
  expect(tail.heldChars).toBeLessThanOrEqual(2_000);
  expect(counted.filter((what) => what === 'crowded').length).toBeGreaterThan(900);
});

test('chance follows the trace id and the share of the route', () => {
  const shares = { ...sampling, ...parseShares('0.25, checkout=1,health=0') };
  const quarter = id(0x3fff_ffff);
  const rest = id(0x4000_0000);
  expect([isSampled(quarter, undefined, shares), isSampled(rest, undefined, shares)]).toEqual([true, false]);
  expect([isSampled(rest, 'checkout', shares), isSampled(quarter, 'health', shares)]).toEqual([true, false]);
  expect(() => parseShares('0.1,checkout')).toThrow('checkout');
  expect(() => parseShares('12%')).toThrow('12%');
});
