import { population } from '@chronos/bank-data/population.ts';
import { describe, expect, test } from '@jest/globals';
import { type Action, nextAction } from './mix.ts';
import { randomNumbers } from './random.ts';

const customers = population().slice(0, 20);
const random = randomNumbers(1);
const actions: Action[] = Array.from({ length: 40_000 }, (_, i) => nextAction(customers[i % 20]!, random));
const share = (matches: (action: Action) => boolean) =>
  (100 * actions.filter(matches).length) / actions.length;

describe('the mix', () => {
  test.each([
    ['GetBalance', 45],
    ['ListTransactions', 15],
    ['Transfer', 20],
    ['AccrueInterest', 10],
    ['QuoteLoan', 8],
    ['StreamTransactions', 2],
  ])('%s is about %i of a hundred', (method, percent) => {
    expect(Math.abs(share((action) => action.method === method) - percent)).toBeLessThan(1);
  });

  test('half a percent asks for a loan of more than ten years', () => {
    const percent = share(({ body }) => Number(body.months) > 120);
    expect(percent).toBeGreaterThan(0.35);
    expect(percent).toBeLessThan(0.65);
  });

  test('money goes to own accounts and merchants only, with two digits', () => {
    const isWrite = ({ method }: Action) => method === 'Transfer' || method === 'AccrueInterest';
    expect(actions.filter((action) => action.write !== isWrite(action))).toEqual([]);
    const goesAstray = ({ fromAccount, toAccount, amount }: Action['body']) => {
      const own = String(fromAccount).slice(0, 6);
      return (
        !/^\d+\.\d{2}$/.test(String(amount)) ||
        !new RegExp(`^(${own}[12]|90000\\d\\d)$`).test(String(toAccount))
      );
    };
    const transfers = actions.filter(({ method }) => method === 'Transfer');
    expect(transfers.filter(({ body }) => goesAstray(body))).toEqual([]);
  });
});
