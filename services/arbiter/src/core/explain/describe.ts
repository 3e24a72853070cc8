import { type Field, fieldOf, type Pair } from './field.ts';
import { numbersOf } from './number-window.ts';
import { rangeText } from './range-text.ts';
import { compare } from './rational.ts';
import type { Sample } from './sample.ts';
import { count, shown } from './wording.ts';

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
  const higher = differing.filter((pair) => isHigher(pair)).length;
  const lower = differing.length - higher;
  const range = rangeText(differing);
  const on = `${count(differing.length)} differing request${differing.length === 1 ? '' : 's'}`;
  if (higher === 0 || lower === 0) return `modern is ${lower === 0 ? 'higher' : 'lower'} on ${on}, ${range}`;
  return `modern is higher on ${count(higher)} and lower on ${count(lower)} of ${on}, ${range}`;
}

function isHigher(pair: Pair): boolean {
  const { legacy, modern } = numbersOf(pair)!;
  return compare(modern, legacy) > 0;
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
