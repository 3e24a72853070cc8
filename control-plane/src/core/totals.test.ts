import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Totals } from './totals.ts';

const counters = (of: Record<string, number>) =>
  new Map(Object.entries(of).map(([key, value]) => [key, BigInt(value)]));

describe('totals of absolute counters', () => {
  test('add up over nodes, and the same report twice adds nothing', () => {
    const totals = new Totals();
    expect(totals.add({ nodeId: 'a', counters: counters({ g: 5 }) })).toEqual(counters({ g: 5 }));
    expect(totals.add({ nodeId: 'a', counters: counters({ g: 5 }) })).toEqual(new Map());
    totals.add({ nodeId: 'b', counters: counters({ g: 2 }) });
    totals.add({ nodeId: 'a', counters: counters({ g: 9 }) });
    expect(totals.total('g')).toBe(11n);
    expect(totals.total('unknown')).toBe(0n);
  });

  test('a smaller counter is a restart of the node, for all its counters', () => {
    const totals = new Totals();
    totals.add({ nodeId: 'a', counters: counters({ g: 100, h: 3 }) });
    // h is larger than before, yet it began again at zero with g.
    totals.add({ nodeId: 'a', counters: counters({ g: 1, h: 4 }) });
    expect([totals.total('g'), totals.total('h')]).toEqual([101n, 7n]);
  });

  test('another start time is a restart although every counter is larger', () => {
    const totals = new Totals();
    totals.add({ nodeId: 'a', startedAtMs: 1, counters: counters({ g: 1 }) });
    totals.add({ nodeId: 'a', startedAtMs: 2, counters: counters({ g: 5 }) });
    expect(totals.total('g')).toBe(6n);
  });

  test('equal what the processes counted, through restarts of proxies and of the control plane', () => {
    const report = fc.record({
      node: fc.constantFrom('a', 'b'),
      counted: fc.integer({ min: 0, max: 50 }),
      proxyRestarts: fc.boolean(),
      weRestart: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 40 }), (reports) => {
        let totals = new Totals();
        let truth = 0;
        const since = new Map<string, { start: number; count: number }>();
        for (const [index, { node, counted, proxyRestarts, weRestart }] of reports.entries()) {
          const process = proxyRestarts ? undefined : since.get(node);
          const now = { start: process?.start ?? index, count: (process?.count ?? 0) + counted };
          since.set(node, now);
          truth += counted;
          totals.add({ nodeId: node, startedAtMs: now.start, counters: counters({ g: now.count }) });
          if (weRestart) totals = Totals.from(JSON.parse(JSON.stringify(totals)));
        }
        expect(totals.total('g')).toBe(BigInt(truth));
      }),
    );
  });
});
