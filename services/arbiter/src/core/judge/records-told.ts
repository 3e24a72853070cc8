import { columnsOf, sameCells, sameNames } from './bugs/records-changed.ts';
import type { Context } from './bugs/rule.ts';
import type { Judgement } from './judgement.ts';

/** Lists under names as a list of records of the same names, of which each cell is proven equal, in every request. */
export function recordsTold({ all, unproven }: Context): Judgement | undefined {
  const isSame = unproven.every(({ legacy, modern, varies }) => {
    if (varies || (legacy.items === undefined) === (modern.items === undefined)) return false;
    const [ours, theirs] = [columnsOf(legacy), columnsOf(modern)];
    return ours !== undefined && theirs !== undefined && sameNames(ours, theirs) && sameCells(ours, theirs);
  });
  if (!isSame) return undefined;
  return {
    verdict: 'harmless',
    rule: 'records-told',
    severity: '',
    explanation: `Lists under names and records of these names hold the same, cell by cell (${unproven.length} of ${all.length} requests).`,
  };
}

/** For the page of rules. */
export const RECORDS_TOLD = {
  name: 'records-told',
  accepts:
    'Lists under names as records of the same names, one by one: {"substances":["A"],"severities":["MILD"]} and [{"substance":"A","severity":"MILD"}].',
  refuses: 'Records of which a cell is another, missing or moved; other names.',
};
