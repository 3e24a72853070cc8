import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Arrivals, type LaneKey } from './arrivals.ts';
import { Lanes } from './lanes.ts';

const order = (value: string): LaneKey => ({ kind: 'orders', value });
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function scene() {
  const lanes = new Lanes();
  const arrivals = new Arrivals(lanes);
  const turns: string[] = [];
  const arrive = (name: string, unread: readonly string[] = [], head: readonly LaneKey[] = []) => {
    const arrival = arrivals.arrive(head, unread);
    const enter = (keys: readonly LaneKey[], isWrite: boolean) =>
      void arrival.enter(keys, isWrite).then(() => turns.push(name));
    return { ...arrival, enter };
  };
  return { lanes, arrivals, turns, arrive };
}

test('a read waits for a body before it that may name the same, and for nothing else', async () => {
  const { turns, arrive, arrivals, lanes } = scene();
  const payment = arrive('payment of 1', ['orders'], [{ kind: 'sessions', value: 's' }]);
  const read = arrive('read of 1');
  const other = arrive('read of 2');
  const session = arrive('of another session');
  const same = arrive('of the same session');
  read.enter([order('1')], false);
  other.enter([order('2')], false);
  session.enter([{ kind: 'sessions', value: 't' }], false);
  same.enter([{ kind: 'sessions', value: 's' }], false);
  await settled();
  expect(turns).toEqual(['of another session']);
  payment.enter([{ kind: 'sessions', value: 's' }, order('1')], true);
  await settled();
  expect(turns).toEqual(['of another session', 'payment of 1', 'read of 2']);
  payment.leave();
  await settled();
  expect(turns.slice(3).sort()).toEqual(['of the same session', 'read of 1']);
  for (const one of [read, other, session, same]) one.leave();
  expect([arrivals.size, lanes.size]).toEqual([0, 0]);
});

test('a body that does not come is not waited for, nor one whose copy is over; what comes late is behind', async () => {
  const { turns, arrive, arrivals, lanes } = scene();
  const slow = arrive('slow', ['orders']);
  const gone = arrive('gone', ['orders']);
  const read = arrive('read');
  read.enter([order('1')], false);
  slow.giveWay();
  await settled();
  expect(turns).toEqual([]);
  gone.leave();
  await settled();
  expect(turns).toEqual(['read']);
  slow.enter([order('1')], true);
  await settled();
  expect(turns).toEqual(['read']);
  read.leave();
  await settled();
  expect(turns).toEqual(['read', 'slow']);
  slow.leave();
  expect([arrivals.size, lanes.size]).toEqual([0, 0]);
});

test('whatever comes gets its turn; of two that name the same the one whose head came first is first', async () => {
  const copy = fc.record({
    head: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
    body: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
    hasBody: fc.boolean(),
    isWrite: fc.boolean(),
    bodyAfter: fc.nat(5),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(copy, { maxLength: 20 }), async (copies) => {
      const { arrivals, lanes } = scene();
      const begun: number[] = [];
      await Promise.all(
        copies.map(async ({ head, body, hasBody, isWrite, bodyAfter }, at) => {
          const { enter, leave } = arrivals.arrive(head.map(order), hasBody ? ['orders'] : []);
          if (hasBody) for (let turn = 0; turn < bodyAfter; turn += 1) await settled();
          await enter([...head, ...(hasBody ? body : [])].map(order), isWrite);
          begun.push(at);
          await settled();
          leave();
        }),
      );
      const keys = copies.map(({ head, body, hasBody }) => [...head, ...(hasBody ? body : [])]);
      for (const [at, one] of copies.entries())
        for (let later = at + 1; later < copies.length; later += 1) {
          const share = keys[at]?.some((key) => keys[later]?.includes(key));
          if (share && (one.isWrite || copies[later]?.isWrite))
            expect(begun.indexOf(at)).toBeLessThan(begun.indexOf(later));
        }
      expect([begun.length, arrivals.size, lanes.size]).toEqual([copies.length, 0, 0]);
    }),
    { numRuns: 100 },
  );
});
