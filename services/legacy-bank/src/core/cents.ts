/** Amounts are whole cents, as the books keep them. */

/** `1234.50` → 123450n; undefined if the text is anything but digits, a point and two digits. */
export function centsOf(text: string): bigint | undefined {
  return /^\d{1,9}\.\d{2}$/.test(text) ? BigInt(text.replace('.', '')) : undefined;
}

/** 123450n → `1234.50`. */
export function textOf(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Quotient of two whole numbers, commercially rounded (half away from zero); the divisor is positive. */
export function dividedRounded(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return dividend < 0n ? -((-dividend + half) / divisor) : (dividend + half) / divisor;
}
