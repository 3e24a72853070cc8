import { isMinorName } from '../value/currency-digits.ts';
import type { Side } from '../value/side.ts';
import { numbersIn } from '../value/text.ts';

/** GBP 0.35 as {"minorUnits":35}, 000000532790 fils as 532.790: the digits are the same, and one side tells that they are of the minor unit. */
export function isPointMoved({ legacy, modern }: { readonly legacy: Side; readonly modern: Side }): boolean {
  if (!isInMinorUnit(legacy) && !isInMinorUnit(modern)) return false;
  const [ours, theirs] = [legacy, modern].map(({ text, raw = '' }) =>
    numbersIn(text ?? raw)
      .map((number) => number.replace('.', '').replace(/^0+/, ''))
      .join(' '),
  );
  return ours === theirs;
}

function isInMinorUnit({ text = '', fields }: Side): boolean {
  return /^0[0-9]{5,17}$/.test(text) || [...(fields?.keys() ?? [])].some(isMinorName);
}
