import type { Universe } from '../mapping/catalog.ts';
import { type CaseRow, type Cause, type Deltas, type RepairCase, rowId } from './repair-case.ts';

/** A case as it is stored. */
export interface CaseJson {
  readonly id: string;
  readonly cause: Cause;
  readonly revision: number;
  readonly authority: Universe;
  readonly committedMs: number;
  readonly authorityLsn: string;
  readonly openedMs: number;
  readonly revertFirst: boolean;
  readonly undecided: boolean;
  readonly deed?: NonNullable<RepairCase['deed']>;
  readonly rows: readonly RowJson[];
}

interface RowJson {
  readonly entity: string;
  readonly key: string;
  readonly deed: CaseRow['deed'];
  readonly desired?: Readonly<Record<string, string>>;
  readonly applied: Readonly<Record<string, string>>;
  readonly proven: boolean;
  readonly as?: Readonly<Record<Universe, string>>;
  readonly lone?: NonNullable<CaseRow['lone']>;
  readonly doubtful?: boolean;
  readonly made?: boolean;
  readonly before?: CaseRow['before'];
  readonly verified?: NonNullable<CaseRow['verified']>;
  readonly about?: string;
  readonly sweep?: NonNullable<CaseRow['sweep']>;
}

export function toJson(each: RepairCase): CaseJson {
  const rows = [...each.rows.values()].map(({ desired, applied, ...row }) => ({
    ...row,
    ...(desired !== undefined && { desired: Object.fromEntries(desired) }),
    applied: Object.fromEntries(applied),
  }));
  return { ...each, authorityLsn: String(each.authorityLsn), rows };
}

export function fromJson(json: CaseJson): RepairCase {
  const rows = json.rows.map(({ desired, applied, ...row }): readonly [string, CaseRow] => [
    rowId(row.entity, row.key),
    { ...row, desired: desired === undefined ? undefined : deltas(desired), applied: deltas(applied) },
  ]);
  return { ...json, authorityLsn: BigInt(json.authorityLsn), rows: new Map(rows) };
}

function deltas(json: Readonly<Record<string, string>>): Deltas {
  return new Map(Object.entries(json));
}
