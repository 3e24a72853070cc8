import { expect, test } from '@jest/globals';
import { gathered } from './gather.ts';

test('what arrives while work is under way goes together, in order, and each gets its own result', async () => {
  const calls: number[][] = [];
  const gates: (() => void)[] = [];
  const double = gathered(async (items: readonly number[]) => {
    calls.push([...items]);
    await new Promise<void>((resolve) => gates.push(resolve));
    return items.map((n) => n * 2);
  });
  const first = [double(1), double(2)];
  await Promise.resolve().then(() => undefined);
  const second = [double(3), double(4), double(5)];
  gates[0]?.();
  expect(await Promise.all(first)).toEqual([2, 4]);
  gates[1]?.();
  expect(await Promise.all(second)).toEqual([6, 8, 10]);
  expect(calls).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('a failure reaches every item of its group and none of the next', async () => {
  let fail = true;
  const work = gathered(async (items: readonly number[]) => {
    if (fail) throw new Error('planted');
    return items;
  });
  const failed = await Promise.allSettled([work(1), work(2)]);
  expect(failed.map((r) => r.status)).toEqual(['rejected', 'rejected']);
  fail = false;
  expect(await work(3)).toBe(3);
});
