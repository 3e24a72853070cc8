import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Lanes, type Ticket } from './lanes.ts';

test('a read waits for writes before it, a write for everything, reads pass together', async () => {
  const lanes = new Lanes();
  const order: string[] = [];
  const enter = (name: string, keys: string[], isWrite: boolean): Ticket => {
    const ticket = lanes.enter(keys, isWrite);
    void ticket.turn.then(() => order.push(name));
    return ticket;
  };
  const write = enter('write', ['a'], true);
  const read1 = enter('read 1', ['a', 'b'], false);
  const read2 = enter('read 2', ['a'], false);
  const later = enter('later', ['a'], true);
  enter('other', ['c'], true);
  await settled();
  expect(order).toEqual(['write', 'other']);
  write.leave();
  await settled();
  expect(order).toEqual(['write', 'other', 'read 1', 'read 2']);
  read2.leave();
  await settled();
  expect(order).toHaveLength(4);
  read1.leave();
  read1.leave();
  await settled();
  expect(order.at(-1)).toBe('later');
  later.leave();
  expect(lanes.size).toBe(1);
});

test('whatever enters gets its turn, and nothing is left behind', async () => {
  const entry = fc.record({
    keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
    isWrite: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 30 }), async (entries) => {
      const lanes = new Lanes();
      const running = new Map<string, { reads: number; writes: number }>();
      const clash = { found: false };
      const all = entries.map(async ({ keys, isWrite }) => {
        const { turn, leave } = lanes.enter(keys, isWrite);
        await turn;
        const mine = [...new Set(keys)].map((key) => {
          const at = running.get(key) ?? { reads: 0, writes: 0 };
          running.set(key, at);
          at[isWrite ? 'writes' : 'reads'] += 1;
          if (at.writes > 1 || (at.writes === 1 && at.reads > 0)) clash.found = true;
          return at;
        });
        await settled();
        for (const at of mine) at[isWrite ? 'writes' : 'reads'] -= 1;
        leave();
      });
      await Promise.all(all);
      expect([clash.found, lanes.size]).toEqual([false, 0]);
    }),
    { numRuns: 50 },
  );
});

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
