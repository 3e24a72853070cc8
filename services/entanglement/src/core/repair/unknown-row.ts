import type { CaseRow } from './repair-case.ts';

/** A row of which only is known that it may differ. */
export function unknownRow(entity: string, key: string, made = false): CaseRow {
  return {
    ...(made && { made }),
    entity,
    key,
    deed: 'unknown',
    desired: undefined,
    applied: new Map(),
    proven: false,
  };
}
