import { type Field, fieldOf, type Pair } from './field.ts';
import { decimalText } from './nice-number.ts';
import { numbersOf } from './number-window.ts';
import { magnitude, type Rational, subtract, toNumber } from './rational.ts';
import type { Sample } from './sample.ts';
import { count, grouped, shown } from './wording.ts';

const SHOWN_MAX = 2;

/**
 * What is there to see where nothing explains it: by how much numbers differ and to which side, or the commonest pairs of values. One
 * sentence that claims no more than the samples; empty when none differs.
 */
export function describe(samples: readonly Sample[]): string {
  const field = fieldOf(samples);
  if (field.differing.length === 0) return '';
  return field.differing.every(numbersOf) ? ofNumbers(field) : ofValues(field.differing);
}

function ofNumbers({ differing }: Field): string {
  const apart = differing.map((pair) => subtract(numbersOf(pair)!.modern, numbersOf(pair)!.legacy));
  const higher = apart.filter(({ n }) => n > 0n).length;
  const sizes = apart.map(magnitude).sort((a, b) => toNumber(a) - toNumber(b));
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const range = text(least) === text(most) ? text(least) : `${text(least)} to ${text(most)}`;
  const side =
    higher === apart.length
      ? 'higher'
      : higher === 0
        ? 'lower'
        : `higher on ${count(higher)} and lower on ${count(apart.length - higher)}`;
  const on = `${count(differing.length)} differing request${differing.length === 1 ? '' : 's'}`;
  return higher === apart.length || higher === 0
    ? `modern is ${side} on ${on}, by ${range}${percentText(differing)}`
    : `modern is ${side} of ${on}, by ${range}${percentText(differing)}`;
}

/** Of legacy's values, where none is zero. */
function percentText(pairs: readonly Pair[]): string {
  const shares = pairs.map((pair) => {
    const { legacy, modern } = numbersOf(pair)!;
    return Math.abs((toNumber(modern) - toNumber(legacy)) / toNumber(legacy)) * 100;
  });
  if (!shares.every(Number.isFinite)) return '';
  const [least, most] = [Math.min(...shares).toPrecision(2), Math.max(...shares).toPrecision(2)];
  const spell = (share: string): string => String(Number(share));
  return least === most ? ` (${spell(least)} %)` : ` (${spell(least)} to ${spell(most)} %)`;
}

function ofValues(differing: readonly Pair[]): string {
  const counts = new Map<string, number>();
  for (const { legacy, modern } of differing) {
    const key = `${said('modern', modern.raw)} where ${said('legacy', legacy.raw)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1]);
  const first = commonest
    .slice(0, SHOWN_MAX)
    .map(([pair, times]) => (times > 1 ? `${pair} (${count(times)} ×)` : pair));
  const more = commonest.length - first.length;
  return (
    first.join(', ') + (more > 0 ? `, and ${count(more)} other pair${more === 1 ? '' : 's'} of values` : '')
  );
}

function said(side: string, raw: string | undefined): string {
  return raw === undefined ? `${side} has nothing` : `${side} says ${shown(raw)}`;
}

function text(value: Rational): string {
  return grouped(decimalText(value, 12) ?? toNumber(value).toPrecision(6));
}
