import { wordsOf } from './text.ts';

/** Digits after the point of the currencies that have not two, and of some that have (ISO 4217). */
export const CURRENCY_DIGITS: ReadonlyMap<string, number> = new Map([
  ...of(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'),
  ...of(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...of(2, 'AED AUD BGN BRL CAD CHF CNY CZK DKK EGP EUR GBP HKD ILS INR MXN NOK NZD PHP PLN RON RUB SAR SEK'),
  ...of(2, 'SGD THB TRY UAH USD ZAR'),
]);

function of(digits: number, codes: string): readonly (readonly [string, number])[] {
  return codes.split(' ').map((code) => [code, digits] as const);
}

/** The name of an amount in the smallest unit of its currency. */
export function isMinorName(key: string): boolean {
  return /\b(?:cents?|pence|minor|pennies|rappen)\b/.test(wordsOf(key));
}
