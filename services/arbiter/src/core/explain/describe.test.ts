import { expect, test } from '@jest/globals';
import { describe } from './describe.ts';

test.each([
  [[['12.50', '12.40']], 'modern is lower on 1 differing request, by 0.10 (0.8 %)'],
  [
    [
      ['100.00', '103.00'],
      ['0.50', '0.51'],
      ['7.00', '7.00'],
    ],
    'modern is higher on 2 differing requests, by 0.01 to 3.00 (2 to 3 %)',
  ],
  [
    [
      ['1', '2'],
      ['0', '-12000'],
    ],
    'modern is higher on 1 and lower on 1 of 2 differing requests, by 1 to 12,000',
  ],
  [
    [
      ['"EUR"', '"USD"'],
      ['"EUR"', '"USD"'],
      ['"CHF"', '"USD"'],
      ['"GBP"', 'null'],
    ],
    'modern says "USD" where legacy says "EUR" (2 ×), modern says "USD" where legacy says "CHF", and 1 other pair of values',
  ],
  [[['"a"', undefined]], 'modern has nothing where legacy says "a"'],
  [[['"a"', '"a"']], ''],
] as const)('%j', (pairs, sentence) => {
  const samples = pairs.map(([legacy, modern]) => ({ legacy, ...(modern !== undefined && { modern }) }));
  expect(describe(samples)).toBe(sentence);
});
