import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';

/** What modern did without a request, while legacy was right, since its newest deployment; as the entanglement counts it. */
export interface TakenBack {
  readonly transactions: number;
  /** Of its own, too; whether they were right is not known, for their rows do not rest. */
  readonly undecided: number;
  /** Some of modern's services say which request a transaction belongs to, so that what says nothing is no request's. */
  readonly tags: boolean;
}

/**
 * Why nothing may grow: a worker or batch job of modern's books what legacy's does not, or otherwise, and no request's verdict shows it. Legacy's own batch
 * jobs are carried over and hold nothing, nor does anything where the file gives no number: a build that corrects its own books works without requests, too. Nor does anything in a modern that does not tag: there it may as well be a request that was lost.
 */
export function unaskedHold(
  { entanglement }: Pick<Migration, 'entanglement'>,
  { transactions, undecided, tags }: TakenBack,
): string | undefined {
  const allowed = entanglement?.unattributedMax;
  if (allowed === undefined || !tags) return undefined;
  if (transactions <= allowed)
    return transactions + undecided <= allowed
      ? undefined
      : `what modern did without requests to be held against legacy: ${undecided} of its own (a worker, a batch job, by hand) on rows that do not rest, ${allowed} allowed (chronos repairs; docs/entanglement.md, "Work without a request")`;
  const [number, were] =
    transactions === 1 ? ['1 transaction', 'was'] : [`${transactions} transactions`, 'were'];
  return `modern to do without requests what legacy does: ${number} of its own (a worker, a batch job, by hand) ${were} taken back, ${allowed} allowed (chronos repairs; docs/entanglement.md, "Work without a request")`;
}
