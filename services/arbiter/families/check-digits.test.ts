import { expect, test } from '@jest/globals';
import { cusipDigit, germanIbanDigits, gtinDigit, isbn10Digit, isinDigit, luhn } from './check-digits.ts';

test('check digits of the published examples', () => {
  expect(luhn('7992739871')).toBe('3');
  expect(cusipDigit('03783310')).toBe('0');
  expect(isinDigit('US037833100')).toBe('5');
  expect(isbn10Digit('030640615')).toBe('2');
  expect(isbn10Digit('080442957')).toBe('X');
  expect(gtinDigit('978030640615')).toBe('7');
  expect(germanIbanDigits('370400440532013000')).toBe('89');
});
