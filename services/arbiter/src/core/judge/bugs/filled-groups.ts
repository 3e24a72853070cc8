import type { Reading } from '../observe.ts';
import { textPairs } from './text-pairs.ts';

const CHARS_MAX = 40;

/**
 * Whether modern writes the groups of every legacy identifier one after the other, each filled with zeros to its own fixed width (5-4-2 for
 * drug codes): nothing is lost then. One width for each group has to fit all differing requests.
 */
export function fillsGroups(read: Reading): boolean {
  let widths: readonly (readonly number[])[] | undefined;
  for (const { legacy, modern } of textPairs(read)) {
    const groups = legacy.split(/[ -]/);
    if (groups.length < 2 || modern.length > CHARS_MAX || !/^[0-9]+$/.test(modern)) return false;
    if (!groups.every((group) => /^[0-9]+$/.test(group))) return false;
    widths = (widths ?? widthsOf(groups, modern)).filter((candidate) => fits(groups, modern, candidate));
    if (widths.length === 0) return false;
  }
  return widths !== undefined;
}

function fits(groups: readonly string[], modern: string, widths: readonly number[]): boolean {
  return (
    widths.length === groups.length &&
    groups.map((group, i) => group.padStart(widths[i] ?? 0, '0')).join('') === modern
  );
}

/** Every way to cut modern into the groups, each with zeros in front. */
function widthsOf(groups: readonly string[], modern: string): number[][] {
  const [group, ...rest] = groups;
  if (group === undefined) return modern === '' ? [[]] : [];
  const found: number[][] = [];
  for (let zeros = 0; zeros + group.length <= modern.length; zeros++) {
    if (zeros > 0 && modern[zeros - 1] !== '0') break;
    if (!modern.startsWith(group, zeros)) continue;
    const width = zeros + group.length;
    for (const others of widthsOf(rest, modern.slice(width))) found.push([width, ...others]);
  }
  return found;
}
