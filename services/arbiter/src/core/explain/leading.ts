/** One difference of a verdict, as far as it takes to tell what follows from what. */
export interface Led {
  /** `status`, `grpc.status`, `answer`, `body.items[*].amount`, `header.location` … */
  readonly path: string;
  readonly legacy: string;
  readonly modern: string;
}

const STATUS_CLASS = /^([1-5])[0-9]{2}$/;

/**
 * The differences of one verdict that are causes: where modern did not answer, or with a status of another class (500 for 200), every
 * field of the body differs, and none of that says anything of its own.
 */
export function leadingDifferences<T extends Led>(differences: readonly T[]): readonly T[] {
  const leaders = differences.filter(isLeader);
  return leaders.length === 0 ? differences : leaders;
}

function isLeader({ path, legacy, modern }: Led): boolean {
  if (path === 'answer' || path === 'grpc.status') return true;
  if (path !== 'status') return false;
  const [before, now] = [STATUS_CLASS.exec(legacy)?.[1], STATUS_CLASS.exec(modern)?.[1]];
  return before !== undefined && now !== undefined && before !== now;
}
