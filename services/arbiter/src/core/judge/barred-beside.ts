import { isArray, isObject, type Value } from '../compare/value.ts';
import type { Observed } from './bugs/rule.ts';
import type { Judgement } from './judgement.ts';
import { readNothing, sentinelEnd } from './value/nothing.ts';
import { isBarredName } from './value/roles.ts';
import { NESTING_MAX, rawOf, Side } from './value/side.ts';
import { readTruth } from './value/truth.ts';

/** Members looked at of one answer. */
const MEMBERS_MAX = 4096;
const LAST_DAY = /(?:2999|4712|9999)/;

/**
 * A last of days that modern leaves out, beside a member that says that something is barred: a ban without an end, or none. What the member's own name
 * does not tell, its neighbours do, so that it is asked though each member by itself is proven.
 */
export function barredDoubt(all: readonly Observed[]): Judgement | undefined {
  for (const { legacy, modern } of all) {
    if (legacy.raw === modern.raw || !LAST_DAY.test(legacy.raw ?? '')) continue;
    const found = endBeside(legacy, modern);
    if (found === undefined) continue;
    const { end, barred } = found;
    return {
      verdict: 'ask',
      rule: 'end-of-ban',
      severity: '',
      explanation: `Legacy has the last of days as ${JSON.stringify(end)} beside ${JSON.stringify(barred)}, modern nothing: it may never end, or not be at all.`,
      question: `Does nothing as ${JSON.stringify(end)} mean, beside ${JSON.stringify(barred)}, that it never ends?`,
    };
  }
  return undefined;
}

interface EndOfBan {
  readonly end: string;
  readonly barred: string;
}

function endBeside(legacy: Side, modern: Side): EndOfBan | undefined {
  let left = MEMBERS_MAX;
  const within = (
    ours: Value | undefined,
    theirs: Value | undefined,
    depth: number,
  ): EndOfBan | undefined => {
    if (depth > NESTING_MAX || ours === undefined || left <= 0) return undefined;
    if (isArray(ours)) {
      const others = theirs !== undefined && isArray(theirs) ? theirs : [];
      return first(ours, (item, i) => within(item, others[i], depth + 1));
    }
    if (!isObject(ours)) return undefined;
    const others = theirs !== undefined && isObject(theirs) ? theirs : undefined;
    const barred = [...ours].find(([key, value]) => isBarredName(key) && isSaid(value))?.[0];
    return first([...ours], ([key, value]) => {
      left -= 1;
      const other = others?.get(key);
      const isEnd =
        barred !== undefined &&
        barred !== key &&
        others !== undefined &&
        sentinelEnd(sideOf(value)) === 'last' &&
        readNothing(sideOf(other)) !== undefined &&
        sentinelEnd(sideOf(other)) === undefined;
      return isEnd ? { end: key, barred } : within(value, other, depth + 1);
    });
  };
  return within(legacy.value, modern.value, 0);
}

/** It is not said that it is not. */
function isSaid(value: Value): boolean {
  const side = sideOf(value);
  return readTruth(side) !== false && readNothing(side) === undefined;
}

function sideOf(value: Value | undefined): Side {
  return new Side(value === undefined ? undefined : rawOf(value));
}

function first<T, R>(items: readonly T[], find: (item: T, index: number) => R | undefined): R | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
